// Mapping, cutting and thinning of lines and polygons.
#include "figure/paths.h"

#include <algorithm>
#include <cmath>

namespace crease {

namespace {

constexpr double column = 0.5;  // pixels; an export may be twice as fine as the screen

bool finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

/// Cuts the segment to `room` (Liang and Barsky); false where it lies outside.
bool cut(Point& a, Point& b, const Rect& room) {
  double enter = 0, leave = 1;
  const Point d = {b.x - a.x, b.y - a.y};
  const auto side = [&](double direction, double distance) {
    if (direction == 0) return distance >= 0;
    const double t = distance / direction;
    if (direction < 0)
      enter = std::max(enter, t);
    else
      leave = std::min(leave, t);
    return enter <= leave;
  };
  if (!side(-d.x, a.x - room.x) || !side(d.x, room.right() - a.x) || !side(-d.y, a.y - room.y) ||
      !side(d.y, room.bottom() - a.y))
    return false;
  const Point from = a;
  if (leave < 1) b = {from.x + leave * d.x, from.y + leave * d.y};
  if (enter > 0) a = {from.x + enter * d.x, from.y + enter * d.y};
  return true;
}

/// Points that follow each other in the same column are one group, all left or right of the room
/// too; of each group the first, the lowest, the highest and the last stay. Their order along y is
/// the same in the data as on the page, so only x is mapped.
std::vector<Point> thinned(const std::vector<Point>& data, const Mapping& mapping,
                           const Rect& room) {
  const auto column_of = [&](Point p) {
    const double x = std::isfinite(p.y) ? mapping.across(p.x) : std::nan("");
    return std::floor(std::clamp(x, room.x - 1, room.right() + 1) / column);
  };
  std::vector<Point> kept;
  double bin = column_of(data[0]);
  for (std::size_t start = 0; start < data.size();) {
    std::size_t low = start, high = start, end = start + 1;
    double next = std::nan("");
    for (; end < data.size() && (next = column_of(data[end])) == bin; ++end) {
      if (data[end].y < data[low].y) low = end;
      if (data[end].y > data[high].y) high = end;
    }
    std::size_t last = start;
    kept.push_back(data[start]);
    for (const std::size_t i : {std::min(low, high), std::max(low, high), end - 1}) {
      if (i > last) kept.push_back(data[i]);
      last = std::max(last, i);
    }
    start = end;
    bin = next;
  }
  return kept;
}

/// Cuts a line to `room` and where a point has no place.
std::vector<std::vector<Point>> cut_pieces(const std::vector<Point>& data, const Mapping& mapping,
                                           const Rect& room) {
  std::vector<std::vector<Point>> pieces;
  std::vector<Point> piece;
  const auto finish = [&] {
    if (piece.size() > 1) pieces.push_back(std::move(piece));
    piece = {};
  };
  Point last = {std::nan(""), 0};
  for (const Point each : data) {
    const Point end = mapping(each);
    Point a = last, b = end;
    last = end;
    if (!finite(a) || !finite(b) || !cut(a, b, room)) {
      finish();
      continue;
    }
    if (piece.empty()) piece.push_back(a);
    piece.push_back(b);
    if (!(b == end)) finish();
  }
  finish();
  return pieces;
}

/// The part of a polygon on one side: where `distance` is not negative.
template <class Distance>
std::vector<Point> half(const std::vector<Point>& points, Distance distance) {
  std::vector<Point> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i], b = points[(i + 1) % points.size()];
    const double da = distance(a), db = distance(b);
    if (da >= 0) kept.push_back(a);
    if ((da < 0) != (db < 0)) {
      const double t = da / (da - db);
      kept.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
  }
  return kept;
}

}  // namespace

Mapping::Mapping(const PlacedPanel& panel)
    : x_logarithmic_(panel.x_scale == Scale::logarithmic),
      y_logarithmic_(panel.y_scale == Scale::logarithmic) {
  const auto along = [](double value, bool logarithmic) {
    return logarithmic ? std::log10(value) : value;
  };
  const Domain& d = panel.domain;
  const double x0 = along(d.x0, x_logarithmic_), x1 = along(d.x1, x_logarithmic_);
  const double y0 = along(d.y0, y_logarithmic_), y1 = along(d.y1, y_logarithmic_);
  x_scale_ = panel.at.width / (x1 - x0);
  x_offset_ = panel.at.x - x0 * x_scale_;
  y_scale_ = -panel.at.height / (y1 - y0);
  y_offset_ = panel.at.bottom() - y0 * y_scale_;
}

double Mapping::across(double x) const {
  return x_offset_ + x_scale_ * (x_logarithmic_ ? std::log10(x) : x);
}

Point Mapping::operator()(Point data) const {
  const double y = y_logarithmic_ ? std::log10(data.y) : data.y;
  return {across(data.x), y_offset_ + y_scale_ * y};
}

std::vector<std::vector<Point>> visible_pieces(const std::vector<Point>& data,
                                               const Mapping& mapping, const Rect& room) {
  const bool many = static_cast<double>(data.size()) > 4 * room.width / column;
  return many ? cut_pieces(thinned(data, mapping, room), mapping, room)
              : cut_pieces(data, mapping, room);
}

std::vector<Point> Mapping::operator()(const std::vector<Point>& data) const {
  std::vector<Point> points;
  points.reserve(data.size());
  for (const Point p : data) points.push_back((*this)(p));
  return points;
}

std::vector<Point> visible_polygon(std::vector<Point> points, const Rect& room) {
  bool inside = true;
  for (const Point p : points) {
    if (!finite(p)) return {};
    inside = inside && room.contains(p);
  }
  if (!inside) {
    points = half(points, [&](Point p) { return p.x - room.x; });
    points = half(points, [&](Point p) { return room.right() - p.x; });
    points = half(points, [&](Point p) { return p.y - room.y; });
    points = half(points, [&](Point p) { return room.bottom() - p.y; });
  }
  if (points.size() < 3) return {};
  double area = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i], b = points[(i + 1) % points.size()];
    area += a.x * b.y - b.x * a.y;
  }
  if (area < 0) std::reverse(points.begin(), points.end());
  return points;
}

}  // namespace crease
