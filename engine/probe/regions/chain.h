#pragma once
/// The walk from fold to fold on one cell: which units still bend there, and the rows that follow.
/// For the files of this folder that cut.
#include <array>
#include <chrono>
#include <vector>

#include "probe/regions/cells.h"
#include "probe/regions/rows.h"

namespace crease::regions {

/// A corner of a cell while it is being cut. The bits say on which side of each test of the current
/// block it lies; neither: on its line.
struct Corner {
  double s = 0, t = 0;
  std::uint64_t positive = 0, negative = 0;
  std::uint32_t edge = 0;  ///< half-edge to the next corner
};

/// Up to 64 tests that cross a cell, side by side.
struct Block {
  int count = 0;
  std::array<std::uint32_t, 64> tests;  ///< numbers in Level::open
  alignas(64) std::array<double, 64> a, b, c, size;
  std::array<std::uint64_t, 64> keys;
  std::uint64_t positive = 0;  ///< on the cell that is being cut, once all are decided

  double at(int i, const Corner& p) const {
    const auto k = static_cast<std::size_t>(i);
    return a[k] * p.s + b[k] * p.t + c[k];
  }
};

/// The work of one fold on the cell that is being cut.
struct Level {
  std::size_t thresholds = 0;
  AlignedVector<double> tests;              ///< rows less a threshold, where that is not simply 0
  AlignedVector<double> size;               ///< |A| + |B| + |C| of each test
  std::vector<std::uint16_t> on, crossing;  ///< of the tests, sixteen a number
  std::vector<std::uint64_t> keys;          ///< of the tests
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
  std::vector<Given> given;
  std::vector<const double*> before;              ///< each target's rows
  std::vector<AlignedVector<double>> base, full;  ///< with what is decided; with everything
  // Of a fold that chooses:
  std::vector<std::vector<std::uint32_t>> candidates;  ///< of the units in `open`
  std::vector<std::uint32_t> winners;
};

class Chain {
 public:
  Chain(const Program& program, const Limits& limits);

 protected:
  /// Looks at a fold on a cell: fills `tests_open` or `candidates`, adds what is decided to the
  /// rows that follow, and to the hash.
  void open(std::size_t fold, const Corner* corners, std::size_t count, std::uint64_t& hash);
  /// Adds what the open units give in `states` (or by their winners), and moves on. Take it back
  /// with `undo` when the cells behind it are done.
  void give(std::size_t fold);
  void undo(std::size_t fold);
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

  /// Forgets all cells; at most `most` more are wanted.
  void begin(std::size_t most);
  /// True once the limits are reached; then what is left is taken as it is.
  bool is_over();
  /// Everything about a new cell but its corners.
  void note_cell(std::uint64_t hash, std::uint16_t depth, bool whole, double area);
  std::uint32_t new_crease(std::size_t fold, std::uint32_t unit, Point from, Point to);

  const Program& program_;
  const Limits& limits_;
  Cells cells_;
  std::vector<Level> levels_;
  std::size_t most_ = 0;
  bool over_ = false;
  bool out_of_time_ = false;

 private:
  void open_bend(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                 std::size_t count, std::uint64_t& hash);
  void open_choice(const Fold& fold, Level& level, std::size_t number, const Corner* corners,
                   std::size_t count, std::uint64_t& hash);
  void settle(const Fold& fold, Level& level, std::size_t number, std::uint64_t& hash);
  void add(const Fold& fold, Level& level, std::size_t number, std::uint32_t unit,
           std::uint32_t state);
  void add_base(const Fold& fold, Level& level);
  double seconds() const;

  std::vector<const double*> rows_;
  std::vector<std::uint32_t> scratch_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::size_t next_question_ = 0;
};

/// The two ways of cutting.
Cells cut_plane(const Program& program, const Limits& limits);
Cells cut_line(const Program& program, const Limits& limits);

}  // namespace crease::regions
