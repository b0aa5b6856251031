/// The distance of the pointer from a place that is a line.
#include <cmath>
#include <limits>

#include "figure/scene.h"

namespace crease {

double Hot::distance(Point p) const {
  if (along.empty()) return 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < along.size(); ++i) {
    const Point a = along[i], b = along[i + 1];
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t =
        length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    nearest = std::min(nearest, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
  }
  return nearest;
}

}  // namespace crease
