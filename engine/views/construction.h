#pragma once
#include "views/plane.h"
#include "views/view.h"

namespace crease {

/// How a shallow network with one input makes its function, in four steps (deck 004, shallow
/// networks; Understanding Deep Learning, figure 3.3): every unit's line, the same clipped by its
/// activation, weighted, and all of them summed.
struct Construction {
  static constexpr std::string_view name = "construction";
  static constexpr std::string_view title = "Unit by unit";
  static constexpr std::string_view needs =
      "1 input and 1 hidden layer of up to 12 units that bend";
  static constexpr std::size_t most_units = 12;
  bool joints = true;
  bool points = true;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "joints", .help = "mark where a unit bends, in its colour"}, self.joints);
    visit(Field{.name = "points", .help = "draw the training samples under the sum"}, self.points);
  }

  /// One line through places in ascending order: exact, since it is straight between them.
  using Path = std::vector<Point>;
  struct Unit {
    Path line, clipped, weighted;
    std::vector<double> joints;
    double weight = 0;  ///< to the output
  };
  struct Answer {
    std::vector<Unit> units;
    Path sum;
    double constant = 0;  ///< the output's bias
    Extremes across;
    bool is_finite = true;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const Construction&) const = default;
};

}  // namespace crease
