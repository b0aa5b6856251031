// Cutting a plane where units bend.
#include <bit>

#include "probe/regions/plane_cutter.h"

namespace crease::regions {

namespace {

/// Where a run around a ring begins that has its bits set; 64 or more where rounding has torn it.
std::size_t start_of(std::uint64_t run, std::size_t n) {
  const std::uint64_t starts = run & ~(run << 1 | run >> (n - 1));
  return std::has_single_bit(starts) ? static_cast<std::size_t>(std::countr_zero(starts)) : 64;
}

}  // namespace

Cells PlaneCutter::run() {
  begin(limits_.most_cells);
  Cell all = window();
  enter(0, all);
  over_ = over_ || cells_.size() > limits_.most_cells;  // nobody asked after the last one
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
  point.fresh = none_is_fresh;
  put_corner(corners_of(point), 0, middle);
  fill_up(corners_of(point), 1);
  return point;
}

void PlaneCutter::keep(const Cell& cell) {
  const bool whole = coarse_.count == 0;
  const Cell& kept = whole ? cell : coarse_;
  const Corners* corners = corners_of(kept);
  make_room_for_one();
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
  cell.fresh = none_is_fresh;
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
    const int as = all_are | (i == 0 ? first_is : 0) | (i + 1 == cell.count ? last_is : 0);
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
  for (std::uint64_t rest = open; rest != 0; rest &= rest - 1) {
    const auto test = static_cast<std::size_t>(std::countr_zero(rest));
    const std::uint64_t bit = std::uint64_t{1} << test;
    const Extent extent = extent_of(level.line(tests, test), cell);
    if (extent.is_crossed()) continue;
    open ^= bit;
    if (extent.positive) on |= bit;
  }
  // Fresh corners are looked at once, by the words that follow too.
  if (cell.fresh != none_is_fresh)
    for (std::size_t w = word + 1; w < level.words.size(); ++w)
      for (std::uint64_t rest = level.words[w].crossing; rest != 0; rest &= rest - 1)
        extent_of(level.line(level.words[w], static_cast<std::size_t>(std::countr_zero(rest))),
                  cell);
  if (open == 0) {
    tests.decided = tests.settled | on;
    cell.hash ^= tests.sum_of_keys(on);
    cell.fresh = none_is_fresh;
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

PlaneCutter::Runs PlaneCutter::runs_of(const Line& line, const Cell& cell) {
  constexpr std::size_t bits = 64;
  const std::size_t n = cell.count;
  if (n <= bits) {
    std::uint64_t positive = 0, negative = 0;
    for (std::size_t o = 0; o < eights_of(n); ++o) {
      const Look here = look(line, corners_of(cell)[o]);
      positive |= here.positive << Corners::most * o;
      negative |= here.negative << Corners::most * o;
    }
    const std::uint64_t all = ~std::uint64_t{0} >> (bits - n);
    positive &= all;
    negative &= all;
    const Runs runs{start_of(positive, n), static_cast<std::size_t>(std::popcount(positive)),
                    start_of(negative, n), static_cast<std::size_t>(std::popcount(negative))};
    if (runs.beyond < bits && runs.before < bits) return runs;
  }
  return search_runs(line, cell);
}

/// Of any number of corners: from the first one beyond that follows one before, to the last before
/// one follows again. A torn run is taken as whole.
PlaneCutter::Runs PlaneCutter::search_runs(const Line& line, const Cell& cell) {
  const std::size_t n = cell.count;
  std::vector<Look> looks;
  for (std::size_t o = 0; o < eights_of(n); ++o) looks.push_back(look(line, corners_of(cell)[o]));
  const auto is_beyond = [&](std::size_t i) {
    return (looks[i / Corners::most].positive >> i % Corners::most & 1U) != 0;
  };
  const auto is_before = [&](std::size_t i) {
    return (looks[i / Corners::most].negative >> i % Corners::most & 1U) != 0;
  };
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

void PlaneCutter::cut_in_two(const Line& line, std::size_t fold, std::size_t unit, const Cell& cell,
                             Cell& beyond, Cell& before) {
  const std::size_t n = cell.count;
  reserve(eights_of(n + 1) + eights_of(n + 1));
  const Corners* ring = corners_of(cell);
  const Runs runs = runs_of(line, cell);
  const auto around = [n](std::size_t i) { return i < n ? i : i - n; };
  const auto last = [n](std::size_t i) { return i == 0 ? n - 1 : i - 1; };
  const auto between = [&](std::size_t i, std::size_t j) {
    const Corner from = corner_at(ring, i), until = corner_at(ring, j);
    const double z = line.at(from.s, from.t), share = z / (z - line.at(until.s, until.t));
    return Corner{from.s + share * (until.s - from.s), from.t + share * (until.t - from.t),
                  from.edge};
  };
  // Where the line leaves the part beyond, and where it comes back: mostly between two corners. Of
  // several on the line the two next to the part beyond are the ends; all stay before it.
  const std::size_t stop = around(runs.beyond + runs.beyond_count - 1), past = around(stop + 1),
                    end = last(runs.beyond);
  const bool leaves_at_corner = past != runs.before,
             enters_at_corner = end != around(runs.before + runs.before_count - 1);
  const Corner out = leaves_at_corner ? corner_at(ring, past) : between(stop, past);
  const Corner in = enters_at_corner ? corner_at(ring, end) : between(end, runs.beyond);
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
  const std::size_t first = leaves_at_corner ? around(past + 1) : past,
                    final = enters_at_corner ? last(end) : end;
  make(before, out, first, around(final + n - first) + 1, in, 2 * made);
  beyond.fresh = static_cast<std::uint8_t>((enters_at_corner ? none_is_fresh : first_is) |
                                           (leaves_at_corner ? none_is_fresh : last_is));
  before.fresh = none_is_fresh;
}

Cells cut_plane(const Program& program, const Limits& limits) {
  return PlaneCutter(program, limits).run();
}

}  // namespace crease::regions
