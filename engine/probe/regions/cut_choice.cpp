// Cutting a plane where units choose the largest of some rows: maxout and max-pooling.
#include "probe/regions/plane_cutter.h"

namespace crease::regions {

/// Of a fold that chooses: unit after unit, a part of the cell for each candidate that wins.
void PlaneCutter::choose(std::size_t fold, std::size_t number, Cell cell) {
  Level& level = levels_[fold];
  if (number == level.open.size()) return finish(fold, cell);
  const std::size_t top = top_;
  const std::uint32_t unit = level.open[number];
  std::vector<std::uint32_t> left;
  survivors(fold, unit, level.candidates[number], corners_of(cell), cell.count, left);
  if (is_given_up()) return;
  if (is_spent(cell, left.size())) {
    cell = as_point(cell);
    survivors(fold, unit, level.candidates[number], corners_of(cell), 1, left);
  }
  const std::uint32_t first_crease = static_cast<std::uint32_t>(cells_.creases.size());
  std::vector<std::uint32_t> made(left.size() * left.size(), 0);
  const std::size_t had = cells_.size();
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t before_part = top_, used = cells_.size() - had;
    Cell part = cell;
    if (left.size() > 1) {
      part = win(fold, unit, left, i, cell, made);
      if (part.count < 3) continue;
      part.depth = static_cast<std::uint16_t>(fold + 1);
      note_creases(part, first_crease);
      const std::size_t rest = cell.budget > used ? cell.budget - used : 1;
      part.budget = std::max<std::size_t>(rest / (left.size() - i), 1);
    }
    part.hash ^= pattern_key(program_.folds[fold], unit, left[i]);
    level.winners[number] = left[i];
    choose(fold, number + 1, part);
    top_ = before_part;
  }
  top_ = top;
}

/// The part of a cell on which candidate number `i` of `left` wins; corners on the stack.
PlaneCutter::Cell PlaneCutter::win(std::size_t fold, std::uint32_t unit,
                                   const std::vector<std::uint32_t>& left, std::size_t i,
                                   const Cell& cell, std::vector<std::uint32_t>& made) {
  const auto& choices = program_.folds[fold].choices[unit];
  const double* z = rows(fold);
  const std::size_t each = stride(fold);
  Cell part = cell;
  for (std::size_t k = 0; k < left.size(); ++k) {
    if (k == i) continue;
    // The test is the lower candidate's lead, so that both sides find the same line.
    const std::size_t low = choices[left[std::min(i, k)]], high = choices[left[std::max(i, k)]];
    const double sign = i < k ? 1 : -1;
    const auto difference = [&](std::size_t c) {
      return sign * (z[c * each + low] - z[c * each + high]);
    };
    Line line{difference(0), difference(1), difference(2), 0};
    for (std::size_t c = 0; c < 3; ++c)
      line.size += std::abs(z[c * each + low]) + std::abs(z[c * each + high]);
    part.fresh = all_are;
    const Extent extent = extent_of(line, part);
    if (!extent.positive) return {};
    if (!extent.negative) continue;
    std::uint32_t& crease = made[std::min(i, k) * left.size() + std::max(i, k)];
    Cell beyond = part, before = part;
    cut_in_two(line, fold, unit, part, beyond, before);
    // One crease for both candidates; the one made for the cut is kept only the first time.
    const auto fresh = static_cast<std::uint32_t>(cells_.creases.size() - 1);
    if (crease == 0)
      crease = fresh;
    else
      cells_.creases.pop_back();
    for (std::size_t c = 0; c < beyond.count; ++c) {
      Corner corner = corner_at(corners_of(beyond), c);
      if (corner.edge / 2 != fresh) continue;
      corner.edge = 2 * crease + (i < k ? 1 : 0);
      put_corner(corners_of(beyond), c, corner);
    }
    fill_up(corners_of(beyond), beyond.count);
    part = beyond;
  }
  return part;
}

/// Where the creases of a choice really run: along the parts that are left.
void PlaneCutter::note_creases(const Cell& part, std::uint32_t first) {
  for (std::size_t i = 0; i < part.count; ++i) {
    const Corner from = corner_at(corners_of(part), i);
    const Corner to = corner_at(corners_of(part), (i + 1) % part.count);
    if (from.edge / 2 < first) continue;
    cells_.creases[from.edge / 2].from = {from.s, from.t};
    cells_.creases[from.edge / 2].to = {to.s, to.t};
  }
}

}  // namespace crease::regions
