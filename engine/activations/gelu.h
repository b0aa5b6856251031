#pragma once
#include "activations/activation.h"
#include "activations/functions.h"

namespace crease {

/// Gaussian error linear unit, with the distribution function of N(0, 1) itself and not its tanh
/// approximation (Hendrycks and Gimpel 2016; deck 004).
struct Gelu {
  static constexpr std::string_view name = "gelu";
  static constexpr std::string_view formula = "a = z Phi(z)";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z * normal_distribution(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return normal_distribution(z) + z * normal_density(z);
  }
  bool operator==(const Gelu&) const = default;
};

}  // namespace crease
