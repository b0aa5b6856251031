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

/// On which sides of eight tests some places lie, and which tests come close to one of them.
struct EightSides {
  std::uint64_t on = 0, off = 0, close = 0;
};

/// `rows`: their A, and B and C each `stride` further. Notes |A| + |B| + |C| in `size`.
EightSides sides_of(const double* rows, std::size_t stride, double* size, const Corners* corners,
                    std::size_t count) {
  const Eight a = load_eight(rows), b = load_eight(rows + stride),
              c = load_eight(rows + 2 * stride);
  const Eight sum = magnitude(a) + magnitude(b) + magnitude(c);
  store_eight(size, sum);
  Eight low = a * corners->s[0] + (b * corners->t[0] + c), high = low, least = magnitude(low);
  for_each_place(corners, count, [&](double s, double t) {
    const Eight z = a * s + (b * t + c);
    widen(low, high, z);
    least = smaller(least, magnitude(z));
  });
  const Eight zero = sum * zero_share;
  return {bits_above(high, zero), bits_above(-low, zero), bits_above(sum * surely_not_zero, least)};
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
    for (std::size_t s = 0; !fold.chooses() && s < fold.bend.slopes.size(); ++s)
      level.pieces.push_back({fold.bend.slopes[s], fold.bend.offsets[s]});
    const std::size_t tests = std::max<std::size_t>(level.thresholds, 1), count = tests * stride(f);
    if (level.thresholds > 1 || (level.thresholds == 1 && fold.bend.thresholds[0] != 0))
      level.tests.assign(3 * count, 0.0);
    level.size.assign(count, 0.0);
    level.fold = f;
    if (!fold.chooses()) level.words.resize(tests * words_of(f));
    for (std::size_t w = 0; w < level.words.size(); ++w) {
      Level::Word& word = level.words[w];
      const std::size_t t = w / words_of(f);
      word.first_unit = w % words_of(f) * 64;
      word.first_test = t * stride(f) + word.first_unit;
      for (std::size_t u = word.first_unit; u < std::min(fold.units, word.first_unit + 64); ++u) {
        word.units |= std::uint64_t{1} << u % 64;
        word.keys[u % 64] = unit_key(hash(fold.node), u, t + 1);
      }
    }
    level.in_state.resize((level.thresholds + 1) * words_of(f));
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
  // What small networks have; of large ones, what they will fill in any case.
  constexpr std::size_t numbers = std::size_t{1} << 18;
  make_room(std::min({most, std::size_t{2048}, numbers / (3 * cells_.outputs + 1) + 64}));
  most_ = most;
  over_ = false;
  next_question_ = 0;
}

std::size_t Chain::larger(std::size_t cells) const {
  constexpr std::size_t many = std::size_t{1} << 21;  // numbers of maps
  const std::size_t wanted = (3 * cells_.outputs * cells < many ? 4 : 2) * (cells + 1);
  return cells < most_ ? std::min(wanted, most_) : wanted;
}

void Chain::make_room(std::size_t cells) {
  const std::size_t corners = (cells_.is_line ? 2 : 5) * cells;
  cells_.corners.reserve(corners);
  cells_.edges.reserve(corners);
  cells_.starts.reserve(cells + 1);
  cells_.hashes.reserve(cells);
  cells_.areas.reserve(cells);
  cells_.depths.reserve(cells);
  cells_.whole.reserve(cells);
  cells_.maps.reserve(3 * cells_.outputs * cells);
  cells_.creases.reserve(cells + borders_of_window);
}

bool Chain::ask_clock() {
  constexpr std::size_t between_questions = 256;
  next_question_ = cells_.size() + between_questions;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - started_;
  out_of_time_ = passed.count() > limits_.seconds || limits_.cancelled();
  return over_ = out_of_time_;
}

void Chain::open(std::size_t fold, const Corners* corners, std::size_t count, std::uint64_t& hash) {
  const Fold& it = program_.folds[fold];
  Level& level = levels_[fold];
  if (it.chooses()) {
    open_choice(it, level, corners, count, hash);
  } else {
    open_bend(it, level, corners, count, hash);
    sort_by_state(level, true);
  }
  for (std::size_t i = 0; i < it.targets.size(); ++i) {
    level.before[i] = rows_[it.targets[i].fold];
    add(it.targets[i].weights, level, level.before[i], level.base[i].data());
  }
}

void Chain::open_bend(const Fold& fold, Level& level, const Corners* corners, std::size_t count,
                      std::uint64_t& hash) {
  if (level.thresholds == 0) return;
  const std::size_t number = level.fold;
  if (!level.tests.empty()) {
    const std::size_t each = stride(number), all = level.tests.size() / 3;
    for (std::size_t t = 0; t < level.thresholds; ++t) {
      for (std::size_t k = 0; k < 3; ++k)
        std::copy_n(rows_[number] + k * each, each, level.tests.data() + k * all + t * each);
      double* constant = level.tests.data() + 2 * all + t * each;
      for (std::size_t u = 0; u < fold.units; ++u) constant[u] -= fold.bend.thresholds[t];
    }
  }
  level.rows = level.tests.empty() ? rows_[number] : level.tests.data();
  const std::size_t all = level.size.size(), each = stride(number);
  for (Level::Word& word : level.words) {
    const std::size_t past = std::min<std::size_t>(each - word.first_unit, 64);
    std::uint64_t on = 0, off = 0;
    for (std::size_t r = 0; r < past; r += width_of_eight) {
      const std::size_t at = word.first_test + r;
      const EightSides sides =
          sides_of(level.rows + at, all, level.size.data() + at, corners, count);
      on |= sides.on << r;
      off |= sides.off << r;
      for (std::uint64_t rest = sides.close; rest != 0; rest &= rest - 1) {
        const Line line = level.line(word, r + static_cast<std::size_t>(std::countr_zero(rest)));
        for (std::size_t k = 0; k < count; ++k) {
          const Corner corner = corner_at(corners, k);
          count_ambiguous(line.at(corner.s, corner.t), line.size);
        }
      }
    }
    word.settled = on & ~off;
    word.crossing = on & off;
    hash ^= word.sum_of_keys(word.settled);
  }
}

bool Chain::sort_by_state(Level& level, bool settled) {
  const std::size_t words = words_of(level.fold);
  std::uint64_t giving = 0;
  for (std::size_t w = 0; w < words; ++w) {
    std::uint64_t crossing = 0;
    for (std::size_t i = w; i < words * level.thresholds; i += words)
      crossing |= level.words[i].crossing;
    // Units that come at least as far as a state.
    std::uint64_t reaching = settled ? level.words[w].units & ~crossing : crossing;
    std::uint64_t* in_state = level.in_state.data() + w;
    const Piece* piece = level.pieces.data();
    const auto take = [&](std::uint64_t units) {
      *in_state = units;
      in_state += words;
      giving |= piece++->is_nothing() ? 0 : units;
    };
    for (std::size_t i = w; i < words * level.thresholds; i += words) {
      const Level::Word& word = level.words[i];
      const std::uint64_t beyond = settled ? word.settled : word.decided;
      take(reaching & ~beyond);
      reaching &= beyond;
    }
    take(reaching);
  }
  return giving != 0;
}

bool Chain::choose_winners(const Fold& fold, Level& level) {
  level.chosen.clear();
  for (std::size_t i = 0; i < level.open.size(); ++i) {
    const std::uint32_t unit = level.open[i];
    level.chosen.push_back({unit, fold.choices[unit][level.winners[i]]});
  }
  return !level.chosen.empty();
}

void Chain::note_bounds(Level& level, std::size_t number, const Corners* corners,
                        std::size_t count) const {
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  for (std::size_t r = 0; r < each; r += width_of_eight) {
    const Eight a = load_eight(rows + r), b = load_eight(rows + each + r),
                c = load_eight(rows + 2 * each + r);
    Eight low = a * corners->s[0] + (b * corners->t[0] + c), high = low;
    for_each_place(corners, count,
                   [&](double s, double t) { widen(low, high, a * s + (b * t + c)); });
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

void Chain::open_choice(const Fold& fold, Level& level, const Corners* corners, std::size_t count,
                        std::uint64_t& hash) {
  const std::size_t number = level.fold;
  level.open.clear();
  level.chosen.clear();
  level.candidates.clear();
  note_bounds(level, number, corners, count);
  const std::uint64_t node = crease::hash(fold.node);
  const auto settle = [&](std::uint32_t unit, std::uint32_t winner) {
    level.chosen.push_back({unit, fold.choices[unit][winner]});
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
      level.open.push_back(unit);
      level.candidates.push_back(std::move(left));
    } else {
      settle(unit, left[0]);
    }
  }
  level.winners.assign(level.open.size(), 0);
}

void Chain::survivors(std::size_t number, std::uint32_t unit, const std::vector<std::uint32_t>& of,
                      const Corners* corners, std::size_t count,
                      std::vector<std::uint32_t>& to) const {
  const auto& rows_of_unit = program_.folds[number].choices[unit];
  const double* rows = rows_[number];
  const std::size_t each = stride(number);
  const auto z = [&](std::uint32_t candidate, std::size_t i) {
    const std::size_t r = rows_of_unit[candidate];
    const Corner at = corner_at(corners, i);
    return rows[r] * at.s + (rows[each + r] * at.t + rows[2 * each + r]);
  };
  const auto size = [&](std::uint32_t candidate) {
    const std::size_t r = rows_of_unit[candidate];
    return std::abs(rows[r]) + std::abs(rows[each + r]) + std::abs(rows[2 * each + r]);
  };
  to.clear();
  // Mostly one is larger than all others all over the cell.
  std::uint32_t best = of[0];
  for (const std::uint32_t other : of)
    if (z(other, 0) > z(best, 0)) best = other;
  bool is_clear = true;
  for (const std::uint32_t other : of) {
    if (other == best) continue;
    const double zero = zero_share * (size(best) + size(other));
    for (std::size_t i = 0; is_clear && i < count; ++i) is_clear = z(best, i) - z(other, i) > zero;
  }
  if (is_clear) return to.push_back(best);
  for (const std::uint32_t candidate : of) {
    bool wins = true;
    for (const std::uint32_t other : of) {
      if (other == candidate || !wins) continue;
      const double zero = zero_share * (size(candidate) + size(other));
      bool never_above = true, never_below = true;
      for (std::size_t i = 0; i < count; ++i) {
        const double d = z(candidate, i) - z(other, i);
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
