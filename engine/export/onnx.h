#pragma once
/// A network in the Open Neural Network Exchange format.
#include <string>

#include "export/trained.h"

namespace crease {

/// The bytes of a model of operator set 17: the network as it evaluates, in single precision, with
/// any number of samples. Its inputs and outputs have the names of the nodes.
std::string to_onnx(const Trained& trained);

}  // namespace crease
