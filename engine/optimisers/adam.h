#pragma once
#include "optimisers/optimiser.h"

namespace crease {

/// Kingma and Ba 2015 (decks 001, algorithm 8.7, and 002): means of the gradient and of its square,
/// both corrected for their start at 0. AdamW has a weight decay of its own: w (1 - rate decay)
/// before the step (Loshchilov and Hutter 2019).
template <bool decoupled>
struct AdamForm {
  static constexpr std::string_view name = decoupled ? "adamw" : "adam";
  static constexpr std::string_view formula =
      decoupled ? "w = (1 - rate decay) w - rate hat{s}/(sqrt(hat{r}) + epsilon)"
                : "w = w - rate hat{s}/(sqrt(hat{r}) + epsilon)";
  static constexpr bool decoupled_decay = decoupled;
  static constexpr std::array<std::string_view, 2> moments{"first_moment", "second_moment"};
  double rate = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  bool epsilon_inside_root = false;
  Shaping shaping = {};

  static void fields(auto& self, auto&& visit) {
    optimiser::rate_field(self, visit, "$θ ← θ − η \\frac{m}{ε + √v}$");
    visit(Field{.name = "beta1",
                .help = "memory of the mean gradient",
                .least = 0,
                .most = 1,
                .below_most = true,
                .rare = true},
          self.beta1);
    visit(Field{.name = "beta2",
                .help = "memory of the mean squared gradient",
                .least = 0,
                .most = 1,
                .below_most = true,
                .rare = true},
          self.beta2);
    optimiser::epsilon_fields(self, visit);
    Shaping::fields(self.shaping, visit);
  }

  template <class T>
  void update(const Update<T>& u) const {
    Run<T> w(u.w, u.size), s(u.moments[0], u.size), r(u.moments[1], u.size);
    const ConstRun<T> g(u.gradient, u.size);
    // The corrections are made in double: 1 - beta2^t loses its digits in float.
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(u.step));
    const double correction2 = 1 - std::pow(beta2, static_cast<double>(u.step));
    const T b1 = static_cast<T>(beta1), b2 = static_cast<T>(beta2);
    const T c1 = static_cast<T>(1 - beta1), c2 = static_cast<T>(1 - beta2);
    const T rate_hat = static_cast<T>(u.rate / correction1);
    const T scale = static_cast<T>(1 / std::sqrt(correction2)), e = static_cast<T>(epsilon);
    const T scale2 = static_cast<T>(1 / correction2);
    if (decoupled && shaping.weight_decay > 0)
      w *= static_cast<T>(1 - u.rate * shaping.weight_decay);
    s = b1 * s + c1 * g;
    r = b2 * r + c2 * g * g;
    if (epsilon_inside_root)
      w -= rate_hat * s / (r * scale2 + e).sqrt();
    else
      w -= rate_hat * s / (r.sqrt() * scale + e);
  }
  bool operator==(const AdamForm&) const = default;
};

using Adam = AdamForm<false>;
using AdamW = AdamForm<true>;

}  // namespace crease
