#pragma once
#include "activations/activation.h"

namespace crease {

/// Hyperbolic tangent: 2 sigmoid(2 z) - 1.
struct Tanh {
  static constexpr std::string_view name = "tanh";
  static constexpr std::string_view formula = "a = tanh z";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return tanh(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return 1 - a * a;
  }
  bool operator==(const Tanh&) const = default;
};

}  // namespace crease
