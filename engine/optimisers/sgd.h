#pragma once
#include "optimisers/optimiser.h"

namespace crease {

/// Where the rate enters the velocity: "raw" v = m v + g, step -rate v (PyTorch's); "scaled"
/// v = m v - rate g, step v (decks 001, 002). Equal while the rate is constant.
enum class Velocity { raw, scaled };
template <>
inline constexpr std::array<std::string_view, 2> names_of<Velocity>{"raw", "scaled"};

/// Gradient descent, with momentum (deck 001, algorithm 8.2) and Nesterov's look-ahead.
struct Sgd {
  static constexpr std::string_view name = "sgd";
  static constexpr std::string_view formula = "v = m v + g;  w = w - rate v";
  static constexpr std::array<std::string_view, 1> moments{"velocity"};
  double rate = 0.03;
  double momentum = 0;
  bool nesterov = false;
  Velocity velocity = Velocity::raw;
  Shaping shaping = {};

  static void fields(auto& self, auto&& visit) {
    optimiser::rate_field(self, visit, "$θ ← θ − η ∇L(θ)$");
    visit(Field{.name = "momentum",
                .help = "share of the last step that is kept",
                .least = 0,
                .most = 1,
                .below_most = true},
          self.momentum);
    visit(Field{.name = "nesterov",
                .help = "take the gradient's step once more ahead of time",
                .rare = true},
          self.nesterov);
    visit(Field{.name = "velocity",
                .help = "raw: PyTorch's form; scaled: the decks' form",
                .rare = true},
          self.velocity);
    Shaping::fields(self.shaping, visit);
  }

  template <class T>
  void update(const Update<T>& u) const {
    const T r = static_cast<T>(u.rate), m = static_cast<T>(momentum);
    Run<T> w(u.w, u.size);
    const ConstRun<T> g(u.gradient, u.size);
    if (momentum == 0) {
      w -= r * g;
      return;
    }
    Run<T> v(u.moments[0], u.size);
    if (velocity == Velocity::raw) {
      v = m * v + g;
      if (nesterov)
        w -= r * (g + m * v);
      else
        w -= r * v;
    } else {
      v = m * v - r * g;
      if (nesterov)
        w += m * v - r * g;
      else
        w += v;
    }
  }
  bool operator==(const Sgd&) const = default;
};

}  // namespace crease
