// Cutting a plane where units bend.
#include <bit>

#include "probe/regions/plane_cutter.h"

namespace crease::regions {

namespace {

/// Two runs around a convex polygon: the corners beyond a line, and those before it.
struct Runs {
  std::size_t beyond = 0, beyond_count = 0;  // where it begins, and how long it is
  std::size_t before = 0, before_count = 0;
};

/// Nothing where rounding has torn a run.
Runs runs_of(std::uint64_t beyond, std::uint64_t before, std::size_t n) {
  const auto starts = [n](std::uint64_t run) { return run & ~(run << 1 | run >> (n - 1)); };
  const std::uint64_t beyonds = starts(beyond), befores = starts(before);
  if (!std::has_single_bit(beyonds) || !std::has_single_bit(befores)) return {};
  const auto number = [](int bits) { return static_cast<std::size_t>(bits); };
  return {number(std::countr_zero(beyonds)), number(std::popcount(beyond)),
          number(std::countr_zero(befores)), number(std::popcount(before))};
}

/// The same of any polygon: from the first corner beyond that follows one before, to the last
/// before one follows again. A torn run is taken as whole.
Runs search_runs(const Line& line, const Corners* corners, std::size_t n) {
  const double zero = zero_share * line.size;
  const auto z = [&](std::size_t i) {
    const Corner at = corner_at(corners, i);
    return line.at(at.s, at.t);
  };
  const auto is_beyond = [&](std::size_t i) { return z(i) > zero; };
  const auto is_before = [&](std::size_t i) { return -z(i) > zero; };
  const auto next = [n](std::size_t i) { return i + 1 == n ? 0 : i + 1; };
  const auto last = [n](std::size_t i) { return i == 0 ? n - 1 : i - 1; };
  std::size_t start = 0;
  while (!is_before(start)) start = next(start);
  while (!is_beyond(start)) start = next(start);
  std::size_t stop = start;
  while (!is_before(next(stop))) stop = next(stop);
  const std::size_t before = next(stop);
  while (!is_beyond(stop)) stop = last(stop);
  std::size_t until = last(start);
  while (!is_before(until)) until = last(until);
  const auto count = [n](std::size_t from, std::size_t to) { return (to + n - from) % n + 1; };
  return {start, count(start, stop), before, count(before, until)};
}

}  // namespace

Cells PlaneCutter::run() {
  begin(limits_.most_cells);
  Cell all = window();
  enter(0, all);
  if (over_ && !limits_.cancelled()) return coarser(cells_.size(), out_of_time_);
  cells_.is_complete = cells_.is_complete && !over_;
  return std::move(cells_);
}

PlaneCutter::Cell PlaneCutter::window() {
  const double s[] = {-1, 1, 1, -1}, t[] = {-1, -1, 1, 1};
  for (std::uint32_t i = 0; i < 4; ++i) put_corner(stack_.data(), i, {s[i], t[i], 2 * i});
  fill_up(stack_.data(), 4);
  top_ = 1;
  return {.count = 4};
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
    const Corner corner = corner_at(corners_of(cell), i);
    middle.s += corner.s / static_cast<double>(cell.count);
    middle.t += corner.t / static_cast<double>(cell.count);
  }
  coarse_ = cell;
  Cell point = cell;
  point.first = top_++;
  point.count = point.budget = 1;
  point.fresh = is_cut;
  put_corner(corners_of(point), 0, middle);
  fill_up(corners_of(point), 1);
  return point;
}

void PlaneCutter::keep(const Cell& cell) {
  const bool whole = coarse_.count == 0;
  const Cell& kept = whole ? cell : coarse_;
  const Corners* corners = corners_of(kept);
  // Whole eights are written, and what is too much is taken back.
  const std::size_t had = cells_.corners.size();
  const std::size_t room = had + Corners::most * eights_of(kept.count);
  cells_.corners.resize(room);
  cells_.edges.resize(room);
  for (std::size_t o = 0; o < eights_of(kept.count); ++o)
    store_corners(corners[o], cells_.corners.data() + had + Corners::most * o,
                  cells_.edges.data() + had + Corners::most * o);
  cells_.corners.resize(had + kept.count);
  cells_.edges.resize(had + kept.count);
  cells_.starts.push_back(static_cast<std::uint32_t>(cells_.corners.size()));
  note_cell(cell.hash, cell.depth, whole, area_of(corners, kept.count));
  coarse_.count = 0;
}

void PlaneCutter::enter(std::size_t fold, Cell& cell) {
  if (fold == levels_.size()) return keep(cell);
  if (is_given_up()) return;
  const std::size_t top = top_;
  if (is_spent(cell, 1)) cell = as_point(cell);
  open(fold, corners_of(cell), cell.count, cell.hash);
  cell.fresh = as_opened;
  if (program_.folds[fold].chooses())
    choose(fold, 0, cell);
  else
    begin_word(levels_[fold], 0, cell);
  top_ = top;
}

void PlaneCutter::finish(std::size_t fold, Cell& cell) {
  if (seeds_ != nullptr) return note_seed(cell);
  give(fold);
  if (fold + 1 == levels_.size())
    keep(cell);
  else
    enter(fold + 1, cell);
  undo(fold);
}

void PlaneCutter::count_ambiguous_corners(const Line& line, const Cell& cell, std::size_t eight,
                                          std::uint64_t close) {
  for (; close != 0; close &= close - 1) {
    const std::size_t i = Corners::most * eight + static_cast<std::size_t>(std::countr_zero(close));
    if (i >= cell.count) break;
    const int as =
        all_are_fresh | (i == 0 ? first_is_fresh : 0) | (i + 1 == cell.count ? last_is_fresh : 0);
    const Corner corner = corner_at(corners_of(cell), i);
    if ((cell.fresh & as) != 0) count_ambiguous(line.at(corner.s, corner.t), line.size);
  }
}

void PlaneCutter::begin_word(Level& level, std::size_t word, Cell& cell) {
  for (; word < level.words.size() && level.words[word].crossing == 0; ++word)
    level.words[word].decided = level.words[word].settled;
  if (word == level.words.size()) return finish(level.fold, cell);
  split(level, word, cell, level.words[word].crossing, 0);
}

void PlaneCutter::split(Level& level, std::size_t word, Cell& cell, std::uint64_t open,
                        std::uint64_t on) {
  Level::Word& tests = level.words[word];
  if (cell.fresh != as_opened)
    for (std::uint64_t rest = open; rest != 0; rest &= rest - 1) {
      const auto test = static_cast<std::size_t>(std::countr_zero(rest));
      const std::uint64_t bit = std::uint64_t{1} << test;
      const Look sides = look_all_over(level.line(tests, test), cell);
      if (sides.positive != 0 && sides.negative != 0) continue;
      open ^= bit;
      if (sides.positive != 0) on |= bit;
    }
  if (open == 0) {
    tests.decided = tests.settled | on;
    cell.hash ^= tests.sum_of_keys(on);
    cell.fresh = all_are_fresh;  // to the words that follow
    return begin_word(level, word + 1, cell);
  }
  if (is_given_up()) return;
  const std::size_t top = top_;
  if (is_spent(cell, 2)) {
    Cell point = as_point(cell);
    split(level, word, point, open, on);
  } else {
    const auto test = static_cast<std::size_t>(std::countr_zero(open));
    const std::uint64_t and_this = on | (open & ~(open - 1));
    open &= open - 1;
    // Number by number: to read as a whole what was just written in parts would stall.
    Cell beyond{.hash = cell.hash, .budget = cell.budget};
    Cell before{.hash = cell.hash, .budget = cell.budget};
    cut_in_two(level.line(tests, test), level.fold, tests.first_unit + test, cell, beyond, before);
    if (!shares_) {
      split(level, word, beyond, open, and_this);
      split(level, word, before, open, on);
    } else {
      share_out(cell, beyond, before, [&](Cell& part, bool is_beyond) {
        split(level, word, part, open, is_beyond ? and_this : on);
      });
    }
  }
  top_ = top;
}

/// The smaller part first: what it leaves of its share goes to the larger one.
template <class Go>
void PlaneCutter::share_out(const Cell& cell, Cell& beyond, Cell& before, const Go& go) {
  const double area = area_of(corners_of(beyond), beyond.count),
               rest = area_of(corners_of(before), before.count);
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

void PlaneCutter::cut_in_two(const Line& line, std::size_t fold, std::size_t unit, const Cell& cell,
                             Cell& beyond, Cell& before) {
  const std::size_t n = cell.count;
  reserve(2 * n + 4 * Corners::most);
  const Corners* ring = corners_of(cell);
  Runs runs;
  if (constexpr std::size_t bits = 64; n <= bits) {
    Look sides;
    for (std::size_t o = 0; o < eights_of(n); ++o) {
      const Look here = look(line, ring[o]);
      sides.positive |= here.positive << Corners::most * o;
      sides.negative |= here.negative << Corners::most * o;
    }
    const std::uint64_t corners = ~std::uint64_t{0} >> (bits - n);
    runs = runs_of(sides.positive & corners, sides.negative & corners, n);
  }
  if (runs.beyond_count == 0) runs = search_runs(line, ring, n);

  const auto around = [n](std::size_t i) { return i < n ? i : i - n; };
  const auto between = [&](std::size_t i, std::size_t j) {
    const Corner from = corner_at(ring, i), until = corner_at(ring, j);
    const double z = line.at(from.s, from.t), share = z / (z - line.at(until.s, until.t));
    return Corner{from.s + share * (until.s - from.s), from.t + share * (until.t - from.t),
                  from.edge};
  };
  // Where the line leaves the part beyond, and where it comes back: mostly between two corners.
  const std::size_t stop = around(runs.beyond + runs.beyond_count - 1), past = around(stop + 1);
  const std::size_t end = around(runs.before + runs.before_count - 1), again = around(end + 1);
  const bool leaves_at_corner = past != runs.before, enters_at_corner = again != runs.beyond;
  Corner out = leaves_at_corner ? corner_at(ring, past) : between(stop, past);
  Corner in = enters_at_corner ? corner_at(ring, again) : between(end, again);
  const std::uint32_t made = new_crease(fold, unit, {out.s, out.t}, {in.s, in.t});

  const auto make = [&](Cell& part, const Corner& head, std::size_t first, std::size_t length,
                        Corner tail, std::uint32_t edge) {
    tail.edge = edge;
    part.first = top_;
    part.count = length + 2;
    part.depth = static_cast<std::uint16_t>(fold + 1);
    join(head, ring, n, first, length, tail, corners_of(part));
    top_ += eights_of(part.count);
  };
  make(beyond, in, runs.beyond, runs.beyond_count, out, 2 * made + 1);
  make(before, out, runs.before, runs.before_count, in, 2 * made);
  beyond.fresh = static_cast<std::uint8_t>(is_cut | (enters_at_corner ? 0 : first_is_fresh) |
                                           (leaves_at_corner ? 0 : last_is_fresh));
  before.fresh = is_cut;
}

Cells cut_plane(const Program& program, const Limits& limits) {
  return PlaneCutter(program, limits).run();
}

}  // namespace crease::regions
