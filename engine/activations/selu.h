#pragma once
#include "activations/activation.h"
#include "activations/functions.h"

namespace crease {

/// Scaled ELU (Klambauer et al. 2017; deck 004): its two constants keep mean 0 and variance 1.
struct Selu {
  static constexpr std::string_view name = "selu";
  static constexpr std::string_view formula = "a = s z for z > 0, else s alpha (e^z - 1)";
  static constexpr bool uses_pre_activation = false;
  static constexpr double scale = 1.0507009873554804934;
  static constexpr double alpha = 1.6732632423543772848;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z > V{} ? V(all<V>(scale) * z) : V(all<V>(scale * alpha) * exp_minus_1(z));
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return a > V{} ? all<V>(scale) : V(a + all<V>(scale * alpha));
  }
  bool operator==(const Selu&) const = default;
};

}  // namespace crease
