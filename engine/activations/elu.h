#pragma once
#include "activations/activation.h"
#include "activations/functions.h"

namespace crease {

/// Exponential linear unit (Clevert et al. 2015; deck 000); smooth at 0 for alpha = 1.
struct Elu {
  static constexpr std::string_view name = "elu";
  static constexpr std::string_view formula = "a = z for z > 0, else alpha (e^z - 1)";
  static constexpr bool uses_pre_activation = false;

  double alpha = 1;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "alpha",
                .help = "how far below zero it can go",
                .least = 0,
                .from = 0,
                .to = 3},
          self.alpha);
  }

  template <class V>
  V value(V z) const {
    return z > V{} ? z : V(all<V>(alpha) * exp_minus_1(z));
  }
  template <class V>
  V derivative([[maybe_unused]] V z, V a) const {
    return a > V{} ? all<V>(1) : V(a + all<V>(alpha));
  }
  bool operator==(const Elu&) const = default;
};

}  // namespace crease
