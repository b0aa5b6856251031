#pragma once
/// Real targets over the plane (TensorFlow Playground).
#include <array>
#include <cmath>

#include "data/source.h"

namespace crease {

namespace source {

/// x, y = U(-6, 6); the target is that of (x + noise U(-6, 6), y + noise U(-6, 6)): the noise moves
/// the target, not the point. Draws: x, y, noise of x, noise of y.
template <class Rule>
struct OverPlane : Rule {
  static constexpr int samples = 1200;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data;
    Random& random = request.random;
    data.shape = Shape::features(2);
    data.values.resize(2, request.count());
    data.targets.resize(1, request.count());
    for (int i = 0; i < request.count(); ++i) {
      const double x = random.uniform(-6, 6), y = random.uniform(-6, 6);
      const double moved_x = x + request.noise * random.uniform(-6, 6);
      const double moved_y = y + request.noise * random.uniform(-6, 6);
      data.values.col(i) << x, y;
      data.targets(0, i) = Rule::at(moved_x, moved_y);
    }
    return data;
  }
  bool operator==(const OverPlane&) const { return true; }
};

struct RegressionPlaneRule {
  static constexpr std::string_view name = "regression_plane";
  static constexpr std::string_view help = "(x + y)/10 over the plane";
  static double at(double x, double y) { return (x + y) / 10; }
};

/// Six cones of radius 2: sign max(0, 1 - d/2), of those that overlap the largest in size.
struct RegressionGaussRule {
  static constexpr std::string_view name = "regression_gauss";
  static constexpr std::string_view help = "three hills and three hollows";
  static double at(double x, double y) {
    struct Cone {
      double x, y, sign;
    };
    constexpr std::array<Cone, 6> cones{
        {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}}};
    double target = 0;
    for (const Cone& cone : cones) {
      const double height = std::max(0.0, 1 - std::hypot(x - cone.x, y - cone.y) / 2);
      if (height > std::abs(target)) target = cone.sign * height;
    }
    return target;
  }
};

}  // namespace source

using RegressionPlane = source::OverPlane<source::RegressionPlaneRule>;
using RegressionGauss = source::OverPlane<source::RegressionGaussRule>;

}  // namespace crease
