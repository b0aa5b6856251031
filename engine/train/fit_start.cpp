#include "train/fit_start.h"

#include <algorithm>

namespace crease {

namespace {

/// Copies what two tensors of as many axes have in common; `outside` is called with the place of
/// each other number, and whether its first index (the unit) is an old one.
template <class Outside>
void overlay(const Tensor& old, Tensor& fitted, const Outside& outside) {
  std::vector<std::size_t> index(fitted.shape.size(), 0);
  for (std::size_t i = 0; i < fitted.data.size(); ++i) {
    std::size_t from = 0;
    bool inside = true;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      inside = inside && index[axis] < old.shape[axis];
      from = from * old.shape[axis] + index[axis];
    }
    if (inside)
      fitted.data[i] = old.data[from];
    else
      outside(i, index[0] < old.shape[0]);
    for (std::size_t axis = index.size(); axis-- > 0;) {
      if (++index[axis] < fitted.shape[axis]) break;
      index[axis] = 0;
    }
  }
}

}  // namespace

void fit_start(Document& document) {
  const auto compiled = compile(document.network);
  const auto* plan = std::get_if<Plan>(&compiled);
  if (!plan) return;
  Tensors start;
  const auto fit = [&](Tensors& tensors, bool are_weights) {
    for (auto& [name, tensor] : tensors) {
      const Segment* segment = plan->find(name);
      if (!segment || segment->shape == tensor.shape) continue;
      if (are_weights && start.empty())
        start = write_tensors(
            *plan, initialise<float>(*plan, document.training.initialiser, document.training.seed));
      Tensor fitted{segment->shape, std::vector<double>(segment->size, 0.0)};
      if (are_weights) fitted.data = start.at(name).data;
      if (fitted.shape.size() == tensor.shape.size())
        overlay(tensor, fitted, [&](std::size_t i, bool is_old_unit) {
          if (is_old_unit) fitted.data[i] = 0;
        });
      tensor = std::move(fitted);
    }
  };
  fit(document.weights, true);
  for (auto& [moment, tensors] : document.state.moments) fit(tensors, false);
}

}  // namespace crease
