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

/// dW += dz x^T and db += sum of dz over the samples (either may be null). Lanes are inputs here: x
/// is transposed once, then each unit takes one multiply-add a sample. `rows` is scratch.
template <class T>
void backward_weights(std::ptrdiff_t units, std::ptrdiff_t inputs, int samples, const T* x,
                      const T* dz, T* dW, T* db, T* rows) {
  transpose(inputs, samples, x, rows);
  for (std::ptrdiff_t k0 = 0; k0 < inputs; k0 += lanes) {
    const T* tile = rows + k0 * lanes;
    const std::ptrdiff_t width = inputs - k0 < lanes ? inputs - k0 : lanes;
    tiles<8>(units, [&]<int n>(std::ptrdiff_t o) {
      Lanes<T> sums[n] = {};
      for (int s = 0; s < samples; ++s) {
        const Lanes<T> row = load(tile + s * lanes);
        for (int j = 0; j < n; ++j) sums[j] += dz[(o + j) * lanes + s] * row;
      }
      for (int j = 0; j < n; ++j) {
        T* to = dW + (o + j) * inputs + k0;
        if (width == lanes)
          for (int k = 0; k < lanes; ++k) to[k] += sums[j][k];
        else
          for (std::ptrdiff_t k = 0; k < width; ++k) to[k] += sums[j][k];
      }
    });
  }
  if (db)
    for (std::ptrdiff_t o = 0; o < units; ++o) db[o] += sum_of_lanes(load(dz + o * lanes));
}

}  // namespace crease::dense
