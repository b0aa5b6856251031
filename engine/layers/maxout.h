#pragma once
#include "layers/layer.h"

namespace crease {

/// Each unit is the largest of several affine pieces (Goodfellow et al. 2013; deck 000); of equal
/// ones the first wins. Two pieces of which one is 0 are a ReLU.
struct Maxout {
  static constexpr std::string_view name = "maxout";
  static constexpr std::string_view formula = "a = max_p (W_p x + b_p)";
  static constexpr Arity arity = Arity::one;
  int units = 1;
  int pieces = 2;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "units",
                .help = "number of units",
                .least = 1,
                .most = 1 << 20,
                .required = true},
          self.units);
    visit(Field{.name = "pieces",
                .help = "affine pieces of each unit",
                .least = 1,
                .most = 1024,
                .from = 1,
                .to = 8},
          self.pieces);
  }
  Shape shape(Inputs in) const;
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const Maxout&) const = default;
};

}  // namespace crease
