#pragma once
/// A document as a script for PyTorch.
#include <string>

#include "export/trained.h"

namespace crease {

/// A Python file that stands on its own: the model with its weights, the data, the loss, the
/// optimiser and the training loop. `data` may be null: then there is nothing to train on. Random
/// draws (the order of the samples, dropout) are PyTorch's own. Throws Problem where the data does
/// not fit.
std::string to_pytorch(const Trained& trained, const DataSet* data);

}  // namespace crease
