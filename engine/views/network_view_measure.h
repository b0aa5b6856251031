#pragma once
/// How large the units of one block are drawn, and how many of them, in a given height.
#include "views/network_view_model.h"

namespace crease::network_picture {

struct Measure {
  double width = 0, height = 0;  ///< of one unit
  double pitch = 0;              ///< from one row to the next
  double column_pitch = 0;
  int shown = 0;    ///< units
  int columns = 1;  ///< side by side
  bool is_grid = false;
  double kernel = 0;           ///< size of the filter at the left of each unit
  double left = 0, right = 0;  ///< room for labels (and kernels) beside the units
  double below = 0;            ///< room for what is written under them

  double inner() const { return (columns - 1) * column_pitch + width; }
};

/// The number of units that are drawn one by one: an image of one or three channels that is the
/// input is a single picture.
int drawn_units(const Block& block);

/// `scale` from 1 down makes everything narrower; `opened` shows every unit as a small cell.
Measure measure_units(const Block& block, double scale, double room, bool opened);

}  // namespace crease::network_picture
