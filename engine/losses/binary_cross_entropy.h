#pragma once
/// Cross entropy of yes/no outputs, on a probability and on a logit (decks 001, 002, 003).
#include <algorithm>
#include <optional>

#include "losses/loss.h"

namespace crease {

/// The settings both forms share.
struct BinaryCrossEntropySettings {
  Reduction reduction = Reduction::mean;
  double positive_weight = 1;
  std::optional<double> alpha;
  double label_smoothing = 0;

  static constexpr Averaging averaging = Averaging::elements;
  static constexpr Coding coding = Coding::zero_one;

  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "positive_weight",
                .help = "weight of the positive class (PyTorch's pos_weight)",
                .least = 0,
                .rare = true},
          self.positive_weight);
    visit(Field{.name = "alpha",
                .help = "deck 001's cost sensitivity: alpha on positives, 1 - alpha on negatives",
                .least = 0,
                .most = 1,
                .rare = true},
          self.alpha);
    visit(Field{.name = "label_smoothing",
                .help = "binary targets are clipped to k and 1 - k",
                .least = 0,
                .most = 0.5,
                .below_most = true,
                .rare = true},
          self.label_smoothing);
  }

  /// The factors of -ln p and -ln(1 - p) for a target.
  template <class V>
  void costs(V target, V& positive, V& negative) const {
    if (label_smoothing > 0)
      target = smaller(larger(target, all<V>(label_smoothing)), all<V>(1 - label_smoothing));
    positive = target * all<V>(positive_weight * alpha.value_or(1));
    negative = (1 - target) * all<V>(alpha ? 1 - *alpha : 1);
  }
  bool operator==(const BinaryCrossEntropySettings&) const = default;
};

/// -t ln p - (1 - t) ln(1 - p); as in PyTorch the logarithms are cut at -100.
struct Bce : BinaryCrossEntropySettings {
  static constexpr std::string_view name = "bce";
  static constexpr std::string_view title = "Binary cross-entropy of p";
  static constexpr std::string_view formula = "-t ln p - (1 - t) ln(1 - p)";
  static constexpr Reads reads = Reads::probabilities;
  static constexpr Decision decision = Decision::probability;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    return loss::each_output(outputs, y, t, dy, [&](auto p, auto target, auto& slope) {
      V positive, negative;
      costs<V>(target, positive, negative);
      const V q = 1 - p;
      slope = (negative * p - positive * q) / larger<V>(p * q, all<V>(1e-12));
      return V(-positive * larger<V>(log(p), all<V>(-100)) -
               negative * larger<V>(log(q), all<V>(-100)));
    });
  }
  bool operator==(const Bce&) const = default;
};

/// The same on a logit z: max(z, 0) - z t + ln(1 + e^{-|z|}), finite for any z.
struct BceLogits : BinaryCrossEntropySettings {
  static constexpr std::string_view name = "bce_logits";
  static constexpr std::string_view title = "Binary cross-entropy";
  static constexpr std::string_view formula = "max(z, 0) - z t + ln(1 + e^{-|z|})";
  static constexpr Reads reads = Reads::logits;
  static constexpr Decision decision = Decision::sign;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    return loss::each_output(outputs, y, t, dy, [&](auto z, auto target, auto& slope) {
      V positive, negative;
      costs<V>(target, positive, negative);
      const V tail = softplus_tail(V(z));
      const V minus_log_p = larger<V>(-z, V{}) + tail;
      const V minus_log_q = larger<V>(z, V{}) + tail;
      const V p = sigmoid(V(z));
      slope = negative * p - positive * sigmoid(V(-z));
      return V(positive * minus_log_p + negative * minus_log_q);
    });
  }
  bool operator==(const BceLogits&) const = default;
};

}  // namespace crease
