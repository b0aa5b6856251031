#pragma once
/// Where everything in the picture of a network stands. Columns stand at equal free gaps; what does
/// not fit gets smaller first, then its header shorter, then only the most important units are
/// shown.
#include <set>
#include <vector>

#include "figure/geometry.h"
#include "views/network_view_model.h"

namespace crease::network_picture {

/// How the picture is wanted; the window changes it, an export has the defaults.
struct Options {
  bool controls = false;         ///< room for minus and plus in the headers, and between them
  std::string selected;          ///< id of a Scene::Hot: has a ring, and its edges stand out
  std::string hovered;           ///< the same, without the ring
  bool magnified = false;        ///< sharp pixels are enlarged beforehand: less for a window to do
  std::set<std::string> opened;  ///< ids of nodes whose every unit is shown, as a grid of cells
};

/// A unit that is shown.
struct Spot {
  int unit = 0;
  Rect at;
  Rect kernel;  ///< of the filter that makes a map, at its left; empty where there is none
};

/// Where a block stands.
struct Place {
  Rect header;                ///< of its text; empty where there is no room for one
  std::string title, detail;  ///< as far as there is room
  bool one_line = true;       ///< title and detail beside each other, else below
  Rect controls;              ///< of minus and plus; empty where there are none
  Rect box;                   ///< around its units
  std::vector<Spot> spots;    ///< by number of the unit
  bool is_grid = false;       ///< opened: the spots are small cells
  int more = 0;               ///< units that are not shown
  Rect more_at;               ///< of the words that say so
  double label_room = 0;      ///< for the labels beside the units
};

/// Between two columns: a layer can be put in behind `block` there.
struct Gap {
  std::size_t block = 0;
  Point at;
};

struct Layout {
  std::vector<Place> places;  ///< by block
  std::vector<Gap> gaps;      ///< one less than there are columns
  double rail = 0;            ///< the height of the line between the headers
  double top = 0;             ///< of the area of the units
  double bottom = 0;
  double arcs = 0;      ///< the height at which the lowest arcs of skips run
  double arc_step = 0;  ///< from one level of them to the next
  double free = 0;      ///< the smallest free distance between the units of two columns
};

/// A skip into a join: an arc above the columns, higher the more it spans.
struct Arc {
  std::size_t from = 0, to = 0;  ///< blocks
  int level = 0;
};
inline constexpr int most_arc_levels = 3;
std::vector<Arc> arcs_of(const Model& model);

/// `importance` decides which units are shown where there are too many.
Layout lay_out(const Model& model, const std::vector<std::vector<float>>& importance, Size size,
               const Options& options);

/// Sizes in px at text scale 1.
inline constexpr double unit_size = 34, unit_pitch = 38, input_size = 44, output_size = 104;
inline constexpr double title_text = 14, detail_text = 13, small_text = 12;
inline constexpr double control_size = 24;
/// Units smaller than this are flat cells.
inline constexpr double smallest_thumbnail = 14;
/// As many are shown where not all fit.
inline constexpr int shown_of_many = 5;

}  // namespace crease::network_picture
