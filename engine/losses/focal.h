#pragma once
#include "losses/loss.h"

namespace crease {

/// Cross entropy that looks away from what is easy: -alpha t (1 - p)^gamma ln p
/// - (1 - alpha)(1 - t) p^gamma ln(1 - p) on a logit (Lin et al. 2017; deck 001 gives t = 1 only).
struct FocalLogits {
  static constexpr std::string_view name = "focal_logits";
  static constexpr std::string_view title = "Focal loss";
  static constexpr std::string_view formula =
      "-alpha t (1 - p)^gamma ln p - (1 - alpha)(1 - t) p^gamma ln(1 - p)";
  static constexpr Reads reads = Reads::logits;
  static constexpr Averaging averaging = Averaging::elements;
  static constexpr Coding coding = Coding::zero_one;
  static constexpr Decision decision = Decision::sign;
  Reduction reduction = Reduction::mean;
  double gamma = 2;
  double alpha = 0.25;

  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "gamma",
                .help = "how far it looks away from what is easy; 0: not at all",
                .least = 0,
                .most = 100,
                .from = 0,
                .to = 5},
          self.gamma);
    visit(Field{.name = "alpha",
                .help = "alpha on positives, 1 - alpha on negatives",
                .least = 0,
                .most = 1},
          self.alpha);
  }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::each_output(outputs, y, t, dy, [&](auto z, auto target, auto& slope) {
      using V = Lanes<T>;
      const V g = all<V>(gamma), tail = softplus_tail(V(z));
      const V p = sigmoid(V(z)), q = sigmoid(V(-z));
      const V log_p = -(z > V{} ? V{} : V(-z)) - tail, log_q = -(z > V{} ? V(z) : V{}) - tail;
      const V positive = target * all<V>(alpha) * exp(V(g * log_q));
      const V negative = (1 - target) * all<V>(1 - alpha) * exp(V(g * log_p));
      slope = positive * (g * p * log_p - q) + negative * (p - g * q * log_q);
      return V(-positive * log_p - negative * log_q);
    });
  }
  bool operator==(const FocalLogits&) const = default;
};

}  // namespace crease
