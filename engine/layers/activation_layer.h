#pragma once
#include "activations/activations.h"
#include "layers/layer.h"

namespace crease {

/// An activation as a node of its own.
struct ActivationLayer {
  static constexpr std::string_view name = "activation";
  static constexpr std::string_view formula = "a = f(z)";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  Activation function = Relu{};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "function", .help = "what squashes z", .tag = "function", .flat = true},
          self.function);
  }
  Shape shape(Inputs in) const { return in[0]; }
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const { return {0, in[0].size()}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const ActivationLayer&) const = default;
};

}  // namespace crease
