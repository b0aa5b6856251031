#pragma once
/// Patterns in the plane of our own: rings, a checkerboard, stripes.
#include <cmath>
#include <numbers>

#include "data/source.h"

namespace crease {

/// Class j of the classes 0, 1, 2 lies at r = 1 + 1.5 j + noise N(0, 0.5) (standard deviation 0.5
/// noise), a = U(0, 2 pi): the point (r sin a, r cos a). Draws: r, a.
struct Rings {
  static constexpr std::string_view name = "rings";
  static constexpr std::string_view help = "rings around each other, one class a ring";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;
  int rings = 3;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "rings", .help = "number of rings, and of classes", .least = 2, .most = 10},
          self.rings);
  }
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), rings);
    for (int i = 0; i < request.count(); ++i) {
      const int ring = i % rings;
      const double r = 1 + 1.5 * ring + request.noise * 0.5 * request.random.normal();
      const double a = request.random.uniform(0, 2 * std::numbers::pi);
      source::put(data, i, r * std::sin(a), r * std::cos(a), ring);
    }
    return data;
  }
  bool operator==(const Rings&) const = default;
};

namespace source {

/// x, y = U(-5, 5); the class follows from the place; then the point moves by noise N(0, 1) per
/// coordinate. Draws: x, y, noise of x, noise of y.
template <class Rule>
struct Pattern : Rule {
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = plane(request.count(), 2);
    Random& random = request.random;
    for (int i = 0; i < request.count(); ++i) {
      const double x = random.uniform(-5, 5), y = random.uniform(-5, 5);
      const double move_x = request.noise * random.normal();
      const double move_y = request.noise * random.normal();
      put(data, i, x + move_x, y + move_y, (Rule::field(x, y) % 2 + 2) % 2);
    }
    return data;
  }
  bool operator==(const Pattern&) const { return true; }
};

/// Class (floor(x/2.5) + floor(y/2.5)) mod 2.
struct CheckerboardRule {
  static constexpr std::string_view name = "checkerboard";
  static constexpr std::string_view help = "four by four squares of alternating class";
  static int field(double x, double y) {
    return static_cast<int>(std::floor(x / 2.5) + std::floor(y / 2.5));
  }
};

/// Class floor(x/1.5) mod 2.
struct StripesRule {
  static constexpr std::string_view name = "stripes";
  static constexpr std::string_view help = "upright stripes of alternating class";
  static int field(double x, double) { return static_cast<int>(std::floor(x / 1.5)); }
};

}  // namespace source

using Checkerboard = source::Pattern<source::CheckerboardRule>;
using Stripes = source::Pattern<source::StripesRule>;

/// Three arms (Karpathy's notes for cs231n): class j of 3 with m points has r = 0 .. 1 in equal
/// steps, t = 4 j .. 4 (j + 1) in equal steps + 0.2 N(0, 1), and the point (r sin t, r cos t), here
/// + noise N(0, 1) per coordinate. Draws: t, x, y.
struct Spiral3 {
  static constexpr std::string_view name = "spiral3";
  static constexpr std::string_view help = "three arms within a circle of radius 1";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = source::plane(request.count(), 3);
    Random& random = request.random;
    int sample = 0;
    for (int arm = 0; arm < 3; ++arm) {
      const int points = (request.count() + 2 - arm) / 3;
      for (int i = 0; i < points; ++i, ++sample) {
        const double share = points > 1 ? static_cast<double>(i) / (points - 1) : 0;
        const double t = 4 * (arm + share) + 0.2 * random.normal();
        const double x = share * std::sin(t) + request.noise * random.normal();
        const double y = share * std::cos(t) + request.noise * random.normal();
        source::put(data, sample, x, y, arm);
      }
    }
    return data;
  }
  bool operator==(const Spiral3&) const = default;
};

}  // namespace crease
