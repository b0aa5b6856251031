#pragma once
/// The cells into which a slice is cut: one for each activation pattern.
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "core/plane.h"
#include "core/unset.h"
#include "probe/regions/program.h"
#include "probe/run.h"

namespace crease::regions {

/// A value counts as zero up to this share of |A| + |B| + |C|.
inline constexpr double zero_share = 1e-12;
/// A test whose value lies between these shares might have come out the other way.
inline constexpr double surely_zero = 1e-14, surely_not_zero = 1e-9;

/// Borders of the window are the first creases: left to right below, up at the right, and so on.
inline constexpr std::uint32_t borders_of_window = 4;

/// One straight piece of a fold, made when a cell was cut in two: what lies on both its sides are
/// the cells with half-edges 2 c (not beyond) and 2 c + 1 (beyond).
struct Crease {
  std::uint32_t fold = 0;
  std::uint32_t unit = 0;
  Point from, to;  ///< in the window's coordinates
};

struct Cells {
  std::size_t outputs = 0;
  bool is_line = false;

  std::vector<std::uint32_t> starts;  ///< of each cell's corners, and one more
  UnsetVector<Point> corners;         ///< counter-clockwise, in the window's coordinates
  /// Behind each corner: the half-edge to the next one. Of a line: of its two ends.
  UnsetVector<std::uint32_t> edges;
  std::vector<std::uint64_t> hashes;  ///< of the pattern: the same in every frame
  std::vector<double> areas;          ///< in the window's coordinates, which have 4 (a line: 2)
  std::vector<std::uint16_t> depths;  ///< 1 + the last fold that cut it; 0: none did
  std::vector<char> whole;            ///< 0: there was no time to cut it further
  std::vector<double> maps;           ///< of each cell and output: A, B, C

  std::vector<Crease> creases;
  std::vector<std::size_t> after;  ///< patterns after each fold
  bool is_complete = true;
  std::size_t at_least = 0;   ///< patterns that were found before time ran out, if not all
  std::size_t ambiguous = 0;  ///< tests that might have come out the other way
  double area = 0;            ///< of all cells together

  std::size_t size() const { return hashes.size(); }
  const double* map(std::size_t cell, std::size_t output) const {
    return maps.data() + 3 * (cell * outputs + output);
  }
  /// The mean of a cell's corners.
  Point middle(std::size_t cell) const;
};

struct Limits {
  std::size_t most_cells = 200000;
  double seconds = std::numeric_limits<double>::infinity();
  Cancelled cancelled = never_cancelled;
  int threads = 1;  ///< for planes; what is found does not depend on it
};

/// Cuts a slice at every fold. Beyond the limits the largest cells of the first fold share what is
/// left, so that what comes out is coarser, but covers the window.
Cells cut(const Program& program, const Limits& limits = {});

/// The state of every unit at a place: how many thresholds lie below z, or which candidate wins.
using Pattern = std::vector<std::vector<std::uint32_t>>;
Pattern pattern_at(const Program& program, Point at);

/// A unit's share in the hash of a pattern; 0 for its lowest state.
std::uint64_t pattern_key(const Fold& fold, std::size_t unit, std::size_t state);

}  // namespace crease::regions
