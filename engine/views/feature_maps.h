#pragma once
#include "probe/predictions.h"
#include "views/pictures.h"
#include "views/view.h"

namespace crease {

/// What every convolution and pooling makes of one sample, beside its filters.
struct FeatureMaps {
  static constexpr std::string_view name = "feature_maps";
  static constexpr std::string_view title = "Feature maps";
  static constexpr std::string_view needs = "a network with a convolution or a pooling layer";
  int sample = 1;
  Part part = Part::test;
  bool filters = true;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "sample",
                .help = "number of the sample in its part, from 1",
                .least = 1,
                .most = 1e7},
          self.sample);
    visit(Field{.name = "part", .help = "the part of the data it comes from"}, self.part);
    visit(Field{.name = "filters", .help = "show each convolution's filters left of its maps"},
          self.filters);
  }

  /// One node whose output is an image.
  struct Layer {
    std::string id, kind;
    Shape shape;
    std::vector<float> maps = {};
    /// Of a convolution: one filter a map, each of `inputs` kernels.
    std::vector<float> filters = {};
    int inputs = 0, kernel_height = 0, kernel_width = 0;
  };
  struct Answer {
    std::size_t number = 1;  ///< of the sample in its part, from 1
    std::vector<float> input;
    std::vector<Layer> layers;
    Predictions prediction;  ///< of this sample alone
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const FeatureMaps&) const = default;
};

}  // namespace crease
