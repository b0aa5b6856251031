#pragma once
#include "activations/activations.h"
#include "layers/layer.h"

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
    visit(Field{.name = "bias", .help = "whether each unit adds a bias"}, self.bias);
    visit(
        Field{
            .name = "activation", .help = "what squashes z", .tag = "function", .shorthand = true},
        self.activation);
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
