#pragma once
/// The activation at the end of a layer, applied in place where it can be.
#include "activations/activations.h"
#include "core/lanes.h"
#include "layers/layer.h"

namespace crease::squash {

/// The settings at the end of dense layers and convolutions.
void bias_and_activation_fields(auto& self, auto&& visit) {
  visit(Field{.name = "bias", .help = "whether each unit or filter adds a bias"}, self.bias);
  visit(
      Field{.name = "activation", .help = "what squashes z", .tag = "function", .shorthand = true},
      self.activation);
}

/// Features to keep: the pre-activation, where the derivative needs it.
inline std::size_t kept(const Activation& activation, std::size_t features) {
  return uses_pre_activation(activation) ? features : 0;
}

/// Where the layer writes z: into its output, or into the kept memory.
template <class T>
T* pre_activation(const Activation& activation, T* y, T* kept) {
  return uses_pre_activation(activation) ? kept : y;
}

/// Adds the parameter of a learned activation to its layer's, as the last one.
void add_block(const Activation& activation, std::vector<ParameterBlock>& blocks);
bool is_learned(const Activation& activation);

/// a = f(z) for the layer that `pass` runs.
template <class T>
void forward(const Activation& activation, const Pass<T>& pass, const T* z);

/// dL/dz from pass.dy: pass.dy itself without an activation, else written to `to` (which may be
/// pass.dy's own memory). Adds the gradient of a learned activation.
template <class T>
const T* backward(const Activation& activation, const Pass<T>& pass, const T* z, T* to);

}  // namespace crease::squash
