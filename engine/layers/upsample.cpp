#include "layers/upsample.h"

#include <algorithm>
#include <cmath>

namespace crease {

namespace {

/// An output row or column as a mixture of two of the input's.
struct Source {
  std::ptrdiff_t first, second;
  double share;  ///< of the second
};

Source source(int out, int factor, int in, Resampling mode) {
  if (mode == Resampling::nearest) return {out / factor, out / factor, 0};
  const double at = std::max(0.0, (out + 0.5) / factor - 0.5);
  const auto first = static_cast<std::ptrdiff_t>(std::floor(at));
  return {first, std::min<std::ptrdiff_t>(first + 1, in - 1), at - static_cast<double>(first)};
}

/// Calls visit(output, cell, share) for every input cell that an output is made of, in features.
template <class Visit>
void for_each_share(const Upsample& layer, const Shape& in, const Visit& visit) {
  const int height = in.height * layer.factor.h, width = in.width * layer.factor.w;
  std::ptrdiff_t output = 0;
  for (std::ptrdiff_t c = 0; c < in.channels; ++c)
    for (int row = 0; row < height; ++row) {
      const Source r = source(row, layer.factor.h, in.height, layer.mode);
      for (int column = 0; column < width; ++column, ++output) {
        const Source q = source(column, layer.factor.w, in.width, layer.mode);
        const auto give = [&](std::ptrdiff_t y, std::ptrdiff_t x, double share) {
          if (share != 0) visit(output, (c * in.height + y) * in.width + x, share);
        };
        give(r.first, q.first, (1 - r.share) * (1 - q.share));
        give(r.first, q.second, (1 - r.share) * q.share);
        give(r.second, q.first, r.share * (1 - q.share));
        give(r.second, q.second, r.share * q.share);
      }
    }
}

}  // namespace

Shape Upsample::shape(Inputs in) const {
  if (!in[0].is_image)
    throw Problem("needs an image [channels, height, width], not " + to_string(in[0]));
  const double height = static_cast<double>(in[0].height) * factor.h;
  const double width = static_cast<double>(in[0].width) * factor.w;
  if (height * width * in[0].channels > (1 << 25))
    throw Problem("its output would have more than 2^25 numbers per sample");
  return Shape::image(in[0].channels, in[0].height * factor.h, in[0].width * factor.w);
}

template <class T>
void Upsample::forward(Pass<T>& pass) const {
  std::fill_n(pass.y, pass.out.size() * lanes, T{0});
  for_each_share(*this, pass.in[0], [&](std::ptrdiff_t output, std::ptrdiff_t cell, double share) {
    T* to = pass.y + output * lanes;
    store<T>(to, load(to) + load(pass.x[0] + cell * lanes) * static_cast<T>(share));
  });
}

template <class T>
void Upsample::backward(Pass<T>& pass) const {
  if (!pass.dx[0]) return;
  pass.clear_unless_adding(0);
  for_each_share(*this, pass.in[0], [&](std::ptrdiff_t output, std::ptrdiff_t cell, double share) {
    T* to = pass.dx[0] + cell * lanes;
    store<T>(to, load(to) + load(pass.dy + output * lanes) * static_cast<T>(share));
  });
}

template void Upsample::forward(Pass<float>&) const;
template void Upsample::forward(Pass<double>&) const;
template void Upsample::backward(Pass<float>&) const;
template void Upsample::backward(Pass<double>&) const;

}  // namespace crease
