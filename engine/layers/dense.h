#pragma once
#include "layers/layer.h"
#include "layers/squash.h"

namespace crease {

/// Fully connected: a = f(W x + b), an image read as its flat column (decks 000, 002, 003, 004).
struct Dense {
  static constexpr std::string_view name = "dense";
  static constexpr std::string_view formula = "a = f(W x + b)";
  static constexpr Arity arity = Arity::one;
  int units = 1;
  bool bias = true;
  Activation activation = {};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "units",
                .help = "number of units",
                .least = 1,
                .most = 1 << 20,
                .required = true},
          self.units);
    squash::bias_and_activation_fields(self, visit);
  }
  Shape shape(Inputs in) const;
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const Dense&) const = default;
};

}  // namespace crease
