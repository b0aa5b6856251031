#pragma once
#include "activations/activations.h"
#include "layers/layer.h"

namespace crease {

/// An activation as a node of its own.
struct ActivationLayer {
  static constexpr std::string_view name = "activation";
  static constexpr std::string_view formula = "a = f(z)";
  static constexpr Arity arity = Arity::one;
  Activation function = Relu{};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "function", .help = "what squashes z", .tag = "function", .flat = true},
          self.function);
  }
  Shape shape(Inputs in) const { return in[0]; }
  template <class T>
  void forward(Pass<T>& pass) const {
    std::visit([&](const auto& f) { activation::forward(f, pass.out, pass.x[0], pass.y); },
               function);
  }
  Memory memory(Inputs in) const { return {0, in[0].size()}; }
  template <class T>
  void backward(Pass<T>& pass) const {
    if (!pass.dx[0]) return;
    T* to = pass.adds[0] ? pass.scratch : pass.dx[0];
    std::visit(
        [&](const auto& f) { activation::backward(f, pass.out, pass.x[0], pass.y, pass.dy, to); },
        function);
    if (pass.adds[0])
      pass.give(0, pass.out.size(), [&](std::size_t f) { return load(to + f * lanes); });
  }
  bool operator==(const ActivationLayer&) const = default;
};

}  // namespace crease
