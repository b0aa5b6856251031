#pragma once
/// Places and sizes. In a Scene the unit is the pixel at text scale 1 (0.75 pt in print), y
/// downwards; inside a Panel it is the unit of the data, y upwards.
#include <algorithm>

#include "core/plane.h"

namespace crease {

struct Size {
  double width = 0;
  double height = 0;
  bool operator==(const Size&) const = default;
};

/// An upright rectangle of a Scene; (x, y) is its upper left corner.
struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Point centre() const { return {x + width / 2, y + height / 2}; }
  Size size() const { return {width, height}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  /// Smaller by `by` on each side (larger where it is negative), never turned inside out.
  Rect inset(double by) const {
    return {x + by, y + by, std::max(0.0, width - 2 * by), std::max(0.0, height - 2 * by)};
  }
  bool operator==(const Rect&) const = default;
};

}  // namespace crease
