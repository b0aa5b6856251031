#pragma once
/// Four squares in the pattern of exclusive or (TensorFlow Playground).
#include "data/source.h"

namespace crease {

/// x, y = U(-5, 5), each pushed 0.3 away from 0. Class 1 where
/// (x + noise U(-5, 5)) (y + noise U(-5, 5)) >= 0: the noise moves the label, not the point.
/// Draws: x, y, noise of x, noise of y.
struct Xor {
  static constexpr std::string_view name = "xor";
  static constexpr std::string_view help = "four squares, opposite ones of the same class";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), 2);
    Random& random = request.random;
    const auto pushed = [](double v) { return v + (v > 0 ? 0.3 : -0.3); };
    for (int i = 0; i < request.count(); ++i) {
      const double x = pushed(random.uniform(-5, 5));
      const double y = pushed(random.uniform(-5, 5));
      const double moved_x = x + request.noise * random.uniform(-5, 5);
      const double moved_y = y + request.noise * random.uniform(-5, 5);
      source::put(data, i, x, y, moved_x * moved_y >= 0 ? 1 : 0);
    }
    return data;
  }
  bool operator==(const Xor&) const = default;
};

}  // namespace crease
