#pragma once
/// The outputs of a network over a plane of inputs.
#include <cstddef>
#include <vector>

#include "core/plane.h"
#include "probe/run.h"

namespace crease {

/// Evenly spaced places of a domain, its borders included. As in a picture, row 0 lies at the top,
/// y1.
struct Grid {
  Domain domain;
  int columns = 2;
  int rows = 2;

  std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  }
  double step_x() const { return (domain.x1 - domain.x0) / (columns - 1); }
  double step_y() const { return (domain.y1 - domain.y0) / (rows - 1); }
  Point place(double row, double column) const {
    return {domain.x0 + column * step_x(), domain.y1 - row * step_y()};
  }
  /// The domain of a picture with one pixel a place, each around its place.
  Domain picture() const {
    return {domain.x0 - step_x() / 2, domain.x1 + step_x() / 2, domain.y0 - step_y() / 2,
            domain.y1 + step_y() / 2};
  }
  bool operator==(const Grid&) const = default;
};

/// Numbers at every place of a grid, one layer after the other.
struct OutputField {
  Grid grid;
  int outputs = 1;
  std::vector<float> values;

  const float* of_output(int k) const {
    return values.data() + static_cast<std::size_t>(k) * grid.size();
  }
  /// Between the four places around a point; not a number outside the grid.
  double between(int output, Point at) const;
};

/// Every output of a network with two inputs (across, upwards). What is cut short by `cancelled`
/// holds not-a-number from there on.
OutputField field_of_outputs(const Plan& plan, const AlignedVector<float>& parameters,
                             const Grid& grid, const Cancelled& cancelled = never_cancelled);

}  // namespace crease
