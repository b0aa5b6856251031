#pragma once
#include "layers/layer.h"

namespace crease {

/// Inverted dropout (Srivastava et al. 2014; deck 002): in training each value is 0 with
/// probability `rate`, and what is kept is divided by 1 - rate; in evaluation nothing happens. The
/// choice follows from the seed, the node's id, the step and the sample's place in the batch.
struct Dropout {
  static constexpr std::string_view name = "dropout";
  static constexpr std::string_view formula = "a = x m/(1 - rate), m = 0 or 1";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  double rate = 0.5;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "rate",
                .help = "share of the values that are dropped",
                .least = 0,
                .most = 1,
                .below_most = true,
                .from = 0,
                .to = 0.9},
          self.rate);
  }
  Shape shape(Inputs in) const { return in[0]; }
  Memory memory(Inputs in) const { return {in[0].size(), 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const Dropout&) const = default;
};

}  // namespace crease
