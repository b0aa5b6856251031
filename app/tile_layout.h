#pragma once
/// How the room under the network is shared among tiles. All lengths in px at scale 1.
#include <optional>
#include <vector>

#include "figure/geometry.h"

namespace crease::app {

/// What one tile asks for.
struct TileWish {
  bool square = false;          ///< a plane: as wide as it is high
  std::optional<double> share;  ///< of the width, where a person has dragged a splitter
};

constexpr double tile_title = 30;   ///< height of a tile's title
constexpr double least_tile = 300;  ///< width below which tiles become tabs
/// Height below which no two tiles stand above each other.
constexpr double least_stacked = 180;
constexpr int most_tiles = 4;

/// The columns of tiles, from the left, each with one or two of their numbers. Curves stand above
/// each other where they would be too narrow side by side; squares never do.
std::vector<std::vector<std::size_t>> tile_columns(const Rect& area,
                                                   const std::vector<TileWish>& wishes);

/// How many tiles, from the first, have room.
std::size_t tiles_that_fit(const Rect& area, const std::vector<TileWish>& wishes);

/// Rectangles that fill `area`, in those columns. Squares take their width first, the others share
/// the rest; nobody gets less than a quarter of an even share.
std::vector<Rect> place_tiles(const Rect& area, const std::vector<TileWish>& wishes);

}  // namespace crease::app
