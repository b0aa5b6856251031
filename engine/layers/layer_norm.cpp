#include "layers/layer_norm.h"

namespace crease {

std::vector<ParameterBlock> LayerNorm::blocks(Inputs in) const {
  const auto shape = in[0].dimensions();
  return {{.name = "weight", .shape = shape, .fan = {}, .start = 1},
          {.name = "bias", .shape = shape, .fan = {}, .is_bias = true, .start = 0}};
}

// Kept: the normalised values, then one over the standard deviation.
template <class T>
void LayerNorm::forward(Pass<T>& pass) const {
  const std::size_t n = pass.out.size();
  const T* x = pass.x[0];
  const T share = static_cast<T>(1.0 / static_cast<double>(n));
  Lanes<T> mean{}, variance{};
  for (std::size_t f = 0; f < n; ++f) mean += load(x + f * lanes);
  mean *= share;
  for (std::size_t f = 0; f < n; ++f) {
    const Lanes<T> d = load(x + f * lanes) - mean;
    variance += d * d;
  }
  const Lanes<T> inverse = 1 / root(Lanes<T>(variance * share + static_cast<T>(epsilon)));
  for (std::size_t f = 0; f < n; ++f) {
    const Lanes<T> normal = (load(x + f * lanes) - mean) * inverse;
    store<T>(pass.kept + f * lanes, normal);
    store<T>(pass.y + f * lanes, normal * pass.weights[0][f] + pass.weights[1][f]);
  }
  store<T>(pass.kept + n * lanes, inverse);
}

template <class T>
void LayerNorm::backward(Pass<T>& pass) const {
  const std::size_t n = pass.out.size();
  const T share = static_cast<T>(1.0 / static_cast<double>(n));
  Lanes<T> slopes{}, along{};  // means of w dy and of w dy times the normalised value
  for (std::size_t f = 0; f < n; ++f) {
    const Lanes<T> dy = load(pass.dy + f * lanes), normal = load(pass.kept + f * lanes);
    if (pass.gradients[0]) {
      pass.gradients[0][f] += sum_of_lanes(Lanes<T>(dy * normal));
      pass.gradients[1][f] += sum_of_lanes(dy);
    }
    slopes += dy * pass.weights[0][f];
    along += dy * pass.weights[0][f] * normal;
  }
  const Lanes<T> inverse = load(pass.kept + n * lanes);
  pass.give(0, n, [&](std::size_t f) {
    const Lanes<T> normal = load(pass.kept + f * lanes);
    return Lanes<T>(
        (load(pass.dy + f * lanes) * pass.weights[0][f] - (slopes + normal * along) * share) *
        inverse);
  });
}

template void LayerNorm::forward(Pass<float>&) const;
template void LayerNorm::forward(Pass<double>&) const;
template void LayerNorm::backward(Pass<float>&) const;
template void LayerNorm::backward(Pass<double>&) const;

}  // namespace crease
