#pragma once
/// Cutting a window of a plane: convex polygons, cut depth first, one unit at a time. For the files
/// of this folder that cut.
#include <algorithm>
#include <vector>

#include "probe/regions/chain.h"

namespace crease::regions {

class PlaneCutter : Chain {
 public:
  PlaneCutter(const Program& program, const Limits& limits) : Chain(program, limits) {
    stack_.resize(256);
  }
  Cells run();
  /// The whole window again, this time with a share of the cells for every part of it; `found` were
  /// found before the limits were reached.
  Cells coarser(std::size_t found, bool out_of_time);

  /// A cell of the first fold, with what was decided there: which tests are on, or who wins.
  struct Seed {
    std::vector<Corners> corners;
    std::size_t count = 0;  ///< of corners
    std::uint64_t hash = 0;
    std::uint16_t depth = 0;
    std::vector<std::uint64_t> decided;
    std::size_t creases = 0;  ///< how many had been made when the cell was
  };
  /// All of them, in order, and in `start` their creases.
  std::vector<Seed> seeds(Cells& start);
  /// Makes ready to cut some of them; creases are numbered from `creases` on.
  void begin_part(std::size_t creases);
  /// Cuts what lies behind a seed into at most `most` cells; false where the limits are reached.
  bool cut_seed(const Seed& seed, std::size_t most);
  const Cells& part() const { return cells_; }
  Cells take_part() { return std::move(cells_); }
  bool is_past_limits() const { return over_; }
  bool is_out_of_time() const { return out_of_time_; }

 private:
  /// Corners that no cell was looked at with yet since the fold was opened.
  enum Fresh : std::uint8_t { none_is_fresh = 0, first_is = 1, last_is = 2, all_are = 4 };
  /// A cell that is being cut: some corners on the stack, and what is known of its pattern.
  struct Cell {
    std::size_t first = 0, count = 0;  // in eights; of corners
    std::uint64_t hash = 0;
    std::uint16_t depth = 0;
    std::uint8_t fresh = none_is_fresh;
    std::size_t budget = 0;  // cells it may become, where they are shared out
  };
  /// On which sides of a line eight corners lie, and which are close to it, bit by bit.
  struct Look {
    std::uint64_t positive = 0, negative = 0, close = 0;
  };

  Cell window();
  /// True once the limits are reached; what is left is of no use then, since all is cut again, with
  /// shares.
  bool is_given_up() { return !shares_ && is_over(); }
  /// True where a cell must be taken as it is, though it bends: its share is used up.
  bool is_spent(const Cell& cell, std::size_t parts) const {
    return shares_ && cell.count > 1 && (cell.budget < parts || limits_.cancelled());
  }
  Corners* corners_of(const Cell& cell) { return stack_.data() + cell.first; }
  /// Room for so many eights on top of the stack.
  void reserve(std::size_t eights) {
    if (top_ + eights > stack_.size()) stack_.resize(2 * (top_ + eights));
  }
  Cell as_point(const Cell& cell);

  // A cell that is handed on is used up: its pattern grows on the way.
  void enter(std::size_t fold, Cell& cell);
  void finish(std::size_t fold, Cell& cell);
  void keep(const Cell& cell);
  void note_seed(const Cell& cell);

  // Folds whose units bend: word after word of tests, and the cell is cut by one after the other.
  void begin_word(Level& level, std::size_t word, Cell& cell);
  /// `open`: tests that crossed the cell of which this one may be a part; `on`: those of the word
  /// that are positive on it.
  void split(Level& level, std::size_t word, Cell& cell, std::uint64_t open, std::uint64_t on);
  template <class Go>
  void share_out(const Cell& cell, Cell& beyond, Cell& before, const Go& go);
  static Look look(const Line& line, const Corners& corners) {
    const Eight z = line.a * corners.all_s() + (line.b * corners.all_t() + line.c),
                zero = Eight{} + line.size * zero_share,
                sure = Eight{} + line.size * surely_not_zero;
    return {bits_above(z, zero), bits_above(-zero, z), bits_above(sure, magnitude(z))};
  }
  /// On which sides of a line some corner of a cell lies.
  struct Extent {
    bool positive = false, negative = false;
    bool is_crossed() const { return positive && negative; }
  };
  /// Counts what is ambiguous at fresh corners.
  Extent extent_of(const Line& line, const Cell& cell) {
    Extent all;
    for (std::size_t o = 0; o < eights_of(cell.count); ++o) {
      const Look here = look(line, corners_of(cell)[o]);
      all.positive = all.positive || here.positive != 0;
      all.negative = all.negative || here.negative != 0;
      if (here.close != 0 && cell.fresh != none_is_fresh)
        count_ambiguous_corners(line, cell, o, here.close);
    }
    return all;
  }
  void count_ambiguous_corners(const Line& line, const Cell& cell, std::size_t eight,
                               std::uint64_t close);
  /// The corners beyond a line and those before it: two runs around a convex polygon.
  struct Runs {
    std::size_t beyond = 0, beyond_count = 0;  // where it begins, and how long it is
    std::size_t before = 0, before_count = 0;
  };
  Runs runs_of(const Line& line, const Cell& cell);
  Runs search_runs(const Line& line, const Cell& cell);
  /// Cuts along a line that has corners on both sides. Corners on the line belong to both.
  void cut_in_two(const Line& line, std::size_t fold, std::size_t unit, const Cell& cell,
                  Cell& beyond, Cell& before);

  // Folds whose units choose.
  void choose(std::size_t fold, std::size_t number, Cell cell);
  Cell win(std::size_t fold, std::uint32_t unit, const std::vector<std::uint32_t>& left,
           std::size_t i, const Cell& cell, std::vector<std::uint32_t>& made);
  void note_creases(const Cell& part, std::uint32_t first);

  std::vector<Corners> stack_;
  std::size_t top_ = 0;
  Cell coarse_;                         // the cell that a point stands for, if it has corners
  bool shares_ = false;                 // every part of the window gets its share of the cells
  std::vector<Seed>* seeds_ = nullptr;  // where the cells of the first fold are only noted
};

}  // namespace crease::regions
