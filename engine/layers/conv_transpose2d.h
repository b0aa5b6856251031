#pragma once
#include "layers/layer.h"
#include "layers/squash.h"
#include "layers/window.h"

namespace crease {

/// Transposed convolution: each value of the input lays the filter, times itself, on the output
/// (deck 000, sampling). It is the derivative of a convolution with respect to its input.
struct ConvTranspose2d {
  static constexpr std::string_view name = "conv_transpose2d";
  static constexpr std::string_view formula =
      "a(c, S j + l, S k + m) = f(b_c + sum W(d, c, l, m) x(d, j, k))";
  static constexpr Arity arity = Arity::one;
  int channels = 1;
  Extent kernel{3, 3};
  Extent stride{1, 1};
  Extent padding{0, 0};
  Extent output_padding{0, 0};
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
    visit(Field{.name = "stride",
                .help = "distance of the places where filters are laid",
                .least = 1,
                .most = 4096},
          self.stride);
    visit(Field{.name = "padding",
                .help = "rows and columns cut off on each side",
                .least = 0,
                .most = 4096},
          self.padding);
    visit(Field{.name = "output_padding",
                .help = "rows and columns added at the end; less than the stride",
                .least = 0,
                .most = 4095},
          self.output_padding);
    squash::bias_and_activation_fields(self, visit);
  }
  /// The window of the convolution that leads from the output's shape back to the input's.
  Window window_on(const Shape& in) const;
  Shape shape(Inputs in) const;
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const ConvTranspose2d&) const = default;
};

}  // namespace crease
