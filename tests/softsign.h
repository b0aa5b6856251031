#pragma once
#include "activations/activation.h"

namespace crease {

/// z / (1 + |z|): like tanh, but slower to saturate.
struct Softsign {
  static constexpr std::string_view name = "softsign";
  static constexpr std::string_view formula = "a = z / (1 + |z|)";
  static constexpr bool uses_pre_activation = true;  // the derivative is written in z
  static void fields(auto&, auto&&) {}
  template <class V>
  V value(V z) const {
    return z / (1 + absolute(z));
  }
  template <class V>
  V derivative(V z, V) const {
    const V d = 1 + absolute(z);
    return 1 / (d * d);
  }
  bool operator==(const Softsign&) const = default;
};

}  // namespace crease
