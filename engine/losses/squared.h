#pragma once
/// Losses of the difference e = output - target.
#include "losses/loss.h"

namespace crease {

/// What the losses of a difference share.
struct DifferenceSettings {
  static constexpr Averaging averaging = Averaging::elements;
  static constexpr Coding coding = Coding::plus_minus;
  Reduction reduction = Reduction::mean;
  static void fields(auto& self, auto&& visit) { loss::reduction_field(self, visit); }
  bool operator==(const DifferenceSettings&) const = default;
};

/// Deck 001, regression losses.
struct Mse : DifferenceSettings {
  static constexpr std::string_view name = "mse";
  static constexpr std::string_view formula = "e^2";
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [](auto output, auto target, auto& slope) {
      const auto e = output - target;
      slope = e + e;
      return e * e;
    });
  }
  bool operator==(const Mse&) const = default;
};

/// Half the squared error, so that the derivative is the error itself (TensorFlow Playground's).
struct HalfMse : DifferenceSettings {
  static constexpr std::string_view name = "half_mse";
  static constexpr std::string_view formula = "e^2/2";
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [](auto output, auto target, auto& slope) {
      const auto e = output - target;
      slope = e;
      return e * e / 2;
    });
  }
  bool operator==(const HalfMse&) const = default;
};

/// Deck 001, regression losses; the subgradient at 0 is 0.
struct L1 : DifferenceSettings {
  static constexpr std::string_view name = "l1";
  static constexpr std::string_view formula = "|e|";
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [](auto output, auto target, auto& slope) {
      using V = Lanes<T>;
      const V e = output - target;
      slope = e > V{} ? all<V>(1) : e < V{} ? all<V>(-1) : V{};
      return absolute(e);
    });
  }
  bool operator==(const L1&) const = default;
};

/// sum(output * target), never averaged: its derivative is a vector-Jacobian product.
struct Linear {
  static constexpr std::string_view name = "linear";
  static constexpr std::string_view formula = "y.t";
  static constexpr Averaging averaging = Averaging::samples;
  static constexpr Coding coding = Coding::plus_minus;
  static constexpr Reduction reduction = Reduction::sum;
  static void fields(auto&, auto&&) {}
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [](auto output, auto target, auto& slope) {
      slope = target;
      return output * target;
    });
  }
  bool operator==(const Linear&) const = default;
};

}  // namespace crease
