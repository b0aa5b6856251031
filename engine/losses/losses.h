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

}  // namespace crease
