#include "layers/dense.h"

#include "layers/dense_kernel.h"
#include "layers/squash.h"

namespace crease {

Shape Dense::shape(Inputs) const { return Shape::features(units); }

std::vector<ParameterBlock> Dense::blocks(Inputs in) const {
  const auto rows = static_cast<std::size_t>(units);
  const Fan fan{static_cast<double>(in[0].size()), static_cast<double>(units)};
  std::vector<ParameterBlock> blocks{{"weight", {rows, in[0].size()}, fan, false}};
  if (bias) blocks.push_back({"bias", {rows}, fan, true});
  squash::add_block(activation, blocks);
  return blocks;
}

Memory Dense::memory(Inputs in) const {
  const auto n = static_cast<std::size_t>(units);
  return {squash::kept(activation, n), n + dense::transposed_features(in[0].size())};
}

template <class T>
void Dense::forward(Pass<T>& pass) const {
  const auto inputs = static_cast<std::ptrdiff_t>(pass.in[0].size());
  T* z = squash::pre_activation(activation, pass.y, pass.kept);
  dense::forward<T>(units, inputs, pass.x[0], pass.weights[0], bias ? pass.weights[1] : nullptr, z);
  squash::forward(activation, pass, z);
}

template <class T>
void Dense::backward(Pass<T>& pass) const {
  const auto inputs = static_cast<std::ptrdiff_t>(pass.in[0].size());
  T* rows = pass.scratch + static_cast<std::ptrdiff_t>(units) * lanes;
  const T* dz = squash::backward(activation, pass, pass.kept, pass.scratch);
  if (pass.gradients[0])
    dense::backward_weights<T>(units, inputs, pass.samples, pass.x[0], dz, pass.gradients[0],
                               bias ? pass.gradients[1] : nullptr, rows);
  if (pass.dx[0])
    dense::backward_inputs<T>(units, inputs, pass.weights[0], dz, pass.dx[0], pass.adds[0]);
}

template void Dense::forward(Pass<float>&) const;
template void Dense::forward(Pass<double>&) const;
template void Dense::backward(Pass<float>&) const;
template void Dense::backward(Pass<double>&) const;

}  // namespace crease
