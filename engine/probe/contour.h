#pragma once
/// Lines on a grid: where a number has a level, and where one class gives way to another.
#include <span>
#include <vector>

#include "probe/field.h"

namespace crease {

/// Joined lines; a closed one ends with its first point.
using Lines = std::vector<std::vector<Point>>;

/// Where the values at the places of a grid pass through `level`: linear between two places, and in
/// a cell with two opposite corners on each side (a saddle) as the bilinear surface joins them.
/// Cells with a corner that is not finite have no line.
Lines contour(const Grid& grid, std::span<const float> values, double level);

/// The borders between the areas where different outputs are the largest. Three areas meet in a
/// point.
Lines borders(const OutputField& field);

}  // namespace crease
