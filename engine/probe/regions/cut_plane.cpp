// Cutting a window of a plane: convex polygons, cut depth first, one unit at a time.
#include <algorithm>
#include <bit>

#include "probe/regions/chain.h"

namespace crease::regions {

namespace {

/// A cell that is being cut: some corners on the stack, and what is known of its pattern.
struct Cell {
  std::size_t first = 0, count = 0;
  std::uint64_t hash = 0;
  std::uint16_t depth = 0;
  std::size_t budget = 0;  // cells it may become, where they are shared out
};

class PlaneCutter : Chain {
 public:
  PlaneCutter(const Program& program, const Limits& limits) : Chain(program, limits) {
    stack_.resize(1024);
  }

  Cells run() {
    begin(limits_.most_cells);
    enter(0, window());
    if (!over_ || limits_.cancelled()) return std::move(cells_);
    return coarser();
  }

 private:
  Cell window() {
    top_ = 4;
    const double s[] = {-1, 1, 1, -1}, t[] = {-1, -1, 1, 1};
    for (std::uint32_t i = 0; i < 4; ++i) stack_[i] = {s[i], t[i], 0, 0, 2 * i};
    return {0, 4, 0, 0};
  }

  /// The whole window again, this time with a share of the cells for every part of it.
  Cells coarser() {
    // What the clock allowed once it will not allow much more of.
    const std::size_t most =
        out_of_time_ ? std::max<std::size_t>(cells_.size() / 2, 64) : limits_.most_cells;
    const std::size_t found = cells_.size();
    begin(most);
    shares_ = true;
    Cell all = window();
    all.budget = most;
    enter(0, all);
    cells_.is_complete = false;
    cells_.at_least = std::max(found, cells_.size());
    return std::move(cells_);
  }

  /// True where a cell must be taken as it is, though it bends.
  bool is_spent(const Cell& cell, std::size_t parts) {
    if (cell.count == 1) return false;  // already is
    return shares_ ? cell.budget < parts || limits_.cancelled() : is_over();
  }

  void reserve(std::size_t more) {
    if (top_ + more > stack_.size()) stack_.resize(2 * (top_ + more));
  }

  /// What is left of a cell when the limits are reached: its middle, which bends nowhere.
  Cell as_point(const Cell& cell) {
    reserve(1);
    Corner middle;
    for (std::size_t i = 0; i < cell.count; ++i) {
      middle.s += stack_[cell.first + i].s / static_cast<double>(cell.count);
      middle.t += stack_[cell.first + i].t / static_cast<double>(cell.count);
    }
    for (std::size_t i = 0; i < cell.count; ++i) coarse_.push_back(stack_[cell.first + i]);
    stack_[top_] = middle;
    return {top_++, 1, cell.hash, cell.depth, 1};
  }

  void enter(std::size_t fold, Cell cell) {
    if (fold == levels_.size()) return keep(cell);
    const std::size_t top = top_;
    if (is_spent(cell, 1)) cell = as_point(cell);
    open(fold, stack_.data() + cell.first, cell.count, cell.hash);
    if (program_.folds[fold].chooses())
      choose(fold, 0, cell);
    else {
      fill_blocks(levels_[fold], test_rows(fold), test_stride(fold));
      begin_block(fold, 0, cell);
    }
    top_ = top;
  }

  void finish(std::size_t fold, const Cell& cell) {
    Level& level = levels_[fold];
    if (!program_.folds[fold].chooses()) {
      level.states.resize(level.open.size());
      for (std::size_t i = 0; i < level.open.size(); ++i) level.states[i] = level.open[i].state;
      for (std::size_t b = 0; b < level.block_count; ++b)
        for (std::uint64_t on = level.blocks[b].positive; on != 0; on &= on - 1)
          ++level.states[level.blocks[b].tests[static_cast<std::size_t>(std::countr_zero(on))]];
    }
    give(fold);
    enter(fold + 1, cell);
    undo(fold);
  }

  static void fill_blocks(Level& level, const double* rows, std::size_t each) {
    const std::size_t tests = level.tests_open.size();
    level.block_count = (tests + 63) / 64;
    if (level.blocks.size() < level.block_count) level.blocks.resize(level.block_count);
    for (std::size_t i = 0; i < tests; ++i) {
      Block& block = level.blocks[i / 64];
      const std::size_t k = i % 64, test = level.tests_open[i].test;
      block.count = static_cast<int>(k) + 1;
      block.tests[k] = level.tests_open[i].owner;
      block.a[k] = rows[test];
      block.b[k] = rows[each + test];
      block.c[k] = rows[2 * each + test];
      block.size[k] = level.size[test];
      block.keys[k] = level.keys[test];
    }
    if (tests == 0) return;
    Block& last = level.blocks[level.block_count - 1];
    for (auto k = static_cast<std::size_t>(last.count); k % lanes != 0; ++k)
      last.a[k] = last.b[k] = last.c[k] = last.size[k] = 0;
  }

  /// On which side of each test of a block a corner lies; `decided` are of no account.
  void look(const Block& block, Corner& corner, std::uint64_t decided) {
    std::uint64_t positive = 0, negative = 0, close = 0;
    for (int r = 0; r < block.count; r += lanes) {
      const auto k = static_cast<std::size_t>(r);
      const Lanes<double> z = load(block.a.data() + k) * corner.s +
                              (load(block.b.data() + k) * corner.t + load(block.c.data() + k));
      const Lanes<double> size = load(block.size.data() + k), zero = size * zero_share;
      positive |= std::uint64_t{bits_of(z > zero)} << r;
      negative |= std::uint64_t{bits_of(z < -zero)} << r;
      close |= std::uint64_t{bits_of(absolute(z) < size * surely_not_zero)} << r;
    }
    for (close &= ~decided; close != 0; close &= close - 1) {
      const int i = std::countr_zero(close);
      count_ambiguous(block.at(i, corner), block.size[static_cast<std::size_t>(i)]);
    }
    corner.positive = positive;
    corner.negative = negative;
  }

  void begin_block(std::size_t fold, std::size_t number, const Cell& cell) {
    if (number == levels_[fold].block_count) return finish(fold, cell);
    const Block& block = levels_[fold].blocks[number];
    for (std::size_t i = 0; i < cell.count; ++i) {
      // Counted as ambiguous, or not, when the fold was opened.
      look(block, stack_[cell.first + i], ~std::uint64_t{0});
    }
    const std::uint64_t all =
        block.count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << block.count) - 1;
    split(fold, number, cell, all, 0);
  }

  void split(std::size_t fold, std::size_t number, Cell cell, std::uint64_t open,
             std::uint64_t on) {
    Block& block = levels_[fold].blocks[number];
    std::uint64_t positive = 0, negative = 0;
    for (std::size_t i = 0; i < cell.count; ++i) {
      positive |= stack_[cell.first + i].positive;
      negative |= stack_[cell.first + i].negative;
    }
    on |= positive & ~negative & open;
    open &= positive & negative;
    if (open == 0) {
      block.positive = on;
      for (std::uint64_t rest = on; rest != 0; rest &= rest - 1)
        cell.hash ^= block.keys[static_cast<std::size_t>(std::countr_zero(rest))];
      return begin_block(fold, number + 1, cell);
    }
    if (is_spent(cell, 2)) {
      cell = as_point(cell);
      look(block, stack_[cell.first], ~std::uint64_t{0});
      return split(fold, number, cell, open, on);
    }
    const int test = std::countr_zero(open);
    const std::uint64_t bit = std::uint64_t{1} << test;
    open &= ~bit;
    const std::size_t top = top_;
    Cell beyond = cell, before = cell;
    const std::uint32_t owner = block.tests[static_cast<std::size_t>(test)];
    cut_in_two(block, test, ~open, cell, beyond, before, fold, levels_[fold].open[owner].unit);
    beyond.depth = before.depth = static_cast<std::uint16_t>(fold + 1);
    if (!shares_) {
      split(fold, number, beyond, open, on | bit);
      split(fold, number, before, open, on);
    } else {
      share_out(cell, beyond, before, [&](const Cell& part, bool is_beyond) {
        split(fold, number, part, open, is_beyond ? on | bit : on);
      });
    }
    top_ = top;
  }

  /// The smaller part first: what it leaves of its share goes to the larger one.
  template <class Go>
  void share_out(const Cell& cell, Cell& beyond, Cell& before, const Go& go) {
    const double area = area_of(beyond), rest = area_of(before);
    const bool is_small = area < rest;
    Cell &small = is_small ? beyond : before, &large = is_small ? before : beyond;
    const double share = std::min(area, rest) / std::max(area + rest, 1e-300);
    small.budget = std::clamp<std::size_t>(
        static_cast<std::size_t>(share * static_cast<double>(cell.budget)), 1, cell.budget - 1);
    const std::size_t had = cells_.size();
    go(small, is_small);
    const std::size_t used = cells_.size() - had;
    large.budget = cell.budget > used ? cell.budget - used : 1;
    go(large, !is_small);
  }
  double area_of(const Cell& cell) const { return area_of(stack_.data() + cell.first, cell.count); }

  /// Cuts along one test, which has corners on both sides. Corners on the line belong to both.
  void cut_in_two(const Block& block, int test, std::uint64_t decided, const Cell& cell,
                  Cell& beyond, Cell& before, std::size_t fold, std::uint32_t unit) {
    const std::size_t n = cell.count;
    reserve(2 * n + 4);
    const Corner* corner = stack_.data() + cell.first;
    const std::uint64_t bit = std::uint64_t{1} << test;
    const auto is_beyond = [&](std::size_t i) { return (corner[i].positive & bit) != 0; };
    const auto is_before = [&](std::size_t i) { return (corner[i].negative & bit) != 0; };
    const auto next = [n](std::size_t i) { return i + 1 == n ? 0 : i + 1; };
    const auto last = [n](std::size_t i) { return i == 0 ? n - 1 : i - 1; };
    // The corners beyond are a run, and so are those before: the polygon is convex.
    std::size_t start = 0;
    while (!is_before(start)) start = next(start);
    while (!is_beyond(start)) start = next(start);
    std::size_t stop = start;
    while (!is_before(next(stop))) stop = next(stop);
    while (!is_beyond(stop)) stop = last(stop);

    const auto crossing = [&](std::size_t i, std::size_t j) {
      const double zi = block.at(test, corner[i]), zj = block.at(test, corner[j]);
      const double share = zi / (zi - zj);
      Corner made{corner[i].s + share * (corner[j].s - corner[i].s),
                  corner[i].t + share * (corner[j].t - corner[i].t), 0, 0, 0};
      look(block, made, decided);
      made.edge = corner[i].edge;
      return made;
    };
    const bool leaves_at_corner = !is_before(next(stop)),
               enters_at_corner = !is_before(last(start));
    const Corner out = leaves_at_corner ? corner[next(stop)] : crossing(stop, next(stop));
    const Corner in = enters_at_corner ? corner[last(start)] : crossing(last(start), start);
    const std::uint32_t made = new_crease(fold, unit, {out.s, out.t}, {in.s, in.t});

    Corner* to = stack_.data() + top_;
    beyond.first = top_;
    *to++ = in;
    for (std::size_t i = start;; i = next(i)) {
      *to++ = corner[i];
      if (i == stop) break;
    }
    *to = out;
    to++->edge = 2 * made + 1;
    beyond.count = static_cast<std::size_t>(to - (stack_.data() + beyond.first));
    before.first = beyond.first + beyond.count;
    *to++ = out;
    const std::size_t end = enters_at_corner ? last(start) : start;
    for (std::size_t i = leaves_at_corner ? next(next(stop)) : next(stop); i != end; i = next(i))
      *to++ = corner[i];
    *to = in;
    to++->edge = 2 * made;
    before.count = static_cast<std::size_t>(to - (stack_.data() + before.first));
    top_ = before.first + before.count;
  }

  /// Of a fold that chooses: unit after unit, a part of the cell for each candidate that wins.
  void choose(std::size_t fold, std::size_t number, Cell cell) {
    Level& level = levels_[fold];
    if (number == level.open.size()) return finish(fold, cell);
    const std::size_t top = top_;
    const std::uint32_t unit = level.open[number].unit;
    std::vector<std::uint32_t> left;
    survivors(fold, unit, level.candidates[number], stack_.data() + cell.first, cell.count, left);
    if (is_spent(cell, left.size())) {
      cell = as_point(cell);
      survivors(fold, unit, level.candidates[number], stack_.data() + cell.first, 1, left);
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
  Cell win(std::size_t fold, std::uint32_t unit, const std::vector<std::uint32_t>& left,
           std::size_t i, const Cell& cell, std::vector<std::uint32_t>& made) {
    const auto& choices = program_.folds[fold].choices[unit];
    const double* z = rows(fold);
    const std::size_t each = stride(fold);
    Block block;
    block.count = 1;
    std::fill_n(block.a.begin(), lanes, 0.0);
    block.b = block.c = block.size = block.a;
    Cell part = cell;
    for (std::size_t k = 0; k < left.size(); ++k) {
      if (k == i) continue;
      // The test is the lower candidate's lead, so that both sides find the same line.
      const std::size_t low = choices[left[std::min(i, k)]], high = choices[left[std::max(i, k)]];
      const double sign = i < k ? 1 : -1;
      const auto difference = [&](std::size_t c) {
        return sign * (z[c * each + low] - z[c * each + high]);
      };
      block.a[0] = difference(0);
      block.b[0] = difference(1);
      block.c[0] = difference(2);
      block.size[0] = 0;
      for (std::size_t c = 0; c < 3; ++c)
        block.size[0] += std::abs(z[c * each + low]) + std::abs(z[c * each + high]);
      std::uint64_t positive = 0, negative = 0;
      for (std::size_t c = 0; c < part.count; ++c) {
        look(block, stack_[part.first + c], 0);
        positive |= stack_[part.first + c].positive;
        negative |= stack_[part.first + c].negative;
      }
      if ((positive & 1) == 0) return {};
      if ((negative & 1) == 0) continue;
      std::uint32_t& crease = made[std::min(i, k) * left.size() + std::max(i, k)];
      Cell beyond = part, before = part;
      cut_in_two(block, 0, 1, part, beyond, before, fold, unit);
      // One crease for both candidates; the one made for the cut is kept only the first time.
      const auto fresh = static_cast<std::uint32_t>(cells_.creases.size() - 1);
      if (crease == 0)
        crease = fresh;
      else
        cells_.creases.pop_back();
      for (std::size_t c = 0; c < beyond.count; ++c)
        if (stack_[beyond.first + c].edge / 2 == fresh)
          stack_[beyond.first + c].edge = 2 * crease + (i < k ? 1 : 0);
      part = beyond;
    }
    return part;
  }

  /// Where the creases of a choice really run: along the parts that are left.
  void note_creases(const Cell& part, std::uint32_t first) {
    for (std::size_t i = 0; i < part.count; ++i) {
      const Corner& from = stack_[part.first + i];
      const Corner& to = stack_[part.first + (i + 1) % part.count];
      if (from.edge / 2 < first) continue;
      cells_.creases[from.edge / 2].from = {from.s, from.t};
      cells_.creases[from.edge / 2].to = {to.s, to.t};
    }
  }

  static double area_of(const Corner* corners, std::size_t count) {
    double twice = 0;
    for (std::size_t i = 2; i < count; ++i)
      twice += (corners[i - 1].s - corners[0].s) * (corners[i].t - corners[0].t) -
               (corners[i].s - corners[0].s) * (corners[i - 1].t - corners[0].t);
    return twice / 2;
  }

  void keep(const Cell& cell) {
    const bool whole = coarse_.empty();
    const Corner* corners = whole ? stack_.data() + cell.first : coarse_.data();
    const std::size_t count = whole ? cell.count : coarse_.size();
    for (std::size_t i = 0; i < count; ++i) {
      cells_.corners.push_back({corners[i].s, corners[i].t});
      cells_.edges.push_back(corners[i].edge);
    }
    cells_.starts.push_back(static_cast<std::uint32_t>(cells_.corners.size()));
    note_cell(cell.hash, cell.depth, whole, area_of(corners, count));
    coarse_.clear();
  }

  std::vector<Corner> stack_;
  std::size_t top_ = 0;
  std::vector<Corner> coarse_;  // the cell that a point stands for
  bool shares_ = false;         // every part of the window gets its share of the cells
};

}  // namespace

Cells cut_plane(const Program& program, const Limits& limits) {
  return PlaneCutter(program, limits).run();
}

}  // namespace crease::regions
