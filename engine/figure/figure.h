#pragma once
/// What to show, without saying where: panels with axes and marks in units of the data, a legend, a
/// colour bar; or a picture that lays itself out (a network, a sheet of images).
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "figure/scene.h"

namespace crease {

enum class Scale { linear, logarithmic };
enum class TickFormat { number, percent };

/// A place on an axis, and its text.
struct Tick {
  double at = 0;
  std::string label;
};

struct Axis {
  std::string label;  ///< markup; stands in a tick's place at the end
  double from = 0;
  double to = 1;
  Scale scale = Scale::linear;
  TickFormat format = TickFormat::number;
  std::vector<Tick> named = {};  ///< ticks of its own instead of numbers: classes, units
};

/// Every mark has a key: that of a legend entry that hides it, or empty.

/// Lines in units of the data; points that are not finite break a line.
struct LinesMark {
  std::string key;
  std::vector<std::vector<Point>> paths;
  Stroke stroke;
  std::string label;  ///< markup; stands at the end of the last path, at the right of the panel
};
struct PointsMark {
  std::string key;
  std::vector<Point> points;
  Marker marker = Marker::disc;
  double radius = 2.9;
  Colour fill;
  bool hollow = false;
  Stroke edge;  ///< a halo where it has the picture's colour
};
/// Between two lines over the same x.
struct BandMark {
  std::string key;
  std::vector<double> x, low, high;
  Colour fill;
};
/// A picture over a part of the plane; its first row lies at y1.
struct ImageMark {
  std::string key;
  Domain at;
  std::shared_ptr<const Raster> raster;
  bool smooth = true;
};
/// Filled polygons.
struct PolygonsMark {
  std::string key;
  std::vector<std::vector<Point>> polygons;
  std::vector<Colour> fills;
  Stroke edge = {{0, 0, 0, 0}, 0, {}};
};
/// A line across the whole panel.
struct RuleMark {
  std::string key;
  bool upright = false;
  double at = 0;
  Stroke stroke;
  std::string label;
};
struct TextMark {
  std::string key;
  Point at;  ///< of half the height of its capitals
  std::string markup;
  Colour colour;
  Align align = Align::left;
  double size = 12;
  bool ground = false;  ///< on a patch of the picture's colour, where data may lie under it
};

using Mark =
    std::variant<ImageMark, PolygonsMark, BandMark, LinesMark, PointsMark, RuleMark, TextMark>;

struct LegendEntry {
  std::string key;               ///< of the marks it hides when clicked
  std::string label;             ///< markup
  std::optional<Marker> marker;  ///< else a line
  Colour fill;
  bool hollow = false;
  Stroke stroke = {{0, 0, 0, 0}, 0, {}};  ///< the line, or the marker's outline
  std::vector<Reading> told = {};         ///< on screen, while the pointer is on it
};

struct Panel {
  std::string title;  ///< markup; small, above the panel
  Axis x, y;
  bool equal = false;   ///< one unit is as long upwards as sideways, and the panel is a square
  bool framed = false;  ///< a full frame (planes), else the lower axis and a grid only (curves)
  double share = 1;     ///< of the height, among the panels below each other
  std::vector<Mark> marks;
  /// Explained inside, in its lower left corner: what comes and goes without moving the picture.
  std::vector<LegendEntry> notes;
  /// The numbers at a place of the data; may be empty.
  std::function<std::vector<Reading>(Point)> readout;
  /// The points of curves that belong to a place: on screen an upright line with marks on it shows
  /// them while the pointer is there. May be empty.
  std::function<std::vector<Point>(Point)> on_curves;
};

struct ColourBar {
  std::string label;  ///< markup
  ColourMap map;
  struct Tick {
    double at = 0;  ///< 0 to 1 along the bar
    std::string label;
  };
  std::vector<Tick> ticks;  ///< both ends, and zero where there is one
};

/// The data behind a figure, for CSV and for copying. Cells are text: numbers in full digits.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
/// Shortest decimal form that reads back to the same number, of the same precision.
std::string cell(double value);
std::string cell(float value);
inline std::string cell(std::integral auto value) { return std::to_string(value); }

struct Figure {
  std::string name;  ///< "Decision boundary"
  std::string fact;  ///< markup: "13 of 500 wrong"
  std::vector<Panel> panels;
  std::vector<LegendEntry> legend;
  std::vector<ColourBar> bars;
  /// A picture that lays itself out in the given size, from (0, 0); then there are no panels. The
  /// layout puts it inside the same margins as other figures.
  std::function<Scene(Size)> compose;
  std::function<Table()> table;
  std::string stale;  ///< a grey chip: "38 steps behind"
};

}  // namespace crease
