#pragma once
/// Data on its way to the screen: mapped, cut to what can be seen, thinned to what can be told
/// apart.
#include <vector>

#include "figure/layout.h"

namespace crease {

/// The map of a panel's plane to its place, worked out once for many points.
class Mapping {
 public:
  explicit Mapping(const PlacedPanel& panel);
  Point operator()(Point data) const;
  /// Its x alone.
  double across(double x) const;
  std::vector<Point> operator()(const std::vector<Point>& data) const;

 private:
  double x_scale_, x_offset_, y_scale_, y_offset_;
  bool x_logarithmic_, y_logarithmic_;
};

/// The pieces of a line within `room`: cut where points are not finite or far outside, and of many
/// points that follow each other in the same half pixel across only the first, last and extremes.
std::vector<std::vector<Point>> visible_pieces(const std::vector<Point>& data,
                                               const Mapping& mapping, const Rect& room);

/// The part of a polygon (mapped already) within `room`, clockwise as seen; empty where nothing is
/// left or a point is not finite.
std::vector<Point> visible_polygon(std::vector<Point> points, const Rect& room);

}  // namespace crease
