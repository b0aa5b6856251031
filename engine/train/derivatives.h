#pragma once
/// Loss and every derivative of a document's network on one given batch.
#include "train/document.h"

namespace crease {

/// A batch given by hand: inputs [N, ...], and targets [N, ...] or class numbers.
struct GivenBatch {
  Tensor input;
  std::optional<Tensor> target;
  std::vector<int> labels;
};

/// Throws Problem where it is no batch.
GivenBatch batch_from_json(const Json& json);

struct Derivatives {
  double loss = 0;
  Tensor output;
  Tensors gradients;
  Tensor input_gradient;
  Tensors statistics;  ///< running statistics after the pass
  Tensors trace;       ///< every node's output
};

/// Forward and backward in the precision `T`, in training or evaluation mode. Throws Problem where
/// the batch does not fit the network.
template <class T>
Derivatives differentiate(const Document& document, const GivenBatch& batch, bool training);

/// The network's outputs for inputs [N, ...], in evaluation mode and double precision.
Tensor evaluate(const Document& document, const Tensor& inputs);

}  // namespace crease
