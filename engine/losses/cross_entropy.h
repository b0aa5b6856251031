#pragma once
/// Cross entropy of several classes, on probabilities and on logits (decks 001, 003).
#include <vector>

#include "losses/loss.h"

namespace crease {

/// The settings both forms share. Targets are one-hot or any distribution.
struct CrossEntropySettings {
  Reduction reduction = Reduction::mean;
  std::vector<double> class_weights;
  bool normalise_weights = true;
  double label_smoothing = 0;

  static constexpr Averaging averaging = Averaging::places;
  static constexpr Coding coding = Coding::one_hot;
  static constexpr Decision decision = Decision::largest;

  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "class_weights",
                .help = "one weight a class; empty: all 1",
                .least = 0,
                .rare = true},
          self.class_weights);
    visit(
        Field{.name = "normalise_weights",
              .help =
                  "divide by the sum of the samples' weights (PyTorch), not their number; samples "
                  "whose target is a distribution count 1",
              .rare = true},
        self.normalise_weights);
    visit(Field{.name = "label_smoothing",
                .help = "targets become (1 - eps) onehot + eps/K",
                .least = 0,
                .most = 1,
                .below_most = true,
                .rare = true},
          self.label_smoothing);
  }

  void check(Outputs outputs) const {
    if (outputs.classes < 2) throw Problem("cross entropy needs at least 2 outputs, one a class");
    if (!class_weights.empty() && class_weights.size() != static_cast<std::size_t>(outputs.classes))
      throw Problem("class_weights needs one number for each of the " +
                    std::to_string(outputs.classes) + " classes");
  }
  double class_weight(int k) const {
    return class_weights.empty() ? 1 : class_weights[static_cast<std::size_t>(k)];
  }
  /// A sample's share in the mean, summed over its pixels: as in PyTorch the weight of its class,
  /// but 1 where the target is a distribution over several.
  double weight(Outputs outputs, const double* t) const {
    if (class_weights.empty() || !normalise_weights) return outputs.places;
    double total = 0;
    for (int p = 0; p < outputs.places; ++p) {
      double share = 1;
      int ones = 0, zeros = 0;
      for (int k = 0; k < outputs.classes; ++k) {
        const double target = t[k * outputs.places + p];
        zeros += target == 0 ? 1 : 0;
        if (target != 1) continue;
        ++ones;
        share = class_weight(k);
      }
      total += ones == 1 && zeros == outputs.classes - 1 ? share : 1;
    }
    return total;
  }
  /// The factor of -ln p_k.
  template <class V>
  V cost(V target, int k, int classes) const {
    return all<V>(class_weight(k)) *
           (target * all<V>(1 - label_smoothing) + all<V>(label_smoothing / classes));
  }
  bool operator==(const CrossEntropySettings&) const = default;
};

/// -sum t ln p on probabilities, cut at -100 as the binary form is.
struct CrossEntropy : CrossEntropySettings {
  static constexpr std::string_view name = "cross_entropy";
  static constexpr std::string_view title = "Cross-entropy of p";
  static constexpr std::string_view formula = "-sum_k t_k ln p_k";
  static constexpr Reads reads = Reads::probabilities;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    V total{};
    for (int i = 0; i < outputs.size(); ++i) {
      const V p = load(y + i * lanes);
      const V c = cost<V>(load(t + i * lanes), i / outputs.places, outputs.classes);
      total -= c * larger<V>(log(p), all<V>(-100));
      store<T>(dy + i * lanes, -c / larger<V>(p, all<V>(1e-12)));
    }
    return total;
  }
  bool operator==(const CrossEntropy&) const = default;
};

/// -sum t ln softmax(z), with the maximum subtracted.
struct CrossEntropyLogits : CrossEntropySettings {
  static constexpr std::string_view name = "cross_entropy_logits";
  static constexpr std::string_view title = "Cross-entropy";
  static constexpr std::string_view formula = "-sum_k t_k ln softmax(z)_k";
  static constexpr Reads reads = Reads::logits;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    const int step = outputs.places * lanes;
    V total{};
    for (int p = 0; p < outputs.places; ++p, y += lanes, t += lanes, dy += lanes) {
      V top = load(y);
      for (int k = 1; k < outputs.classes; ++k) top = larger(top, load(y + k * step));
      V exponentials{};
      for (int k = 0; k < outputs.classes; ++k) {
        const V e = exp(V(load(y + k * step) - top));
        store<T>(dy + k * step, e);
        exponentials += e;
      }
      const V log_sum = top + log(exponentials);
      V costs{};
      for (int k = 0; k < outputs.classes; ++k) {
        const V c = cost<V>(load(t + k * step), k, outputs.classes);
        costs += c;
        total += c * (log_sum - load(y + k * step));
      }
      const V scale = costs / exponentials;
      for (int k = 0; k < outputs.classes; ++k) {
        const V c = cost<V>(load(t + k * step), k, outputs.classes);
        store<T>(dy + k * step, load(dy + k * step) * scale - c);
      }
    }
    return total;
  }
  bool operator==(const CrossEntropyLogits&) const = default;
};

}  // namespace crease
