#include "layers/activation_layer.h"

#include "layers/squash.h"

namespace crease {

std::vector<ParameterBlock> ActivationLayer::blocks(Inputs) const {
  std::vector<ParameterBlock> blocks;
  squash::add_block(function, blocks);
  return blocks;
}

template <class T>
void ActivationLayer::forward(Pass<T>& pass) const {
  squash::forward(function, pass, pass.x[0]);
}

template <class T>
void ActivationLayer::backward(Pass<T>& pass) const {
  const bool straight = pass.dx[0] && !pass.adds[0];
  const T* dz = squash::backward(function, pass, pass.x[0], straight ? pass.dx[0] : pass.scratch);
  if (dz != pass.dx[0])
    pass.give(0, pass.out.size(), [&](std::size_t f) { return load(dz + f * lanes); });
}

template void ActivationLayer::forward(Pass<float>&) const;
template void ActivationLayer::forward(Pass<double>&) const;
template void ActivationLayer::backward(Pass<float>&) const;
template void ActivationLayer::backward(Pass<double>&) const;

}  // namespace crease
