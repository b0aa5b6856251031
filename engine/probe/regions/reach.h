#pragma once
/// How large the numbers of a program can become while it is cut.
#include "probe/regions/program.h"

namespace crease::regions {

/// The largest size that a row may reach: the area of a cell and the place where two folds meet are
/// made of products of two.
inline constexpr double most_reach = 1e150;

/// A bound on the sizes of all rows on the window, through all folds; infinite or not a number
/// where they are.
double reach_of(const Program& program);

/// Throws Problem where u and v do not span a plane, or u no line.
void check_directions(const Slice& slice);

}  // namespace crease::regions
