#pragma once
/// The part of its inputs on which a network's regions are shown.
#include "probe/regions/program.h"
#include "views/plane.h"

namespace crease {

/// All of one or two inputs as far as the data reach, -1 to 1 without data. Throws Problem for more
/// inputs.
struct HomeSlice {
  regions::Slice slice;
  bool equal = true;  ///< one unit is as long upwards as sideways
};
HomeSlice home_slice(std::size_t inputs, const DataSet* data);

/// Threads that an analysis may take while the network trains: all but one for the training and one
/// for the window, up to four.
int spare_threads();

/// The plane through three samples: the first lies at (0, 0), the second at (1, 0), the third at
/// (0, 1).
regions::Slice plane_through(const DataSet& data, const std::array<std::size_t, 3>& samples);
/// The same through three points of any space.
regions::Slice plane_through(const std::array<std::vector<double>, 3>& points);

}  // namespace crease
