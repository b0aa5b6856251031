#pragma once
#include "activations/activation.h"

namespace crease {

/// The three straight pieces of tanh; its derivative is 0 at both corners.
struct HardTanh {
  static constexpr std::string_view name = "hard_tanh";
  static constexpr std::string_view formula = "a = max(-1, min(1, z))";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z < all<V>(-1) ? all<V>(-1) : z > all<V>(1) ? all<V>(1) : z;
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return a > all<V>(-1) ? (a < all<V>(1) ? all<V>(1) : V{}) : V{};
  }
  bool operator==(const HardTanh&) const = default;
};

}  // namespace crease
