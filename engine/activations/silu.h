#pragma once
#include "activations/activation.h"

namespace crease {

/// Sigmoid linear unit, also called swish (deck 004).
struct Silu {
  static constexpr std::string_view name = "silu";
  static constexpr std::string_view formula = "a = z / (1 + e^{-z})";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z * sigmoid(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    const V s = sigmoid(z);
    return s * (1 + z * (1 - s));
  }
  bool operator==(const Silu&) const = default;
};

}  // namespace crease
