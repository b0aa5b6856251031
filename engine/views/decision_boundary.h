#pragma once
#include "probe/contour.h"
#include "probe/predictions.h"
#include "views/plane.h"
#include "views/pointed.h"
#include "views/view.h"

namespace crease {

/// What a network with two inputs says at every place of their plane: the probability of a class,
/// the classes' areas, or the value of a real output.
struct DecisionBoundary {
  static constexpr std::string_view name = "decision_boundary";
  static constexpr std::string_view title = "Decision boundary";
  static constexpr std::string_view needs = "a network with 2 inputs";
  bool discretise = false;
  bool show_test = true;
  bool contours = true;
  int output = 1;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "discretise",
                .help = "fill with the class that is chosen, not its probability"},
          self.discretise);
    visit(Field{.name = "show_test", .help = "show the samples kept back from training, hollow"},
          self.show_test);
    visit(Field{.name = "contours", .help = "draw the boundary, or lines of equal height"},
          self.contours);
    visit(Field{.name = "output",
                .help = "which of several real outputs is shown",
                .least = 1,
                .most = 65536},
          self.output);
  }

  struct Answer {
    HomeDomain home;
    OutputField field;
    Meaning meaning;
    std::vector<float> shares;  ///< of the classes over the field, class after class
    Lines boundary;             ///< where the choice changes
    /// Of a real output: its lines of equal height, and the range of the colours.
    struct Level {
      double height = 0;
      Lines lines;
    };
    std::vector<Level> levels;
    Extremes range;
    int output = 0;
    Predictions training, held_back;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  /// A ring around the place.
  Emphasis emphasis(const Snapshot& snapshot, const Answer& answer, const Pointed& pointed,
                    const Theme& theme) const;
  bool operator==(const DecisionBoundary&) const = default;
};

}  // namespace crease
