#pragma once
#include "activations/activation.h"

namespace crease {

/// ReLU that leaks below zero (deck 003: slope 0.1); the derivative at 0 is the slope.
struct LeakyRelu {
  static constexpr std::string_view name = "leaky_relu";
  static constexpr std::string_view formula = "a = max(slope z, z)";
  static constexpr bool uses_pre_activation = false;

  double slope = 0.1;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "slope", .help = "slope below zero", .least = 0, .most = 1}, self.slope);
  }

  template <class V>
  V value(V z) const {
    return z < V{} ? V(z * all<V>(slope)) : z;
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return a > V{} ? all<V>(1) : all<V>(slope);
  }
  bool operator==(const LeakyRelu&) const = default;
};

}  // namespace crease
