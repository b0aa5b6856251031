/// The lines between the columns.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>

#include "views/network_view_brush.h"

namespace crease::network_picture {

namespace {

/// More than these are not told apart, nor painted in time.
constexpr std::size_t most_edges = 2000;
/// What leaves a picture stays visible, however many lines it is.
constexpr double least_opacity = 0.3;

struct Edge {
  std::size_t to = 0, from = 0;  // blocks
  std::size_t spot = 0, spot_from = 0;
  Strength strength = {};
  double share = 0;  // of the strongest in its layer
  double pale = 1;   // less where there are many
  bool stands_out = false;
};

bool wants_spread(const Rect& at) { return at.height >= 60; }

/// Where the lines that leave or reach a large unit stand: beside each other, in order.
double spread(const Rect& at, std::size_t i, std::size_t count) {
  if (!wants_spread(at) || count < 2) return at.centre().y;
  const double step = std::min(9.0, at.height * 0.8 / static_cast<double>(count));
  return at.centre().y + step * (static_cast<double>(i) - static_cast<double>(count - 1) / 2);
}

struct Ends {
  Point from, to;
};

class Links {
 public:
  explicit Links(Brush& brush) : brush_(brush) {}

  void paint() {
    for (std::size_t b = 0; b < brush_.layout.places.size(); ++b)
      for (const Link& link : brush_.block(b).links) {
        const bool join = brush_.block(b).links.size() > 1;
        if (link.skips && join) continue;  // an arc
        if (link.kind == Link::Kind::weights)
          collect(b, link);
        else
          paint_plain(b, link);
      }
    paint_edges();
    paint_arcs();
  }

 private:
  Ends ends(std::size_t to, std::size_t spot, std::size_t from, std::size_t spot_from) const {
    const Block& target = brush_.block(to);
    const Place& in = brush_.place(to);
    const Place& out = brush_.place(from);
    const Rect& a = out.spots[spot_from].at;
    const Spot& s = in.spots[spot];
    const Rect& b = s.kernel.width > 0 ? s.kernel : s.at;
    const double label = target.look == Look::bars ? in.label_room : 0;
    return {{a.right(), spread(a, spot, in.spots.size())},
            {b.x - label, spread(b, spot_from, out.spots.size())}};
  }

  static Curve curve(const Ends& ends, const Stroke& stroke) {
    const double reach = 0.45 * (ends.to.x - ends.from.x);
    return {ends.from,
            {ends.from.x + reach, ends.from.y},
            {ends.to.x - reach, ends.to.y},
            ends.to,
            stroke};
  }

  static std::vector<Point> points_of(const Curve& c) {
    std::vector<Point> points;
    constexpr int pieces = 8;
    for (int i = 0; i <= pieces; ++i) {
      const double t = static_cast<double>(i) / pieces, s = 1 - t;
      const double p = s * s * s, q = 3 * s * s * t, r = 3 * s * t * t, u = t * t * t;
      points.push_back({p * c.from.x + q * c.first.x + r * c.second.x + u * c.to.x,
                        p * c.from.y + q * c.first.y + r * c.second.y + u * c.to.y});
    }
    return points;
  }

  void collect(std::size_t to, const Link& link) {
    const Block& target = brush_.block(to);
    const Block& source = brush_.block(link.from);
    const Place& in = brush_.place(to);
    const Place& out = brush_.place(link.from);
    const bool whole = drawn_as_one(source);
    // Only what may be painted becomes an edge: wide layers have a hundred thousand weights.
    struct Candidate {
      float size;
      std::uint32_t number;
    };
    std::vector<Candidate> candidates;
    float largest = 0;
    const auto columns = static_cast<std::uint32_t>(out.spots.size());
    const auto strength_at = [&](std::uint32_t number) {
      if (whole) return Strength{.value = 0, .count = 1};
      return strength(brush_.snapshot, target, source, in.spots[number / columns].unit,
                      out.spots[number % columns].unit);
    };
    const auto pairs = static_cast<std::uint32_t>(in.spots.size()) * columns;
    for (std::uint32_t number = 0; number < pairs; ++number) {
      const Strength found = strength_at(number);
      if (found.count == 0 || !std::isfinite(found.value)) continue;
      candidates.push_back({std::abs(found.value), number});
      largest = std::max(largest, candidates.back().size);
    }
    const auto count = static_cast<double>(candidates.size());
    const double pale = std::clamp(std::sqrt((whole ? 16 : 130) / count), 0.18, 1.0);
    const auto stands_out = [&](const Candidate& c) {
      const int unit = in.spots[c.number / columns].unit;
      const int unit_from = out.spots[c.number % columns].unit;
      return (!brush_.marked.empty() && (brush_.marked.contains({to, unit}) ||
                                         brush_.marked.contains({link.from, unit_from}))) ||
             is_chosen(to, unit, unit_from);
    };
    if (candidates.size() > most_edges) {
      std::nth_element(candidates.begin(), candidates.begin() + most_edges, candidates.end(),
                       [](const Candidate& a, const Candidate& b) {
                         return a.size != b.size ? a.size > b.size : a.number < b.number;
                       });
      const auto weak = candidates.begin() + most_edges;
      candidates.erase(std::remove_if(weak, candidates.end(),
                                      [&](const Candidate& c) { return !stands_out(c); }),
                       candidates.end());
    }
    for (const Candidate& c : candidates)
      edges_.push_back({.to = to,
                        .from = link.from,
                        .spot = c.number / columns,
                        .spot_from = c.number % columns,
                        .strength = strength_at(c.number),
                        .share = largest > 0 ? static_cast<double>(c.size / largest) : 0,
                        .pale = pale,
                        .stands_out = stands_out(c)});
  }

  /// Selected or under the pointer itself. Most pictures have no such edge: then no id is made.
  bool is_chosen(std::size_t to, int unit, int unit_from) const {
    const Options& options = brush_.options;
    const bool any = options.selected.find(".weight") != std::string::npos ||
                     options.hovered.find(".weight") != std::string::npos;
    return any && brush_.stands_out(weight_id(brush_.block(to), unit, unit_from));
  }

  /// The data drawn as a single picture: what leaves it has no one weight.
  static bool drawn_as_one(const Block& source) {
    return source.is_input && source.look == Look::maps && (source.units == 1 || source.units == 3);
  }

  void paint_edges() {
    // The place in the network decides between equals: the picture is the same every time.
    const auto key = [](const Edge& e) { return std::tuple(e.to, e.from, e.spot, e.spot_from); };
    std::sort(edges_.begin(), edges_.end(), [&](const Edge& a, const Edge& b) {
      if (a.stands_out != b.stands_out) return b.stands_out;
      return a.share != b.share ? a.share < b.share : key(a) < key(b);
    });
    const std::size_t first = edges_.size() > most_edges ? edges_.size() - most_edges : 0;
    for (std::size_t e = first; e < edges_.size(); ++e) paint(edges_[e]);
  }

  void paint(const Edge& edge) {
    const Block& target = brush_.block(edge.to);
    const Block& source = brush_.block(edge.from);
    const Place& in = brush_.place(edge.to);
    const Place& out = brush_.place(edge.from);
    const Ends at = ends(edge.to, edge.spot, edge.from, edge.spot_from);
    if (drawn_as_one(source)) {
      brush_.scene.add(curve(at, edge.stands_out
                                     ? Stroke{brush_.theme.accent, 2.2, {}}
                                     : Stroke{brush_.theme.frame.faded(std::max(
                                                  least_opacity, 0.7 * edge.pale * edge.pale)),
                                              1,
                                              {}}));
      return;
    }
    const int unit = in.spots[edge.spot].unit, unit_from = out.spots[edge.spot_from].unit;
    // Where lines stand close or are many, each is thinner and paler.
    const double close = std::clamp(std::min(pitch(in), pitch(out)) / unit_pitch, 0.35, 1.0);
    const double pale = edge.stands_out ? 1 : edge.pale;
    const bool blurred = edge.strength.count > 1 && target.places == 1;  // maps into a dense layer
    Stroke stroke;
    stroke.colour = blurred && !edge.stands_out ? brush_.theme.ink3
                    : edge.strength.value < 0   ? brush_.theme.negative
                                                : brush_.theme.positive;
    // Norms of kernels differ little: their squares tell them apart.
    const double share = edge.strength.count > 1 ? edge.share * edge.share : edge.share;
    const double most = blurred ? 1.0 : edge.strength.count > 1 ? 2.4 : 4.6;
    stroke.width = 0.6 + most * share * close * pale;
    stroke.colour = stroke.colour.faded(edge.stands_out ? 1 : (0.16 + 0.62 * share) * pale);
    if (edge.strength.value == 0) {
      stroke = {brush_.theme.ink3.faded(edge.stands_out ? 1 : 0.5), 1, {2, 3}};
    }
    Curve line = curve(at, stroke);
    const std::string id = weight_id(target, unit, unit_from);
    if (id == brush_.options.selected) {
      Curve halo = line;
      halo.stroke = {brush_.theme.accent.faded(0.3), stroke.width + 6, {}};
      brush_.scene.add(halo);
    }
    brush_.scene.add(line);
    Hot hot = weight_tip(brush_, target, source, unit, unit_from, edge.strength);
    hot.along = points_of(line);
    double top = std::min(at.from.y, at.to.y), bottom = std::max(at.from.y, at.to.y);
    hot.at = {at.from.x, top - 4, std::max(1.0, at.to.x - at.from.x), bottom - top + 8};
    brush_.scene.hot.push_back(std::move(hot));
  }

  static double pitch(const Place& place) {
    if (place.spots.size() < 2) return unit_pitch;
    return std::max(place.spots[1].at.y - place.spots[0].at.y, 1.0);
  }

  /// One unit to the unit of its number, or block to block.
  void paint_plain(std::size_t to, const Link& link) {
    const Place& in = brush_.place(to);
    const Place& out = brush_.place(link.from);
    const std::size_t pairs = out.spots.size() * in.spots.size();
    const bool many = link.kind == Link::Kind::mixed && pairs > most_edges;
    const double pale =
        link.kind != Link::Kind::mixed
            ? 0.6
            : std::clamp(0.6 * std::sqrt(130 / static_cast<double>(pairs)), 0.2, 0.6);
    const Stroke stroke{brush_.theme.frame.faded(pale), 1, {}};
    const Stroke strong{brush_.theme.accent, 2, {}};
    if (link.kind == Link::Kind::whole || many) {
      const Rect &a = out.box, &b = in.box;
      brush_.scene.add(curve({{a.right(), a.centre().y}, {b.x, b.centre().y}}, stroke));
      return;
    }
    const bool mixed = link.kind == Link::Kind::mixed;
    for (std::size_t j = 0; j < out.spots.size(); ++j)
      for (std::size_t i = 0; i < in.spots.size(); ++i) {
        if (!mixed && in.spots[i].unit != out.spots[j].unit + link.first_unit) continue;
        const bool on = brush_.marked.contains({to, in.spots[i].unit}) &&
                        brush_.marked.contains({link.from, out.spots[j].unit});
        brush_.scene.add(curve(ends(to, i, link.from, j), on ? strong : stroke));
      }
  }

  void paint_arcs() {
    for (const Arc& arc : arcs_of(brush_.answer.model)) {
      const Place& out = brush_.place(arc.from);
      const Place& in = brush_.place(arc.to);
      const double y = brush_.layout.arcs - brush_.layout.arc_step * arc.level;
      // Arcs that begin or end at one column stand a little apart there.
      const double apart = 7.0 * arc.level;
      paint_arc({out.box.centre().x + apart, out.box.y - 4},
                {in.box.centre().x - apart, in.box.y - 7}, y, brush_.block(arc.to).brief);
    }
  }

  void paint_arc(Point from, Point to, double y, const std::string& operation) {
    const Stroke stroke{brush_.theme.ink2, 1.5, {}};
    const double bend = std::min(26.0, (to.x - from.x) / 2);
    const auto corner = [&](Point foot, double across) {
      brush_.scene.add(Curve{foot,
                             {foot.x, foot.y + (y - foot.y) * 0.7},
                             {foot.x + across * 0.35, y},
                             {foot.x + across, y},
                             stroke});
    };
    corner(from, bend);
    corner(to, -bend);
    brush_.scene.add(Polyline{{{from.x + bend, y}, {to.x - bend, y}}, stroke});
    brush_.scene.add(
        Polyline{{{to.x - 4, to.y - 5}, {to.x, to.y + 1}, {to.x + 4, to.y - 5}}, stroke});
    const Typeset words = typeset(operation, {.size = small_text});
    const Rect pill{(from.x + to.x - words.width) / 2 - 8, y - 9, words.width + 16, 18};
    brush_.scene.add(RoundRect{pill, 9, brush_.theme.picture, {brush_.theme.frame, 1, {}}});
    add_text(brush_.scene, words, {pill.centre().x, y + 4}, brush_.theme.ink, Align::centre);
  }

  Brush& brush_;
  std::vector<Edge> edges_;
};

}  // namespace

void mark(Brush& brush) {
  const auto& blocks = brush.answer.model.blocks;
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (const Spot& spot : brush.place(b).spots)
      if (brush.stands_out(unit_id(blocks[b], spot.unit))) brush.marked.insert({b, spot.unit});
  if (brush.marked.empty()) return;
  // Forwards through blocks that pass units on, and backwards from them.
  for (std::size_t b = 1; b < blocks.size(); ++b)
    for (const Link& link : blocks[b].links)
      if (link.kind == Link::Kind::units && blocks[b].links.size() == 1)
        for (int u = 0; u < blocks[link.from].units; ++u)
          if (brush.marked.contains({link.from, u})) brush.marked.insert({b, u});
  for (std::size_t b = blocks.size(); b-- > 1;)
    for (const Link& link : blocks[b].links)
      if (link.kind == Link::Kind::units && blocks[b].links.size() == 1)
        for (int u = 0; u < blocks[link.from].units; ++u)
          if (brush.marked.contains({b, u})) brush.marked.insert({link.from, u});
}

void paint_links(Brush& brush) { Links(brush).paint(); }

}  // namespace crease::network_picture
