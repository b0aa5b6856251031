#pragma once
/// The walk from fold to fold on one cell: which units still bend there, and the rows that follow.
/// For the files of this folder that cut.
///
/// What these hand on they write number by number, and never copy as a whole right after: a wide
/// load of several narrow stores waits until they have left the processor.
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <vector>

#include "probe/regions/cells.h"
#include "probe/regions/corners.h"
#include "probe/regions/rows.h"

namespace crease::regions {

/// A test is positive on one side of the line a s + b t + c = 0.
struct Line {
  double a = 0, b = 0, c = 0;
  double size = 0;  ///< |A| + |B| + |C| of what it was made of
  double at(double s, double t) const { return a * s + (b * t + c); }
};

/// What a unit in one of its states gives of its z.
struct Piece {
  double slope = 0, offset = 0;
  bool is_nothing() const { return slope == 0 && offset == 0; }
};

/// The work of one fold on the cell that is being cut.
struct Level {
  std::size_t fold = 0;
  std::size_t thresholds = 0;
  std::vector<Piece> pieces;     ///< of each state, where the fold does not choose
  AlignedVector<double> tests;   ///< rows less a threshold, where that is not simply 0
  AlignedVector<double> size;    ///< |A| + |B| + |C| of each test
  const double* rows = nullptr;  ///< of the tests, on the cell that was opened
  /// Some 64 tests of one threshold, bit by bit.
  struct Word {
    std::size_t first_test = 0, first_unit = 0;
    std::uint64_t units = 0;  ///< those that there are
    /// Which are positive all over the cell, which are so on a part of it, and which are on the
    /// part that is being cut.
    std::uint64_t settled = 0, crossing = 0, decided = 0;
    std::array<std::uint64_t, 64> keys = {};
    /// Their share in the hash of a pattern where they are on.
    std::uint64_t sum_of_keys(std::uint64_t on) const {
      std::uint64_t sum = 0;
      for (; on != 0; on &= on - 1) sum ^= keys[static_cast<std::size_t>(std::countr_zero(on))];
      return sum;
    }
  };
  std::vector<Word> words;  ///< each threshold begins a new one
  /// The units that give next, 64 a number: those in the first state, then those in the second ..
  std::vector<std::uint64_t> in_state;
  Line line(const Word& word, std::size_t bit) const {
    const std::size_t each = size.size(), test = word.first_test + bit;
    const double* z = rows + test;
    return {z[0], z[each], z[2 * each], size[test]};
  }
  std::vector<const double*> before;              ///< each target's rows
  std::vector<AlignedVector<double>> base, full;  ///< with what is settled; with everything
  // Of a fold that chooses:
  std::vector<std::uint32_t> open;                     ///< units that are not settled
  std::vector<std::vector<std::uint32_t>> candidates;  ///< of each of them
  std::vector<std::uint32_t> winners;
  AlignedVector<double> low, high;  ///< of each row on the cell
  struct Chosen {
    std::uint32_t unit, row;
  };
  std::vector<Chosen> chosen;  ///< the units that give next
};

class Chain {
 public:
  Chain(const Program& program, const Limits& limits);

 protected:
  /// Looks at a fold on a cell: finds the tests that cross it, or the `candidates`, and adds what
  /// is settled to the rows that follow, and to the hash.
  void open(std::size_t fold, const Corners* corners, std::size_t count, std::uint64_t& hash);
  /// Adds what the units give that were not settled: as `decided`, or by their winners; and moves
  /// on. Take it back with `undo` when the cells behind it are done.
  void give(std::size_t fold) {
    const Fold& it = program_.folds[fold];
    Level& level = levels_[fold];
    const bool is_more = it.chooses() ? choose_winners(it, level) : sort_by_state(level, false);
    for (std::size_t i = 0; is_more && i < it.targets.size(); ++i)
      add(it.targets[i].weights, level, level.base[i].data(), level.full[i].data());
    pass_on(fold, is_more);
  }
  /// The rows that follow are those with everything, or with what was settled.
  void pass_on(std::size_t fold, bool full) {
    const auto& targets = program_.folds[fold].targets;
    const auto& from = full ? levels_[fold].full : levels_[fold].base;
    for (std::size_t i = 0; i < targets.size(); ++i) rows_[targets[i].fold] = from[i].data();
    ++cells_.after[fold];
  }
  void undo(std::size_t fold) {
    const Fold& it = program_.folds[fold];
    for (std::size_t i = 0; i < it.targets.size(); ++i)
      rows_[it.targets[i].fold] = levels_[fold].before[i];
  }
  const double* rows(std::size_t fold) const { return rows_[fold]; }
  std::size_t stride(std::size_t fold) const { return program_.start[fold].stride; }

  void count_ambiguous(double value, double size) {
    const double share = std::abs(value);
    if (share < surely_not_zero * size && share > surely_zero * size) ++cells_.ambiguous;
  }
  /// Candidates of one unit that win somewhere on a cell, in order.
  void survivors(std::size_t fold, std::uint32_t unit, const std::vector<std::uint32_t>& of,
                 const Corners* corners, std::size_t count, std::vector<std::uint32_t>& to) const;

  /// The one candidate that wins all over a cell, by the bounds of its rows; the number of
  /// candidates where that does not decide it.
  std::uint32_t clear_winner(const Level& level, std::size_t fold, std::uint32_t unit) const;
  void note_bounds(Level& level, std::size_t fold, const Corners* corners, std::size_t count) const;

  /// Forgets all cells; at most `most` more are wanted.
  void begin(std::size_t most);
  /// True once the limits are reached; then what is left is taken as it is.
  bool is_over() {
    if (over_) return true;
    if (cells_.size() >= most_) return over_ = true;
    return cells_.size() >= next_question_ && ask_clock();
  }
  bool ask_clock();
  /// To be asked before a cell is noted. All room at once and in large steps: what is there already
  /// is moved each time.
  void make_room_for_one() {
    if (cells_.size() == cells_.hashes.capacity()) make_room(larger(cells_.size()));
  }
  /// Everything about a new cell but its corners.
  void note_cell(std::uint64_t hash, std::uint16_t depth, bool whole, double area) {
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
  std::uint32_t new_crease(std::size_t fold, std::size_t unit, Point from, Point to) {
    cells_.creases.push_back(
        {static_cast<std::uint32_t>(fold), static_cast<std::uint32_t>(unit), from, to});
    return static_cast<std::uint32_t>(cells_.creases.size() - 1);
  }

  const Program& program_;
  const Limits& limits_;
  Cells cells_;
  std::vector<Level> levels_;
  std::size_t most_ = 0;
  bool over_ = false;
  bool out_of_time_ = false;

 private:
  /// to = from + what the units give that are sorted out in a level.
  void add(const Weights& weights, const Level& level, const double* from, double* to) {
    const double* z = rows_[level.fold];
    const std::size_t each = stride(level.fold);
    if (level.pieces.empty()) {
      const auto each_chosen = [&](const auto& go) {
        for (const auto [unit, row] : level.chosen)
          go(unit, z[row], z[each + row], z[2 * each + row]);
      };
      return add_given(weights, from, to, each_chosen, sums_);
    }
    const std::size_t words = words_of(level.fold);
    const auto each_unit = [&](const auto& go) {
      const std::uint64_t* units = level.in_state.data();
      for (const Piece& piece : level.pieces)
        for (std::size_t first = 0; first < 64 * words; first += 64, ++units) {
          if (piece.is_nothing()) continue;
          for (std::uint64_t rest = *units; rest != 0; rest &= rest - 1) {
            const std::size_t unit = first + static_cast<std::size_t>(std::countr_zero(rest));
            go(unit, piece.slope * z[unit], piece.slope * z[each + unit],
               piece.slope * z[2 * each + unit] + piece.offset);
          }
        }
    };
    add_given(weights, from, to, each_unit, sums_);
  }
  /// Sorts the units that are settled, or those that are not, by the state they are in. False where
  /// none of them gives anything.
  bool sort_by_state(Level& level, bool settled);
  static bool choose_winners(const Fold& fold, Level& level);
  std::size_t larger(std::size_t cells) const;
  void make_room(std::size_t cells);
  void open_bend(const Fold& fold, Level& level, const Corners* corners, std::size_t count,
                 std::uint64_t& hash);
  void open_choice(const Fold& fold, Level& level, const Corners* corners, std::size_t count,
                   std::uint64_t& hash);
  std::size_t words_of(std::size_t fold) const { return (stride(fold) + 63) / 64; }

  std::vector<const double*> rows_;
  AlignedVector<double> sums_;
  std::vector<std::uint32_t> scratch_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::size_t next_question_ = 0;
};

/// The ways of cutting; on several threads a plane gives the same cells as on one.
Cells cut_plane(const Program& program, const Limits& limits);
Cells cut_plane_together(const Program& program, const Limits& limits);
Cells cut_line(const Program& program, const Limits& limits);

}  // namespace crease::regions
