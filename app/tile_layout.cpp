#include "tile_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crease::app {

namespace {

/// A square picture needs this much beside its height for the labels of its axis.
constexpr double beside_a_square = 24;

}  // namespace

int tiles_beside(double width, int count) {
  const int fit = static_cast<int>(std::floor(width / least_tile));
  return std::clamp(fit, 1, std::clamp(count, 1, most_tiles));
}

std::vector<Rect> place_tiles(const Rect& area, const std::vector<TileWish>& wishes) {
  const auto count = static_cast<double>(wishes.size());
  std::vector<double> widths;
  double fixed = 0;
  int open = 0;
  for (const TileWish& wish : wishes) {
    double width = 0;
    if (wish.share)
      width = *wish.share * area.width;
    else if (wish.square)
      width = std::min(area.height - tile_title + beside_a_square, area.width * 0.62);
    else
      ++open;
    fixed += width;
    widths.push_back(width);
  }
  const double least = area.width / count / 4;
  // Tiles without a wish share what is left; where nothing is open, all grow or shrink alike.
  const double rest = open > 0 ? std::max(least, (area.width - fixed) / open) : 0;
  for (double& width : widths) width = width == 0 ? rest : std::max(width, least);
  const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
  std::vector<Rect> places;
  double x = area.x;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const double right =
        i + 1 == widths.size() ? area.right() : std::round(x + widths[i] * area.width / total);
    places.push_back({x, area.y, right - x, area.height});
    x = right;
  }
  return places;
}

}  // namespace crease::app
