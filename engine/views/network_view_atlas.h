#pragma once
/// Many small pictures in one raster, so that a window needs one texture for all of them.
#include <memory>

#include "figure/scene.h"

namespace crease::network_picture {

class Atlas {
 public:
  /// A picture that will be shown `at`, with corners of `radius` (in px there). `colour(column,
  /// row)` gives its pixels. Not smooth: each pixel is a sharp square.
  template <class Paint>
  void add(Scene& scene, const Rect& at, int width, int height, bool smooth, double radius,
           const Paint& colour) {
    const Rect part = reserve(width, height);
    for (int row = -1; row <= height; ++row)  // a border of one pixel, so that none bleeds in
      for (int column = -1; column <= width; ++column) {
        const int c = std::clamp(column, 0, width - 1), r = std::clamp(row, 0, height - 1);
        raster_->at(static_cast<int>(part.x) + column, static_cast<int>(part.y) + row) =
            colour(c, r);
      }
    if (radius > 0) round_off(part, radius * width / at.width);
    scene.add(Image{at, raster_, part, smooth});
  }

 private:
  Rect reserve(int width, int height);
  void round_off(const Rect& part, double radius);

  std::shared_ptr<Raster> raster_ = std::make_shared<Raster>(512, 0);
  int x_ = 0, y_ = 0, row_height_ = 0;
};

}  // namespace crease::network_picture
