#include "layers/conv2d.h"

#include <fmt/format.h>

#include "layers/conv_kernel.h"
#include "layers/squash.h"

namespace crease {

namespace {

conv::Geometry geometry(const Conv2d& layer, const Shape& in) {
  return conv::Geometry(layer.window_on(in), in.channels / layer.groups,
                        layer.channels / layer.groups);
}

std::size_t padded_features(const conv::Geometry& g, const Shape& in) {
  return static_cast<std::size_t>(g.padded_plane()) * static_cast<std::size_t>(in.channels);
}

/// Starts of a group's channels, in values.
struct Group {
  std::ptrdiff_t x, z, W, b;
};
Group group(const conv::Geometry& g, int index) {
  return {index * g.in_channels * g.padded_plane() * lanes,
          index * g.out_channels * g.out_plane() * lanes,
          index * g.out_channels * g.in_channels * g.taps(),
          static_cast<std::ptrdiff_t>(index) * g.out_channels};
}

}  // namespace

Shape Conv2d::shape(Inputs in) const {
  const Window w = window_on(in[0]);
  if (in[0].channels % groups != 0 || channels % groups != 0)
    throw Problem(fmt::format("groups must divide both the {} input channels and the {} filters",
                              in[0].channels, channels));
  return Shape::image(channels, w.rows.out, w.columns.out);
}

std::vector<ParameterBlock> Conv2d::blocks(Inputs in) const {
  const auto whole = [](int n) { return static_cast<std::size_t>(n); };
  const std::vector<std::size_t> shape{whole(channels), whole(in[0].channels / groups),
                                       whole(kernel.h), whole(kernel.w)};
  const double area = static_cast<double>(kernel.h) * kernel.w;
  const Fan fan{in[0].channels / groups * area, channels * area};
  std::vector<ParameterBlock> blocks{{"weight", shape, fan, false}};
  if (bias) blocks.push_back({"bias", {whole(channels)}, fan, true});
  squash::add_block(activation, blocks);
  return blocks;
}

// Kept: the padded input (unless there is no padding), then the pre-activation where it is needed.
// Scratch: dz, the padded dx, the packed filters.
Memory Conv2d::memory(Inputs in) const {
  const conv::Geometry g = geometry(*this, in[0]);
  const std::size_t padded = padded_features(g, in[0]);
  const std::size_t outputs = shape(in).size();
  const std::size_t filters =
      static_cast<std::size_t>(g.in_channels * g.taps()) * static_cast<std::size_t>(g.out_channels);
  return {(g.is_padded() ? padded : 0) + squash::kept(activation, outputs),
          outputs + padded + filters / lanes + 1};
}

template <class T>
void Conv2d::forward(Pass<T>& pass) const {
  const conv::Geometry g = geometry(*this, pass.in[0]);
  const T* x = pass.x[0];
  T* kept = pass.kept;
  if (g.is_padded()) {
    conv::pad(g.window, pass.in[0].channels, x, kept);
    x = kept;
    kept += padded_features(g, pass.in[0]) * lanes;
  }
  T* z = squash::pre_activation(activation, pass.y, kept);
  for (int i = 0; i < groups; ++i) {
    const Group at = group(g, i);
    conv::forward(g, x + at.x, pass.weights[0] + at.W, bias ? pass.weights[1] + at.b : nullptr,
                  z + at.z);
  }
  squash::forward(activation, pass, z);
}

template <class T>
void Conv2d::backward(Pass<T>& pass) const {
  const conv::Geometry g = geometry(*this, pass.in[0]);
  const std::size_t padded = padded_features(g, pass.in[0]) * lanes;
  const T* x = g.is_padded() ? pass.kept : pass.x[0];
  const T* z = pass.kept + (g.is_padded() ? padded : 0);
  const T* dz = squash::backward(activation, pass, z, pass.scratch);
  T* padded_dx = pass.scratch + pass.out.size() * lanes;
  T* packed = padded_dx + padded;
  if (pass.gradients[0])
    for (int i = 0; i < groups; ++i) {
      const Group at = group(g, i);
      conv::backward_weights(g, x + at.x, dz + at.z, pass.gradients[0] + at.W,
                             bias ? pass.gradients[1] + at.b : nullptr);
    }
  if (!pass.dx[0]) return;
  std::fill_n(padded_dx, padded, T{0});
  for (int i = 0; i < groups; ++i) {
    const Group at = group(g, i);
    conv::pack(g, pass.weights[0] + at.W, packed);
    conv::backward_inputs(g, packed, dz + at.z, padded_dx + at.x);
  }
  const int height = pass.in[0].height, width = pass.in[0].width;
  const int first =
      static_cast<int>(g.padded_width()) * g.window.rows.before + g.window.columns.before;
  pass.give(0, pass.in[0].size(), [&](std::size_t f) {
    const auto flat = static_cast<std::ptrdiff_t>(f);
    const std::ptrdiff_t channel = flat / (height * width), pixel = flat % (height * width);
    return load(padded_dx + (channel * g.padded_plane() + first + pixel / width * g.padded_width() +
                             pixel % width) *
                                lanes);
  });
}

template void Conv2d::forward(Pass<float>&) const;
template void Conv2d::forward(Pass<double>&) const;
template void Conv2d::backward(Pass<float>&) const;
template void Conv2d::backward(Pass<double>&) const;

}  // namespace crease
