#pragma once
#include "activations/activation.h"

namespace crease {

/// Softmax over the features of a sample, or over the channels at each pixel (deck 000; not deck
/// 003's misprinted sign). Its Jacobian is full: off the diagonal -p_i p_j.
struct Softmax {
  static constexpr std::string_view name = "softmax";
  static constexpr std::string_view formula = "a_k = e^{z_k} / sum_j e^{z_j}";
  static constexpr bool uses_pre_activation = false;
  static constexpr bool across_features = true;
  static void fields(auto&, auto&&) {}

  template <class T>
  void forward(const Shape& shape, const T* z, T* a) const {
    const int classes = shape.channels, places = shape.height * shape.width;
    const int step = places * lanes;
    for (int p = 0; p < places; ++p, z += lanes, a += lanes) {
      Lanes<T> top = load(z);
      for (int k = 1; k < classes; ++k) top = larger(top, load(z + k * step));
      Lanes<T> total{};
      for (int k = 0; k < classes; ++k) {
        const Lanes<T> e = exp(Lanes<T>(load(z + k * step) - top));
        store<T>(a + k * step, e);
        total += e;
      }
      for (int k = 0; k < classes; ++k) store<T>(a + k * step, load(a + k * step) / total);
    }
  }
  template <class T>
  void backward(const Shape& shape, const T* a, const T* da, T* dz) const {
    const int classes = shape.channels, places = shape.height * shape.width;
    const int step = places * lanes;
    for (int p = 0; p < places; ++p, a += lanes, da += lanes, dz += lanes) {
      Lanes<T> mean{};
      for (int k = 0; k < classes; ++k) mean += load(a + k * step) * load(da + k * step);
      for (int k = 0; k < classes; ++k)
        store<T>(dz + k * step, load(a + k * step) * (load(da + k * step) - mean));
    }
  }
  bool operator==(const Softmax&) const = default;
};

}  // namespace crease
