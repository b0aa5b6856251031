#pragma once
/// The exact linear regions of a network on a part of a plane (or a line) through its inputs.
///
///     const auto found = regions::analyse(plan, parameters, Slice::of_inputs(2, window));
///     found.cells.size()       activation patterns: convex cells, one each
///     found.joined.regions     the same, joined where the output map does not change
///     found.is_exact           nothing was cut short, and no test was a close call
#include <optional>
#include <span>
#include <string>

#include "probe/regions/bounds.h"
#include "probe/regions/merge.h"

namespace crease::regions {

struct Regions {
  Program program;
  Cells cells;
  Arrangement arrangement;
  Joined joined;
  /// Every cell is whole, their areas add up to the window's to 1e-9, both sides of every crease
  /// agree, and no test was a close call.
  bool is_exact = false;

  std::size_t patterns() const { return cells.size(); }
  /// Of a line: where the slope changes, in the slice's own coordinate.
  std::vector<double> breakpoints() const;
  /// From the window's coordinates (-1 to 1) to the slice's, and back.
  Point to_slice(Point at) const;
  Point from_slice(Point at) const;
};

/// Throws Problem where there is nothing to cut (compile_program).
Regions analyse(const Plan& plan, const double* parameters, const Slice& slice,
                const Limits& limits = {}, int from = -1);

/// The same of a network that has been composed already.
Regions analyse(Program program, const Limits& limits = {});

/// The cell at a place (in the window's coordinates), or the number of cells.
std::size_t cell_at(const Cells& cells, Point at);

/// What is said of a network that is piecewise linear only in part; empty where it is so as a
/// whole, or where only its output is squashed.
std::string note_on(const Program& program);
/// Empty, or the sentence that says why there are no folds at all to show: the first node that
/// would have any is smooth.
std::string refusal(const Plan& plan);

}  // namespace crease::regions
