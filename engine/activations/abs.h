#pragma once
#include "activations/activation.h"

namespace crease {

/// Absolute value (deck 003): one unit of it solves XOR in -1/+1 coding. abs'(0) = 0.
struct Abs {
  static constexpr std::string_view name = "abs";
  static constexpr std::string_view formula = "a = |z|";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return absolute(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return z > V{} ? all<V>(1) : z < V{} ? all<V>(-1) : V{};
  }
  bool operator==(const Abs&) const = default;
};

}  // namespace crease
