#pragma once
/// Where a decision changes, exactly: inside every cell the outputs are affine, so the boundary is
/// a straight piece there.
#include <array>

#include "probe/regions/cells.h"

namespace crease::regions {

/// Straight pieces, in the window's coordinates.
using Segments = std::vector<std::array<Point, 2>>;

/// Where one output passes through `level`.
Segments level_set(const Cells& cells, std::size_t output, double level);
/// Where the largest output gives way to another one.
Segments ties(const Cells& cells);

}  // namespace crease::regions
