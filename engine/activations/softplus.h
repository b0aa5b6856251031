#pragma once
#include "activations/activation.h"

namespace crease {

/// A smooth ReLU (deck 004); its derivative is the sigmoid.
struct Softplus {
  static constexpr std::string_view name = "softplus";
  static constexpr std::string_view formula = "a = ln(1 + e^z)";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return larger(z, V{}) + softplus_tail(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return sigmoid(z);
  }
  bool operator==(const Softplus&) const = default;
};

}  // namespace crease
