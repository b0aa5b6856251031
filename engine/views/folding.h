#pragma once
#include "views/plane.h"
#include "views/view.h"

namespace crease {

/// One network folded by another (deck 004, composing two networks; Understanding Deep Learning,
/// figure 4.1): where everything passes through a single number y, the first part's y over x, the
/// second part's output over y, and both composed. Every straight piece of the first shows a copy
/// of the second, squeezed and perhaps mirrored, in that piece's colour.
struct Folding {
  static constexpr std::string_view name = "folding";
  static constexpr std::string_view title = "Folding";
  static constexpr std::string_view needs =
      "1 input, units that bend, and a single linear unit between them";
  bool joints = true;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "joints", .help = "mark where the slope changes"}, self.joints);
  }

  struct Answer {
    /// Straight between neighbours: x with y and the output, and y with the output.
    std::vector<double> x, y, composed, second_y, second;
    std::vector<std::size_t> piece;  ///< of the first part, from each x to the next one
    std::size_t first_pieces = 0, second_pieces = 0, composed_pieces = 0;
    std::string middle;  ///< the node that gives y
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const Folding&) const = default;
};

}  // namespace crease
