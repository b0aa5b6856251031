#pragma once
#include "probe/predictions.h"
#include "probe/unit_fields.h"
#include "views/network_view_layout.h"
#include "views/view.h"

namespace crease {

/// The network itself: a column for each layer, a picture of what each unit computes, and the
/// weights between them.
struct NetworkView {
  static constexpr std::string_view name = "network";
  static constexpr std::string_view title = "Network";
  static constexpr std::string_view needs = "any network";
  static constexpr Size usual_size{768, 300};
  enum class Part { test, training };
  int sample = 1;
  Part part = Part::test;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "sample",
                .help = "the sample that goes through the network, from 1 (of networks with more "
                        "than two inputs)",
                .least = 1,
                .most = 1e9},
          self.sample);
    visit(Field{.name = "part", .help = "the part of the data it is taken from"}, self.part);
  }

  struct Answer {
    network_picture::Model model;
    std::vector<std::vector<float>> importance;  ///< by block and unit
    Domain domain;                               ///< of the plane of inputs
    UnitFields units;                            ///< one or two inputs: of every node
    UnitFields output;                           ///< the last node, more finely
    std::vector<float> output_shares;            ///< of the classes there, class after class
    /// More inputs: every node's output for one sample, and last the sample; empty without data.
    std::vector<std::vector<float>> values;
    std::size_t sample = 0;  ///< its number in the data
    int number = 0;          ///< its number in its part, from 1; 0: there is none
    bool is_test = false;
    int label = -1;         ///< its class
    UnitActivity activity;  ///< over training samples; empty without data
    Meaning meaning;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const NetworkView&) const = default;
};

template <>
inline constexpr std::array<std::string_view, 2> names_of<NetworkView::Part>{"test", "training"};

namespace network_picture {

/// The picture in the given size, from (0, 0), and where its parts stand.
struct Picture {
  Scene scene;
  Layout layout;
  std::size_t links = 0;  ///< the first items of the scene are lines between units: so many
};
Picture compose(const Snapshot& snapshot, const NetworkView::Answer& answer, const Theme& theme,
                Size size, const Options& options);

}  // namespace network_picture
}  // namespace crease
