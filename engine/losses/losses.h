#pragma once
/// The closed list of losses: a new one is a struct in this folder and its name here.
#include <variant>

#include "losses/binary_cross_entropy.h"
#include "losses/cross_entropy.h"
#include "losses/distribution.h"
#include "losses/focal.h"
#include "losses/gaussian.h"
#include "losses/margin.h"
#include "losses/overlap.h"
#include "losses/squared.h"

namespace crease {

using Loss = std::variant<Mse, HalfMse, L1, Huber, SmoothL1, Bce, BceLogits, FocalLogits,
                          CrossEntropy, CrossEntropyLogits, KlLogits, Emd, Hinge, MulticlassHinge,
                          PerceptronLoss, Dice, Jaccard, Cosine, GaussianNll, Linear>;

/// What a person calls it: "Binary cross-entropy".
inline std::string_view title_of(const Loss& loss) {
  return std::visit([]<class L>(const L&) { return L::title; }, loss);
}

/// What accuracy counts under a loss.
inline Decision decision_of(const Loss& loss) {
  return std::visit(
      []<class L>(const L&) {
        if constexpr (requires { L::decision; })
          return L::decision;
        else
          return Decision::none;
      },
      loss);
}

/// What a loss takes the outputs for.
inline Reads reads_of(const Loss& loss) {
  return std::visit(
      []<class L>(const L&) {
        if constexpr (requires { L::reads; })
          return L::reads;
        else
          return Reads::numbers;
      },
      loss);
}

}  // namespace crease
