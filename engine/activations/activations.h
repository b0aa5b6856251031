#pragma once
/// The closed list of activations: a new one is a file beside this and its name here.
#include <variant>

#include "activations/identity.h"
#include "activations/leaky_relu.h"
#include "activations/relu.h"
#include "activations/sigmoid.h"
#include "activations/softmax.h"
#include "activations/tanh.h"

namespace crease {

using Activation = std::variant<Identity, Relu, LeakyRelu, Tanh, Sigmoid, Softmax>;

inline bool uses_pre_activation(const Activation& activation) {
  return std::visit([](const auto& f) { return f.uses_pre_activation; }, activation);
}

}  // namespace crease
