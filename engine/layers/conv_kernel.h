#pragma once
/// Direct convolution on one block of sixteen samples: the lanes are samples, so any kernel, stride
/// and dilation is the same loop, and there is no im2col. The input is padded with zeros first.
#include <algorithm>
#include <cstddef>

#include "core/lanes.h"
#include "layers/dense_kernel.h"
#include "layers/window.h"

namespace crease::conv {

/// Strides of one convolution, in features.
struct Geometry {
  Window window;
  int in_channels = 1;   ///< of one group
  int out_channels = 1;  ///< of one group

  explicit Geometry(const Window& w, int in, int out)
      : window(w), in_channels(in), out_channels(out) {}
  std::ptrdiff_t padded_width() const { return window.columns.padded(); }
  std::ptrdiff_t padded_plane() const { return window.rows.padded() * padded_width(); }
  std::ptrdiff_t out_plane() const {
    return static_cast<std::ptrdiff_t>(window.rows.out) * window.columns.out;
  }
  std::ptrdiff_t taps() const {
    return static_cast<std::ptrdiff_t>(window.rows.kernel) * window.columns.kernel;
  }
  bool is_padded() const {
    return window.rows.before + window.rows.after + window.columns.before + window.columns.after >
           0;
  }
  /// Where tap (kh, kw) lies relative to the window's corner in a padded plane.
  std::ptrdiff_t tap(int kh, int kw) const {
    return kh * window.rows.dilation * padded_width() + kw * window.columns.dilation;
  }
  /// The corner of the window of output (row, column).
  std::ptrdiff_t corner(int row, int column) const {
    return row * window.rows.stride * padded_width() + column * window.columns.stride;
  }
};

/// `channels` planes with a border of zeros.
template <class T>
void pad(const Window& w, int channels, const T* x, T* padded) {
  const auto row = static_cast<std::ptrdiff_t>(w.columns.in) * lanes;
  const auto before = static_cast<std::ptrdiff_t>(w.columns.before) * lanes;
  const auto after = static_cast<std::ptrdiff_t>(w.columns.after) * lanes;
  const std::ptrdiff_t padded_row = before + row + after;
  for (int c = 0; c < channels; ++c) {
    padded = std::fill_n(padded, w.rows.before * padded_row, T{0});
    for (int r = 0; r < w.rows.in; ++r, x += row) {
      padded = std::fill_n(padded, before, T{0});
      padded = std::copy_n(x, row, padded);
      padded = std::fill_n(padded, after, T{0});
    }
    padded = std::fill_n(padded, w.rows.after * padded_row, T{0});
  }
}

/// `filters` x `pixels` outputs at once, starting at output (row, column): z = b + sum W x.
template <int filters, int pixels, class T>
inline void forward_tile(const Geometry& g, const T* x, const T* W, const T* b, T* z, int row,
                         int column) {
  Lanes<T> sums[filters][pixels];
  for (int f = 0; f < filters; ++f)
    for (int p = 0; p < pixels; ++p) sums[f][p] = b ? broadcast(b[f]) : Lanes<T>{};
  const std::ptrdiff_t filter = g.in_channels * g.taps();
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(g.window.columns.stride) * lanes;
  const T* corner = x + g.corner(row, column) * lanes;
  std::ptrdiff_t i = 0;
  for (int d = 0; d < g.in_channels; ++d, corner += g.padded_plane() * lanes)
    for (int kh = 0; kh < g.window.rows.kernel; ++kh) {
      const T* cell = corner + g.tap(kh, 0) * lanes;
      for (int kw = 0; kw < g.window.columns.kernel;
           ++kw, ++i, cell += static_cast<std::ptrdiff_t>(g.window.columns.dilation) * lanes) {
        Lanes<T> values[pixels];
        for (int p = 0; p < pixels; ++p) values[p] = load(cell + p * step);
        for (int f = 0; f < filters; ++f) {
          const T w = W[f * filter + i];
          for (int p = 0; p < pixels; ++p) sums[f][p] += w * values[p];
        }
      }
    }
  T* to = z + (static_cast<std::ptrdiff_t>(row) * g.window.columns.out + column) * lanes;
  for (int f = 0; f < filters; ++f)
    for (int p = 0; p < pixels; ++p) store<T>(to + (f * g.out_plane() + p) * lanes, sums[f][p]);
}

/// z = b + W * x for one group; b may be null.
template <class T>
void forward(const Geometry& g, const T* x, const T* W, const T* b, T* z) {
  const std::ptrdiff_t filter = g.in_channels * g.taps();
  dense::tiles<8>(g.out_channels, [&]<int filters>(std::ptrdiff_t f) {
    constexpr int pixels = filters == 8 ? 3 : 4;
    for (int row = 0; row < g.window.rows.out; ++row) {
      int column = 0;
      const T* w = W + f * filter;
      const T* bias = b ? b + f : nullptr;
      T* to = z + f * g.out_plane() * lanes;
      for (; column + pixels <= g.window.columns.out; column += pixels)
        forward_tile<filters, pixels>(g, x, w, bias, to, row, column);
      for (; column < g.window.columns.out; ++column)
        forward_tile<filters, 1>(g, x, w, bias, to, row, column);
    }
  });
}

/// dW += sum over outputs and samples of dz x, for `filters` filters and `rows` x `cells` taps at
/// once, starting at tap (kh, kw): many taps to one pass over dz, which does not fit the nearest
/// cache.
template <int filters, int rows, int cells, class T>
inline void weights_tile(const Geometry& g, const T* x, const T* dz, T* dW, int kh, int kw) {
  Lanes<T> sums[filters][rows][cells] = {};
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(g.window.columns.stride) * lanes;
  const std::ptrdiff_t down = g.tap(1, 0) * lanes, right = g.tap(0, 1) * lanes;
  for (int row = 0; row < g.window.rows.out; ++row) {
    const T* at = x + (g.corner(row, 0) + g.tap(kh, kw)) * lanes;
    const T* slope = dz + static_cast<std::ptrdiff_t>(row) * g.window.columns.out * lanes;
    for (int column = 0; column < g.window.columns.out; ++column, at += step, slope += lanes) {
      Lanes<T> slopes[filters];
      for (int f = 0; f < filters; ++f) slopes[f] = load(slope + f * g.out_plane() * lanes);
      for (int r = 0; r < rows; ++r)
        for (int k = 0; k < cells; ++k) {
          const Lanes<T> value = load(at + r * down + k * right);
          for (int f = 0; f < filters; ++f) sums[f][r][k] += slopes[f] * value;
        }
    }
  }
  const std::ptrdiff_t filter = g.in_channels * g.taps();
  for (int f = 0; f < filters; ++f)
    for (int r = 0; r < rows; ++r)
      for (int k = 0; k < cells; ++k)
        dW[f * filter + r * g.window.columns.kernel + k] += sum_of_lanes(sums[f][r][k]);
}

template <class T>
void backward_weights(const Geometry& g, const T* x, const T* dz, T* dW, T* db) {
  const std::ptrdiff_t filter = g.in_channels * g.taps();
  const WindowAxis& high = g.window.rows;
  const WindowAxis& wide = g.window.columns;
  dense::tiles<2>(g.out_channels, [&]<int filters>(std::ptrdiff_t f) {
    const T* slope = dz + f * g.out_plane() * lanes;
    for (int d = 0; d < g.in_channels; ++d) {
      const T* plane = x + d * g.padded_plane() * lanes;
      T* to = dW + f * filter + d * g.taps();
      const auto tile = [&]<int rows, int cells>(int kh, int kw) {
        weights_tile<filters, rows, cells>(
            g, plane, slope, to + static_cast<std::ptrdiff_t>(kh) * wide.kernel + kw, kh, kw);
      };
      const auto across = [&]<int rows>(int kh) {
        int kw = 0;
        for (; kw + 3 <= wide.kernel; kw += 3) tile.template operator()<rows, 3>(kh, kw);
        for (; kw < wide.kernel; ++kw) tile.template operator()<rows, 1>(kh, kw);
      };
      int kh = 0;
      for (; kh + 3 <= high.kernel; kh += 3) across.template operator()<3>(kh);
      for (; kh < high.kernel; ++kh) across.template operator()<1>(kh);
    }
  });
  if (!db) return;
  for (int f = 0; f < g.out_channels; ++f) {
    Lanes<T> total{};
    for (std::ptrdiff_t o = 0; o < g.out_plane(); ++o)
      total += load(dz + (f * g.out_plane() + o) * lanes);
    db[f] += sum_of_lanes(total);
  }
}

/// The filters with the output channel last: packed[d][tap][c] of W[c][d][tap].
template <class T>
void pack(const Geometry& g, const T* W, T* packed) {
  const std::ptrdiff_t filter = g.in_channels * g.taps();
  for (std::ptrdiff_t i = 0; i < filter; ++i)
    for (int c = 0; c < g.out_channels; ++c) *packed++ = W[c * filter + i];
}

/// The share of `pixels` outputs in the cells under one tap, for `channels` input channels at once.
template <int channels, int pixels, class T>
inline void inputs_tile(const Geometry& g, const T* packed, const T* dz, T* dx) {
  Lanes<T> sums[channels][pixels] = {};
  const std::ptrdiff_t filter = g.taps() * g.out_channels;
  for (int c = 0; c < g.out_channels; ++c, dz += g.out_plane() * lanes) {
    Lanes<T> slopes[pixels];
    for (int p = 0; p < pixels; ++p) slopes[p] = load(dz + p * lanes);
    for (int d = 0; d < channels; ++d) {
      const T w = packed[d * filter + c];
      for (int p = 0; p < pixels; ++p) sums[d][p] += w * slopes[p];
    }
  }
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(g.window.columns.stride) * lanes;
  for (int d = 0; d < channels; ++d)
    for (int p = 0; p < pixels; ++p) {
      T* to = dx + d * g.padded_plane() * lanes + p * step;
      store<T>(to, load(to) + sums[d][p]);
    }
}

/// Adds W^T dz to the padded dx of one group: each output gives its share to the cells it looked
/// at.
template <class T>
void backward_inputs(const Geometry& g, const T* packed, const T* dz, T* dx) {
  constexpr int pixels = 4;
  for (int row = 0; row < g.window.rows.out; ++row)
    for (int column = 0; column < g.window.columns.out;) {
      const bool wide = column + pixels <= g.window.columns.out;
      const T* slope =
          dz + (static_cast<std::ptrdiff_t>(row) * g.window.columns.out + column) * lanes;
      dense::tiles<4>(g.in_channels, [&]<int channels>(std::ptrdiff_t d) {
        const T* w = packed + d * g.taps() * g.out_channels;
        T* corner = dx + (d * g.padded_plane() + g.corner(row, column)) * lanes;
        for (int kh = 0; kh < g.window.rows.kernel; ++kh)
          for (int kw = 0; kw < g.window.columns.kernel; ++kw, w += g.out_channels) {
            T* to = corner + g.tap(kh, kw) * lanes;
            if (wide)
              inputs_tile<channels, pixels>(g, w, slope, to);
            else
              inputs_tile<channels, 1>(g, w, slope, to);
          }
      });
      column += wide ? pixels : 1;
    }
}

}  // namespace crease::conv
