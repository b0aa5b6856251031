#pragma once
#include "probe/predictions.h"
#include "probe/regions/regions.h"
#include "views/plane.h"
#include "views/pointed.h"
#include "views/view.h"

namespace crease {

/// The outputs of a network with one input as lines, over the samples.
struct Function1d {
  static constexpr std::string_view name = "function_1d";
  static constexpr std::string_view title = "Function";
  static constexpr std::string_view needs = "a network with 1 input";
  bool show_test = true;
  bool residuals = false;
  bool pieces = true;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "show_test", .help = "show the samples kept back from training, hollow"},
          self.show_test);
    visit(Field{.name = "residuals", .help = "draw how far each sample is from the line"},
          self.residuals);
    visit(
        Field{.name = "pieces",
              .help = "mark the joints of a piecewise-linear network, each in its layer's colour"},
        self.pieces);
  }

  struct Answer {
    Meaning meaning;
    std::vector<double> x;               ///< evenly spaced
    std::vector<std::vector<double>> y;  ///< of each line: an output, or the share of a class
    Domain home;
    Predictions training, held_back;
    std::vector<double> training_x, held_back_x;
    std::shared_ptr<const regions::Regions> found;  ///< its exact pieces, where it has any
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  /// The piece at a place, and the joints of a unit.
  Emphasis emphasis(const Snapshot& snapshot, const Answer& answer, const Pointed& pointed,
                    const Theme& theme) const;
  bool operator==(const Function1d&) const = default;
};

}  // namespace crease
