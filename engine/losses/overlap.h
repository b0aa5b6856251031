#pragma once
/// How well two regions overlap, for segmentation (deck 001, with the factor 2 that its Dice
/// lacks). I = sum y t, A = sum y, B = sum t over all outputs of a sample.
#include "losses/loss.h"

namespace crease {

namespace loss {

/// Outputs are probabilities.
using OverlapSettings = PlainSettings<Averaging::samples, Coding::zero_one, Decision::probability>;

/// 1 - factor I/(A + B - less I); two empty regions agree.
template <class T>
Lanes<T> overlap(Outputs outputs, const T* y, const T* t, T* dy, int factor, int less) {
  using V = Lanes<T>;
  V common{}, total{};
  for (int k = 0; k < outputs.size(); ++k) {
    const V output = load(y + k * lanes), target = load(t + k * lanes);
    common += output * target;
    total += output + target;
  }
  const V united = total - static_cast<T>(less) * common;
  const V nothing = all<V>(0);
  const V inverse = united != nothing ? V(static_cast<T>(factor) / united) : nothing;
  const V share = common * inverse;
  for (int k = 0; k < outputs.size(); ++k) {
    const V target = load(t + k * lanes);
    const V growth = 1 - static_cast<T>(less) * target;  // of the denominator
    const V along = united != nothing ? V(share / united * growth) : nothing;
    store<T>(dy + k * lanes, along - inverse * target);
  }
  return united != nothing ? V(1 - share) : nothing;
}

}  // namespace loss

struct Dice : loss::OverlapSettings {
  static constexpr std::string_view name = "dice";
  static constexpr std::string_view title = "Dice loss";
  static constexpr std::string_view formula = "1 - 2 I/(A + B)";
  static constexpr Reads reads = Reads::probabilities;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::overlap(outputs, y, t, dy, 2, 0);
  }
  bool operator==(const Dice&) const = default;
};

/// Intersection over union.
struct Jaccard : loss::OverlapSettings {
  static constexpr std::string_view name = "jaccard";
  static constexpr std::string_view title = "Jaccard loss";
  static constexpr std::string_view formula = "1 - I/(A + B - I)";
  static constexpr Reads reads = Reads::probabilities;
  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    return loss::overlap(outputs, y, t, dy, 1, 1);
  }
  bool operator==(const Jaccard&) const = default;
};

}  // namespace crease
