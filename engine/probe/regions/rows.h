#pragma once
/// The inner loops of cutting: what a fold adds to the affine rows of a later one.
#include <span>

#include "probe/regions/eight.h"
#include "probe/regions/program.h"

namespace crease::regions {

/// What one unit of a fold gives on a cell: an affine function, times its column of weights.
struct Given {
  std::uint32_t unit;
  double a, b, c;
};

/// Some runs of eight rows from `r` on. Their sums stay in registers.
template <std::size_t runs>
inline void add_runs(const Weights& weights, const double* from, double* to,
                     std::span<const Given> given, std::size_t r) {
  const std::size_t stride = weights.stride;
  Eight sums[3][runs];
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < runs; ++i)
      sums[k][i] = load_eight(from + k * stride + r + i * width_of_eight);
  const double* columns = weights.values.data() + r;
  for (const Given& g : given) {
    const double* column = columns + g.unit * stride;
    for (std::size_t i = 0; i < runs; ++i) {
      const Eight w = load_eight(column + i * width_of_eight);
      sums[0][i] += w * g.a;
      sums[1][i] += w * g.b;
      sums[2][i] += w * g.c;
    }
  }
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < runs; ++i)
      store_eight(to + k * stride + r + i * width_of_eight, sums[k][i]);
}

/// to = from + sum of columns times what each unit gives; three runs of `weights.stride` numbers.
/// `sums` is room to work in.
inline void add_given(const Weights& weights, const double* from, double* to,
                      std::span<const Given> given, AlignedVector<double>& sums) {
  const std::size_t stride = weights.stride;
  if (weights.full) {
    constexpr std::size_t together = 4;
    std::size_t r = 0;
    for (; r + together * width_of_eight <= stride; r += together * width_of_eight)
      add_runs<together>(weights, from, to, given, r);
    for (; r + 2 * width_of_eight <= stride; r += 2 * width_of_eight)
      add_runs<2>(weights, from, to, given, r);
    if (r < stride) add_runs<1>(weights, from, to, given, r);
    return;
  }
  // A, B and C of a row side by side, so that an entry is one multiplication.
  using Four = double __attribute__((vector_size(32), may_alias));
  sums.assign(4 * weights.rows, 0.0);
  for (const Given& g : given) {
    const Four gives = {g.a, g.b, g.c, 0};
    for (std::uint32_t i = weights.starts[g.unit]; i < weights.starts[g.unit + 1]; ++i) {
      auto* row = reinterpret_cast<Four*>(sums.data() + 4 * std::size_t{weights.at[i]});
      *row += weights.values[i] * gives;
    }
  }
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t r = 0; r < weights.rows; ++r)
      to[k * stride + r] = from[k * stride + r] + sums[4 * r + k];
}

}  // namespace crease::regions
