#include "probe/regions/regions.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace crease::regions {

Regions analyse(const Plan& plan, const double* parameters, const Slice& slice,
                const Limits& limits, int from) {
  return analyse(compile_program(plan, parameters, slice, from), limits);
}

Regions analyse(Program program, const Limits& limits) {
  Regions found;
  found.program = std::move(program);
  found.cells = cut(found.program, limits);
  if (found.cells.at_least == 0) found.cells.at_least = found.cells.size();
  found.arrangement = arrange(found.cells, found.program.is_continuous);
  if (found.cells.is_complete) {
    found.joined = join(found.program, found.cells, found.arrangement);
  } else {  // maps of coarse cells say nothing of their borders
    found.joined.region_of.resize(found.cells.size());
    std::iota(found.joined.region_of.begin(), found.joined.region_of.end(), 0U);
    found.joined.regions = found.joined.affine_maps = found.cells.size();
  }
  const double window = found.cells.is_line ? 2 : 4;
  constexpr double same_area = 1e-9;
  found.is_exact = found.cells.is_complete && found.cells.ambiguous == 0 &&
                   found.arrangement.is_consistent &&
                   std::abs(found.cells.area - window) <= same_area * window;
  return found;
}

Point Regions::to_slice(Point at) const {
  const Domain& w = program.slice.window;
  return {(w.x0 + w.x1) / 2 + at.x * (w.x1 - w.x0) / 2,
          (w.y0 + w.y1) / 2 + at.y * (w.y1 - w.y0) / 2};
}

Point Regions::from_slice(Point at) const {
  const Domain& w = program.slice.window;
  return {(2 * at.x - w.x0 - w.x1) / (w.x1 - w.x0), (2 * at.y - w.y0 - w.y1) / (w.y1 - w.y0)};
}

std::vector<double> Regions::breakpoints() const {
  std::vector<double> places;
  for (std::size_t i = 1; i < cells.size(); ++i)
    if (joined.region_of[i] != joined.region_of[i - 1])
      places.push_back(to_slice(cells.corners[cells.starts[i]]).x);
  return places;
}

std::size_t cell_at(const Cells& cells, Point at) {
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const std::size_t first = cells.starts[cell], past = cells.starts[cell + 1];
    if (cells.is_line) {
      if (at.x >= cells.corners[first].x && at.x <= cells.corners[first + 1].x) return cell;
      continue;
    }
    bool inside = true;
    for (std::size_t i = first; inside && i < past; ++i) {
      const Point from = cells.corners[i], to = cells.corners[i + 1 == past ? first : i + 1];
      inside = (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x) >= 0;
    }
    if (inside) return cell;
  }
  return cells.size();
}

std::string note_on(const Program& program) {
  const Obstacle& obstacle = program.obstacle;
  if (obstacle.node.empty() || obstacle.is_last) return "";
  return fmt::format(
      "node \"{}\" is not piecewise linear ({}): the regions are those of the part "
      "before it",
      obstacle.node, obstacle.culprit);
}

std::string refusal(const Plan& plan) {
  const std::vector<double> parameters(plan.length, 0.25);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (!plan.nodes[i].reaches_output && i + 1 < plan.nodes.size()) continue;
    const Parts parts = parts_of(plan, i, parameters.data());
    if (parts.is_piecewise_linear && (parts.chooses || !parts.bend.is_identity())) return "";
    if (parts.is_piecewise_linear || i + 1 == plan.nodes.size()) continue;
    return fmt::format(
        "\"{}\" is not piecewise linear ({}), and no layer before it is a ReLU, a max-pool or "
        "another that folds",
        plan.nodes[i].id, parts.culprit);
  }
  return "";
}

}  // namespace crease::regions
