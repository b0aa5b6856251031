#pragma once
/// What views of a plane of inputs share: the part of it that the data fill, and its samples.
#include <array>
#include <string>
#include <vector>

#include "figure/figure.h"
#include "probe/predictions.h"

namespace crease {

/// The samples kept back from training: the test part, then the validation part.
std::vector<std::size_t> held_back(const DataSet& data);
/// What held-back samples are called in a legend.
std::string held_back_label(const DataSet& data);

/// The smallest and largest of a list, with `margin` times their distance on both sides; a unit
/// apart where there is nothing between them. Numbers that are not finite do not count.
struct Extremes {
  double low = 0, high = 0;
};
Extremes extremes(const std::vector<double>& values, double margin);

/// The part of the plane of two inputs that the data fill: a square in the same unit both ways,
/// unless one input has a much larger range than the other.
struct HomeDomain {
  Domain domain;
  bool equal = true;
};
HomeDomain home_domain(const DataSet* data);

/// The place of a sample of two inputs.
Point place_of(const DataSet& data, std::size_t sample);

/// Where a value lies between two others, from 0 to 1 inside.
inline double share_in(const Extremes& range, double value) {
  return (value - range.low) / (range.high - range.low);
}

/// How a point of a sample is drawn: filled in training, hollow where it is held back, smaller
/// where there are many.
PointsMark sample_points(const Theme& theme, const ClassStyle& style, bool hollow,
                         std::size_t how_many);
/// The rings around samples that are classified wrongly.
PointsMark wrong_rings(const Theme& theme, std::size_t how_many);

/// At most this many points are drawn; the rest is left out evenly.
inline constexpr std::size_t most_points = 4000;
/// Whether number `i` of `count` points is drawn.
bool is_drawn(std::size_t i, std::size_t count);

}  // namespace crease
