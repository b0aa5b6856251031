// Cutting and enlarging rasters.
#include "export/resample.h"

#include <algorithm>
#include <cmath>

namespace crease {

namespace {

Raster repeated(const Raster& raster, int across, int down) {
  Raster large(raster.width * across, raster.height * down);
  for (int row = 0; row < large.height; ++row)
    for (int column = 0; column < large.width; ++column)
      large.at(column, row) = raster.at(column / across, row / down);
  return large;
}

/// Between the middles of pixels.
Raster blended(const Raster& raster, int width, int height) {
  Raster large(width, height);
  const auto place = [](int i, int count, int from) {
    const double p = (i + 0.5) * from / count - 0.5;
    return std::clamp(p, 0.0, static_cast<double>(from - 1));
  };
  for (int row = 0; row < height; ++row) {
    const double y = place(row, height, raster.height);
    const int y0 = static_cast<int>(y), y1 = std::min(y0 + 1, raster.height - 1);
    for (int column = 0; column < width; ++column) {
      const double x = place(column, width, raster.width);
      const int x0 = static_cast<int>(x), x1 = std::min(x0 + 1, raster.width - 1);
      const Colour above = mix(raster.at(x0, y0), raster.at(x1, y0), x - x0);
      const Colour below = mix(raster.at(x0, y1), raster.at(x1, y1), x - x0);
      large.at(column, row) = mix(above, below, y - y0);
    }
  }
  return large;
}

}  // namespace

Raster cropped(const Raster& raster, const Rect& part) {
  if (part == Rect{}) return raster;
  const auto within = [](double v, int most) {
    return std::clamp(static_cast<int>(std::lround(v)), 0, most);
  };
  const int x0 = within(part.x, raster.width), x1 = within(part.right(), raster.width);
  const int y0 = within(part.y, raster.height), y1 = within(part.bottom(), raster.height);
  Raster cut(std::max(0, x1 - x0), std::max(0, y1 - y0));
  for (int row = 0; row < cut.height; ++row)
    for (int column = 0; column < cut.width; ++column)
      cut.at(column, row) = raster.at(x0 + column, y0 + row);
  return cut;
}

Raster enlarged(Raster raster, int width, int height, bool smooth) {
  if (raster.width < 1 || raster.height < 1) return raster;
  if (raster.width >= width && raster.height >= height) return raster;
  if (smooth)
    return blended(raster, std::max(width, raster.width), std::max(height, raster.height));
  const auto factor = [](int wanted, int have) { return std::max(1, (wanted + have - 1) / have); };
  return repeated(raster, factor(width, raster.width), factor(height, raster.height));
}

}  // namespace crease
