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

/// On which sides of eight tests some corners lie, and which tests come close to one of them.
struct EightSides {
  std::uint64_t on = 0, off = 0, close = 0;
};

/// `rows`: their A, and B and C each `stride` further. Notes |A| + |B| + |C| in `size`.
EightSides sides_of(const double* rows, std::size_t stride, double* size, const Corner* corners,
                    std::size_t count) {
  const Eight a = load_eight(rows), b = load_eight(rows + stride),
              c = load_eight(rows + 2 * stride);
  const Eight sum = magnitude(a) + magnitude(b) + magnitude(c);
  store_eight(size, sum);
  const Eight zero = sum * zero_share, sure = sum * surely_not_zero;
  EightSides sides;
  for (std::size_t i = 0; i < count; ++i) {
    const Eight z = a * corners[i].s + (b * corners[i].t + c);
    sides.on |= bits_above(z, zero);
    sides.off |= bits_above(-z, zero);
    sides.close |= bits_above(sure, magnitude(z));
  }
  return sides;
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
    for (std::size_t s = 0; s < fold.bend.slopes.size(); ++s)
      level.pieces.push_back({fold.bend.slopes[s], fold.bend.offsets[s]});
    const std::size_t tests = std::max<std::size_t>(level.thresholds, 1), count = tests * stride(f);
    if (level.thresholds > 1 || (level.thresholds == 1 && fold.bend.thresholds[0] != 0))
      level.tests.assign(3 * count, 0.0);
    level.size.assign(count, 0.0);
    level.on.assign(tests * words_of(f), 0);
    level.crossing.assign(level.on.size(), 0);
    level.keys.assign(count, 0);
    for (std::size_t t = 0; t < level.thresholds; ++t)
      for (std::size_t u = 0; u < fold.units; ++u)
        level.keys[t * stride(f) + u] = unit_key(hash(fold.node), u, t + 1);
    level.given.resize(fold.units);
    if (fold.chooses()) {
      level.low.assign(stride(f), 0.0);
      level.high.assign(stride(f), 0.0);
    }
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
  // Room for what small networks have, so that it need not grow a dozen times.
  const std::size_t likely = std::min<std::size_t>(most, 1024);
  cells_.corners.reserve(4 * likely);
  cells_.edges.reserve(4 * likely);
  cells_.starts.reserve(likely + 1);
  cells_.hashes.reserve(likely);
  cells_.areas.reserve(likely);
  cells_.depths.reserve(likely);
  cells_.whole.reserve(likely);
  cells_.maps.reserve(3 * cells_.outputs * likely);
  cells_.creases.reserve(likely);
  most_ = most;
  over_ = false;
  next_question_ = 0;
}

bool Chain::ask_clock() {
  constexpr std::size_t between_questions = 256;
  next_question_ = cells_.size() + between_questions;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - started_;
  out_of_time_ = passed.count() > limits_.seconds || limits_.cancelled();
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
  level.given_count = 0;
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
  const std::size_t all = test_stride(number), each = stride(number);
  const double* rows = test_rows(number);
  std::size_t word = 0;
  for (std::size_t t = 0; t < level.thresholds; ++t)
    for (std::size_t first = 0; first < each; first += 64, ++word) {
      const std::size_t past = std::min<std::size_t>(each - first, 64);
      std::uint64_t on = 0, off = 0;
      for (std::size_t r = 0; r < past; r += width_of_eight) {
        const std::size_t at = t * each + first + r;
        const EightSides sides = sides_of(rows + at, all, level.size.data() + at, corners, count);
        on |= sides.on << r;
        off |= sides.off << r;
        for (std::uint64_t rest = sides.close; rest != 0; rest &= rest - 1) {
          const auto i = at + static_cast<std::size_t>(std::countr_zero(rest));
          for (std::size_t k = 0; k < count; ++k)
            count_ambiguous(
                rows[i] * corners[k].s + (rows[all + i] * corners[k].t + rows[2 * all + i]),
                level.size[i]);
        }
      }
      level.on[word] = on;
      level.crossing[word] = on & off;
    }
  if (level.thresholds == 1)
    settle_gates(fold, level, number, hash);
  else
    settle_any(fold, level, number, hash);
}

/// One threshold: a unit is on or off.
void Chain::settle_gates(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash) {
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  const Piece low = level.pieces[0], high = level.pieces[1];
  // Kept here while they grow: in memory each step would wait for the one before it.
  std::uint64_t sum = hash;
  Given* given = level.given.data();
  for (std::size_t w = 0, first = 0; w < level.on.size(); ++w, first += 64) {
    const std::uint64_t open = level.crossing[w];
    const std::uint64_t* keys = level.keys.data() + first;
    const auto unit = [first](std::uint64_t bits) {
      return static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(std::countr_zero(bits));
    };
    for (std::uint64_t on = level.on[w] & ~open; on != 0; on &= on - 1) {
      sum ^= keys[std::countr_zero(on)];
      *given++ = given_by(rows, each, unit(on), unit(on), high);
    }
    if (!low.is_nothing()) {
      std::uint64_t off = ~(level.on[w] | open);
      if (fold.units - first < 64) off &= (std::uint64_t{1} << (fold.units - first)) - 1;
      for (; off != 0; off &= off - 1) *given++ = given_by(rows, each, unit(off), unit(off), low);
    }
    for (std::uint64_t rest = open; rest != 0; rest &= rest - 1) {
      level.tests_open.push_back({unit(rest), static_cast<std::uint32_t>(level.open.size())});
      level.open.push_back({unit(rest), 0});
    }
  }
  level.given_count = static_cast<std::size_t>(given - level.given.data());
  hash = sum;
}

/// Any number of thresholds: a unit has a state between each two.
void Chain::settle_any(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash) {
  const std::size_t words = words_of(number), each = stride(number);
  for (std::size_t w = 0; w < words; ++w) {
    std::uint64_t any = 0;
    for (std::size_t t = 0; t < level.thresholds; ++t) {
      const std::uint64_t crossing = level.crossing[t * words + w];
      any |= crossing;
      std::uint64_t on = level.on[t * words + w] & ~crossing;
      const std::uint64_t* keys = level.keys.data() + t * each + w * 64;
      for (; on != 0; on &= on - 1) hash ^= keys[std::countr_zero(on)];
    }
    const std::size_t live = std::min<std::size_t>(fold.units - w * 64, 64);
    for (std::size_t bit = 0; bit < live; ++bit) {
      const auto unit = static_cast<std::uint32_t>(w * 64 + bit);
      std::uint32_t state = 0;
      for (std::size_t t = 0; t < level.thresholds; ++t) {
        if (level.crossing[t * words + w] >> bit & 1U)
          level.tests_open.push_back({static_cast<std::uint32_t>(t * each) + unit,
                                      static_cast<std::uint32_t>(level.open.size())});
        else
          state += level.on[t * words + w] >> bit & 1U;
      }
      if ((any >> bit & 1U) != 0)
        level.open.push_back({unit, state});
      else if (!level.pieces[state].is_nothing())
        note_given(number, unit, level.pieces[state]);
    }
  }
}

void Chain::add_base(const Fold& fold, Level& level) {
  for (std::size_t i = 0; i < fold.targets.size(); ++i) {
    level.before[i] = rows_[fold.targets[i].fold];
    add_given(fold.targets[i].weights, level.before[i], level.base[i].data(),
              {level.given.data(), level.given_count}, sums_);
  }
  level.given_count = 0;
}

void Chain::note_states(std::size_t number) {
  const Fold& fold = program_.folds[number];
  Level& level = levels_[number];
  for (std::size_t i = 0; i < level.open.size(); ++i) {
    const std::uint32_t unit = level.open[i].unit;
    if (fold.chooses())
      note_given(level, rows_[number], stride(number), unit, fold.choices[unit][level.winners[i]],
                 {1, 0});
    else if (const Piece& piece = level.pieces[level.states[i]]; !piece.is_nothing())
      note_given(number, unit, piece);
  }
}

void Chain::note_bounds(Level& level, std::size_t number, const Corner* corners,
                        std::size_t count) const {
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  for (std::size_t r = 0; r < each; r += width_of_eight) {
    const Eight a = load_eight(rows + r), b = load_eight(rows + each + r),
                c = load_eight(rows + 2 * each + r);
    Eight low = a * corners[0].s + (b * corners[0].t + c), high = low;
    for (std::size_t i = 1; i < count; ++i)
      widen(low, high, a * corners[i].s + (b * corners[i].t + c));
    store_eight(level.low.data() + r, low);
    store_eight(level.high.data() + r, high);
    store_eight(level.size.data() + r, magnitude(a) + magnitude(b) + magnitude(c));
  }
}

std::uint32_t Chain::clear_winner(const Level& level, std::size_t number,
                                  std::uint32_t unit) const {
  const auto& of = program_.folds[number].choices[unit];
  const auto count = static_cast<std::uint32_t>(of.size());
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < count; ++i)
    if (level.low[of[i]] > level.low[of[best]]) best = i;
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  // Of equal rows, such as those of an empty part of an image, the first wins.
  const auto are_equal = [&](std::size_t x, std::size_t y) {
    return rows[x] == rows[y] && rows[each + x] == rows[each + y] &&
           rows[2 * each + x] == rows[2 * each + y];
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    const double zero = zero_share * (level.size[of[best]] + level.size[of[i]]);
    const bool is_beaten =
        level.low[of[best]] - level.high[of[i]] > zero || (i > best && are_equal(of[i], of[best]));
    if (i != best && !is_beaten) return count;
  }
  return best;
}

void Chain::open_choice(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                        std::size_t count, std::uint64_t& hash) {
  level.candidates.clear();
  note_bounds(level, number, corners, count);
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  const std::uint64_t node = crease::hash(fold.node);
  const auto settle = [&](std::uint32_t unit, std::uint32_t winner) {
    note_given(level, rows, each, unit, fold.choices[unit][winner], {1, 0});
    if (winner > 0) hash ^= unit_key(node, unit, winner);
  };
  for (std::uint32_t unit = 0; unit < fold.units; ++unit) {
    const std::size_t candidates = fold.choices[unit].size();
    if (const std::uint32_t winner = clear_winner(level, number, unit); winner < candidates) {
      settle(unit, winner);
      continue;
    }
    scratch_.resize(candidates);
    for (std::size_t i = 0; i < candidates; ++i) scratch_[i] = static_cast<std::uint32_t>(i);
    std::vector<std::uint32_t> left;
    survivors(number, unit, scratch_, corners, count, left);
    if (left.size() > 1) {
      level.open.push_back({unit, 0});
      level.candidates.push_back(std::move(left));
    } else {
      settle(unit, left[0]);
    }
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

Cells cut(const Program& program, const Limits& limits) {
  if (program.slice.is_line()) return cut_line(program, limits);
  return limits.threads > 1 && program.folds.size() > 1 ? cut_plane_together(program, limits)
                                                        : cut_plane(program, limits);
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
