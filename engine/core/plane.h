#pragma once
/// Places in a plane of data: y grows upwards.

namespace crease {

struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
};

/// The part of a plane that is looked at.
struct Domain {
  double x0 = -1, x1 = 1;
  double y0 = -1, y1 = 1;
  bool operator==(const Domain&) const = default;
};

}  // namespace crease
