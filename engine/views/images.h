#pragma once
#include "probe/predictions.h"
#include "views/pictures.h"
#include "views/view.h"

namespace crease {

/// Which samples a sheet shows.
enum class Selection { first, wrong, worst };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Selection>{"first", "wrong", "worst"};

/// A sheet of samples that are images, each with its label and what the network takes it for.
struct Images {
  static constexpr std::string_view name = "images";
  static constexpr std::string_view title = "Images";
  static constexpr std::string_view needs = "samples that are images";
  /// What the ids of its hot places begin with: "image12".
  static constexpr std::string_view place = "image";
  Selection which = Selection::first;
  Part part = Part::test;
  int count = 24;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "which",
                .help = "the first samples, the first wrong ones, or those of the largest loss"},
          self.which);
    visit(Field{.name = "part", .help = "the part of the data they come from"}, self.part);
    visit(Field{.name = "count",
                .help = "how many, if there is room for as many",
                .least = 1,
                .most = 400},
          self.count);
  }

  struct Answer {
    Predictions all;                 ///< of the whole part
    std::vector<std::size_t> shown;  ///< numbers in `all`
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const Images&) const = default;
};

}  // namespace crease
