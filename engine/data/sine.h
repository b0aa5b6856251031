#pragma once
/// One period and more of a sine, to be fitted.
#include <cmath>

#include "data/source.h"

namespace crease {

/// x = U(-3, 3), y = sin(2 x) + noise N(0, 0.5) (standard deviation 0.5 noise). Draws: x, noise.
struct Sine {
  static constexpr std::string_view name = "sine";
  static constexpr std::string_view help = "y = sin(2 x) between -3 and 3";
  static constexpr int samples = 1200;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data;
    data.shape = Shape::features(1);
    data.values.resize(1, request.count());
    data.targets.resize(1, request.count());
    for (int i = 0; i < request.count(); ++i) {
      const double x = request.random.uniform(-3, 3);
      data.values(0, i) = x;
      data.targets(0, i) = std::sin(2 * x) + request.noise * 0.5 * request.random.normal();
    }
    return data;
  }
  bool operator==(const Sine&) const = default;
};

}  // namespace crease
