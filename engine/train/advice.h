#pragma once
/// What is allowed in a document, but seldom meant.
#include <string>

#include "net/network.h"
#include "train/training.h"

namespace crease {

/// Whether the loss takes what the network ends in: a sentence where it wants probabilities and
/// gets none, or wants none and gets them. Empty where nothing is odd, or the output cannot be
/// judged. `output` is the node that the loss looks at; empty: the last.
std::string loss_advice(const Network& network, const Loss& loss, const std::string& output = "");

}  // namespace crease
