#pragma once
/// The parts of a script for PyTorch.
#include <string>

#include "export/trained.h"

namespace crease {

/// class Model, whose forward gives a list of the outputs.
std::string model_text(const Plan& plan);

/// def loss(outputs, target), and def rule(outputs, target) where the optimiser descends on
/// something else.
std::string losses_text(const Trained& trained);

/// The body of a function of one output y and its target t, indented by four spaces.
std::string loss_text(const Loss& loss, double weight);

/// The optimiser, the rate's schedule, the batches of an epoch, and def train(epochs).
std::string training_text(const Trained& trained);

/// A tensor as a Python expression: a list of numbers, or packed where they are many.
std::string tensor_text(const Tensor& tensor);

}  // namespace crease
