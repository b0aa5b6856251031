#pragma once
#include "optimisers/optimiser.h"

namespace crease {

/// Hinton 2012 (deck 001, algorithm 8.5): divides by the root of a running mean of the squared
/// gradients.
struct RmsProp {
  static constexpr std::string_view name = "rmsprop";
  static constexpr std::string_view formula =
      "r = d r + (1 - d) g^2;  w = w - rate g/(sqrt(r) + epsilon)";
  static constexpr std::array<std::string_view, 1> moments{"mean_square"};
  double rate = 0.01;
  double decay = 0.99;
  double epsilon = 1e-8;
  bool epsilon_inside_root = false;
  Shaping shaping = {};

  static void fields(auto& self, auto&& visit) {
    optimiser::rate_field(self, visit, "$θ ← θ − η \\frac{g}{ε + √r}$");
    visit(Field{.name = "decay",
                .help = "memory of the mean squared gradient",
                .least = 0,
                .most = 1,
                .below_most = true,
                .rare = true},
          self.decay);
    optimiser::epsilon_fields(self, visit);
    Shaping::fields(self.shaping, visit);
  }
  template <class T>
  void update(const Update<T>& u) const {
    Run<T> r(u.moments[0], u.size);
    const ConstRun<T> g(u.gradient, u.size);
    r = static_cast<T>(decay) * r + static_cast<T>(1 - decay) * g * g;
    optimiser::divided_step(u, u.rate, g, r, epsilon, epsilon_inside_root);
  }
  bool operator==(const RmsProp&) const = default;
};

}  // namespace crease
