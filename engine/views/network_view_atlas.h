#pragma once
/// Many small pictures in one raster, so that a window needs one texture for all of them.
#include <algorithm>
#include <cmath>
#include <memory>

#include "figure/scene.h"

namespace crease::network_picture {

class Atlas {
 public:
  /// A window shows the whole atlas with one way of sampling: then sharp pixels are `magnified` to
  /// squares of several pixels, which look the same when they are sampled smoothly.
  explicit Atlas(bool magnified = false) : magnified_(magnified) {}

  /// A picture that will be shown `at`, with corners of `radius` (in px there). `colour(column,
  /// row)` gives its pixels. Not smooth: each pixel is a sharp square.
  template <class Paint>
  void add(Scene& scene, const Rect& at, int width, int height, bool smooth, double radius,
           const Paint& colour) {
    const int times = smooth || !magnified_
                          ? 1
                          : std::clamp(static_cast<int>(std::ceil(at.width / width)), 1, 16);
    const int wide = width * times, high = height * times;
    const Rect part = reserve(wide, high);
    // With a border of one pixel, so that none bleeds in. Each pixel is asked for once.
    const auto all = static_cast<std::ptrdiff_t>(wide) + 2;
    for (int row = 0; row < height; ++row) {
      const int top = row * times - (row == 0 ? 1 : 0);
      const int past = (row + 1) * times + (row + 1 == height ? 1 : 0);
      Colour* const first =
          &raster_->at(static_cast<int>(part.x) - 1, static_cast<int>(part.y) + top);
      Colour* out = first;
      for (int column = 0; column < width; ++column)
        out = std::fill_n(out, times + (column == 0 ? 1 : 0) + (column + 1 == width ? 1 : 0),
                          colour(column, row));
      for (int again = top + 1; again < past; ++again)
        std::copy_n(first, all, first + static_cast<std::ptrdiff_t>(again - top) * raster_->width);
    }
    if (radius > 0) round_off(part, radius * wide / at.width);
    scene.add(Image{at, raster_, part, smooth || times > 1});
  }

 private:
  Rect reserve(int width, int height);
  void round_off(const Rect& part, double radius);

  bool magnified_ = false;
  std::shared_ptr<Raster> raster_ = std::make_shared<Raster>(512, 0);
  int x_ = 0, y_ = 0, row_height_ = 0;
};

}  // namespace crease::network_picture
