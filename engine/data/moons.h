#pragma once
/// Two interlocking half circles (scikit-learn's make_moons).
#include <algorithm>
#include <cmath>
#include <numbers>

#include "data/source.h"

namespace crease {

/// t runs from 0 to pi in equal steps. The first half of the samples (the smaller one) is (cos t,
/// sin t), class 0; the second (1 - cos t, 0.5 - sin t), class 1; both plus noise N(0, 1) per
/// coordinate. Draws: x, y.
struct Moons {
  static constexpr std::string_view name = "moons";
  static constexpr std::string_view help = "two interlocking half circles";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), 2);
    const int outer = request.count() / 2;
    const int inner = request.count() - outer;
    for (int i = 0; i < request.count(); ++i) {
      const bool is_outer = i < outer;
      const int steps = std::max(1, (is_outer ? outer : inner) - 1);
      const double t = std::numbers::pi * (is_outer ? i : i - outer) / steps;
      const double x = (is_outer ? std::cos(t) : 1 - std::cos(t));
      const double y = (is_outer ? std::sin(t) : 0.5 - std::sin(t));
      const double noise_x = request.noise * request.random.normal();
      const double noise_y = request.noise * request.random.normal();
      source::put(data, i, x + noise_x, y + noise_y, is_outer ? 0 : 1);
    }
    return data;
  }
  bool operator==(const Moons&) const = default;
};

}  // namespace crease
