#pragma once
/// From a figure to a scene of a given size, and back from a place in it to the data.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "figure/figure.h"

namespace crease {

struct LayoutOptions {
  bool title = true;   ///< with fact and stale chip; false in the window, where the tile has them
  bool ground = true;  ///< fills the whole size with the picture's colour first
  std::map<std::size_t, Domain> zoom = {};  ///< by number of the panel; else the axes' own range
  std::set<std::string> hidden = {};        ///< keys of legend entries that are switched off
};

/// Where a panel lies and what of its plane it shows.
struct PlacedPanel {
  std::size_t number = 0;
  Rect at;
  Domain domain;  ///< after zooming; on a logarithmic axis still in units of the data
  Scale x_scale = Scale::linear;
  Scale y_scale = Scale::linear;

  Point to_scene(Point data) const;
  Point to_data(Point scene) const;
};

struct PlacedEntry {
  std::string key;
  Rect at;
};

struct Laid {
  Scene scene;
  std::vector<PlacedPanel> panels;
  std::vector<PlacedEntry> legend;
};

/// Everything inside (0, 0) .. `size`. Too little room: fewer ticks, then labels to the legend,
/// then no fact in the title; text is never shrunk.
Laid layout(const Figure& figure, Size size, const Theme& theme, const LayoutOptions& options = {});

/// Values for ticks between the ends of an axis, and their texts; at most `most`. Evenly spaced,
/// but 1, 2, 5 within the decades of a logarithmic axis; of named ticks each second, third, ..
std::vector<Tick> ticks(const Axis& axis, int most);

/// The domain after zooming by `factor` (2 shows half as much of each axis) around `around` (in
/// data), axis by axis in the axis' own scale.
Domain zoomed(const PlacedPanel& panel, Point around, double factor);
/// The domain after dragging from one place of the data to another.
Domain panned(const PlacedPanel& panel, Point from, Point to);

}  // namespace crease
