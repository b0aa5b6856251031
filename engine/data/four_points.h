#pragma once
/// Truth tables of two inputs: the smallest data sets there are.
#include "data/source.h"

namespace crease {

namespace source {

/// The points (low, low), (low, 1), (1, low), (1, 1) in this order, over and over; class 1 where
/// the rule holds; plus noise N(0, 1) per coordinate. Draws: x, y.
template <class Rule>
struct FourPoints : Rule {
  static constexpr int samples = 4;
  static constexpr double test_fraction = 0;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const {
    DataSet data = plane(request.count(), 2);
    for (int i = 0; i < request.count(); ++i) {
      const bool a = (i & 2) != 0;
      const bool b = (i & 1) != 0;
      const double x = (a ? 1 : Rule::low) + request.noise * request.random.normal();
      const double y = (b ? 1 : Rule::low) + request.noise * request.random.normal();
      put(data, i, x, y, Rule::holds(a, b) ? 1 : 0);
    }
    return data;
  }
  bool operator==(const FourPoints&) const { return true; }
};

struct Xor4Rule {
  static constexpr std::string_view name = "xor4";
  static constexpr std::string_view help = "exclusive or of 0 and 1: the four points";
  static constexpr double low = 0;
  static bool holds(bool a, bool b) { return a != b; }
};

struct Xor4SignedRule {
  static constexpr std::string_view name = "xor4_signed";
  static constexpr std::string_view help = "exclusive or of −1 and +1: the four points";
  static constexpr double low = -1;
  static bool holds(bool a, bool b) { return a != b; }
};

struct AndRule {
  static constexpr std::string_view name = "and";
  static constexpr std::string_view help = "logical and of 0 and 1: the four points";
  static constexpr double low = 0;
  static bool holds(bool a, bool b) { return a && b; }
};

struct OrRule {
  static constexpr std::string_view name = "or";
  static constexpr std::string_view help = "logical or of 0 and 1: the four points";
  static constexpr double low = 0;
  static bool holds(bool a, bool b) { return a || b; }
};

}  // namespace source

using Xor4 = source::FourPoints<source::Xor4Rule>;
using Xor4Signed = source::FourPoints<source::Xor4SignedRule>;
using And = source::FourPoints<source::AndRule>;
using Or = source::FourPoints<source::OrRule>;

}  // namespace crease
