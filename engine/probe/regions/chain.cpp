#include "probe/regions/chain.h"

#include <algorithm>
#include <bit>

#include "core/random.h"

namespace crease::regions {

namespace {

/// splitmix64's last step: every bit of the key depends on every bit of the number.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t unit_key(std::uint64_t node, std::size_t unit, std::size_t state) {
  return mixed(node + (unit * 256 + state) * 0xd1342543de82ef95ULL);
}

}  // namespace

std::uint64_t pattern_key(const Fold& fold, std::size_t unit, std::size_t state) {
  const std::uint64_t node = hash(fold.node);
  if (fold.chooses()) return state == 0 ? 0 : unit_key(node, unit, state);
  std::uint64_t key = 0;
  for (std::size_t s = 1; s <= state; ++s) key ^= unit_key(node, unit, s);
  return key;
}

Chain::Chain(const Program& program, const Limits& limits)
    : program_(program), limits_(limits), levels_(program.folds.size()) {
  for (const Rows& rows : program.start) rows_.push_back(rows.values.data());
  for (std::size_t f = 0; f < levels_.size(); ++f) {
    const Fold& fold = program.folds[f];
    Level& level = levels_[f];
    level.thresholds = fold.bend.thresholds.size();
    const std::size_t count = std::max<std::size_t>(level.thresholds, 1) * stride(f);
    if (level.thresholds > 1 || (level.thresholds == 1 && fold.bend.thresholds[0] != 0))
      level.tests.assign(3 * count, 0.0);
    level.size.assign(count, 0.0);
    level.on.assign(count / lanes, 0);
    level.crossing.assign(count / lanes, 0);
    level.keys.assign(count, 0);
    for (std::size_t t = 0; t < level.thresholds; ++t)
      for (std::size_t u = 0; u < fold.units; ++u)
        level.keys[t * stride(f) + u] = unit_key(hash(fold.node), u, t + 1);
    for (const Fold::Target& target : fold.targets) {
      level.base.emplace_back(3 * target.weights.stride, 0.0);
      level.full.emplace_back(3 * target.weights.stride, 0.0);
    }
    level.before.resize(fold.targets.size());
  }
}

void Chain::begin(std::size_t most) {
  cells_ = {};
  cells_.outputs = program_.start.back().count;
  cells_.is_line = program_.slice.is_line();
  cells_.starts = {0};
  cells_.creases.resize(borders_of_window);
  cells_.after.assign(program_.folds.size(), 0);
  most_ = most;
  over_ = false;
  next_question_ = 0;
}

double Chain::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

bool Chain::is_over() {
  if (over_) return true;
  if (cells_.size() >= most_) return over_ = true;
  if (cells_.size() < next_question_) return false;
  constexpr std::size_t between_questions = 256;
  next_question_ = cells_.size() + between_questions;
  out_of_time_ = seconds() > limits_.seconds || limits_.cancelled();
  return over_ = out_of_time_;
}

const double* Chain::test_rows(std::size_t fold) const {
  return levels_[fold].tests.empty() ? rows_[fold] : levels_[fold].tests.data();
}

std::size_t Chain::test_stride(std::size_t fold) const {
  return levels_[fold].tests.empty() ? stride(fold) : levels_[fold].tests.size() / 3;
}

void Chain::open(std::size_t fold, const Corner* corners, std::size_t count, std::uint64_t& hash) {
  const Fold& it = program_.folds[fold];
  Level& level = levels_[fold];
  level.given.clear();
  level.open.clear();
  level.tests_open.clear();
  if (it.chooses())
    open_choice(it, level, fold, corners, count, hash);
  else
    open_bend(it, level, fold, corners, count, hash);
  add_base(it, level);
}

void Chain::open_bend(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                      std::size_t count, std::uint64_t& hash) {
  if (!level.tests.empty()) {
    const std::size_t each = stride(number), all = level.tests.size() / 3;
    for (std::size_t t = 0; t < level.thresholds; ++t) {
      for (std::size_t k = 0; k < 3; ++k)
        std::copy_n(rows_[number] + k * each, each, level.tests.data() + k * all + t * each);
      double* constant = level.tests.data() + 2 * all + t * each;
      for (std::size_t u = 0; u < fold.units; ++u) constant[u] -= fold.bend.thresholds[t];
    }
  }
  const std::size_t all = test_stride(number);
  const double* rows = test_rows(number);
  for (std::size_t r = 0; r < all; r += lanes) {
    const Lanes<double> a = load(rows + r), b = load(rows + all + r), c = load(rows + 2 * all + r);
    const Lanes<double> size = absolute(a) + absolute(b) + absolute(c);
    Lanes<double> low = a * corners[0].s + (b * corners[0].t + c), high = low;
    Lanes<double> least = absolute(low);
    for (std::size_t i = 1; i < count; ++i) {
      const Lanes<double> z = a * corners[i].s + (b * corners[i].t + c);
      low = smaller(low, z);
      high = larger(high, z);
      least = smaller(least, absolute(z));
    }
    store<double>(level.size.data() + r, size);
    const Lanes<double> zero = size * zero_share;
    const std::uint32_t on = bits_of(high > zero), off = bits_of(low < -zero);
    level.on[r / lanes] = static_cast<std::uint16_t>(on);
    level.crossing[r / lanes] = static_cast<std::uint16_t>(on & off);
    const std::uint32_t close = bits_of(least < size * surely_not_zero);
    for (std::uint32_t rest = close; rest != 0; rest &= rest - 1) {
      const auto i = r + static_cast<std::size_t>(std::countr_zero(rest));
      for (std::size_t k = 0; k < count; ++k)
        count_ambiguous(rows[i] * corners[k].s + (rows[all + i] * corners[k].t + rows[2 * all + i]),
                        level.size[i]);
    }
  }
  settle(fold, level, number, hash);
}

void Chain::settle(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash) {
  const std::size_t words = stride(number) / lanes;
  for (std::size_t w = 0; w < words; ++w) {
    std::uint32_t open = 0;
    for (std::size_t t = 0; t < level.thresholds; ++t) {
      open |= level.crossing[t * words + w];
      std::uint32_t on = level.on[t * words + w] & ~std::uint32_t{level.crossing[t * words + w]};
      const std::uint64_t* keys = level.keys.data() + (t * words + w) * lanes;
      for (; on != 0; on &= on - 1) hash ^= keys[std::countr_zero(on)];
    }
    const std::size_t live = std::min<std::size_t>(lanes, fold.units - w * lanes);
    std::uint32_t decided = ~open & ((1U << live) - 1);
    if (level.thresholds == 1 && fold.bend.slopes[0] == 0 && fold.bend.offsets[0] == 0)
      decided &= level.on[w];  // the others give nothing
    for (; decided != 0; decided &= decided - 1) {
      const int bit = std::countr_zero(decided);
      std::uint32_t state = 0;
      for (std::size_t t = 0; t < level.thresholds; ++t)
        state += level.on[t * words + w] >> bit & 1U;
      add(fold, level, number, static_cast<std::uint32_t>(w * lanes) + static_cast<unsigned>(bit),
          state);
    }
    for (; open != 0; open &= open - 1) {
      const int bit = std::countr_zero(open);
      const auto unit = static_cast<std::uint32_t>(w * lanes) + static_cast<unsigned>(bit);
      const auto owner = static_cast<std::uint32_t>(level.open.size());
      std::uint32_t state = 0;
      for (std::size_t t = 0; t < level.thresholds; ++t) {
        if (level.crossing[t * words + w] >> bit & 1U)
          level.tests_open.push_back(
              {static_cast<std::uint32_t>(t * stride(number)) + unit, owner});
        else
          state += level.on[t * words + w] >> bit & 1U;
      }
      level.open.push_back({unit, state});
    }
  }
}

void Chain::add(const Fold& fold, Level& level, std::size_t number, std::uint32_t unit,
                std::uint32_t state) {
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  double slope = 1, offset = 0;
  std::size_t row = unit;
  if (fold.chooses()) {
    row = fold.choices[unit][state];
  } else {
    slope = fold.bend.slopes[state];
    offset = fold.bend.offsets[state];
    if (slope == 0 && offset == 0) return;
  }
  level.given.push_back(
      {unit, slope * rows[row], slope * rows[each + row], slope * rows[2 * each + row] + offset});
}

void Chain::add_base(const Fold& fold, Level& level) {
  for (std::size_t i = 0; i < fold.targets.size(); ++i) {
    level.before[i] = rows_[fold.targets[i].fold];
    add_given(fold.targets[i].weights, level.before[i], level.base[i].data(), level.given);
  }
}

void Chain::give(std::size_t number) {
  const Fold& fold = program_.folds[number];
  Level& level = levels_[number];
  level.given.clear();
  const auto& states = fold.chooses() ? level.winners : level.states;
  for (std::size_t i = 0; i < level.open.size(); ++i)
    add(fold, level, number, level.open[i].unit, states[i]);
  for (std::size_t i = 0; i < fold.targets.size(); ++i) {
    if (level.given.empty()) {
      rows_[fold.targets[i].fold] = level.base[i].data();
      continue;
    }
    add_given(fold.targets[i].weights, level.base[i].data(), level.full[i].data(), level.given);
    rows_[fold.targets[i].fold] = level.full[i].data();
  }
  ++cells_.after[number];
}

void Chain::undo(std::size_t number) {
  const Fold& fold = program_.folds[number];
  for (std::size_t i = 0; i < fold.targets.size(); ++i)
    rows_[fold.targets[i].fold] = levels_[number].before[i];
}

void Chain::open_choice(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                        std::size_t count, std::uint64_t& hash) {
  level.candidates.clear();
  for (std::size_t unit = 0; unit < fold.units; ++unit) {
    scratch_.resize(fold.choices[unit].size());
    for (std::size_t i = 0; i < scratch_.size(); ++i) scratch_[i] = static_cast<std::uint32_t>(i);
    const auto here = static_cast<std::uint32_t>(unit);
    std::vector<std::uint32_t> left;
    survivors(number, here, scratch_, corners, count, left);
    if (left.size() > 1) {
      level.open.push_back({here, 0});
      level.candidates.push_back(std::move(left));
      continue;
    }
    add(fold, level, number, here, left[0]);
    if (left[0] > 0) hash ^= unit_key(crease::hash(fold.node), unit, left[0]);
  }
  level.winners.assign(level.open.size(), 0);
}

void Chain::survivors(std::size_t number, std::uint32_t unit, const std::vector<std::uint32_t>& of,
                      const Corner* corners, std::size_t count,
                      std::vector<std::uint32_t>& to) const {
  const auto& rows_of_unit = program_.folds[number].choices[unit];
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  const auto z = [&](std::uint32_t candidate, const Corner& p) {
    const std::size_t r = rows_of_unit[candidate];
    return rows[r] * p.s + (rows[each + r] * p.t + rows[2 * each + r]);
  };
  const auto size = [&](std::uint32_t candidate) {
    const std::size_t r = rows_of_unit[candidate];
    return std::abs(rows[r]) + std::abs(rows[each + r]) + std::abs(rows[2 * each + r]);
  };
  to.clear();
  // Mostly one is larger than all others all over the cell.
  std::uint32_t best = of[0];
  for (const std::uint32_t other : of)
    if (z(other, corners[0]) > z(best, corners[0])) best = other;
  bool is_clear = true;
  for (const std::uint32_t other : of) {
    if (other == best) continue;
    const double zero = zero_share * (size(best) + size(other));
    for (std::size_t i = 0; is_clear && i < count; ++i)
      is_clear = z(best, corners[i]) - z(other, corners[i]) > zero;
  }
  if (is_clear) return to.push_back(best);
  for (const std::uint32_t candidate : of) {
    bool wins = true;
    for (const std::uint32_t other : of) {
      if (other == candidate || !wins) continue;
      const double zero = zero_share * (size(candidate) + size(other));
      bool never_above = true, never_below = true;
      for (std::size_t i = 0; i < count; ++i) {
        const double d = z(candidate, corners[i]) - z(other, corners[i]);
        never_above = never_above && d <= zero;
        never_below = never_below && d >= -zero;
      }
      if (never_above && (!never_below || other < candidate)) wins = false;
    }
    if (wins) to.push_back(candidate);
  }
}

void Chain::note_cell(std::uint64_t hash, std::uint16_t depth, bool whole, double area) {
  cells_.hashes.push_back(hash);
  cells_.depths.push_back(depth);
  cells_.whole.push_back(whole ? 1 : 0);
  cells_.is_complete = cells_.is_complete && whole;
  cells_.areas.push_back(area);
  cells_.area += area;
  const double* rows = rows_.back();
  const std::size_t each = program_.start.back().stride;
  for (std::size_t o = 0; o < cells_.outputs; ++o)
    for (std::size_t k = 0; k < 3; ++k) cells_.maps.push_back(rows[k * each + o]);
}

std::uint32_t Chain::new_crease(std::size_t fold, std::uint32_t unit, Point from, Point to) {
  cells_.creases.push_back({static_cast<std::uint32_t>(fold), unit, from, to});
  return static_cast<std::uint32_t>(cells_.creases.size() - 1);
}

Cells cut(const Program& program, const Limits& limits) {
  return program.slice.is_line() ? cut_line(program, limits) : cut_plane(program, limits);
}

Point Cells::middle(std::size_t cell) const {
  Point sum;
  const std::size_t first = starts[cell], past = starts[cell + 1];
  for (std::size_t i = first; i < past; ++i) {
    sum.x += corners[i].x;
    sum.y += corners[i].y;
  }
  const auto n = static_cast<double>(past - first);
  return {sum.x / n, sum.y / n};
}

}  // namespace crease::regions
