#pragma once
/// Interlaced spirals (TensorFlow Playground's data set for two arms; the later arms are ours).
#include <cmath>
#include <numbers>

#include "data/source.h"

namespace crease {

/// Arm j of k with m points: r = 5 i/m, t = 1.75 2 pi i/m + 2 pi j/k for i = 0 .. m - 1, and the
/// point (r sin t, r cos t) + noise U(-1, 1) per coordinate. The first arm is class k - 1, the last
/// class 0; every arm starts at the origin. Draws: x, y.
struct Spiral {
  static constexpr std::string_view name = "spiral";
  static constexpr std::string_view help = "arms that wind around each other, one class an arm";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;
  int arms = 2;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "arms", .help = "number of arms, and of classes", .least = 2, .most = 20},
          self.arms);
  }
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), arms);
    int sample = 0;
    for (int arm = 0; arm < arms; ++arm) {
      const int points = (request.count() + arms - 1 - arm) / arms;
      for (int i = 0; i < points; ++i, ++sample) {
        const double share = static_cast<double>(i) / points;
        const double r = 5 * share;
        const double t = 2 * std::numbers::pi * (1.75 * share + static_cast<double>(arm) / arms);
        const double x = r * std::sin(t) + request.noise * request.random.uniform(-1, 1);
        const double y = r * std::cos(t) + request.noise * request.random.uniform(-1, 1);
        source::put(data, sample, x, y, arms - 1 - arm);
      }
    }
    return data;
  }
  bool operator==(const Spiral&) const = default;
};

}  // namespace crease
