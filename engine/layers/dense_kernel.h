#pragma once
/// The three products of a dense layer on one block of sixteen samples. W is row-major [units,
/// inputs]. Every sum runs over its index in order, whatever the tile, so a result does not depend
/// on its neighbours.
#include <cstddef>

#include "core/aligned.h"
#include "core/lanes.h"

namespace crease::dense {

/// Units o .. o + n - 1 of z = W x + b.
template <int n, class T>
inline void forward_tile(std::ptrdiff_t inputs, const T* x, const T* W, const T* b, T* z) {
  Lanes<T> sums[n];
  for (int j = 0; j < n; ++j) sums[j] = b ? broadcast(b[j]) : Lanes<T>{};
  for (std::ptrdiff_t k = 0; k < inputs; ++k) {
    const Lanes<T> value = load(x + k * lanes);
    for (int j = 0; j < n; ++j) sums[j] += W[j * inputs + k] * value;
  }
  for (int j = 0; j < n; ++j) store<T>(z + j * lanes, sums[j]);
}

/// Calls tile<n>(first) over 0 .. count - 1 with n as large as possible.
template <int most, class Tile>
inline void tiles(std::ptrdiff_t count, const Tile& tile) {
  std::ptrdiff_t i = 0;
  for (; i + most <= count; i += most) tile.template operator()<most>(i);
  if constexpr (most > 1) {
    if (i < count)
      tiles<most / 2>(count - i,
                      [&]<int n>(std::ptrdiff_t j) { tile.template operator()<n>(i + j); });
  }
}

/// z = W x + b; b may be null.
template <class T>
void forward(std::ptrdiff_t units, std::ptrdiff_t inputs, const T* x, const T* W, const T* b,
             T* z) {
  tiles<8>(units, [&]<int n>(std::ptrdiff_t o) {
    forward_tile<n>(inputs, x, W + o * inputs, b ? b + o : nullptr, z + o * lanes);
  });
}

/// dx = W^T dz, set or added.
template <class T>
void backward_inputs(std::ptrdiff_t units, std::ptrdiff_t inputs, const T* W, const T* dz, T* dx,
                     bool add) {
  tiles<8>(inputs, [&]<int n>(std::ptrdiff_t k) {
    Lanes<T> sums[n];
    for (int j = 0; j < n; ++j) sums[j] = add ? load(dx + (k + j) * lanes) : Lanes<T>{};
    for (std::ptrdiff_t o = 0; o < units; ++o) {
      const Lanes<T> value = load(dz + o * lanes);
      for (int j = 0; j < n; ++j) sums[j] += W[o * inputs + k + j] * value;
    }
    for (int j = 0; j < n; ++j) store<T>(dx + (k + j) * lanes, sums[j]);
  });
}

/// Numbers of scratch that backward_weights needs, in features.
inline std::size_t transposed_features(std::size_t inputs) { return round_up_to_lanes(inputs); }

/// The block x, sixteen features at a time, as one row of sixteen features per sample.
template <class T>
void transpose(std::ptrdiff_t inputs, int samples, const T* x, T* rows) {
  for (std::ptrdiff_t k0 = 0; k0 < inputs; k0 += lanes) {
    T* tile = rows + k0 * lanes;
    const std::ptrdiff_t width = inputs - k0 < lanes ? inputs - k0 : lanes;
    if (width == lanes) {
      for (int s = 0; s < samples; ++s)
        for (int k = 0; k < lanes; ++k) tile[s * lanes + k] = x[(k0 + k) * lanes + s];
    } else {
      for (int s = 0; s < samples; ++s)
        for (std::ptrdiff_t k = 0; k < width; ++k) tile[s * lanes + k] = x[(k0 + k) * lanes + s];
    }
  }
}

/// Rows o .. o + n - 1 and `runs` runs of sixteen columns of dW += dz x^T. `rows` is the transposed
/// x.
template <int n, int runs, class T>
inline void weights_tile(std::ptrdiff_t inputs, int samples, const T* dz, const T* rows, T* dW,
                         std::ptrdiff_t width) {
  Lanes<T> sums[n][runs] = {};
  for (int s = 0; s < samples; ++s) {
    Lanes<T> values[runs];
    for (int r = 0; r < runs; ++r) values[r] = load(rows + (r * lanes + s) * lanes);
    for (int j = 0; j < n; ++j) {
      const T d = dz[j * lanes + s];
      for (int r = 0; r < runs; ++r) sums[j][r] += d * values[r];
    }
  }
  for (int j = 0; j < n; ++j)
    for (int r = 0; r < runs; ++r) {
      T* to = dW + j * inputs + r * lanes;
      if (width >= (r + 1) * lanes)
        for (int k = 0; k < lanes; ++k) to[k] += sums[j][r][k];
      else
        for (std::ptrdiff_t k = 0; k < width - r * lanes; ++k) to[k] += sums[j][r][k];
    }
}

/// dW += dz x^T and db += sum of dz over the samples (db may be null). Lanes are inputs here: x is
/// transposed once, then each weight takes one multiply-add a sample. `rows` is scratch.
template <class T>
void backward_weights(std::ptrdiff_t units, std::ptrdiff_t inputs, int samples, const T* x,
                      const T* dz, T* dW, T* db, T* rows) {
  transpose(inputs, samples, x, rows);
  tiles<4>((inputs + lanes - 1) / lanes, [&]<int runs>(std::ptrdiff_t first) {
    const std::ptrdiff_t k = first * lanes;
    constexpr int most = runs == 4 ? 4 : 8;  // as many sums as there are registers for
    tiles<most>(units, [&]<int n>(std::ptrdiff_t o) {
      weights_tile<n, runs>(inputs, samples, dz + o * lanes, rows + k * lanes, dW + o * inputs + k,
                            inputs - k);
    });
  });
  if (db)
    for (std::ptrdiff_t o = 0; o < units; ++o) db[o] += sum_of_lanes(load(dz + o * lanes));
}

}  // namespace crease::dense
