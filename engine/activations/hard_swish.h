#pragma once
#include "activations/activation.h"

namespace crease {

/// The piecewise form of silu (deck 004). At its corners the derivative is the left piece's: 0 at
/// -3, 1.5 at 3.
struct HardSwish {
  static constexpr std::string_view name = "hard_swish";
  static constexpr std::string_view formula = "a = z max(0, min(6, z + 3)) / 6";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z * smaller(larger(V(z + 3), V{}), all<V>(6)) / 6;
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return z > all<V>(3) ? all<V>(1) : z > all<V>(-3) ? V((2 * z + 3) / 6) : V{};
  }
  bool operator==(const HardSwish&) const = default;
};

}  // namespace crease
