#pragma once
/// The closed list of losses: a new one is a struct in this folder and its name here.
#include <variant>

#include "losses/binary_cross_entropy.h"
#include "losses/cross_entropy.h"
#include "losses/squared.h"

namespace crease {

using Loss =
    std::variant<Mse, HalfMse, L1, Bce, BceLogits, CrossEntropy, CrossEntropyLogits, Linear>;

}  // namespace crease
