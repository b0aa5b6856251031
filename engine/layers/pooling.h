#pragma once
/// What max_pool and avg_pool share: the window's settings, and the shape of what it gives.
#include "layers/layer.h"
#include "layers/window.h"

namespace crease {

struct PoolSettings {
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
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
  /// Throws Problem where the kernel does not fit, or a window would lie on padding alone.
  Window window_on(const Shape& in) const {
    const Window w = window(in, kernel, stride.value_or(kernel), 1, padding);
    if (w.rows.before >= kernel.h || w.columns.before >= kernel.w)
      throw Problem("padding must be smaller than the kernel, or a window would hold nothing");
    return w;
  }
  Shape shape(Inputs in) const {
    const Window w = window_on(in[0]);
    return Shape::image(in[0].channels, w.rows.out, w.columns.out);
  }
  bool operator==(const PoolSettings&) const = default;
};

}  // namespace crease
