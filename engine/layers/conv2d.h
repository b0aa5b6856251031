#pragma once
#include "layers/layer.h"
#include "layers/squash.h"
#include "layers/window.h"

namespace crease {

/// Convolution in two dimensions (a cross-correlation, as in deck 002 and everywhere).
struct Conv2d {
  static constexpr std::string_view name = "conv2d";
  static constexpr std::string_view formula =
      "a(c, j, k) = f(b_c + sum W(c, d, l, m) x(d, j+l, k+m))";
  static constexpr Arity arity = Arity::one;
  int channels = 1;
  Extent kernel{3, 3};
  Extent stride{1, 1};
  Padding padding = {};
  int dilation = 1;
  int groups = 1;
  bool bias = true;
  Activation activation = {};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "channels",
                .help = "number of filters",
                .least = 1,
                .most = 65536,
                .required = true},
          self.channels);
    visit(Field{.name = "kernel", .help = "height and width of a filter", .least = 1, .most = 4096},
          self.kernel);
    visit(Field{.name = "stride", .help = "step of the window", .least = 1, .most = 4096},
          self.stride);
    visit(Field{.name = "padding",
                .help = "zeros around the image, or \"same\"",
                .least = 0,
                .most = 4096},
          self.padding);
    visit(Field{.name = "dilation",
                .help = "distance between the kernel's cells",
                .least = 1,
                .most = 4096},
          self.dilation);
    visit(Field{.name = "groups",
                .help = "each group of filters sees its own share of the channels",
                .least = 1,
                .most = 65536},
          self.groups);
    squash::bias_and_activation_fields(self, visit);
  }
  Window window_on(const Shape& in) const { return window(in, kernel, stride, dilation, padding); }
  Shape shape(Inputs in) const;
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const Conv2d&) const = default;
};

}  // namespace crease
