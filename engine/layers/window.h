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

}  // namespace crease
