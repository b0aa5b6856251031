#pragma once
#include "optimisers/optimiser.h"

namespace crease {

/// Duchi et al. 2011 (deck 001, algorithm 8.4): divides by the root of the sum of all squared
/// gradients so far.
struct Adagrad {
  static constexpr std::string_view name = "adagrad";
  static constexpr std::string_view formula = "r = r + g^2;  w = w - rate g/(sqrt(r) + epsilon)";
  static constexpr std::array<std::string_view, 1> moments{"sum_of_squares"};
  double rate = 0.01;
  double epsilon = 1e-10;
  bool epsilon_inside_root = false;
  Shaping shaping = {};

  static void fields(auto& self, auto&& visit) {
    optimiser::rate_field(self, visit, "$θ ← θ − η \\frac{g}{ε + √r}$");
    optimiser::epsilon_fields(self, visit);
    Shaping::fields(self.shaping, visit);
  }
  template <class T>
  void update(const Update<T>& u) const {
    Run<T> r(u.moments[0], u.size);
    const ConstRun<T> g(u.gradient, u.size);
    r += g * g;
    optimiser::divided_step(u, u.rate, g, r, epsilon, epsilon_inside_root);
  }
  bool operator==(const Adagrad&) const = default;
};

}  // namespace crease
