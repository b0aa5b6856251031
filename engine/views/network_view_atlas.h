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
                          : std::clamp(static_cast<int>(std::ceil(2 * at.width / width)), 1, 16);
    const int wide = width * times, high = height * times;
    const Rect part = reserve(wide, high);
    for (int row = -1; row <= high; ++row)  // a border of one pixel, so that none bleeds in
      for (int column = -1; column <= wide; ++column)
        raster_->at(static_cast<int>(part.x) + column, static_cast<int>(part.y) + row) =
            colour(std::clamp(column, 0, wide - 1) / times, std::clamp(row, 0, high - 1) / times);
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
