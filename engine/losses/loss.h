#pragma once
/// The contract of a loss: a described struct with
///   name, formula, title (what a person calls it)
///   averaging        what "mean" averages over: every element, each pixel, or samples
///   coding           how a class number becomes a target
///   decision         what accuracy counts (none if left out)
///   reads            what it takes the outputs for (any numbers if left out)
///   Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const
///                    the loss of each sample, summed over its outputs and not yet averaged; dy =
///                    d/dy
///   void check(Outputs) const                          optional: throws Problem
///   int targets(Outputs) const                         optional: numbers of a target, where they
///                                                      are fewer than the outputs
///   double weight(Outputs, const double* t) const      optional: a sample's share in the average
#include "core/fields.h"
#include "core/lanes.h"
#include "core/problem.h"
#include "core/shape.h"

namespace crease {

/// How the losses of elements become one number.
enum class Reduction { mean, sum, sum_outputs };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Reduction>{"mean", "sum", "sum_outputs"};

enum class Averaging { elements, places, samples };

/// How a class number becomes targets: 0 or 1; -1 or +1 (one output) or one-hot (several); -1 and
/// +1 also for several outputs; one-hot.
enum class Coding { zero_one, plus_minus, signs, one_hot };

/// What counts as right: nothing (real targets), output above 0.5, output above 0, or the largest.
enum class Decision { none, probability, sign, largest };

/// What a loss takes the outputs for: any numbers; probabilities, which a last sigmoid or softmax
/// makes; or logits, which the loss squashes itself.
enum class Reads { numbers, probabilities, logits };

/// The outputs of one sample as a loss sees them: `classes` values at each of `places` pixels (1
/// for features); value k of place p stands at (k places + p).
struct Outputs {
  int classes = 1;
  int places = 1;

  static Outputs of(const Shape& shape) {
    return shape.is_image ? Outputs{shape.channels, shape.height * shape.width}
                          : Outputs{shape.channels, 1};
  }
  int size() const { return classes * places; }
};

namespace loss {

/// Applies `element(y, t, dy) -> loss` to every output of a block.
template <class T, class Element>
Lanes<T> each_output(Outputs outputs, const T* y, const T* t, T* dy, const Element& element) {
  Lanes<T> total{};
  for (int k = 0; k < outputs.size(); ++k) {
    Lanes<T> slope{};
    total += element(load(y + k * lanes), load(t + k * lanes), slope);
    store<T>(dy + k * lanes, slope);
  }
  return total;
}

/// Applies `place(y, t, dy) -> loss` at every pixel of a block: y(k) and t(k) read the value of
/// class k, dy(k, slope) writes and dy(k) reads back what was written.
template <class T, class Place>
Lanes<T> each_place(Outputs outputs, const T* y, const T* t, T* dy, const Place& place) {
  Lanes<T> total{};
  for (int p = 0; p < outputs.places; ++p) {
    const auto at = [&](int k) { return (k * outputs.places + p) * lanes; };
    struct Slopes {
      T* dy;
      int step;
      Lanes<T> operator()(int k) const { return load(dy + k * step); }
      void operator()(int k, Lanes<T> slope) const { store<T>(dy + k * step, slope); }
    };
    const Slopes slopes{dy + at(0), outputs.places * lanes};
    total += place([&](int k) { return load(y + at(k)); }, [&](int k) { return load(t + at(k)); },
                   slopes);
  }
  return total;
}

/// Throws where there are not several classes to choose from.
inline void check_classes(Outputs outputs, std::string_view name) {
  if (outputs.classes < 2)
    throw Problem(std::string(name) + " needs at least 2 outputs, one a class");
}

/// The field every averaged loss has.
void reduction_field(auto& self, auto&& visit) {
  visit(Field{.name = "reduction",
              .help = "mean over all, sum over all, or sum over outputs and mean over samples",
              .rare = true},
        self.reduction);
}

/// What a loss without settings of its own is described by.
template <Averaging averages, Coding codes, Decision decides>
struct PlainSettings {
  static constexpr Averaging averaging = averages;
  static constexpr Coding coding = codes;
  static constexpr Decision decision = decides;
  Reduction reduction = Reduction::mean;
  static void fields(auto& self, auto&& visit) { reduction_field(self, visit); }
  bool operator==(const PlainSettings&) const = default;
};

/// Of losses that compare classes at each pixel.
using ClassSettings = PlainSettings<Averaging::places, Coding::one_hot, Decision::largest>;

}  // namespace loss
}  // namespace crease
