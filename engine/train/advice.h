#pragma once
/// What is allowed in a document, but seldom meant.
#include <optional>
#include <string>

#include "data/dataset.h"
#include "net/network.h"
#include "net/plan.h"
#include "train/training.h"

namespace crease {

/// What is odd about a loss.
struct LossAdvice {
  std::string sentence = {};        ///< empty where nothing is
  bool is_unmet = false;            ///< it wants probabilities and gets none
  std::optional<Loss> better = {};  ///< its form that fits, with the same settings
};

/// Whether the loss takes what the network ends in: it may want probabilities and get none, or want
/// none and get them. Nothing where the output cannot be judged. `output` is the node that the loss
/// looks at; empty: the last.
LossAdvice loss_advice(const Network& network, const Loss& loss, const std::string& output = "");

/// The first of those sentences that says that a loss gets no probabilities; empty where each has
/// what it wants.
std::string probability_advice(const Network& network, const Training& training);

/// Where the network has more outputs than the data has classes: a sentence with both numbers.
/// Empty where they agree, or a single output tells two classes apart.
std::string outputs_advice(const Plan& plan, const Training& training, const DataSet& data);

}  // namespace crease
