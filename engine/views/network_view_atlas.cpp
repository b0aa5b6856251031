#include "views/network_view_atlas.h"

#include <algorithm>
#include <cmath>

namespace crease::network_picture {

Rect Atlas::reserve(int width, int height) {
  const int w = width + 2, h = height + 2;
  if (w > raster_->width) {  // wider than any before: everything else stays where it is
    Raster wider(w, raster_->height);
    for (int row = 0; row < raster_->height; ++row)
      for (int column = 0; column < raster_->width; ++column)
        wider.at(column, row) = raster_->at(column, row);
    *raster_ = std::move(wider);
  }
  if (x_ + w > raster_->width) {
    x_ = 0;
    y_ += row_height_;
    row_height_ = 0;
  }
  row_height_ = std::max(row_height_, h);
  if (y_ + row_height_ > raster_->height) {
    raster_->height = y_ + row_height_;
    raster_->pixels.resize(static_cast<std::size_t>(raster_->width) *
                           static_cast<std::size_t>(raster_->height));
  }
  const Rect part{x_ + 1.0, y_ + 1.0, static_cast<double>(width), static_cast<double>(height)};
  x_ += w;
  return part;
}

void Atlas::round_off(const Rect& part, double radius) {
  const int reach = static_cast<int>(std::ceil(radius));
  const auto width = static_cast<int>(part.width), height = static_cast<int>(part.height);
  for (int row = -1; row < std::min(reach, height); ++row)
    for (int column = -1; column < std::min(reach, width); ++column) {
      const double distance = std::hypot(radius - (column + 0.5), radius - (row + 0.5)) - radius;
      const double opacity = std::clamp(0.5 - distance, 0.0, 1.0);
      if (opacity >= 1) continue;
      for (const int c : {column, width - 1 - column})
        for (const int r : {row, height - 1 - row}) {
          Colour& pixel = raster_->at(static_cast<int>(part.x) + c, static_cast<int>(part.y) + r);
          pixel.a = nearest_byte(255 * opacity);
        }
    }
}

}  // namespace crease::network_picture
