#pragma once
/// The closed list of layers: a new one is a file beside this and its name here.
#include <variant>

#include "layers/activation_layer.h"
#include "layers/conv2d.h"
#include "layers/dense.h"
#include "layers/flatten.h"
#include "layers/join.h"
#include "layers/pool.h"

namespace crease {

using Layer = std::variant<Dense, Conv2d, MaxPool, ActivationLayer, Flatten, Add, Concat>;

}  // namespace crease
