#include "layers/window.h"

#include <fmt/format.h>

#include <algorithm>

namespace crease {

WindowAxis WindowAxis::of(int in, int kernel, int stride, int dilation, bool same, int padding) {
  WindowAxis axis{.in = in, .kernel = kernel, .stride = stride, .dilation = dilation};
  const long reach = static_cast<long>(dilation) * (kernel - 1) + 1;
  if (same) {
    axis.out = (in - 1) / stride + 1;
    const long needed = static_cast<long>(axis.out - 1) * stride + reach;
    const long pad = std::max(0L, needed - in);
    axis.before = static_cast<int>(pad / 2);
    axis.after = static_cast<int>(pad - pad / 2);
    return axis;
  }
  axis.before = axis.after = padding;
  const long room = static_cast<long>(in) + 2L * padding - reach;
  if (room < 0)
    throw Problem(fmt::format(
        "a kernel that reaches over {} does not fit an input of {} with padding {} on each side",
        reach, in, padding));
  axis.out = static_cast<int>(room / stride) + 1;
  return axis;
}

Range WindowAxis::inside(int o) const {
  const int start = o * stride - before;
  return {std::max(start, 0), std::min(start + kernel, in)};
}

Window window(const Shape& in, Extent kernel, Extent stride, int dilation, Padding padding) {
  if (!in.is_image) throw Problem("needs an image [channels, height, width], not " + to_string(in));
  return {WindowAxis::of(in.height, kernel.h, stride.h, dilation, padding.same, padding.h),
          WindowAxis::of(in.width, kernel.w, stride.w, dilation, padding.same, padding.w)};
}

}  // namespace crease
