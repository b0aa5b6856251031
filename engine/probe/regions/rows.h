#pragma once
/// The inner loops of cutting: affine rows at a place, and what a fold adds to later rows.
#include <cmath>
#include <vector>

#include "core/lanes.h"
#include "probe/regions/program.h"

namespace crease::regions {

/// What one unit of a fold gives on a cell: an affine function, times its column of weights.
struct Given {
  std::uint32_t unit;
  double a, b, c;
};

/// The bits of sixteen comparisons.
template <class M>
inline std::uint32_t bits_of(const M& mask) {
  std::uint32_t bits = 0;
  for (int i = 0; i < lanes; ++i) bits |= mask[i] ? 1U << i : 0U;
  return bits;
}

/// to = from + sum of columns times what each unit gives; three runs of `weights.stride` numbers.
inline void add_given(const Weights& weights, const double* from, double* to,
                      const std::vector<Given>& given) {
  const std::size_t stride = weights.stride;
  if (weights.full) {
    for (std::size_t r = 0; r < stride; r += lanes) {
      Lanes<double> a = load(from + r), b = load(from + stride + r),
                    c = load(from + 2 * stride + r);
      for (const Given& g : given) {
        const Lanes<double> w = load(weights.values.data() + g.unit * stride + r);
        a += w * g.a;
        b += w * g.b;
        c += w * g.c;
      }
      store<double>(to + r, a);
      store<double>(to + stride + r, b);
      store<double>(to + 2 * stride + r, c);
    }
    return;
  }
  if (to != from) std::copy(from, from + 3 * stride, to);
  for (const Given& g : given)
    for (std::uint32_t i = weights.starts[g.unit]; i < weights.starts[g.unit + 1]; ++i) {
      const double w = weights.values[i];
      double* row = to + weights.at[i];
      row[0] += w * g.a;
      row[stride] += w * g.b;
      row[2 * stride] += w * g.c;
    }
}

}  // namespace crease::regions
