#pragma once
/// The inner loops of cutting: what a fold adds to the affine rows of a later one.
#include "probe/regions/eight.h"
#include "probe/regions/program.h"

namespace crease::regions {

/// Some runs of eight rows from `r` on. Their sums stay in registers.
template <std::size_t runs, class EachGiven>
inline void add_runs(const Weights& weights, const double* from, double* to,
                     const EachGiven& givers, std::size_t r) {
  const std::size_t stride = weights.stride;
  Eight sums[3][runs];
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < runs; ++i)
      sums[k][i] = load_eight(from + k * stride + r + i * width_of_eight);
  const double* columns = weights.values.data() + r;
  givers([&](std::size_t unit, double a, double b, double c) {
    const double* column = columns + unit * stride;
    for (std::size_t i = 0; i < runs; ++i) {
      const Eight w = load_eight(column + i * width_of_eight);
      sums[0][i] += w * a;
      sums[1][i] += w * b;
      sums[2][i] += w * c;
    }
  });
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < runs; ++i)
      store_eight(to + k * stride + r + i * width_of_eight, sums[k][i]);
}

/// to = from + sum of columns times what each unit gives; three runs of `weights.stride` numbers.
/// `givers` calls what it is handed with every unit that gives something, and with that: an affine
/// function's (unit, a, b, c). It may be asked several times. `sums` is room to work in.
template <class EachGiven>
inline void add_given(const Weights& weights, const double* from, double* to,
                      const EachGiven& givers, AlignedVector<double>& sums) {
  const std::size_t stride = weights.stride;
  if (weights.full) {
    constexpr std::size_t together = 4;
    std::size_t r = 0;
    for (; r + together * width_of_eight <= stride; r += together * width_of_eight)
      add_runs<together>(weights, from, to, givers, r);
    for (; r + 2 * width_of_eight <= stride; r += 2 * width_of_eight)
      add_runs<2>(weights, from, to, givers, r);
    if (r < stride) add_runs<1>(weights, from, to, givers, r);
    return;
  }
  // A, B and C of a row side by side, so that an entry is one multiplication.
  using Four = double __attribute__((vector_size(32), may_alias));
  sums.assign(4 * weights.rows, 0.0);
  givers([&](std::size_t unit, double a, double b, double c) {
    const Four gives = {a, b, c, 0};
    for (std::uint32_t i = weights.starts[unit]; i < weights.starts[unit + 1]; ++i) {
      auto* row = reinterpret_cast<Four*>(sums.data() + 4 * std::size_t{weights.at[i]});
      *row += weights.values[i] * gives;
    }
  });
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t r = 0; r < weights.rows; ++r)
      to[k * stride + r] = from[k * stride + r] + sums[4 * r + k];
}

}  // namespace crease::regions
