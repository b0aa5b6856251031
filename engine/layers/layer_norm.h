#pragma once
#include "layers/layer.h"

namespace crease {

/// Layer normalisation (Ba et al. 2016; deck 002): each sample to mean 0 and variance 1 over all
/// its values, then a scale and a shift for each value. Samples do not depend on each other.
struct LayerNorm {
  static constexpr std::string_view name = "layer_norm";
  static constexpr std::string_view formula = "a_i = w_i (x_i - mean)/sqrt(var + epsilon) + b_i";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  double epsilon = 1e-5;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "epsilon",
                .help = "keeps the division finite",
                .least = 0,
                .most = 1,
                .logarithmic = true,
                .rare = true},
          self.epsilon);
  }
  Shape shape(Inputs in) const { return in[0]; }
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const { return {in[0].size() + 1, 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const LayerNorm&) const = default;
};

}  // namespace crease
