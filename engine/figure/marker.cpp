// The markers of the classes: shapes of about the same area, so that no class looks heavier.
#include <cmath>
#include <numbers>

#include "figure/scene.h"

namespace crease {

namespace {

constexpr double turn = 2 * std::numbers::pi;

/// `corners` points on a circle, every other one on a smaller circle where `inner` is under 1; the
/// first at the angle `start` (0 is up, clockwise, in turns).
std::vector<Point> wheel(int corners, double radius, double start = 0, double inner = 1) {
  std::vector<Point> points;
  for (int i = 0; i < corners; ++i) {
    const double angle = turn * (start + static_cast<double>(i) / corners);
    const double r = i % 2 == 0 ? radius : radius * inner;
    points.push_back({r * std::sin(angle), -r * std::cos(angle)});
  }
  return points;
}

/// Two bars across each other, turned by `angle` (in turns).
std::vector<Point> bars(double length, double half_width, double angle) {
  const double l = length, w = half_width;
  std::vector<Point> points = {{-w, -l}, {w, -l}, {w, -w}, {l, -w}, {l, w},   {w, w},
                               {w, l},   {-w, l}, {-w, w}, {-l, w}, {-l, -w}, {-w, -w}};
  const double c = std::cos(turn * angle), s = std::sin(turn * angle);
  for (Point& p : points) p = {c * p.x - s * p.y, s * p.x + c * p.y};
  return points;
}

/// The corners around (0, 0), clockwise; none for the round ones.
std::vector<Point> corners_of(Marker marker, double r) {
  switch (marker) {
    case Marker::disc:
    case Marker::ring:
      return {};
    case Marker::triangle:
    case Marker::triangle_down: {
      // Between the circle's middle and the triangle's, so that it looks centred.
      auto points = wheel(3, 1.42 * r);
      for (Point& p : points) p.y += 0.2 * r;
      if (marker == Marker::triangle) return points;
      for (Point& p : points) p = {-p.x, -p.y};
      return points;
    }
    case Marker::square:
      return wheel(4, 1.26 * r, 0.125);
    case Marker::diamond:
      return wheel(4, 1.32 * r);
    case Marker::cross:
      return bars(1.34 * r, 0.42 * r, 0.125);
    case Marker::plus:
      return bars(1.34 * r, 0.42 * r, 0);
    case Marker::star:
      return wheel(10, 1.56 * r, 0, 0.45);
    case Marker::pentagon:
      return wheel(5, 1.2 * r);
    case Marker::hexagon:
      return wheel(6, 1.12 * r, 1.0 / 12);
  }
  return {};
}

}  // namespace

void add_marker(Scene& scene, Marker marker, Point centre, double radius, Colour fill,
                const Stroke& edge) {
  const bool filled = fill.a > 0, edged = edge.width > 0 && edge.colour.a > 0;
  if (marker == Marker::ring) {
    if (edged) scene.add(Disc{centre, radius, {0, 0, 0, 0}, edge});
    return;
  }
  if (marker == Marker::disc) {
    // The stroke lies on the edge, so half of it inside: grow the disc by that.
    if (filled || edged)
      scene.add(Disc{centre, radius + (edged ? edge.width / 2 : 0), fill,
                     edged ? edge : Stroke{fill, 0, {}}});
    return;
  }
  std::vector<Point> points = corners_of(marker, radius);
  for (Point& p : points) p = {p.x + centre.x, p.y + centre.y};
  if (edged && filled && fill.a == 255) {
    scene.add(Polyline{points, {edge.colour, 2 * edge.width, edge.dash}, true});
    scene.add(Polygon{std::move(points), fill});
  } else {
    if (filled) scene.add(Polygon{points, fill});
    if (edged) scene.add(Polyline{std::move(points), edge, true});
  }
}

void add_stamp(Scene& scene, const Stamps& stamps, Point centre) {
  for (const Stamps::Layer& layer : stamps.layers)
    add_marker(scene, stamps.marker, centre, layer.radius, layer.fill, layer.edge);
}

}  // namespace crease
