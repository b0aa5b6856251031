#pragma once
/// Two round clouds (TensorFlow Playground).
#include <cmath>

#include "data/source.h"

namespace crease {

/// The first half around (2, 2), class 1; the second around (-2, -2), class 0; in each coordinate
/// the variance is 0.5 + 7 noise. Draws: x, y.
struct Gauss {
  static constexpr std::string_view name = "gauss";
  static constexpr std::string_view help = "two round clouds";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), 2);
    const double std = std::sqrt(0.5 + 7 * request.noise);
    for (int i = 0; i < request.count(); ++i) {
      const bool first = source::in_first_half(i, request.count());
      const double centre = first ? 2 : -2;
      const double x = centre + std * request.random.normal();
      const double y = centre + std * request.random.normal();
      source::put(data, i, x, y, first ? 1 : 0);
    }
    return data;
  }
  bool operator==(const Gauss&) const = default;
};

}  // namespace crease
