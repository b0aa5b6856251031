#pragma once
/// What a person points at in one picture, so that others can show it too.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "figure/figure.h"
#include "views/pictures.h"

namespace crease {

struct Pointed {
  std::optional<Point> place;         ///< of the plane of inputs, where it was clicked
  std::optional<std::size_t> sample;  ///< of the data set, where one was clicked
  std::string node;  ///< of the unit under the pointer, or selected, in the network
  int unit = -1;     ///< from 0; of an image its channel
  bool operator==(const Pointed& other) const {
    const bool same_place = place.has_value() == other.place.has_value() &&
                            (!place || (place->x == other.place->x && place->y == other.place->y));
    return same_place && sample == other.sample && node == other.node && unit == other.unit;
  }
};

/// The sample that every picture of a single one shows.
struct ChosenSample {
  Part part = Part::test;
  int number = 1;  ///< in its part, from 1
  bool operator==(const ChosenSample&) const = default;
};

/// What a click in a picture chooses.
struct Chosen {
  std::optional<Point> place;
  std::optional<std::size_t> sample;
};

/// What a view adds to its first panel for it, or to all of them.
struct Emphasis {
  std::vector<Mark> marks;
  std::vector<LegendEntry> notes;  ///< on the first panel only
  bool everywhere = false;
  /// What is read besides, wherever the pointer is; may be empty.
  std::function<std::vector<Reading>(Point)> readings = {};

  /// Says inside the picture what is emphasised, beside a line of that stroke.
  void explain(std::string label, const Stroke& stroke);
  void add_to(Figure& figure) const;
};

}  // namespace crease
