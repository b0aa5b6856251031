#pragma once
/// Losses between two distributions, or two directions, over the outputs (deck 001).
#include "losses/loss.h"

namespace crease {

/// -y.t/(|y| |t|) over all outputs of a sample; 0 where one of them is the zero vector.
struct Cosine {
  static constexpr std::string_view name = "cosine";
  static constexpr std::string_view title = "Cosine distance";
  static constexpr std::string_view formula = "-y.t/(|y| |t|)";
  static constexpr Averaging averaging = Averaging::samples;
  static constexpr Coding coding = Coding::plus_minus;
  Reduction reduction = Reduction::mean;

  static void fields(auto& self, auto&& visit) { loss::reduction_field(self, visit); }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    // Scaled by the largest output first: squares of large numbers would overflow.
    V top = all<V>(std::numeric_limits<T>::min()), top_t = top;
    for (int k = 0; k < outputs.size(); ++k) {
      top = larger(absolute(V(load(y + k * lanes))), top);
      top_t = larger(absolute(V(load(t + k * lanes))), top_t);
    }
    V product{}, square{}, square_t{};
    for (int k = 0; k < outputs.size(); ++k) {
      const V output = load(y + k * lanes) / top, target = load(t + k * lanes) / top_t;
      product += output * target;
      square += output * output;
      square_t += target * target;
    }
    const V norms = root(square) * root(square_t);
    const V cosine = norms > V{} ? V(product / norms) : V{};
    for (int k = 0; k < outputs.size(); ++k) {
      const V output = load(y + k * lanes) / top, target = load(t + k * lanes) / top_t;
      const V slope = (cosine * output / square - target / norms) / top;
      store<T>(dy + k * lanes, norms > V{} ? slope : V{});
    }
    return -cosine;
  }
  bool operator==(const Cosine&) const = default;
};

/// KL(t, softmax(z)) = sum t (ln t - ln softmax(z)), at each pixel of an image.
struct KlLogits : loss::ClassSettings {
  static constexpr std::string_view name = "kl_logits";
  static constexpr std::string_view title = "KL divergence";
  static constexpr std::string_view formula = "sum_k t_k (ln t_k - ln softmax(z)_k)";
  static constexpr Reads reads = Reads::logits;
  void check(Outputs outputs) const { loss::check_classes(outputs, name); }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    return loss::each_place(outputs, y, t, dy, [&](const auto& z, const auto& target, auto& slope) {
      V top = z(0), mass{}, exponentials{}, total{};
      for (int k = 1; k < outputs.classes; ++k) top = larger(top, V(z(k)));
      for (int k = 0; k < outputs.classes; ++k) {
        const V e = exp(V(z(k) - top));
        exponentials += e;
        mass += target(k);
        slope(k, e);
      }
      const V log_sum = top + log(exponentials);
      for (int k = 0; k < outputs.classes; ++k) {
        const V share = target(k);
        const V entropy = share > V{} ? V(share * log(share)) : V{};
        total += entropy + share * (log_sum - z(k));
        slope(k, slope(k) * (mass / exponentials) - share);
      }
      return total;
    });
  }
  bool operator==(const KlLogits&) const = default;
};

/// Earth mover's distance of two distributions over ordered classes:
/// sum_{k < K} |CDF_y(k) - CDF_t(k)|, at each pixel of an image. The subgradient at 0 is 0.
struct Emd : loss::ClassSettings {
  static constexpr std::string_view name = "emd";
  static constexpr std::string_view title = "Earth mover’s distance";
  static constexpr std::string_view formula = "sum_k |CDF_y(k) - CDF_t(k)|";
  static constexpr Reads reads = Reads::probabilities;
  void check(Outputs outputs) const { loss::check_classes(outputs, name); }
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    return loss::each_place(outputs, y, t, dy, [&](const auto& p, const auto& target, auto& slope) {
      V ahead{}, total{}, sign{};
      const int last = outputs.classes - 1;
      for (int k = 0; k < last; ++k) {
        ahead += p(k) - target(k);
        total += absolute(ahead);
        slope(k, ahead > V{} ? all<V>(1) : ahead < V{} ? all<V>(-1) : V{});
      }
      slope(last, sign);
      for (int k = last; k-- > 0;) {  // output k counts in every sum from k on
        sign += slope(k);
        slope(k, sign);
      }
      return total;
    });
  }
  bool operator==(const Emd&) const = default;
};

}  // namespace crease
