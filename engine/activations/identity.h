#pragma once
#include "activations/activation.h"

namespace crease {

/// No squashing: the output is the pre-activation.
struct Identity {
  static constexpr std::string_view name = "identity";
  static constexpr std::string_view formula = "a = z";
  static constexpr bool uses_pre_activation = false;
  static void fields(auto&, auto&&) {}

  template <class V>
  V value(V z) const {
    return z;
  }
  template <class V>
  V derivative([[maybe_unused]] V z, [[maybe_unused]] V a) const {
    return all<V>(1);
  }
  bool operator==(const Identity&) const = default;
};

}  // namespace crease
