#pragma once
/// A picture as a list of things to paint, in order, each where it belongs. Made once by layout,
/// painted by any canvas: what is seen is what is exported.
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "figure/colour.h"
#include "figure/geometry.h"
#include "figure/text.h"
#include "figure/theme.h"

namespace crease {

struct Stroke {
  Colour colour;
  double width = 1;
  std::vector<double> dash;  ///< lengths on, off; empty: solid
  bool operator==(const Stroke&) const = default;
};

struct Polyline {
  std::vector<Point> points;
  Stroke stroke;
  bool closed = false;
};
/// A filled simple polygon, without an edge.
struct Polygon {
  std::vector<Point> points;
  Colour fill;
};
struct RoundRect {
  Rect at;
  double radius = 0;
  Colour fill = {0, 0, 0, 0};
  Stroke edge = {{0, 0, 0, 0}, 0, {}};  ///< none where its width is 0
};
/// A cubic Bezier curve.
struct Curve {
  Point from, first, second, to;
  Stroke stroke;
};
struct Disc {
  Point centre;
  double radius = 1;
  Colour fill = {0, 0, 0, 0};
  Stroke edge = {{0, 0, 0, 0}, 0, {}};
};
/// A marker at many places, at each of them layer over layer: what a window paints once and
/// repeats.
struct Stamps {
  struct Layer {
    double radius = 1;
    Colour fill = {0, 0, 0, 0};
    Stroke edge = {{0, 0, 0, 0}, 0, {}};
    bool operator==(const Layer&) const = default;
  };
  Marker marker = Marker::disc;
  std::vector<Layer> layers;
  std::vector<Point> centres;
};
/// Triangles with a colour at each corner.
struct Mesh {
  std::vector<Point> points;
  std::vector<Colour> colours;
  std::vector<std::uint32_t> triangles;  ///< three indices each
};
/// A part of a raster (in its pixels), shown in a rectangle.
struct Image {
  Rect at;
  std::shared_ptr<const Raster> raster;
  Rect part;            ///< empty: all of it
  bool smooth = false;  ///< between pixels
};
struct Text {
  Point baseline;  ///< where its start lies
  std::string text;
  Face face = Face::regular;
  double size = 13;
  Colour colour;
  bool fixed_digits = false;
  double turn = 0;  ///< counter-clockwise, in quarter turns (0 or 1)
};
/// What follows is seen only inside (until the matching Unclip; they nest).
struct Clip {
  Rect at;
};
struct Unclip {};

using Item = std::variant<Polyline, Polygon, RoundRect, Curve, Disc, Stamps, Mesh, Image, Text,
                          Clip, Unclip>;

/// A line of a tip or of a read-out: what, and how much.
struct Reading {
  std::string label;  ///< markup
  std::string value;  ///< markup
};

/// A place that answers the pointer.
struct Hot {
  Rect at;
  std::string id;     ///< stable: "h1.unit3", "h1.weight[3,0]"
  std::string title;  ///< markup, of the tip
  std::string fact;   ///< markup, at the right of the title
  std::vector<std::string> formulas;
  std::vector<Reading> readings;
  /// Where it is not empty, the place is a line: only what is near it counts.
  std::vector<Point> along = {};

  bool contains(Point p) const { return at.contains(p) && distance(p) <= 4; }
  /// From the line; 0 where there is none.
  double distance(Point p) const;
};

struct Scene {
  std::vector<Item> items;
  std::vector<Hot> hot;  ///< the last that contains a point wins

  void add(Item item) { items.push_back(std::move(item)); }
  /// Another scene, moved by `by`.
  void add(const Scene& other, Point by);
};

/// Where on a typeset line the given point lies.
enum class Align { left, centre, right };

/// Adds a typeset line with its baseline at `at.y`.
void add_text(Scene& scene, const Typeset& line, Point at, Colour colour,
              Align align = Align::left);
/// Adds a marker, filled or hollow (no fill, or the picture's). All have about the area of a disc
/// of that radius; the outline (none where its width is 0) lies outside it, but on it for a ring
/// and where there is no opaque fill.
void add_marker(Scene& scene, Marker marker, Point centre, double radius, Colour fill,
                const Stroke& edge);
/// Adds the markers of one place.
void add_stamp(Scene& scene, const Stamps& stamps, Point centre);

}  // namespace crease
