#pragma once
/// The contract of an activation: a described struct with
///   name, formula            its name in documents; a(z) as a formula for the tooltip
///   uses_pre_activation      whether the derivative needs z (else it is written in a alone)
///   V value(V z)             for V = Lanes<float> or Lanes<double>
///   V derivative(V z, V a)   at a corner: the left piece's
/// or, where one number of it is learned, `learned` (the name of the parameter), learned_start(),
/// value(z, p), derivative(z, a, p) and learned_derivative(z), the derivative with respect to p;
/// or, where the features of a sample depend on each other (softmax), `across_features = true` and
///   forward(shape, z, a), backward(shape, a, da, dz) on blocks.
#include "core/fields.h"
#include "core/lanes.h"
#include "core/shape.h"

namespace crease {

namespace activation {

template <class F>
concept AcrossFeatures = F::across_features;
template <class F>
concept Learned = requires {
  F::learned;
};

/// a = f(z) on a block; `z` and `a` may be the same memory. `learned` is the parameter of a learned
/// one.
template <class F, class T>
void forward(const F& f, const Shape& shape, const T* z, T* a,
             [[maybe_unused]] const T* learned = nullptr) {
  const auto values = static_cast<std::ptrdiff_t>(shape.size()) * lanes;
  if constexpr (AcrossFeatures<F>) {
    f.forward(shape, z, a);
  } else if constexpr (Learned<F>) {
    const Lanes<T> p = broadcast(*learned);
    for (std::ptrdiff_t i = 0; i < values; i += lanes) store<T>(a + i, f.value(load(z + i), p));
  } else {
    for (std::ptrdiff_t i = 0; i < values; i += lanes) store<T>(a + i, f.value(load(z + i)));
  }
}

/// dz = f'(z) da on a block; `da` and `dz` may be the same memory. `z` may be null unless F uses
/// it. Adds to `learned_gradient` unless it is null.
template <class F, class T>
void backward(const F& f, const Shape& shape, const T* z, const T* a, const T* da, T* dz,
              [[maybe_unused]] const T* learned = nullptr,
              [[maybe_unused]] T* learned_gradient = nullptr) {
  const auto values = static_cast<std::ptrdiff_t>(shape.size()) * lanes;
  if constexpr (AcrossFeatures<F>) {
    f.backward(shape, a, da, dz);
  } else if constexpr (Learned<F>) {
    const Lanes<T> p = broadcast(*learned);
    Lanes<T> total{};
    for (std::ptrdiff_t i = 0; i < values; i += lanes) {
      const Lanes<T> at = load(z + i), slope = load(da + i);
      total += slope * f.learned_derivative(at);
      store<T>(dz + i, f.derivative(at, load(a + i), p) * slope);
    }
    if (learned_gradient) *learned_gradient += sum_of_lanes(total);
  } else {
    for (std::ptrdiff_t i = 0; i < values; i += lanes) {
      const Lanes<T> at = F::uses_pre_activation ? load(z + i) : Lanes<T>{};
      store<T>(dz + i, f.derivative(at, load(a + i)) * load(da + i));
    }
  }
}

}  // namespace activation
}  // namespace crease
