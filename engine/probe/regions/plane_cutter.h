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
    stack_.resize(1024);
  }
  Cells run();
  /// The whole window again, this time with a share of the cells for every part of it; `found` were
  /// found before the limits were reached.
  Cells coarser(std::size_t found, bool out_of_time);

  /// A cell of the first fold, with what was decided there: which tests of each block are on, or
  /// who wins.
  struct Seed {
    std::vector<Corner> corners;
    std::uint64_t hash = 0;
    std::uint16_t depth = 0;
    std::vector<std::uint32_t> decided;
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
  /// A cell that is being cut: some corners on the stack, and what is known of its pattern.
  struct Cell {
    std::size_t first = 0, count = 0;
    std::uint64_t hash = 0;
    std::uint16_t depth = 0;
    std::size_t budget = 0;  // cells it may become, where they are shared out
    Sides sides = {};        // on which some corner of it lies
  };

  Cell window();
  /// True once the limits are reached; what is left is of no use then, since all is cut again, with
  /// shares.
  bool is_given_up() { return !shares_ && is_over(); }
  /// True where a cell must be taken as it is, though it bends: its share is used up.
  bool is_spent(const Cell& cell, std::size_t parts) const {
    return shares_ && cell.count > 1 && (cell.budget < parts || limits_.cancelled());
  }
  void reserve(std::size_t more) {
    if (top_ + more > stack_.size()) stack_.resize(2 * (top_ + more));
  }
  Cell as_point(const Cell& cell);

  void enter(std::size_t fold, const Cell& cell);
  void finish(std::size_t fold, const Cell& cell);
  void keep(const Cell& cell);
  void note_seed(const Cell& cell);

  // Folds whose units bend: blocks of tests, and the cell is cut by one after the other.
  void fill_blocks(std::size_t fold);
  void begin_block(std::size_t fold, std::size_t number, const Cell& cell);
  void split(Block& block, const Cell& cell, std::uint32_t open, std::uint32_t on);
  template <class Go>
  void share_out(const Cell& cell, Cell& beyond, Cell& before, const Go& go);
  /// On which side of each test of a block a place lies.
  static Sides look(const Block& block, double s, double t);
  /// The same of a new corner; tests that are still `open` may turn out ambiguous.
  Sides look_at_new(const Block& block, double s, double t, std::uint32_t open);
  /// Cuts along one test, which has corners on both sides. Corners on the line belong to both.
  void cut_in_two(const Block& block, std::size_t test, std::uint32_t open, const Cell& cell,
                  Cell& beyond, Cell& before);

  // Folds whose units choose.
  void choose(std::size_t fold, std::size_t number, Cell cell);
  Cell win(std::size_t fold, std::uint32_t unit, const std::vector<std::uint32_t>& left,
           std::size_t i, const Cell& cell, std::vector<std::uint32_t>& made);
  void note_creases(const Cell& part, std::uint32_t first);

  std::vector<Corner> stack_;
  std::size_t top_ = 0;
  std::vector<Corner> coarse_;          // the cell that a point stands for
  bool shares_ = false;                 // every part of the window gets its share of the cells
  std::vector<Seed>* seeds_ = nullptr;  // where the cells of the first fold are only noted
};

}  // namespace crease::regions
