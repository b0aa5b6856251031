#pragma once
/// The contract of an optimiser: a described struct with
///   name, formula
///   moments            names of the vectors, as long as the parameters, that it keeps
///   rate, and shaping: what is done to the gradient before, and the rate's schedule
///   void update(const Update<T>& update) const     one step on a run of parameters
///   decoupled_decay    optional, true: it takes care of the weight decay itself
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/fields.h"
#include "core/lanes.h"
#include "optimisers/schedule.h"

namespace crease {

/// One step on a run of `size` parameters (a multiple of the lanes; padding has gradient 0).
template <class T>
struct Update {
  std::ptrdiff_t size = 0;
  T* w = nullptr;
  const T* gradient = nullptr;
  std::array<T*, 2> moments{};
  long step = 1;    ///< 1 for the first update since the moments were zero
  double rate = 0;  ///< as the schedule has it
};

/// What every optimiser can do to the gradient, in PyTorch's order: it is cut to a largest norm,
/// then the penalties on the weights are added.
struct Shaping {
  double weight_decay = 0;
  double l1 = 0;
  double clip_norm = 0;
  Schedule schedule = {};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "weight_decay",
                .help = "pulls every parameter to 0, in proportion to it (L2)",
                .least = 0,
                .logarithmic = true,
                .rare = true,
                .formula = "$L + \\frac{λ}{2} Σ θ^2$"},
          self.weight_decay);
    visit(Field{.name = "l1",
                .help = "pulls every parameter to 0, all alike (L1)",
                .least = 0,
                .logarithmic = true,
                .rare = true,
                .formula = "$L + λ Σ |θ|$"},
          self.l1);
    visit(Field{.name = "clip_norm",
                .help = "a gradient longer than this is shortened to it; 0: never",
                .least = 0,
                .logarithmic = true,
                .rare = true,
                .zero = "never"},
          self.clip_norm);
    visit(Field{.name = "schedule",
                .help = "how the rate changes along the run",
                .shorthand = true,
                .rare = true},
          self.schedule);
  }

  bool changes_gradient(bool decoupled) const {
    return clip_norm > 0 || l1 > 0 || (weight_decay > 0 && !decoupled);
  }
  /// The factor that cuts a gradient of this norm (PyTorch's clip_grad_norm_, with its 1e-6).
  double clip_factor(double norm) const {
    return clip_norm > 0 ? std::min(1.0, clip_norm / (norm + 1e-6)) : 1;
  }
  /// Writes the gradient of a run of parameters as the optimiser is to see it; u.gradient becomes
  /// `to`.
  template <class T>
  void shape(Update<T>& u, double factor, bool decoupled, T* to) const {
    Run<T> shaped(to, u.size);
    const ConstRun<T> g(u.gradient, u.size), w(u.w, u.size);
    shaped = static_cast<T>(factor) * g;
    if (weight_decay > 0 && !decoupled) shaped += static_cast<T>(weight_decay) * w;
    if (l1 > 0) shaped += static_cast<T>(l1) * w.sign();
    u.gradient = to;
  }
  bool operator==(const Shaping&) const = default;
};

namespace optimiser {

/// The first field of every optimiser.
void rate_field(auto& self, auto&& visit, std::string_view formula) {
  visit(Field{.name = "rate",
              .help = "learning rate: how far a step goes",
              .least = 0,
              .logarithmic = true,
              .from = 1e-4,
              .to = 1,
              .formula = formula},
        self.rate);
}

/// The fields of those that divide by a root.
void epsilon_fields(auto& self, auto&& visit) {
  visit(Field{.name = "epsilon",
              .help = "keeps the division finite",
              .least = 0,
              .logarithmic = true,
              .rare = true},
        self.epsilon);
  visit(Field{.name = "epsilon_inside_root",
              .help = "sqrt(r + epsilon) as deck 001 prints it, instead of sqrt(r) + epsilon",
              .rare = true},
        self.epsilon_inside_root);
}

/// w -= rate s / (sqrt(r) + epsilon), or with the epsilon inside the root.
template <class T, class S, class R>
void divided_step(const Update<T>& u, double rate, const S& s, const R& r, double epsilon,
                  bool inside) {
  Run<T> w(u.w, u.size);
  const T e = static_cast<T>(epsilon);
  if (inside)
    w -= static_cast<T>(rate) * s / (r + e).sqrt();
  else
    w -= static_cast<T>(rate) * s / (r.sqrt() + e);
}

}  // namespace optimiser
}  // namespace crease
