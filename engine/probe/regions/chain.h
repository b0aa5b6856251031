#pragma once
/// The walk from fold to fold on one cell: which units still bend there, and the rows that follow.
/// For the files of this folder that cut.
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <vector>

#include "probe/regions/cells.h"
#include "probe/regions/rows.h"

namespace crease::regions {

/// On which side of each test of a block a place lies; neither: on its line.
struct Sides {
  std::uint32_t positive = 0, negative = 0;
  Sides& operator|=(const Sides& other) {
    positive |= other.positive;
    negative |= other.negative;
    return *this;
  }
};

/// A corner of a cell while it is being cut.
struct Corner {
  double s = 0, t = 0;
  Sides sides = {};        ///< of the current block
  std::uint32_t edge = 0;  ///< half-edge to the next corner
};

/// Up to 32 tests that cross a cell, side by side.
struct Block {
  static constexpr std::size_t most = 32;
  std::size_t fold = 0, number = 0;  ///< which block of which fold it is
  std::size_t count = 0;
  std::array<std::uint32_t, most> units = {};
  std::array<std::uint32_t, most> owners = {};  ///< their units' places in Level::open
  alignas(64) std::array<double, most> a = {}, b = {}, c = {}, size = {};
  std::array<std::uint64_t, most> keys = {};
  std::uint32_t positive = 0;  ///< on the cell that is being cut, once all are decided

  std::uint32_t all() const { return static_cast<std::uint32_t>((std::uint64_t{1} << count) - 1); }
  double at(std::size_t k, double s, double t) const { return a[k] * s + (b[k] * t + c[k]); }
};

/// What a unit in one of its states gives of its z.
struct Piece {
  double slope = 0, offset = 0;
  bool is_nothing() const { return slope == 0 && offset == 0; }
};

/// The work of one fold on the cell that is being cut.
struct Level {
  std::size_t thresholds = 0;
  std::vector<Piece> pieces;    ///< of each state, where the fold does not choose
  AlignedVector<double> tests;  ///< rows less a threshold, where that is not simply 0
  AlignedVector<double> size;   ///< |A| + |B| + |C| of each test
  /// Bits of the tests, 64 a number; each threshold begins a new one.
  std::vector<std::uint64_t> on, crossing;
  std::vector<std::uint64_t> keys;  ///< of the tests
  struct OpenTest {
    std::uint32_t test, owner;  ///< `owner`: its unit's place in `open`
  };
  std::vector<OpenTest> tests_open;
  struct OpenUnit {
    std::uint32_t unit, state;  ///< `state`: thresholds that are surely below z
  };
  std::vector<OpenUnit> open;
  std::vector<std::uint32_t> states;
  std::vector<Block> blocks;
  std::size_t block_count = 0;
  std::vector<Given> given;  ///< the first `given_count`: there is room for all units
  std::size_t given_count = 0;
  std::vector<const double*> before;              ///< each target's rows
  std::vector<AlignedVector<double>> base, full;  ///< with what is decided; with everything
  // Of a fold that chooses:
  std::vector<std::vector<std::uint32_t>> candidates;  ///< of the units in `open`
  std::vector<std::uint32_t> winners;
  AlignedVector<double> low, high;  ///< of each row on the cell
};

class Chain {
 public:
  Chain(const Program& program, const Limits& limits);

 protected:
  /// Looks at a fold on a cell: fills `tests_open` or `candidates`, adds what is decided to the
  /// rows that follow, and to the hash.
  void open(std::size_t fold, const Corner* corners, std::size_t count, std::uint64_t& hash);
  /// Notes what a unit gives in a state, for the next `give`.
  void note_given(std::size_t fold, std::uint32_t unit, const Piece& piece) {
    note_given(levels_[fold], rows_[fold], stride(fold), unit, unit, piece);
  }
  /// The same of some tests in a block, where a unit's only test is its row.
  static void note_given(Level& level, const Block& block, std::uint32_t which,
                         const Piece& piece) {
    Given* given = level.given.data() + level.given_count;
    for (; which != 0; which &= which - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(which));
      *given++ = {block.units[k], piece.slope * block.a[k], piece.slope * block.b[k],
                  piece.slope * block.c[k] + piece.offset};
    }
    level.given_count = static_cast<std::size_t>(given - level.given.data());
  }
  /// Notes what the open units give in `states`, or by their winners.
  void note_states(std::size_t fold);
  /// Adds what is noted to what is decided, and moves on. Take it back with `undo` when the cells
  /// behind it are done.
  void give(std::size_t fold) {
    const Fold& it = program_.folds[fold];
    Level& level = levels_[fold];
    for (std::size_t i = 0; i < it.targets.size(); ++i) {
      const double*& rows = rows_[it.targets[i].fold];
      rows = level.base[i].data();
      if (level.given_count == 0) continue;
      add_given(it.targets[i].weights, rows, level.full[i].data(),
                {level.given.data(), level.given_count}, sums_);
      rows = level.full[i].data();
    }
    level.given_count = 0;
    ++cells_.after[fold];
  }
  void undo(std::size_t fold) {
    const Fold& it = program_.folds[fold];
    for (std::size_t i = 0; i < it.targets.size(); ++i)
      rows_[it.targets[i].fold] = levels_[fold].before[i];
  }
  const double* rows(std::size_t fold) const { return rows_[fold]; }
  std::size_t stride(std::size_t fold) const { return program_.start[fold].stride; }

  /// The tests of a fold as rows, and how far apart their columns lie.
  const double* test_rows(std::size_t fold) const;
  std::size_t test_stride(std::size_t fold) const;
  void count_ambiguous(double value, double size) {
    const double share = std::abs(value);
    if (share < surely_not_zero * size && share > surely_zero * size) ++cells_.ambiguous;
  }
  /// Candidates of one unit that win somewhere on a cell, in order.
  void survivors(std::size_t fold, std::uint32_t unit, const std::vector<std::uint32_t>& of,
                 const Corner* corners, std::size_t count, std::vector<std::uint32_t>& to) const;

  /// The one candidate that wins all over a cell, by the bounds of its rows; the number of
  /// candidates where that does not decide it.
  std::uint32_t clear_winner(const Level& level, std::size_t fold, std::uint32_t unit) const;
  void note_bounds(Level& level, std::size_t fold, const Corner* corners, std::size_t count) const;

  /// Forgets all cells; at most `most` more are wanted.
  void begin(std::size_t most);
  /// True once the limits are reached; then what is left is taken as it is.
  bool is_over() {
    if (over_) return true;
    if (cells_.size() >= most_) return over_ = true;
    return cells_.size() >= next_question_ && ask_clock();
  }
  bool ask_clock();
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
  std::uint32_t new_crease(std::size_t fold, std::uint32_t unit, Point from, Point to) {
    cells_.creases.push_back({static_cast<std::uint32_t>(fold), unit, from, to});
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
  static Given given_by(const double* rows, std::size_t each, std::uint32_t unit, std::size_t row,
                        const Piece& piece) {
    return {unit, piece.slope * rows[row], piece.slope * rows[each + row],
            piece.slope * rows[2 * each + row] + piece.offset};
  }
  static void note_given(Level& level, const double* rows, std::size_t each, std::uint32_t unit,
                         std::size_t row, const Piece& piece) {
    level.given[level.given_count++] = given_by(rows, each, unit, row, piece);
  }
  void open_bend(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                 std::size_t count, std::uint64_t& hash);
  void open_choice(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                   std::size_t count, std::uint64_t& hash);
  void settle_gates(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash);
  void settle_any(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash);
  void add_base(const Fold& fold, Level& level);
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
