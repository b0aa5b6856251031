#pragma once
#include "activations/activation.h"

namespace crease {

/// The threshold of the first perceptrons. Its derivative is 0 everywhere, so nothing before it
/// learns.
struct StepActivation {
  static constexpr std::string_view name = "step";
  static constexpr std::string_view formula = "a = 1 for z > 0, else 0";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z > V{} ? all<V>(1) : V{};
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return V{};
  }
  bool operator==(const StepActivation&) const = default;
};

}  // namespace crease
