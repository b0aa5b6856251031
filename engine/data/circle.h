#pragma once
/// A disc inside a ring (TensorFlow Playground).
#include <cmath>
#include <numbers>

#include "data/source.h"

namespace crease {

/// The first half r = U(0, 2.5), the second r = U(3.5, 5); a = U(0, 2 pi); the point (r sin a, r
/// cos a). Class 1 where |point + noise (U(-5, 5), U(-5, 5))| < 2.5: the noise moves the label, not
/// the point. Draws: r, a, noise of x, noise of y.
struct Circle {
  static constexpr std::string_view name = "circle";
  static constexpr std::string_view help = "a disc inside a ring";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), 2);
    Random& random = request.random;
    for (int i = 0; i < request.count(); ++i) {
      const bool inside = source::in_first_half(i, request.count());
      const double r = inside ? random.uniform(0, 2.5) : random.uniform(3.5, 5);
      const double a = random.uniform(0, 2 * std::numbers::pi);
      const double x = r * std::sin(a);
      const double y = r * std::cos(a);
      const double moved_x = x + request.noise * random.uniform(-5, 5);
      const double moved_y = y + request.noise * random.uniform(-5, 5);
      source::put(data, i, x, y, std::hypot(moved_x, moved_y) < 2.5 ? 1 : 0);
    }
    return data;
  }
  bool operator==(const Circle&) const = default;
};

}  // namespace crease
