// Cutting a plane where units bend.
#include <bit>

#include "probe/regions/plane_cutter.h"

namespace crease::regions {

namespace {

double area_of(const Corner* corners, std::size_t count) {
  double twice = 0;
  for (std::size_t i = 2; i < count; ++i)
    twice += (corners[i - 1].s - corners[0].s) * (corners[i].t - corners[0].t) -
             (corners[i].s - corners[0].s) * (corners[i - 1].t - corners[0].t);
  return twice / 2;
}

/// Where two runs around a convex polygon with up to 32 corners begin and end: the corners beyond a
/// line, and those before it. Nothing where rounding has torn a run.
struct Runs {
  std::size_t start = 0, stop = 0;  // of those beyond
  bool are_whole = false;
};
Runs runs_of(std::uint32_t beyond, std::uint32_t before, std::size_t n) {
  const auto starts = [n](std::uint32_t run) { return run & ~(run << 1 | run >> (n - 1)); };
  const std::uint32_t start = starts(beyond);
  Runs runs;
  runs.are_whole = std::has_single_bit(start) && std::has_single_bit(starts(before));
  runs.start = static_cast<std::size_t>(std::countr_zero(start));
  runs.stop = runs.start + static_cast<std::size_t>(std::popcount(beyond)) - 1;
  if (runs.stop >= n) runs.stop -= n;
  return runs;
}

}  // namespace

Cells PlaneCutter::run() {
  begin(limits_.most_cells);
  enter(0, window());
  if (over_ && !limits_.cancelled()) return coarser(cells_.size(), out_of_time_);
  cells_.is_complete = cells_.is_complete && !over_;
  return std::move(cells_);
}

PlaneCutter::Cell PlaneCutter::window() {
  top_ = 4;
  const double s[] = {-1, 1, 1, -1}, t[] = {-1, -1, 1, 1};
  for (std::uint32_t i = 0; i < 4; ++i) stack_[i] = {s[i], t[i], {}, 2 * i};
  return {0, 4, 0, 0};
}

Cells PlaneCutter::coarser(std::size_t found, bool out_of_time) {
  // What the clock allowed once it will not allow much more of.
  const std::size_t most = out_of_time ? std::max<std::size_t>(found / 2, 64) : limits_.most_cells;
  begin(most);
  shares_ = true;
  Cell all = window();
  all.budget = most;
  enter(0, all);
  cells_.is_complete = false;
  cells_.at_least = std::max(out_of_time ? found : limits_.most_cells, cells_.size());
  return std::move(cells_);
}

/// What is left of a cell when the limits are reached: its middle, which bends nowhere.
PlaneCutter::Cell PlaneCutter::as_point(const Cell& cell) {
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

void PlaneCutter::keep(const Cell& cell) {
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

void PlaneCutter::fill_blocks(std::size_t fold) {
  Level& level = levels_[fold];
  const double* rows = test_rows(fold);
  const std::size_t each = test_stride(fold);
  const std::size_t tests = level.tests_open.size();
  level.block_count = (tests + Block::most - 1) / Block::most;
  if (level.blocks.size() < level.block_count) level.blocks.resize(level.block_count);
  for (std::size_t b = 0, i = 0; b < level.block_count; ++b) {
    Block& block = level.blocks[b];
    block.fold = fold;
    block.number = b;
    block.count = std::min(tests - i, Block::most);
    std::size_t k = 0;
    for (; k < block.count; ++k, ++i) {
      const std::size_t test = level.tests_open[i].test;
      block.owners[k] = level.tests_open[i].owner;
      block.units[k] = level.open[block.owners[k]].unit;
      block.a[k] = rows[test];
      block.b[k] = rows[each + test];
      block.c[k] = rows[2 * each + test];
      block.size[k] = level.size[test];
      block.keys[k] = level.keys[test];
    }
    for (; k % width_of_eight != 0; ++k) block.a[k] = block.b[k] = block.c[k] = block.size[k] = 0;
  }
}

void PlaneCutter::enter(std::size_t fold, const Cell& entered) {
  if (fold == levels_.size()) return keep(entered);
  if (is_given_up()) return;
  const std::size_t top = top_;
  Cell cell = is_spent(entered, 1) ? as_point(entered) : entered;
  open(fold, stack_.data() + cell.first, cell.count, cell.hash);
  if (program_.folds[fold].chooses()) {
    choose(fold, 0, cell);
  } else {
    fill_blocks(fold);
    begin_block(fold, 0, cell);
  }
  top_ = top;
}

void PlaneCutter::finish(std::size_t fold, const Cell& cell) {
  if (seeds_ != nullptr) return note_seed(cell);
  Level& level = levels_[fold];
  if (level.thresholds == 1) {
    const Piece low = level.pieces[0], high = level.pieces[1];
    const bool is_row = level.tests.empty();
    for (std::size_t b = 0; b < level.block_count; ++b) {
      const Block& block = level.blocks[b];
      const auto note = [&](std::uint32_t which, const Piece& piece) {
        if (is_row) return note_given(level, block, which, piece);
        for (; which != 0; which &= which - 1)
          note_given(fold, block.units[static_cast<std::size_t>(std::countr_zero(which))], piece);
      };
      note(block.positive, high);
      if (!low.is_nothing()) note(block.all() & ~block.positive, low);
    }
  } else if (!program_.folds[fold].chooses()) {
    level.states.resize(level.open.size());
    for (std::size_t i = 0; i < level.open.size(); ++i) level.states[i] = level.open[i].state;
    for (std::size_t b = 0; b < level.block_count; ++b)
      for (std::uint32_t on = level.blocks[b].positive; on != 0; on &= on - 1)
        ++level.states[level.blocks[b].owners[static_cast<std::size_t>(std::countr_zero(on))]];
    note_states(fold);
  } else {
    note_states(fold);
  }
  give(fold);
  if (fold + 1 == levels_.size())
    keep(cell);
  else
    enter(fold + 1, cell);
  undo(fold);
}

Sides PlaneCutter::look(const Block& block, double s, double t) {
  std::uint64_t positive = 0, negative = 0;
  for (std::size_t r = 0; r < block.count; r += width_of_eight) {
    const Eight z = load_eight(block.a.data() + r) * s +
                    (load_eight(block.b.data() + r) * t + load_eight(block.c.data() + r));
    const Eight zero = load_eight(block.size.data() + r) * zero_share;
    positive |= bits_above(z, zero) << r;
    negative |= bits_above(-z, zero) << r;
  }
  return {static_cast<std::uint32_t>(positive), static_cast<std::uint32_t>(negative)};
}

Sides PlaneCutter::look_at_new(const Block& block, double s, double t, std::uint32_t open) {
  std::uint64_t positive = 0, negative = 0, close = 0;
  for (std::size_t r = 0; r < block.count; r += width_of_eight) {
    const Eight z = load_eight(block.a.data() + r) * s +
                    (load_eight(block.b.data() + r) * t + load_eight(block.c.data() + r));
    const Eight size = load_eight(block.size.data() + r), zero = size * zero_share;
    positive |= bits_above(z, zero) << r;
    negative |= bits_above(-z, zero) << r;
    close |= bits_above(size * surely_not_zero, magnitude(z)) << r;
  }
  for (close &= open; close != 0; close &= close - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(close));
    count_ambiguous(block.at(k, s, t), block.size[k]);
  }
  return {static_cast<std::uint32_t>(positive), static_cast<std::uint32_t>(negative)};
}

void PlaneCutter::begin_block(std::size_t fold, std::size_t number, const Cell& cell) {
  if (number == levels_[fold].block_count) return finish(fold, cell);
  Block& block = levels_[fold].blocks[number];
  // Counted as ambiguous, or not, when the fold was opened.
  Cell begun = cell;
  begun.sides = {};
  for (std::size_t i = cell.first; i < cell.first + cell.count; ++i)
    begun.sides |= stack_[i].sides = look(block, stack_[i].s, stack_[i].t);
  split(block, begun, block.all(), 0);
}

void PlaneCutter::split(Block& block, const Cell& cell, std::uint32_t open, std::uint32_t on) {
  const auto [positive, negative] = cell.sides;
  on |= positive & ~negative & open;
  open &= positive & negative;
  if (open == 0) {
    block.positive = on;
    std::uint64_t hash = cell.hash;
    for (std::uint32_t rest = on; rest != 0; rest &= rest - 1)
      hash ^= block.keys[static_cast<std::size_t>(std::countr_zero(rest))];
    const Cell decided{cell.first, cell.count, hash, cell.depth, cell.budget};
    return begin_block(block.fold, block.number + 1, decided);
  }
  if (is_given_up()) return;
  if (is_spent(cell, 2)) {
    Cell point = as_point(cell);
    Corner& middle = stack_[point.first];
    point.sides = middle.sides = look(block, middle.s, middle.t);
    return split(block, point, open, on);
  }
  const auto test = static_cast<std::size_t>(std::countr_zero(open));
  const std::uint32_t bit = std::uint32_t{1} << test;
  open &= ~bit;
  const std::size_t top = top_;
  const auto depth = static_cast<std::uint16_t>(block.fold + 1);
  Cell beyond{0, 0, cell.hash, depth, cell.budget}, before{0, 0, cell.hash, depth, cell.budget};
  cut_in_two(block, test, open, cell, beyond, before);
  if (!shares_) {
    split(block, beyond, open, on | bit);
    split(block, before, open, on);
  } else {
    share_out(cell, beyond, before, [&](const Cell& part, bool is_beyond) {
      split(block, part, open, is_beyond ? on | bit : on);
    });
  }
  top_ = top;
}

/// The smaller part first: what it leaves of its share goes to the larger one.
template <class Go>
void PlaneCutter::share_out(const Cell& cell, Cell& beyond, Cell& before, const Go& go) {
  const double area = area_of(stack_.data() + beyond.first, beyond.count),
               rest = area_of(stack_.data() + before.first, before.count);
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

void PlaneCutter::cut_in_two(const Block& block, std::size_t test, std::uint32_t open,
                             const Cell& cell, Cell& beyond, Cell& before) {
  const std::size_t n = cell.count;
  reserve(2 * n + 4);
  const Corner* corner = stack_.data() + cell.first;
  const std::uint32_t bit = std::uint32_t{1} << test;
  const auto is_beyond = [&](std::size_t i) { return (corner[i].sides.positive & bit) != 0; };
  const auto is_before = [&](std::size_t i) { return (corner[i].sides.negative & bit) != 0; };
  const auto next = [n](std::size_t i) { return i + 1 == n ? 0 : i + 1; };
  const auto last = [n](std::size_t i) { return i == 0 ? n - 1 : i - 1; };
  // The corners beyond are a run, and so are those before: the polygon is convex.
  Runs runs;
  if (n <= 32) {
    std::uint32_t beyonds = 0, befores = 0;
    for (std::size_t i = 0; i < n; ++i) {
      beyonds |= (corner[i].sides.positive >> test & 1U) << i;
      befores |= (corner[i].sides.negative >> test & 1U) << i;
    }
    runs = runs_of(beyonds, befores, n);
  }
  std::size_t start = runs.start, stop = runs.stop;
  if (!runs.are_whole) {
    start = 0;
    while (!is_before(start)) start = next(start);
    while (!is_beyond(start)) start = next(start);
    stop = start;
    while (!is_before(next(stop))) stop = next(stop);
    while (!is_beyond(stop)) stop = last(stop);
  }

  // Field by field: to read back as a whole what was just written in parts would stall.
  struct End {
    double s, t;
    Sides sides;
    std::uint32_t edge;  // behind it on the polygon that was
  };
  const auto put = [](Corner* to, const End& end, std::uint32_t edge) {
    to->s = end.s;
    to->t = end.t;
    to->sides = end.sides;
    to->edge = edge;
  };
  const auto end_between = [&](std::size_t i, std::size_t j) {
    const Corner &from = corner[i], &until = corner[j];
    const double z = block.at(test, from.s, from.t),
                 share = z / (z - block.at(test, until.s, until.t));
    const double s = from.s + share * (until.s - from.s), t = from.t + share * (until.t - from.t);
    return End{s, t, look_at_new(block, s, t, open), from.edge};
  };
  const auto end_at = [&](std::size_t i) {
    return End{corner[i].s, corner[i].t, corner[i].sides, corner[i].edge};
  };
  const bool leaves_at_corner = !is_before(next(stop)), enters_at_corner = !is_before(last(start));
  const End out = leaves_at_corner ? end_at(next(stop)) : end_between(stop, next(stop));
  const End in = enters_at_corner ? end_at(last(start)) : end_between(last(start), start);
  const std::uint32_t made =
      new_crease(block.fold, block.units[test], {out.s, out.t}, {in.s, in.t});

  Corner* to = stack_.data() + top_;
  beyond.first = top_;
  before.sides = in.sides;
  before.sides |= out.sides;
  beyond.sides = before.sides;
  put(to++, in, in.edge);
  for (std::size_t i = start;; i = next(i)) {
    *to++ = corner[i];
    beyond.sides |= corner[i].sides;
    if (i == stop) break;
  }
  put(to++, out, 2 * made + 1);
  beyond.count = static_cast<std::size_t>(to - (stack_.data() + beyond.first));
  before.first = beyond.first + beyond.count;
  put(to++, out, out.edge);
  const std::size_t end = enters_at_corner ? last(start) : start;
  for (std::size_t i = leaves_at_corner ? next(next(stop)) : next(stop); i != end; i = next(i)) {
    *to++ = corner[i];
    before.sides |= corner[i].sides;
  }
  put(to++, in, 2 * made);
  before.count = static_cast<std::size_t>(to - (stack_.data() + before.first));
  top_ = before.first + before.count;
}

Cells cut_plane(const Program& program, const Limits& limits) {
  return PlaneCutter(program, limits).run();
}

}  // namespace crease::regions
