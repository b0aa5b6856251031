#pragma once
#include "activations/activation.h"

namespace crease {

/// ReLU whose slope below zero is learned, one slope for the whole node (He et al. 2015; deck 003).
struct Prelu {
  static constexpr std::string_view name = "prelu";
  static constexpr std::string_view formula = "a = max(0, z) + slope min(0, z)";
  static constexpr bool uses_pre_activation = true;
  static constexpr std::string_view learned = "slope";

  double slope = 0.25;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "slope",
                .help = "slope below zero at the start; it is learned",
                .least = -10,
                .most = 10,
                .from = 0,
                .to = 1},
          self.slope);
  }
  double learned_start() const { return slope; }

  template <class V>
  V value(V z, V learned_slope) const {
    return z < V{} ? V(learned_slope * z) : z;
  }
  template <class V>
  V derivative(V z, V, V learned_slope) const {
    return z > V{} ? all<V>(1) : learned_slope;
  }
  template <class V>
  V learned_derivative(V z) const {
    return z < V{} ? z : V{};
  }
  bool operator==(const Prelu&) const = default;
};

}  // namespace crease
