#pragma once
/// The closed list of activations: a new one is a file beside this and its name here.
#include <variant>

#include "activations/abs.h"
#include "activations/elu.h"
#include "activations/gelu.h"
#include "activations/hard_swish.h"
#include "activations/hard_tanh.h"
#include "activations/identity.h"
#include "activations/leaky_relu.h"
#include "activations/prelu.h"
#include "activations/relu.h"
#include "activations/selu.h"
#include "activations/sigmoid.h"
#include "activations/silu.h"
#include "activations/sine.h"
#include "activations/softmax.h"
#include "activations/softplus.h"
#include "activations/step.h"
#include "activations/tanh.h"

namespace crease {

using Activation =
    std::variant<Identity, Relu, LeakyRelu, Prelu, Abs, Elu, Selu, Gelu, Silu, HardSwish, Softplus,
                 Tanh, HardTanh, Sigmoid, SineActivation, StepActivation, Softmax>;

inline bool uses_pre_activation(const Activation& activation) {
  return std::visit([](const auto& f) { return f.uses_pre_activation; }, activation);
}

}  // namespace crease
