#pragma once
/// The two toy sets of Prince, Understanding Deep Learning (deck 004): small enough to know by
/// heart.
#include <array>

#include "data/source.h"

namespace crease {

namespace source {

/// The points of a rule, in its order; `noise` moves the targets by N(0, noise).
template <class Rule>
struct FixedCurve : Rule {
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    const auto kept = static_cast<Eigen::Index>(request.keep(Rule::x.size()));
    DataSet data;
    data.shape = Shape::features(1);
    data.values.resize(1, kept);
    data.targets.resize(1, kept);
    for (Eigen::Index i = 0; i < kept; ++i) {
      data.values(0, i) = Rule::x[static_cast<std::size_t>(i)];
      data.targets(0, i) =
          Rule::y[static_cast<std::size_t>(i)] + request.noise * request.random.normal();
    }
    return data;
  }
  bool operator==(const FixedCurve&) const { return true; }
};

/// Figure 2.2: linear regression. The least squares sum at (0.6, -0.2) is 12.3669.
struct UdlLineRule {
  static constexpr std::string_view name = "udl_line";
  static constexpr std::string_view help = "twelve points along a line";
  static constexpr std::array x{0.03, 0.19, 0.34, 0.46, 0.78, 0.81,
                                1.08, 1.18, 1.39, 1.60, 1.65, 1.90};
  static constexpr std::array y{0.67, 0.85, 1.05, 1.00, 1.40, 1.50,
                                1.30, 1.54, 1.55, 1.68, 1.73, 1.60};
};

/// Notebook 3.1: a shallow network of three ReLU units.
struct UdlCurveRule {
  static constexpr std::string_view name = "udl_curve";
  static constexpr std::string_view help = "twenty points along a curve between 0 and 1";
  static constexpr std::array x{0.09291784, 0.46809093, 0.93089486, 0.67612654, 0.73441752,
                                0.86847339, 0.49873225, 0.51083168, 0.18343972, 0.99380898,
                                0.27840809, 0.38028817, 0.12055708, 0.56715537, 0.92005746,
                                0.7707227,  0.85278176, 0.0531595,  0.87168699, 0.58858043};
  static constexpr std::array y{-0.15934537, 0.18195445, 0.45127015,  0.13921448,  0.09366691,
                                0.30567674,  0.37229117, 0.40716968,  -0.08131792, 0.41187806,
                                0.36943738,  0.3994327,  0.01906257,  0.3582041,   0.45256496,
                                -0.0183121,  0.02957665, -0.24354444, 0.14803884,  0.2682497};
};

}  // namespace source

using UdlLine = source::FixedCurve<source::UdlLineRule>;
using UdlCurve = source::FixedCurve<source::UdlCurveRule>;

}  // namespace crease
