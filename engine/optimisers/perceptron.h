#pragma once
#include "optimisers/optimiser.h"

namespace crease {

/// Rosenblatt's rule of 1958 for a single unit: each sample on the wrong side (t z <= 0) adds
/// rate t x to the weights and rate t to the bias; the others do nothing. It is descent on the loss
/// `perceptron`, summed, whatever loss the document scores with. It comes to rest on data that a
/// line separates, and goes round in circles on XOR.
struct Perceptron {
  static constexpr std::string_view name = "perceptron";
  static constexpr std::string_view formula = "w = w + rate t x where t z <= 0";
  static constexpr std::array<std::string_view, 0> moments{};
  double rate = 1;
  Shaping shaping = {};

  static void fields(auto& self, auto&& visit) {
    optimiser::rate_field(self, visit, "$w ← w + η t x$");
    Shaping::fields(self.shaping, visit);
  }
  template <class T>
  void update(const Update<T>& u) const {
    Run<T>(u.w, u.size) -= static_cast<T>(u.rate) * ConstRun<T>(u.gradient, u.size);
  }
  bool operator==(const Perceptron&) const = default;
};

}  // namespace crease
