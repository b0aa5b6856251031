#pragma once
#include "activations/activation.h"

namespace crease {

/// Logistic function: squashes to (0, 1).
struct Sigmoid {
  static constexpr std::string_view name = "sigmoid";
  static constexpr std::string_view formula = "a = 1 / (1 + e^{-z})";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return sigmoid(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return a * (1 - a);
  }
  bool operator==(const Sigmoid&) const = default;
};

}  // namespace crease
