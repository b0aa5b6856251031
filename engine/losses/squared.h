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
  static constexpr std::string_view title = "Squared error";
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
  static constexpr std::string_view title = "Half squared error";
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
  static constexpr std::string_view title = "Absolute error";
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

/// Squares near 0, straight further out: e^2/2 below delta, else delta |e| - delta^2/2 (deck 001).
struct Huber : DifferenceSettings {
  static constexpr std::string_view name = "huber";
  static constexpr std::string_view title = "Huber loss";
  static constexpr std::string_view formula = "e^2/2 for |e| < delta, else delta |e| - delta^2/2";
  double delta = 1;
  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "delta",
                .help = "error from which on it is straight",
                .least = 0,
                .from = 0.1,
                .to = 5},
          self.delta);
  }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [&](auto output, auto target, auto& slope) {
      using V = Lanes<T>;
      const V e = output - target, size = absolute(e), d = all<V>(delta);
      slope = size < d ? e : e < V{} ? V(-d) : d;
      return size < d ? V(e * e / 2) : V(d * size - d * d / 2);
    });
  }
  bool operator==(const Huber&) const = default;
};

/// Huber's loss divided by beta: e^2/(2 beta) below beta, else |e| - beta/2 (Girshick 2015; deck
/// 001 leaves the beta/2 out and calls it hinge).
struct SmoothL1 : DifferenceSettings {
  static constexpr std::string_view name = "smooth_l1";
  static constexpr std::string_view title = "Smooth L1 loss";
  static constexpr std::string_view formula = "e^2/(2 beta) for |e| < beta, else |e| - beta/2";
  double beta = 1;
  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "beta",
                .help = "error from which on it is straight",
                .least = 0,
                .from = 0.1,
                .to = 5},
          self.beta);
  }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [&](auto output, auto target, auto& slope) {
      using V = Lanes<T>;
      const V e = output - target, size = absolute(e), b = all<V>(beta);
      slope = size < b ? V(e / b) : e > V{} ? all<V>(1) : e < V{} ? all<V>(-1) : V{};
      return size < b ? V(e * e / (2 * b)) : V(size - b / 2);
    });
  }
  bool operator==(const SmoothL1&) const = default;
};

/// sum(output * target), never averaged: its derivative is a vector-Jacobian product.
struct Linear {
  static constexpr std::string_view name = "linear";
  static constexpr std::string_view title = "Linear in the outputs";
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
