#pragma once
/// What is allowed in a document, but seldom meant.
#include <optional>
#include <string>

#include "data/dataset.h"
#include "net/network.h"
#include "net/plan.h"
#include "train/training.h"

namespace crease {

/// Whether the loss takes what the network ends in: a sentence where it wants probabilities and
/// gets none, or wants none and gets them. Empty where nothing is odd, or the output cannot be
/// judged. `output` is the node that the loss looks at; empty: the last.
std::string loss_advice(const Network& network, const Loss& loss, const std::string& output = "");

/// The same loss in the form that takes what the network ends in, with the same settings; nothing
/// where there is none, or nothing is odd.
std::optional<Loss> better_loss(const Network& network, const Loss& loss,
                                const std::string& output = "");

/// The first of those sentences that says that a loss gets no probabilities; empty where each has
/// what it wants.
std::string probability_advice(const Network& network, const Training& training);

/// Where the network has more outputs than the data has classes: a sentence with both numbers.
/// Empty where they agree, or a single output tells two classes apart.
std::string outputs_advice(const Plan& plan, const Training& training, const DataSet& data);

}  // namespace crease
