#pragma once
#include "layers/layer.h"
#include "layers/window.h"

namespace crease {

/// The largest value in each window (deck 002, pooling). Padding counts as minus infinity; of equal
/// values the first in row order wins, and the gradient goes to it.
struct MaxPool {
  static constexpr std::string_view name = "max_pool";
  static constexpr std::string_view formula = "a = max over the window";
  static constexpr Arity arity = Arity::one;
  Extent kernel{2, 2};
  std::optional<Extent> stride = {};
  Padding padding = {};

  static void fields(auto& self, auto&& visit) {
    visit(
        Field{.name = "kernel", .help = "height and width of the window", .least = 1, .most = 4096},
        self.kernel);
    visit(Field{.name = "stride",
                .help = "step of the window; as large as the kernel if not given",
                .least = 1,
                .most = 4096},
          self.stride);
    visit(Field{.name = "padding", .help = "border around the image", .least = 0, .most = 4096},
          self.padding);
  }
  Window window_on(const Shape& in) const;
  Shape shape(Inputs in) const;
  Memory memory(Inputs in) const { return {shape(in).size(), 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const MaxPool&) const = default;
};

}  // namespace crease
