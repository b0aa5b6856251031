#pragma once
/// The activation at the end of a dense or convolution layer, applied in place where it can be.
#include "activations/activations.h"
#include "core/lanes.h"

namespace crease::squash {

/// Features to keep: the pre-activation, where the derivative needs it.
inline std::size_t kept(const Activation& activation, std::size_t features) {
  return uses_pre_activation(activation) ? features : 0;
}

/// Where the layer writes z: into its output, or into the kept memory.
template <class T>
T* pre_activation(const Activation& activation, T* y, T* kept) {
  return uses_pre_activation(activation) ? kept : y;
}

template <class T>
void forward(const Activation& activation, const Shape& shape, const T* z, T* a) {
  if (std::holds_alternative<Identity>(activation)) return;
  std::visit([&](const auto& f) { activation::forward(f, shape, z, a); }, activation);
}

/// dL/dz from dL/da: `da` itself without an activation, else written to `scratch`.
template <class T>
const T* backward(const Activation& activation, const Shape& shape, const T* z, const T* a,
                  const T* da, T* scratch) {
  if (std::holds_alternative<Identity>(activation)) return da;
  std::visit([&](const auto& f) { activation::backward(f, shape, z, a, da, scratch); }, activation);
  return scratch;
}

}  // namespace crease::squash
