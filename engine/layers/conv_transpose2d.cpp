#include "layers/conv_transpose2d.h"

#include <fmt/format.h>

#include "layers/conv_kernel.h"
#include "layers/squash.h"

namespace crease {

namespace {

/// floor((J - 1) S - 2 P + M + extra), and how the convolution back sees it.
WindowAxis axis(const char* side, int in, int kernel, int stride, int padding, int extra) {
  if (extra >= stride)
    throw Problem(fmt::format("output_padding must be less than the stride {}", stride));
  const long size = static_cast<long>(in - 1) * stride - 2L * padding + kernel + extra;
  if (size < 1 || size > (1 << 25))
    throw Problem(
        fmt::format("its output would have a {} of {}: from 1 to 2^25 is allowed", side, size));
  return {.in = static_cast<int>(size),
          .out = in,
          .kernel = kernel,
          .stride = stride,
          .before = padding,
          .after = padding};
}

/// The convolution back has this layer's filters as inputs, and its inputs as filters.
conv::Geometry geometry(const ConvTranspose2d& layer, const Shape& in) {
  return conv::Geometry(layer.window_on(in), layer.channels, in.channels);
}

std::size_t padded_features(const conv::Geometry& g) {
  return static_cast<std::size_t>(g.padded_plane()) * static_cast<std::size_t>(g.in_channels);
}

/// The packed filters, in features, and a whole number of them.
std::size_t packed_features(const conv::Geometry& g) {
  const auto count = static_cast<std::size_t>(g.taps() * g.in_channels * g.out_channels);
  return round_up_to_lanes(count) / lanes;
}

}  // namespace

Window ConvTranspose2d::window_on(const Shape& in) const {
  if (!in.is_image) throw Problem("needs an image [channels, height, width], not " + to_string(in));
  return {axis("height", in.height, kernel.h, stride.h, padding.h, output_padding.h),
          axis("width", in.width, kernel.w, stride.w, padding.w, output_padding.w)};
}

Shape ConvTranspose2d::shape(Inputs in) const {
  const Window w = window_on(in[0]);
  if (static_cast<double>(w.rows.in) * w.columns.in * channels > (1 << 25))
    throw Problem("its output would have more than 2^25 numbers per sample");
  return Shape::image(channels, w.rows.in, w.columns.in);
}

std::vector<ParameterBlock> ConvTranspose2d::blocks(Inputs in) const {
  const auto whole = [](int n) { return static_cast<std::size_t>(n); };
  const std::vector<std::size_t> shape{whole(in[0].channels), whole(channels), whole(kernel.h),
                                       whole(kernel.w)};
  // As PyTorch counts: the second size of the tensor is what a unit reads.
  const double area = static_cast<double>(kernel.h) * kernel.w;
  const Fan fan{channels * area, in[0].channels * area};
  std::vector<ParameterBlock> blocks{{"weight", shape, fan, false}};
  if (bias) blocks.push_back({"bias", {whole(channels)}, fan, true});
  squash::add_block(activation, blocks);
  return blocks;
}

// Kept: the padded output, the packed filters, the pre-activation where it is needed. Scratch: dz,
// the padded dz, dx.
Memory ConvTranspose2d::memory(Inputs in) const {
  const conv::Geometry g = geometry(*this, in[0]);
  const std::size_t outputs = shape(in).size();
  return {padded_features(g) + packed_features(g) + squash::kept(activation, outputs),
          outputs + padded_features(g) + in[0].size()};
}

template <class T>
void ConvTranspose2d::forward(Pass<T>& pass) const {
  const conv::Geometry g = geometry(*this, pass.in[0]);
  T* padded = pass.kept;
  T* packed = padded + padded_features(g) * lanes;
  T* z = squash::pre_activation(activation, pass.y, packed + packed_features(g) * lanes);
  std::fill_n(padded, padded_features(g) * lanes, T{0});
  conv::pack(g, pass.weights[0], packed);
  conv::backward_inputs(g, packed, pass.x[0], padded);
  const Window& w = g.window;
  const T* corner = padded + (w.rows.before * g.padded_width() + w.columns.before) * lanes;
  T* to = z;
  for (int c = 0; c < channels; ++c, corner += g.padded_plane() * lanes) {
    const Lanes<T> b = bias ? broadcast(pass.weights[1][c]) : Lanes<T>{};
    for (int row = 0; row < w.rows.in; ++row) {
      const T* from = corner + row * g.padded_width() * lanes;
      for (int column = 0; column < w.columns.in; ++column, from += lanes, to += lanes)
        store<T>(to, load(from) + b);
    }
  }
  squash::forward(activation, pass, z);
}

template <class T>
void ConvTranspose2d::backward(Pass<T>& pass) const {
  const conv::Geometry g = geometry(*this, pass.in[0]);
  const T* z = pass.kept + (padded_features(g) + packed_features(g)) * lanes;
  const T* dz = squash::backward(activation, pass, z, pass.scratch);
  T* padded = pass.scratch + pass.out.size() * lanes;
  T* dx = padded + padded_features(g) * lanes;
  conv::pad(g.window, channels, dz, padded);
  if (pass.gradients[0]) {
    conv::backward_weights<T>(g, padded, pass.x[0], pass.gradients[0], nullptr);
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(pass.out.height) * pass.out.width;
    for (int c = 0; bias && c < channels; ++c) {
      Lanes<T> total{};
      for (std::ptrdiff_t i = 0; i < plane; ++i) total += load(dz + (c * plane + i) * lanes);
      pass.gradients[1][c] += sum_of_lanes(total);
    }
  }
  if (!pass.dx[0]) return;
  conv::forward<T>(g, padded, pass.weights[0], nullptr, dx);
  pass.give(0, pass.in[0].size(), [&](std::size_t f) { return load(dx + f * lanes); });
}

template void ConvTranspose2d::forward(Pass<float>&) const;
template void ConvTranspose2d::forward(Pass<double>&) const;
template void ConvTranspose2d::backward(Pass<float>&) const;
template void ConvTranspose2d::backward(Pass<double>&) const;

}  // namespace crease
