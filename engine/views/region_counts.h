#pragma once
#include "probe/regions/regions.h"
#include "views/pointed.h"
#include "views/view.h"

namespace crease {

/// How many regions a network has, could have, and typically has: over training, and among the
/// largest numbers that networks of one width and depth reach (deck 004, regions per parameter).
struct RegionCounts {
  static constexpr std::string_view name = "region_counts";
  static constexpr std::string_view title = "Number of regions";
  static constexpr std::string_view needs =
      "units that bend (relu ..), and 1 or 2 inputs or samples for a plane";
  int depths = 6;
  int most = 200000;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "depths",
                .help = "up to how many hidden layers are compared",
                .least = 1,
                .most = 12},
          self.depths);
    visit(Field{.name = "most",
                .help = "cells after which counting stops",
                .least = 1000,
                .most = 10000000,
                .logarithmic = true,
                .rare = true},
          self.most);
  }

  struct Answer {
    struct Count {
      long step = 0;
      std::size_t patterns = 0, regions = 0;
      bool is_complete = true;  ///< else there are at least so many patterns, and no one knows more
    };
    std::size_t inputs = 0, parameters = 0;
    Count now;
    std::string fact;
    /// Of each folding node: straight pieces (of a line: joints) that each unit or channel folds.
    std::vector<std::pair<std::string, std::vector<std::size_t>>> folds;
    std::optional<regions::Bounds> bounds;
    std::vector<Count> history;  ///< of this run, as far as it was watched
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  /// `now` with the history of the answer before it, where that is of the same run.
  static Answer follow(Answer now, const Answer& before);
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  /// How many folds are those of the unit that is pointed at in the network.
  Emphasis emphasis(const Snapshot& snapshot, const Answer& answer, const Pointed& pointed,
                    const Theme& theme) const;
  Chosen chosen_at(const Snapshot&, const Answer&, Point) const { return {}; }
  bool operator==(const RegionCounts&) const = default;
};

}  // namespace crease
