#pragma once
/// Sixteen samples side by side: the memory layout of everything that flows through a network.
///
/// A *block* holds one value of sixteen samples per feature: feature f of sample s lies at
/// `block[f * lanes + s]`. Every layer is therefore ordinary scalar code over `Lanes<T>`: a dense
/// layer is one fused multiply-add per weight, flatten is nothing, and a sum over inputs has the
/// same order whatever the width of the layer, so that adding a unit leaves every bit of the others
/// alone.
#include <Eigen/Core>
#include <type_traits>
#include <utility>

namespace crease {

/// Samples per block.
inline constexpr int lanes = 16;

namespace detail {
template <class T>
struct LanesOf {
  using type __attribute__((vector_size(lanes * sizeof(T)), may_alias)) = T;
};
}  // namespace detail

/// One value for each of sixteen samples, with element-wise arithmetic.
template <class T>
using Lanes = typename detail::LanesOf<T>::type;

template <class T>
inline Lanes<T> load(const T* from) {
  return *reinterpret_cast<const Lanes<T>*>(from);
}

template <class T>
inline void store(T* to, Lanes<T> value) {
  *reinterpret_cast<Lanes<T>*>(to) = value;
}

/// The same value for all sixteen samples (exact, also for -0 and non-finite values).
template <class T>
inline Lanes<T> broadcast(T value) {
  return value - Lanes<T>{};
}

/// The type of one element.
template <class V>
using Element = std::remove_reference_t<decltype(std::declval<V&>()[0])>;

/// A constant in every lane, rounded to the element type.
template <class V>
inline V all(double value) {
  return static_cast<Element<V>>(value) - V{};
}

/// Sum over the samples, always in the same (pairwise) order.
template <class V>
inline Element<V> sum_of_lanes(V value) {
  for (int half = lanes / 2; half > 0; half /= 2)
    for (int s = 0; s < half; ++s) value[s] += value[s + half];
  return value[0];
}

/// `run` values as an Eigen array, for element-wise expressions.
template <class T>
using Run = Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>, Eigen::Aligned64>;
template <class T>
using ConstRun = Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>, Eigen::Aligned64>;

/// The larger and the smaller of two, sample by sample.
template <class T>
inline T larger(T a, T b) {
  return a > b ? a : b;
}
template <class T>
inline T smaller(T a, T b) {
  return a < b ? a : b;
}

namespace detail {
template <class V, class F>
inline V through_eigen(V value, const F& f) {
  using T = Element<V>;
  alignas(64) T memory[lanes];
  store<T>(memory, value);
  Eigen::Map<Eigen::Array<T, lanes, 1>, Eigen::Aligned64> array(memory);
  array = f(array);
  return load<T>(memory);
}
}  // namespace detail

// Elementary functions of lanes: Eigen's vectorised ones.
template <class V>
inline V exp(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.exp(); });
}
template <class V>
inline V log(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.log(); });
}
template <class V>
inline V tanh(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.tanh(); });
}
template <class V>
inline V root(V z) {
  return detail::through_eigen(z, [](const auto& a) { return a.sqrt(); });
}
template <class V>
inline V absolute(V z) {
  return z < V{} ? -z : z;
}
/// ln(1 + e^-|z|), the part of the logistic losses that never overflows.
template <class V>
inline V softplus_tail(V z) {
  return detail::through_eigen(V(-absolute(z)), [](const auto& a) { return a.exp().log1p(); });
}
/// 1 / (1 + e^-z) without overflow on either side.
template <class V>
inline V sigmoid(V z) {
  const V e = exp(V(-absolute(z)));
  return (z < V{} ? e : all<V>(1)) / (1 + e);
}

}  // namespace crease
