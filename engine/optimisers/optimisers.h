#pragma once
/// The closed list of optimisers: a new one is a file beside this and its name here.
#include <variant>

#include "optimisers/adagrad.h"
#include "optimisers/adam.h"
#include "optimisers/perceptron.h"
#include "optimisers/rmsprop.h"
#include "optimisers/sgd.h"

namespace crease {

using Optimiser = std::variant<Sgd, Adam, AdamW, RmsProp, Adagrad, Perceptron>;

}  // namespace crease
