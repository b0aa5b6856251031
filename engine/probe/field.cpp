#include "probe/field.h"

#include <cmath>
#include <limits>

namespace crease {

double OutputField::between(int output, Point at) const {
  const double column = (at.x - grid.domain.x0) / grid.step_x();
  const double row = (grid.domain.y1 - at.y) / grid.step_y();
  if (!(column >= 0 && row >= 0 && column <= grid.columns - 1 && row <= grid.rows - 1))
    return std::numeric_limits<double>::quiet_NaN();
  const int c = std::min(static_cast<int>(column), grid.columns - 2);
  const int r = std::min(static_cast<int>(row), grid.rows - 2);
  const float* from = of_output(output);
  const auto value = [&](int i, int j) { return static_cast<double>(from[grid.index(i, j)]); };
  const double right = column - c, down = row - r;
  const double upper = value(r, c) * (1 - right) + value(r, c + 1) * right;
  const double lower = value(r + 1, c) * (1 - right) + value(r + 1, c + 1) * right;
  return upper * (1 - down) + lower * down;
}

OutputField field_of_outputs(const Plan& plan, const AlignedVector<float>& parameters,
                             const Grid& grid, const Cancelled& cancelled) {
  if (plan.input.size() != 2) throw Problem("a field needs a network with 2 inputs");
  OutputField field{grid, static_cast<int>(plan.output_shape().size()), {}};
  field.values.assign(grid.size() * plan.output_shape().size(),
                      std::numeric_limits<float>::quiet_NaN());
  const auto columns = static_cast<std::size_t>(grid.columns);
  std::vector<float> across(columns), upwards(static_cast<std::size_t>(grid.rows));
  for (std::size_t c = 0; c < across.size(); ++c)
    across[c] = static_cast<float>(grid.place(0, static_cast<double>(c)).x);
  for (std::size_t r = 0; r < upwards.size(); ++r)
    upwards[r] = static_cast<float>(grid.place(static_cast<double>(r), 0).y);
  const auto fill = [&](std::size_t first, int live, float* x) {
    std::size_t row = first / columns, column = first % columns;
    for (int s = 0; s < live; ++s) {
      x[s] = across[column];
      x[lanes + s] = upwards[row];
      if (++column == columns) {
        column = 0;
        ++row;
      }
    }
  };
  const auto take = [&](std::size_t first, int live, const Workspace<float>& workspace) {
    for (int k = 0; k < field.outputs; ++k)
      std::copy_n(workspace.output() + k * lanes, live,
                  field.values.data() + static_cast<std::size_t>(k) * grid.size() + first);
  };
  run_blocks(plan, parameters, grid.size(), cancelled, fill, take);
  return field;
}

}  // namespace crease
