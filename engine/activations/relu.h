#pragma once
#include "activations/activation.h"

namespace crease {

/// Rectified linear unit; relu'(0) = 0.
struct Relu {
  static constexpr std::string_view name = "relu";
  static constexpr std::string_view formula = "a = max(0, z)";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z < V{} ? V{} : z;
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return a > V{} ? all<V>(1) : V{};
  }
  bool operator==(const Relu&) const = default;
};

}  // namespace crease
