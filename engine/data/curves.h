#pragma once
/// Functions of one number, to be fitted.
#include <cmath>

#include "data/source.h"

namespace crease {

namespace source {

/// x = U(-3, 3), y = f(x) + noise N(0, spread^2). Draws: x, noise.
template <class Rule>
struct Curve : Rule {
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
      data.targets(0, i) = Rule::at(x) + request.noise * Rule::spread * request.random.normal();
    }
    return data;
  }
  bool operator==(const Curve&) const { return true; }
};

struct SineRule {
  static constexpr std::string_view name = "sine";
  static constexpr std::string_view help = "y = sin(2 x) between −3 and 3";
  static constexpr double spread = 0.5;
  static double at(double x) { return std::sin(2 * x); }
};

struct StepFunctionRule {
  static constexpr std::string_view name = "step_function";
  static constexpr std::string_view help = "y = −1 left of 0, +1 right of it";
  static constexpr double spread = 1;
  static double at(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
};

struct LineRule {
  static constexpr std::string_view name = "line";
  static constexpr std::string_view help = "y = 0.5 x + 0.3 between −3 and 3";
  static constexpr double spread = 1;
  static double at(double x) { return 0.5 * x + 0.3; }
};

}  // namespace source

using Sine = source::Curve<source::SineRule>;
using StepFunction = source::Curve<source::StepFunctionRule>;
using Line = source::Curve<source::LineRule>;

}  // namespace crease
