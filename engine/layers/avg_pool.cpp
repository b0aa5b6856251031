#include "layers/avg_pool.h"

namespace crease {

namespace {

/// Calls visit(output, cell) for every cell of every window, in features.
template <class Visit>
void for_each_cell(const Window& w, int channels, const Visit& visit) {
  std::ptrdiff_t output = 0;
  for (int c = 0; c < channels; ++c)
    for (int oy = 0; oy < w.rows.out; ++oy) {
      const Range rows = w.rows.inside(oy);
      for (int ox = 0; ox < w.columns.out; ++ox, ++output) {
        const Range columns = w.columns.inside(ox);
        for (std::ptrdiff_t r = rows.from; r < rows.to; ++r)
          for (std::ptrdiff_t q = columns.from; q < columns.to; ++q)
            visit(output, (c * static_cast<std::ptrdiff_t>(w.rows.in) + r) * w.columns.in + q);
      }
    }
}

}  // namespace

template <class T>
void AvgPool::forward(Pass<T>& pass) const {
  const T share = static_cast<T>(1.0 / (static_cast<double>(kernel.h) * kernel.w));
  std::fill_n(pass.y, pass.out.size() * lanes, T{0});
  for_each_cell(window_on(pass.in[0]), pass.in[0].channels,
                [&](std::ptrdiff_t output, std::ptrdiff_t cell) {
                  T* to = pass.y + output * lanes;
                  store<T>(to, load(to) + load(pass.x[0] + cell * lanes));
                });
  for (std::size_t f = 0; f < pass.out.size(); ++f)
    store<T>(pass.y + f * lanes, load(pass.y + f * lanes) * share);
}

template <class T>
void AvgPool::backward(Pass<T>& pass) const {
  if (!pass.dx[0]) return;
  const T share = static_cast<T>(1.0 / (static_cast<double>(kernel.h) * kernel.w));
  pass.clear_unless_adding(0);
  for_each_cell(window_on(pass.in[0]), pass.in[0].channels,
                [&](std::ptrdiff_t output, std::ptrdiff_t cell) {
                  T* to = pass.dx[0] + cell * lanes;
                  store<T>(to, load(to) + load(pass.dy + output * lanes) * share);
                });
}

template void AvgPool::forward(Pass<float>&) const;
template void AvgPool::forward(Pass<double>&) const;
template void AvgPool::backward(Pass<float>&) const;
template void AvgPool::backward(Pass<double>&) const;

}  // namespace crease
