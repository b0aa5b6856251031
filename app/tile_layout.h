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
constexpr int most_tiles = 4;

/// How many tiles of `count` have room beside each other.
int tiles_beside(double width, int count);

/// Rectangles side by side that fill `area`. Squares take their width first, the others share the
/// rest; nobody gets less than a quarter of an even share.
std::vector<Rect> place_tiles(const Rect& area, const std::vector<TileWish>& wishes);

}  // namespace crease::app
