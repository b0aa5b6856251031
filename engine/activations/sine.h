#pragma once
#include "activations/activation.h"
#include "activations/functions.h"

namespace crease {

/// A wave: a unit that is periodic.
struct SineActivation {
  static constexpr std::string_view name = "sine";
  static constexpr std::string_view formula = "a = sin z";
  static constexpr bool uses_pre_activation = true;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return sine(z);
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return cosine(z);
  }
  bool operator==(const SineActivation&) const = default;
};

}  // namespace crease
