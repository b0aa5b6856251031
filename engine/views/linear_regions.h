#pragma once
#include "probe/predictions.h"
#include "probe/regions/boundary.h"
#include "probe/regions/regions.h"
#include "views/pointed.h"
#include "views/slice.h"
#include "views/view.h"

namespace crease {

/// What the cells are coloured by.
enum class RegionColour { pattern, affine_map, gradient, depth, value };
template <>
inline constexpr std::array<std::string_view, 5> names_of<RegionColour>{
    "pattern", "affine_map", "gradient", "depth", "value"};

/// The exact linear regions of a network on its plane of inputs, or on a plane through three
/// samples: every fold as the straight pieces it is made of.
struct LinearRegions {
  static constexpr std::string_view name = "regions";
  static constexpr std::string_view title = "Linear regions";
  static constexpr std::string_view needs =
      "units that bend (relu ..), and 2 inputs or samples for a plane";
  RegionColour colour = RegionColour::pattern;
  int layers = 0;
  int from_layer = 0;
  bool folds = true;
  bool boundary = true;
  bool points = true;
  int output = 1;
  int most = 40000;
  std::array<int, 3> samples{0, 0, 0};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "colour", .help = "what the regions are coloured by"}, self.colour);
    visit(Field{.name = "layers",
                .help = "only what the first layers fold; 0: all of them",
                .least = 0,
                .most = 1000,
                .from = 0,
                .to = 6,
                .zero = "all"},
          self.layers);
    visit(Field{.name = "from_layer",
                .help = "whose outputs the plane lies in; 0: the inputs",
                .least = 0,
                .most = 1000,
                .from = 0,
                .to = 6,
                .zero = "the inputs"},
          self.from_layer);
    visit(Field{.name = "folds", .help = "draw each layer's folds in its colour"}, self.folds);
    visit(Field{.name = "boundary", .help = "draw the decision boundary, piece by exact piece"},
          self.boundary);
    visit(Field{.name = "points", .help = "draw the samples"}, self.points);
    visit(Field{.name = "output",
                .help = "whose map is shown, of several outputs",
                .least = 1,
                .most = 65536},
          self.output);
    visit(Field{.name = "most",
                .help = "cells after which the picture becomes coarser",
                .least = 100,
                .most = 1000000,
                .logarithmic = true,
                .rare = true},
          self.most);
    const auto sample = [&](std::string_view number, std::string_view help, auto& value) {
      visit(Field{.name = number,
                  .help = help,
                  .least = 0,
                  .most = 1e9,
                  .rare = true,
                  .zero = "chosen"},
            value);
    };
    sample("sample_1", "for a plane through three samples: the number of the first; 0: chosen",
           self.samples[0]);
    sample("sample_2", "the number of the second sample; 0: chosen", self.samples[1]);
    sample("sample_3", "the number of the third sample; 0: chosen", self.samples[2]);
  }

  struct Answer {
    std::shared_ptr<const regions::Regions> found;  ///< null where a weight is not finite
    regions::Segments boundary;
    Domain home;
    bool equal = true;
    std::vector<std::size_t> anchors;  ///< the three samples of the plane, if it goes through them
    std::string from = {};             ///< the layer in whose outputs the plane lies; empty: inputs
    std::vector<Point> places = {};    ///< there: of the training samples, for two units
    bool is_costly = false;            ///< fewer cells than asked for: each is too much work
    std::string next = {};             ///< the layer behind the last one shown; empty: all are
    std::size_t output = 0;
    Extremes values;  ///< of the output, in the middles of the cells
    double steepest = 0;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  /// A place of the inputs, where the plane is theirs.
  Chosen chosen_at(const Snapshot& snapshot, const Answer& answer, Point at) const;
  /// Of what the cells' maps are: the output, or what the layer behind the last one shown bends.
  std::string map_label(const Snapshot& snapshot, const Answer& answer) const;
  /// The region at a place, and the folds of a unit.
  Emphasis emphasis(const Snapshot& snapshot, const Answer& answer, const Pointed& pointed,
                    const Theme& theme) const;
  bool operator==(const LinearRegions&) const = default;
};

}  // namespace crease
