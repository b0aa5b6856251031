#include "tile_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crease::app {

namespace {

using Columns = std::vector<std::vector<std::size_t>>;

/// A square picture needs this much beside its height for the labels of its axis.
constexpr double beside_a_square = 24;

double width_of_square(const Rect& area) {
  return std::min(area.height - tile_title + beside_a_square, area.width * 0.62);
}

/// Whether the columns are as wide as they should be: curves beside squares, and all of them.
bool wide_enough(const Rect& area, const Columns& columns, const std::vector<TileWish>& wishes) {
  double rest = area.width;
  int open = 0;
  for (const auto& column : columns)
    if (wishes[column[0]].square)
      rest -= width_of_square(area);
    else
      ++open;
  const double each = area.width / static_cast<double>(columns.size());
  return each >= least_tile && (open == 0 || rest / open >= least_tile);
}

}  // namespace

Columns tile_columns(const Rect& area, const std::vector<TileWish>& wishes) {
  Columns columns;
  for (std::size_t i = 0; i < wishes.size(); ++i) columns.push_back({i});
  const auto is_free = [&](const std::vector<std::size_t>& column) {
    return column.size() == 1 && !wishes[column[0]].square;
  };
  while (area.height >= 2 * least_stacked && !wide_enough(area, columns, wishes)) {
    const auto lower = std::find_if(columns.rbegin(), columns.rend(), is_free);
    if (lower == columns.rend()) break;
    const auto upper = std::find_if(std::next(lower), columns.rend(), is_free);
    if (upper == columns.rend()) break;
    upper->push_back(lower->front());
    columns.erase(std::next(lower).base());
  }
  return columns;
}

std::size_t tiles_that_fit(const Rect& area, const std::vector<TileWish>& wishes) {
  for (std::size_t count = std::min<std::size_t>(wishes.size(), most_tiles); count > 1; --count) {
    const std::vector<TileWish> first(wishes.begin(),
                                      wishes.begin() + static_cast<std::ptrdiff_t>(count));
    const auto columns = static_cast<double>(tile_columns(area, first).size());
    if (columns * least_tile <= area.width) return count;
  }
  return 1;
}

std::vector<Rect> place_tiles(const Rect& area, const std::vector<TileWish>& wishes) {
  const Columns columns = tile_columns(area, wishes);
  std::vector<double> widths;
  double fixed = 0;
  int open = 0;
  for (const auto& column : columns) {
    const TileWish& wish = wishes[column[0]];
    double width = 0;
    if (wish.share)
      width = *wish.share * area.width;
    else if (wish.square)
      width = width_of_square(area);
    else
      ++open;
    fixed += width;
    widths.push_back(width);
  }
  const double even = area.width / static_cast<double>(columns.size());
  // Columns without a wish share what is left; where nothing is open, all grow or shrink alike.
  const double rest = open > 0 ? std::max(0.7 * even, (area.width - fixed) / open) : 0;
  for (double& width : widths) width = width == 0 ? rest : std::max(width, even / 4);
  const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
  std::vector<Rect> places(wishes.size());
  double x = area.x;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const double right =
        i + 1 == widths.size() ? area.right() : std::round(x + widths[i] * area.width / total);
    const double high = area.height / static_cast<double>(columns[i].size());
    for (std::size_t k = 0; k < columns[i].size(); ++k) {
      const double y = std::round(area.y + static_cast<double>(k) * high);
      const double bottom = k + 1 == columns[i].size() ? area.bottom() : std::round(area.y + high);
      places[columns[i][k]] = {x, y, right - x, bottom - y};
    }
    x = right;
  }
  return places;
}

}  // namespace crease::app
