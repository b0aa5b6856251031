#pragma once
/// What is allowed in a document, but seldom meant.
#include <string>

#include "net/network.h"
#include "train/training.h"

namespace crease {

/// Whether the loss takes what the network ends in: a sentence where it wants probabilities and
/// gets none, or wants none and gets them. Empty where nothing is odd, or the output cannot be
/// judged.
std::string loss_advice(const Network& network, const Loss& loss);

}  // namespace crease
