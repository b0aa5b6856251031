// Marks in units of the data become shapes on the page.
#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"
#include "figure/paths.h"

namespace crease::laying {

namespace {

constexpr double usual_hollow_edge = 1.4;
constexpr double beyond = 16;           // px outside the panel up to which shapes are kept
constexpr std::size_t seamless = 5000;  // polygons up to which seams between them are covered

class MarkPainter {
 public:
  MarkPainter(const Plan& plan, const Theme& theme, Scene& scene)
      : panel_(plan.placed),
        framed_(plan.panel->framed),
        theme_(theme),
        scene_(scene),
        mapping_(plan.placed),
        room_(plan.placed.at.inset(-beyond)) {}

  /// Without a frame a line may lie on the edge with its whole width.
  Clip line_clip() const { return {framed_ ? panel_.at : panel_.at.inset(-1.5)}; }

  void operator()(const ImageMark& mark) {
    if (!mark.raster || mark.raster->width < 1 || mark.raster->height < 1) return;
    const Point a = mapping_({mark.at.x0, mark.at.y1}), b = mapping_({mark.at.x1, mark.at.y0});
    const Rect at = {a.x, a.y, b.x - a.x, b.y - a.y};
    if (!(at.width > 0 && at.height > 0) || !std::isfinite(at.width * at.height)) return;
    // The pixels that show, and one more on each side to blend with.
    const double columns = mark.raster->width, rows = mark.raster->height;
    const double across = at.width / columns, down = at.height / rows;
    const auto first = [](double place) { return std::max(0.0, std::floor(place) - 1); };
    const auto last = [](double place, double most) {
      return std::min(most, std::ceil(place) + 1);
    };
    const double x0 = first((panel_.at.x - at.x) / across), y0 = first((panel_.at.y - at.y) / down);
    const double x1 = last((panel_.at.right() - at.x) / across, columns);
    const double y1 = last((panel_.at.bottom() - at.y) / down, rows);
    if (x1 <= x0 || y1 <= y0) return;
    const bool whole = x0 == 0 && y0 == 0 && x1 == columns && y1 == rows;
    const Rect part = {x0, y0, x1 - x0, y1 - y0};
    const Rect seen = {at.x + x0 * across, at.y + y0 * down, part.width * across,
                       part.height * down};
    scene_.add(Image{whole ? at : seen, mark.raster, whole ? Rect{} : part, mark.smooth});
  }

  void operator()(const PolygonsMark& mark) {
    const bool cover = mark.edge.width <= 0 && mark.polygons.size() <= seamless;
    for (std::size_t i = 0; i < mark.polygons.size(); ++i) {
      std::vector<Point> points = visible_polygon(mapping_(mark.polygons[i]), room_);
      if (points.empty()) continue;
      const Colour fill =
          mark.fills.empty() ? Colour{0, 0, 0, 0} : mark.fills[i % mark.fills.size()];
      if (fill.a > 0) scene_.add(Polygon{points, fill});
      if (mark.edge.width > 0)
        scene_.add(Polyline{std::move(points), mark.edge, true});
      else if (cover && fill.a == 255)
        scene_.add(Polyline{std::move(points), {fill, 0.7, {}}, true});
    }
  }

  void operator()(const BandMark& mark) {
    const std::size_t count = std::min({mark.x.size(), mark.low.size(), mark.high.size()});
    std::vector<Point> low, high;
    const auto finish = [&] {
      if (low.size() > 1) {
        low.insert(low.end(), high.rbegin(), high.rend());
        std::vector<Point> points = visible_polygon(std::move(low), room_);
        if (!points.empty()) scene_.add(Polygon{std::move(points), mark.fill});
      }
      low.clear();
      high.clear();
    };
    for (std::size_t i = 0; i < count; ++i) {
      const Point a = mapping_({mark.x[i], mark.low[i]}), b = mapping_({mark.x[i], mark.high[i]});
      if (!std::isfinite(a.x + a.y + b.y)) {
        finish();
      } else if (!low.empty() && i + 1 < count && std::abs(a.x - low.back().x) < 0.5) {
        low.back().y = std::max(low.back().y, a.y);  // within half a pixel the widest counts
        high.back().y = std::min(high.back().y, b.y);
      } else {
        low.push_back(a);
        high.push_back(b);
      }
    }
    finish();
  }

  void operator()(const LinesMark& mark) {
    for (const auto& path : mark.paths)
      for (auto& piece : visible_pieces(path, mapping_, room_))
        scene_.add(Polyline{std::move(piece), mark.stroke});
  }

  void operator()(const PointsMark& mark) {
    // A small panel, or one under large text, has no room for usual points.
    constexpr double usual_side = 170, least_share = 0.6;
    const double share =
        std::clamp(std::sqrt(panel_.at.width * panel_.at.height) / usual_side, least_share, 1.0);
    const double halo = share * mark.edge.width, radius = share * mark.radius,
                 hollow_edge = share * usual_hollow_edge;
    const double reach = 1.6 * radius + halo + hollow_edge;
    const Stroke edge{mark.edge.colour, halo, mark.edge.dash};
    // A frame cuts points; without one those inside are whole, even on the axis.
    const Rect near = panel_.at.inset(framed_ ? -reach : -0.5);
    Stamps stamps{.marker = mark.marker, .layers = {}, .centres = {}};
    if (mark.hollow && mark.marker != Marker::ring) {
      if (halo > 0) stamps.layers.push_back({radius + hollow_edge, mark.edge.colour, edge});
      stamps.layers.push_back({radius, theme_.picture, {mark.fill, hollow_edge, {}}});
    } else {
      stamps.layers.push_back({radius, mark.fill, edge});
    }
    for (const Point data : mark.points)
      if (const Point p = mapping_(data); std::isfinite(p.x + p.y) && near.contains(p))
        stamps.centres.push_back(p);
    if (!framed_) scene_.add(Unclip{});
    if (!stamps.centres.empty()) scene_.add(std::move(stamps));
    if (!framed_) scene_.add(line_clip());
  }

  void operator()(const RuleMark& mark) {
    const Point p = mapping_({mark.at, mark.at});
    const Rect& at = panel_.at;
    const double place = mark.upright ? p.x : p.y;
    const bool shown =
        mark.upright ? place >= at.x && place <= at.right() : place >= at.y && place <= at.bottom();
    if (!shown) return;
    if (mark.upright)
      scene_.add(Polyline{{{place, at.y}, {place, at.bottom()}}, mark.stroke});
    else
      scene_.add(Polyline{{{at.x, place}, {at.right(), place}}, mark.stroke});
    if (mark.label.empty()) return;
    // Beside its upper end, or over its left end; on the other side where there is no room.
    const Typeset label = typeset(mark.label, {.size = tick_text});
    Point start = {at.x + 4, place - 5};
    if (mark.upright) {
      start = {place + 5, at.y + 12};
      if (start.x + label.width > at.right() - 3) start.x = place - 5 - label.width;
    } else if (start.y - 10 < at.y) {
      start.y = place + 13;
    }
    const Rect taken{start.x, start.y - 10, label.width, 14};
    const bool is_free =
        std::none_of(rule_labels_.begin(), rule_labels_.end(), [&](const Rect& other) {
          return taken.x < other.right() && other.x < taken.right() && taken.y < other.bottom() &&
                 other.y < taken.bottom();
        });
    if (!is_free || start.x < at.x + 3 || start.x + label.width > at.right() - 3) return;
    rule_labels_.push_back(taken);
    with_ground(label, start, theme_.ink2);
  }

  void operator()(const TextMark& mark) {
    const Point p = mapping_(mark.at);
    if (!std::isfinite(p.x + p.y) || !panel_.at.inset(-1).contains(p)) return;
    const Typeset line = typeset(mark.markup, {.size = mark.size});
    const double back = mark.align == Align::left ? 0 : mark.align == Align::centre ? 0.5 : 1;
    Point start = {p.x - back * line.width, baseline_at(p.y, mark.size)};
    // Never cut: a free label moves in, one that belongs to its place goes.
    const double first = panel_.at.x + 3, last = panel_.at.right() - 3 - line.width;
    if (mark.ground && last >= first) start.x = std::clamp(start.x, first, last);
    if (start.x < panel_.at.x || start.x + line.width > panel_.at.right()) return;
    if (!mark.ground) return add_text(scene_, line, start, mark.colour);
    make_room(start, line.width);
    with_ground(line, start, mark.colour);
  }

 private:
  /// Moves a free label up or down from those it would lie on.
  void make_room(Point& start, double width) {
    constexpr double apart = 15;
    for (const auto& [other, its_width] : free_labels_) {
      const bool beside = start.x >= other.x + its_width || other.x >= start.x + width;
      if (beside || std::abs(start.y - other.y) >= apart) continue;
      start.y = start.y >= other.y ? other.y + apart : other.y - apart;
    }
    free_labels_.emplace_back(start, width);
  }
  /// Text over data, on a patch of the picture's colour.
  void with_ground(const Typeset& line, Point start, Colour colour) {
    scene_.add(RoundRect{{start.x - 2, start.y - 0.8 * line.ascent - 1, line.width + 4,
                          0.8 * line.ascent + line.descent + 1},
                         3,
                         theme_.picture.faded(0.82)});
    add_text(scene_, line, start, colour);
  }

  const PlacedPanel& panel_;
  bool framed_;
  const Theme& theme_;
  Scene& scene_;
  Mapping mapping_;
  std::vector<std::pair<Point, double>> free_labels_;  // where each starts, and its width
  std::vector<Rect> rule_labels_;  // where words of lines stand: a later one does not lie on them
  Rect room_;
};

}  // namespace

void draw_marks(const Plan& plan, const Theme& theme, const std::set<std::string>& hidden,
                Scene& scene) {
  MarkPainter painter(plan, theme, scene);
  scene.add(painter.line_clip());
  for (const Mark& mark : plan.panel->marks)
    std::visit(
        [&](const auto& each) {
          if (each.key.empty() || hidden.count(each.key) == 0) painter(each);
        },
        mark);
  scene.add(Unclip{});
}

}  // namespace crease::laying
