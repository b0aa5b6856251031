#pragma once
/// The geometry of a window that slides over an image: convolution and pooling share it.
#include <optional>

#include "core/fields.h"
#include "core/problem.h"
#include "core/shape.h"

namespace crease {

/// Some rows or columns.
struct Range {
  int from, to;  ///< first, and past the last
};

/// One axis: `size` = floor((J + before + after - D(M-1) - 1)/S) + 1 (deck 002, padding and stride,
/// with its misprint put right); "same" padding gives ceil(J/S), the odd pad after.
struct WindowAxis {
  int in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, before = 0, after = 0;

  int padded() const { return in + before + after; }
  /// The part of output `o`'s window that lies on the image (of dilation 1).
  Range inside(int o) const;
  static WindowAxis of(int in, int kernel, int stride, int dilation, bool same, int padding);
};

struct Window {
  WindowAxis rows, columns;
};

/// Throws Problem where the kernel does not fit.
Window window(const Shape& in, Extent kernel, Extent stride, int dilation, Padding padding);

/// The settings of pooling.
void pool_fields(auto& self, auto&& visit) {
  visit(Field{.name = "kernel", .help = "height and width of the window", .least = 1, .most = 4096},
        self.kernel);
  visit(Field{.name = "stride",
              .help = "step of the window; as large as the kernel if not given",
              .least = 1,
              .most = 4096},
        self.stride);
  visit(Field{.name = "padding", .help = "border around the image", .least = 0, .most = 4096},
        self.padding);
}
/// Throws Problem also where a window would lie on padding alone.
Window pool_window(const auto& pool, const Shape& in) {
  const Window w = window(in, pool.kernel, pool.stride.value_or(pool.kernel), 1, pool.padding);
  if (w.rows.before >= pool.kernel.h || w.columns.before >= pool.kernel.w)
    throw Problem("padding must be smaller than the kernel, or a window would hold nothing");
  return w;
}

}  // namespace crease
