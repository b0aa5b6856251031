#pragma once
/// What a person points at in one picture, so that others can show it too.
#include <optional>
#include <string>
#include <vector>

#include "figure/figure.h"

namespace crease {

struct Pointed {
  std::optional<Point> place;  ///< of the plane of inputs, where it was clicked
  std::string node;            ///< of the unit under the pointer, or selected, in the network
  int unit = -1;               ///< from 0; of an image its channel
  bool operator==(const Pointed& other) const {
    const bool same_place = place.has_value() == other.place.has_value() &&
                            (!place || (place->x == other.place->x && place->y == other.place->y));
    return same_place && node == other.node && unit == other.unit;
  }
};

/// What a view adds to its first panel for it.
struct Emphasis {
  std::vector<Mark> marks;
  std::vector<LegendEntry> legend;
};

}  // namespace crease
