#pragma once
/// Losses that ask for a margin between right and wrong (deck 001).
#include "losses/loss.h"

namespace crease {

/// What losses of one sign share.
struct SignSettings {
  static constexpr Averaging averaging = Averaging::elements;
  static constexpr Coding coding = Coding::signs;
  static constexpr Decision decision = Decision::sign;
  Reduction reduction = Reduction::mean;
  static void fields(auto& self, auto&& visit) { loss::reduction_field(self, visit); }
  bool operator==(const SignSettings&) const = default;
};

/// max(0, 1 - t y) on targets -1 and +1, or its square.
struct Hinge : SignSettings {
  static constexpr std::string_view name = "hinge";
  static constexpr std::string_view title = "Hinge loss";
  static constexpr std::string_view formula = "max(0, 1 - t y)";
  bool squared = false;

  static void fields(auto& self, auto&& visit) {
    SignSettings::fields(self, visit);
    visit(Field{.name = "squared", .help = "squares the missing margin", .rare = true},
          self.squared);
  }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [&](auto output, auto target, auto& slope) {
      using V = Lanes<T>;
      const V missing = 1 - target * output;
      const V m = missing < V{} ? V{} : missing;
      slope = m > V{} ? V(-target) : V{};
      if (!squared) return m;
      slope = 2 * slope * m;
      return V(m * m);
    });
  }
  bool operator==(const Hinge&) const = default;
};

/// 1/K sum_{j != t} max(0, 1 - z_t + z_j): PyTorch's MultiMarginLoss.
struct MulticlassHinge : loss::ClassSettings {
  static constexpr std::string_view name = "multiclass_hinge";
  static constexpr std::string_view title = "Multiclass hinge loss";
  static constexpr std::string_view formula = "1/K sum_j max(0, 1 - z_t + z_j)";
  void check(Outputs outputs) const { loss::check_classes(outputs, name); }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    const V share = all<V>(1.0 / outputs.classes);
    return loss::each_place(outputs, y, t, dy, [&](const auto& z, const auto& target, auto& slope) {
      V right{}, total{}, slopes{};
      for (int k = 0; k < outputs.classes; ++k) right += target(k) * z(k);
      for (int k = 0; k < outputs.classes; ++k) {
        const V margin = 1 - right + z(k), other = share * (1 - target(k));
        const V s = margin > V{} ? other : V{};
        total += margin < V{} ? V{} : V(other * margin);
        slopes += s;
        slope(k, s);
      }
      for (int k = 0; k < outputs.classes; ++k) slope(k, slope(k) - target(k) * slopes);
      return total;
    });
  }
  bool operator==(const MulticlassHinge&) const = default;
};

/// max(0, -t y): what the perceptron rule makes small. A target above 1/2 counts as +1, any other
/// as -1; y = 0 is a mistake.
struct PerceptronLoss : SignSettings {
  static constexpr std::string_view name = "perceptron";
  static constexpr std::string_view title = "Perceptron loss";
  static constexpr std::string_view formula = "max(0, -t y)";
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [](auto output, auto target, auto& slope) {
      using V = Lanes<T>;
      const V sign = target > all<V>(0.5) ? all<V>(1) : all<V>(-1);
      const V wrong = -sign * output;
      slope = wrong < V{} ? V{} : V(-sign);
      return wrong < V{} ? V{} : wrong;
    });
  }
  bool operator==(const PerceptronLoss&) const = default;
};

}  // namespace crease
