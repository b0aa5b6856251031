#include "data/shapes.h"

#include <cmath>

namespace crease {

namespace {

constexpr int side = 32;

/// Whether a pixel at (x right, y down) from the centre lies inside a shape of radius r.
bool inside(int shape, double x, double y, double r) {
  if (shape == 0) return x * x + y * y <= r * r;
  if (shape == 1) return std::max(std::abs(x), std::abs(y)) <= r / std::sqrt(2.0);
  // An upright triangle: its base lies r/2 below the centre, its sides fall by sqrt 3.
  return y <= r / 2 && std::abs(x) * std::sqrt(3.0) <= y + r;
}

}  // namespace

DataSet Shapes::make(const Request& request) const {
  Random& random = request.random;
  DataSet data;
  data.shape = Shape::image(1, side, side);
  data.values.resize(side * side, request.count());
  if (target == ShapesTarget::mask) {
    data.targets.resize(side * side, request.count());
    data.targets_as_given = true;
  } else {
    data.class_count = 3;
    data.class_names = {"disc", "square", "triangle"};
  }
  for (int i = 0; i < request.count(); ++i) {
    const double r = random.uniform(5, 11);
    const double row = random.uniform(r, side - r), column = random.uniform(r, side - r);
    const double grey = random.uniform(0.5, 1), background = random.uniform(0, 0.3);
    for (int pixel = 0; pixel < side * side; ++pixel) {
      const bool is_inside =
          inside(i % 3, pixel % side + 0.5 - column, pixel / side + 0.5 - row, r);
      data.values(pixel, i) = (is_inside ? grey : background) + request.noise * random.normal();
      if (target == ShapesTarget::mask) data.targets(pixel, i) = is_inside ? 1 : 0;
    }
    if (target == ShapesTarget::classes) data.classes.push_back(i % 3);
  }
  return data;
}

}  // namespace crease
