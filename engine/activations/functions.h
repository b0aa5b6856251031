#pragma once
/// Elementary functions of lanes that only a few activations need.
#include <cmath>

#include "core/lanes.h"

namespace crease {

/// e^z - 1, exact near 0.
template <class V>
inline V exp_minus_1(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.expm1(); });
}
template <class V>
inline V sine(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.sin(); });
}
template <class V>
inline V cosine(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.cos(); });
}
/// The distribution function of N(0, 1); its tail keeps its digits far below 0.
template <class V>
inline V normal_distribution(V z) {
  using T = Element<V>;
  constexpr T root_half = static_cast<T>(0.70710678118654752440);
  V result{};
  for (int s = 0; s < lanes; ++s) result[s] = std::erfc(-z[s] * root_half) / 2;
  return result;
}
/// The density of N(0, 1).
template <class V>
inline V normal_density(V z) {
  return all<V>(0.39894228040143267794) * exp(V(z * z * all<V>(-0.5)));
}

}  // namespace crease
