#include "layers/maxout.h"

#include "layers/dense_kernel.h"

namespace crease {

namespace {

std::size_t rows(const Maxout& layer) {
  return static_cast<std::size_t>(layer.units) * static_cast<std::size_t>(layer.pieces);
}

}  // namespace

Shape Maxout::shape(Inputs) const { return Shape::features(units); }

std::vector<ParameterBlock> Maxout::blocks(Inputs in) const {
  const auto p = static_cast<std::size_t>(pieces), u = static_cast<std::size_t>(units);
  const Fan fan{static_cast<double>(in[0].size()), static_cast<double>(units)};
  return {{"weight", {p, u, in[0].size()}, fan, false}, {"bias", {p, u}, fan, true}};
}

// Kept: the pieces, piece after piece. Scratch: their slopes, and room to transpose the input.
Memory Maxout::memory(Inputs in) const {
  return {rows(*this), rows(*this) + dense::transposed_features(in[0].size())};
}

template <class T>
void Maxout::forward(Pass<T>& pass) const {
  const auto inputs = static_cast<std::ptrdiff_t>(pass.in[0].size());
  const auto all = static_cast<std::ptrdiff_t>(rows(*this));
  dense::forward<T>(all, inputs, pass.x[0], pass.weights[0], pass.weights[1], pass.kept);
  for (std::ptrdiff_t u = 0; u < units; ++u) {
    Lanes<T> best = load(pass.kept + u * lanes);
    for (std::ptrdiff_t row = u + units; row < all; row += units)
      best = larger(Lanes<T>(load(pass.kept + row * lanes)), best);
    store<T>(pass.y + u * lanes, best);
  }
}

template <class T>
void Maxout::backward(Pass<T>& pass) const {
  const auto inputs = static_cast<std::ptrdiff_t>(pass.in[0].size());
  const auto all = static_cast<std::ptrdiff_t>(rows(*this));
  T* slopes = pass.scratch;
  for (std::ptrdiff_t u = 0; u < units; ++u) {
    const Lanes<T> best = load(pass.y + u * lanes);
    Lanes<T> left = load(pass.dy + u * lanes);  // what no piece has taken yet
    for (std::ptrdiff_t row = u; row < all; row += units) {
      const auto wins = load(pass.kept + row * lanes) == best;
      store<T>(slopes + row * lanes, wins ? left : Lanes<T>{});
      left = wins ? Lanes<T>{} : left;
    }
  }
  if (pass.gradients[0])
    dense::backward_weights<T>(all, inputs, pass.samples, pass.x[0], slopes, pass.gradients[0],
                               pass.gradients[1], slopes + all * lanes);
  if (pass.dx[0])
    dense::backward_inputs<T>(all, inputs, pass.weights[0], slopes, pass.dx[0], pass.adds[0]);
}

template void Maxout::forward(Pass<float>&) const;
template void Maxout::forward(Pass<double>&) const;
template void Maxout::backward(Pass<float>&) const;
template void Maxout::backward(Pass<double>&) const;

}  // namespace crease
