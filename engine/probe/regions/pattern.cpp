// Which pattern a single place has, without cutting anything.
#include <cmath>

#include "probe/regions/cells.h"
#include "probe/regions/rows.h"

namespace crease::regions {

Pattern pattern_at(const Program& program, Point at) {
  std::vector<Rows> rows = program.start;
  Pattern pattern;
  struct Given {
    std::size_t unit;
    double a, b, c;
  };
  std::vector<Given> given;
  AlignedVector<double> sums;
  for (std::size_t f = 0; f < program.folds.size(); ++f) {
    const Fold& fold = program.folds[f];
    const Rows& z = rows[f];
    const auto value = [&](std::size_t r, bool sizes) {
      const double a = z.column(0)[r], b = z.column(1)[r], c = z.column(2)[r];
      return sizes ? std::abs(a) + std::abs(b) + std::abs(c) : a * at.x + (b * at.y + c);
    };
    given.clear();
    pattern.emplace_back(fold.units, 0U);
    for (std::uint32_t u = 0; u < fold.units; ++u) {
      std::uint32_t& state = pattern[f][u];
      std::size_t row = u;
      double slope = 1, offset = 0;
      if (fold.chooses()) {
        for (std::uint32_t i = 1; i < fold.choices[u].size(); ++i) {
          const std::size_t best = fold.choices[u][state], other = fold.choices[u][i];
          const double zero = zero_share * (value(best, true) + value(other, true));
          if (value(other, false) > value(best, false) + zero) state = i;
        }
        row = fold.choices[u][state];
      } else {
        for (const double threshold : fold.bend.thresholds)
          if (value(u, false) - threshold > zero_share * value(u, true)) ++state;
        slope = fold.bend.slopes[state];
        offset = fold.bend.offsets[state];
      }
      if (slope == 0 && offset == 0) continue;
      given.push_back({u, slope * z.column(0)[row], slope * z.column(1)[row],
                       slope * z.column(2)[row] + offset});
    }
    for (const Fold::Target& target : fold.targets) {
      double* to = rows[target.fold].values.data();
      const auto each = [&](const auto& go) {
        for (const Given& it : given) go(it.unit, it.a, it.b, it.c);
      };
      add_given(target.weights, to, to, each, sums);
    }
  }
  return pattern;
}

}  // namespace crease::regions
