/// The units: their pictures, frames, labels and what is wrong with them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "views/network_view_brush.h"
#include "views/words.h"

namespace crease::network_picture {

namespace {

double label_size(const std::string& label) { return label.starts_with("$") ? 16 : detail_text; }

std::string unescaped(const std::string& label) {
  std::string raw;
  for (std::size_t i = 0; i < label.size(); ++i)
    if (label[i] != '\\' || i + 1 == label.size() || label[i + 1] != '$') raw += label[i];
  return raw;
}

void paint_hatch(Brush& brush, const Rect& at, double radius) {
  brush.scene.add(RoundRect{at, radius, brush.theme.picture});
  brush.scene.add(Clip{at});
  constexpr double step = 6;
  for (double x = at.x - at.height + step / 2; x < at.right(); x += step)
    brush.scene.add(Polyline{{{x, at.bottom()}, {x + at.height, at.y}},
                             {brush.theme.frame.faded(0.55), 0.8, {}}});
  brush.scene.add(Unclip{});
}

/// Words beside the picture, on a patch of its ground, so that lines may run below.
void add_note(Brush& brush, const std::string& words, Point left, Colour colour) {
  const Typeset line = typeset(words, {.size = small_text});
  const double icon = 13;
  const Rect patch{left.x - 4, left.y - 9, line.width + icon + 11, 18};
  brush.scene.add(RoundRect{patch, 4, brush.theme.picture.faded(0.88)});
  paint_warning(brush.scene, {left.x + icon / 2, left.y}, icon, colour);
  add_text(brush.scene, line, {left.x + icon + 3, left.y + 4}, colour);
}

class Units {
 public:
  Units(Brush& brush, std::size_t number)
      : brush_(brush),
        block_(brush.block(number)),
        place_(brush.place(number)),
        tells_here_(brush.tells_at_units(block_, place_)) {}

  void paint() {
    if (block_.look == Look::bars) paint_axis();
    if (is_strip()) paint_strip(brush_, block_, place_);
    for (const Spot& spot : place_.spots) paint(spot);
    if (is_strip()) paint_strip_frame();
    if (place_.more > 0 || place_.is_grid) paint_more();
    if (block_.is_input) paint_caption();
    if (block_.is_output) paint_count();
  }

 private:
  bool is_flat() const {
    return place_.is_grid ||
           (!place_.spots.empty() && place_.spots.front().at.height < smallest_thumbnail - 0.5 &&
            block_.look != Look::maps);
  }

  bool is_strip() const {
    return (block_.look == Look::cells || is_flat()) && !place_.is_grid && !stands_apart();
  }

  /// Cells with something between them.
  bool stands_apart() const {
    return place_.label_room > 0 || place_.spots.size() == 1 ||
           (place_.spots.size() > 1 && place_.spots[1].at.y - place_.spots[0].at.bottom() > 1);
  }

  double radius_of(const Rect& at) const {
    return block_.look == Look::maps ? 0 : std::min(5.0, at.height * 0.15);
  }

  void paint(const Spot& spot) {
    if (spot.at.height < 2.5) return;  // too small to be pointed at
    const std::string id = unit_id(block_, spot.unit);
    Hot hot = unit_tip(brush_, block_, spot.unit);
    hot.at = spot.at;
    if (block_.look == Look::bars) {
      paint_bar(brush_, block_, place_, spot);
      hot.at = {spot.at.x - place_.label_room, spot.at.y, spot.at.width + place_.label_room + 52,
                spot.at.height};
      brush_.scene.hot.push_back(std::move(hot));
      return;
    }
    const std::string problem = brush_.problem_of(block_, spot.unit);
    if (block_.look == Look::cells || is_flat()) {
      if (!is_strip()) paint_cell(brush_, block_, spot);
    } else {
      paint_picture(spot, problem);
    }
    if (spot.kernel.width > 0) hot.at = joined(spot.kernel, spot.at);
    if (brush_.stands_out(id)) {
      const bool ring = id == brush_.options.selected;
      brush_.scene.add(RoundRect{hot.at.inset(-4),
                                 radius_of(spot.at) + 4,
                                 {0, 0, 0, 0},
                                 {brush_.theme.accent.faded(ring ? 1 : 0.45), 2, {}}});
    }
    paint_label(spot);
    brush_.scene.hot.push_back(std::move(hot));
  }

  static Rect joined(const Rect& a, const Rect& b) {
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
  }

  void paint_picture(const Spot& spot, const std::string& problem) {
    const double radius = radius_of(spot.at);
    if (!problem.empty()) {
      const bool broken = problem != "never on";
      const Colour colour = broken ? brush_.theme.error : brush_.theme.warn;
      paint_hatch(brush_, spot.at, radius);
      brush_.scene.add(RoundRect{spot.at, radius, {0, 0, 0, 0}, {colour, 1.5, {3, 2.5}}});
      const double words = typeset(problem, {.size = small_text}).width + 26;
      if (tells_here_ && !block_.is_output && brush_.layout.free > words + 30)
        add_note(brush_, problem, {spot.at.right() + 5, spot.at.centre().y}, colour);
      else if (tells_here_ || block_.is_output)
        add_corner(spot.at, colour);
      if (spot.kernel.width > 0) paint_kernel(spot);
      return;
    }
    switch (block_.look) {
      case Look::fields:
        paint_field(brush_, block_, spot);
        break;
      case Look::curves:
        paint_curve(brush_, block_, spot);
        break;
      default:
        paint_map(brush_, block_, spot);
        if (spot.kernel.width > 0) paint_kernel(spot);
    }
    brush_.scene.add(RoundRect{spot.at, radius, {0, 0, 0, 0}, {brush_.theme.frame, 1, {}}});
    if (block_.look != Look::maps && spot.at.width >= 20) paint_bias(spot);
  }

  /// A bead at the lower left corner: as large as |b| beside the largest of the layer.
  void paint_bias(const Spot& spot) {
    if (block_.node < 0) return;
    const PlanNode& node = brush_.snapshot.plan->nodes[static_cast<std::size_t>(block_.node)];
    const auto value = [&](int unit) {
      const auto at = bias_of(brush_, node, unit);
      return at < 0 ? 0.0
                    : static_cast<double>(brush_.snapshot.parameters[static_cast<std::size_t>(at)]);
    };
    double largest = 0;
    for (int unit = 0; unit < block_.units; ++unit)
      if (std::isfinite(value(unit))) largest = std::max(largest, std::abs(value(unit)));
    const double b = value(spot.unit);
    if (!(largest > 0) || !std::isfinite(b) || b == 0) return;
    const Colour colour = b < 0 ? brush_.theme.negative : brush_.theme.positive;
    const double radius = 1 + 2.5 * std::abs(b) / largest;
    const Point centre{spot.at.x + 1, spot.at.bottom() - 1};
    brush_.scene.add(Disc{centre, radius + 1, brush_.theme.picture});
    brush_.scene.add(Disc{centre, radius, colour});
  }

  void add_corner(const Rect& at, Colour colour) {
    const Point centre{at.right() - 1, at.y + 1};
    brush_.scene.add(Disc{centre, 8, brush_.theme.picture.faded(0.9)});
    paint_warning(brush_.scene, centre, 12, colour);
  }

  void paint_kernel(const Spot& spot) {
    const PlanNode& node = brush_.snapshot.plan->nodes[static_cast<std::size_t>(block_.node)];
    const Segment& weight = brush_.snapshot.plan->segments[node.segments.front()];
    const auto rows = static_cast<int>(weight.shape[2]),
               columns = static_cast<int>(weight.shape[3]);
    const float* all = brush_.snapshot.parameters.data() + weight.offset;
    float largest = 0;
    for (std::size_t i = 0; i < weight.size; ++i)
      if (std::isfinite(all[i])) largest = std::max(largest, std::abs(all[i]));
    const float* w = all + static_cast<std::size_t>(spot.unit * rows * columns);
    brush_.atlas.add(brush_.scene, spot.kernel, columns, rows, false, 0, [&](int c, int r) {
      const float value = w[r * columns + c];
      return brush_.shades.at(largest > 0 ? static_cast<double>(value / largest) : 0.0);
    });
  }

  void paint_axis() {
    if (place_.spots.empty()) return;
    const Rect& first = place_.spots.front().at;
    const double x = brush_.answer.meaning.decides() ? first.x : first.centre().x;
    for (const Spot& spot : place_.spots)
      brush_.scene.add(
          Polyline{{{x, spot.at.y}, {x, spot.at.bottom()}}, {brush_.theme.frame, 1, {}}});
  }

  void paint_strip_frame() {
    if (place_.spots.empty()) return;
    brush_.scene.add(RoundRect{place_.box, 0, {0, 0, 0, 0}, {brush_.theme.frame, 1, {}}});
    if (place_.box.width > 30 || place_.spots.front().at.height < 5) return;
    for (std::size_t i = 1; i < place_.spots.size(); ++i) {
      const double y = place_.spots[i].at.y;
      brush_.scene.add(Polyline{{{place_.box.x, y}, {place_.box.right(), y}},
                                {brush_.theme.frame.faded(0.6), 0.7, {}}});
    }
  }

  void paint_label(const Spot& spot) {
    const auto unit = static_cast<std::size_t>(spot.unit);
    if (unit >= block_.labels.size() || place_.label_room <= 0) return;
    const std::string& label = block_.labels[unit];
    const double size = label_size(label);
    if (size > detail_text && spot.at.height < 14) return;
    const Typeset line = label_in(place_.label_room - 8, label, {.size = size});
    const double y = spot.at.centre().y + 0.36 * size;
    if (block_.is_input)
      add_text(brush_.scene, line, {spot.at.x - 8, y}, brush_.theme.ink, Align::right);
    else
      add_text(brush_.scene, line, {spot.at.right() + 9, y}, brush_.theme.ink);
  }

  void paint_more() {
    const Rect& at = place_.more_at;
    // Violet is for what can be pressed.
    const Colour colour = brush_.options.controls ? brush_.theme.accent : brush_.theme.ink2;
    const Typeset words = typeset(place_.is_grid ? "fewer" : fmt::format("{} more", place_.more),
                                  {.size = detail_text});
    const double start = at.centre().x - words.width / 2;
    for (int i = -1; i <= 1 && !place_.is_grid; ++i)
      brush_.scene.add(Disc{{start - 8, at.centre().y + 4.0 * i}, 1.3, brush_.theme.ink2});
    add_text(brush_.scene, words, {start, at.centre().y + 4.5}, colour);
    Hot hot;
    hot.id = block_.id + ".more";
    hot.at = at;
    hot.title = place_.is_grid ? "Show the most important only" : "Show every unit";
    hot.fact = fmt::format("{} units", block_.units);
    brush_.scene.hot.push_back(std::move(hot));
  }

  void paint_caption() {
    const auto& answer = brush_.answer;
    if (answer.number == 0 || brush_.answer.model.has_plane || place_.spots.empty()) return;
    const double x = place_.box.centre().x;
    double y = place_.box.bottom() + 17;
    const auto line = [&](const std::string& words) {
      if (y > brush_.size.height - 4) return;
      add_over_lines(typeset(words, {.size = small_text}), {x, y});
      y += 16;
    };
    line(fmt::format("{} sample {}", answer.is_test ? "test" : "training", answer.number));
    if (answer.label >= 0 && place_.box.width > 40) {
      const std::string name = class_label(brush_.snapshot, answer.label);
      line(name.starts_with("class ") ? fmt::format("label {}", answer.label) : name);
    }
  }

  /// Centred words, which lines between columns may pass below.
  void add_over_lines(const Typeset& text, Point at) {
    const Rect patch{at.x - text.width / 2 - 3, at.y - 11, text.width + 6, 15};
    brush_.scene.add(RoundRect{patch, 3, brush_.theme.picture.faded(0.85)});
    add_text(brush_.scene, text, at, brush_.theme.ink2, Align::centre);
  }

  void paint_count() {
    const std::size_t count = brush_.snapshot.plan->parameter_count;
    if (block_.look == Look::bars || block_.look == Look::cells) return;
    const std::string number = count_text(count);
    const auto set = [](const std::string& words) { return typeset(words, {.size = small_text}); };
    std::vector<Typeset> lines{set(number + " parameters in all")};
    // It must not reach under the columns before.
    const double room = place_.box.width + 2 * std::min(brush_.layout.free - 12, 60.0);
    if (lines[0].width > room) lines = {set(number), set("parameters")};
    double y = place_.box.bottom() + 18;
    for (const Typeset& line : lines) {
      if (y > brush_.size.height - 3 || line.width > room + 24) return;
      const double x = std::min(place_.box.centre().x, brush_.size.width - line.width / 2 - 6);
      add_over_lines(line, {x, y});
      y += 15;
    }
  }

  Brush& brush_;
  const Block& block_;
  const Place& place_;
  const bool tells_here_;  // of units with problems, in words or by a sign
};

}  // namespace

int Brush::problems_of(const Block& block) const {
  int count = 0;
  for (int unit = 0; unit < block.units; ++unit) count += problem_of(block, unit).empty() ? 0 : 1;
  return count;
}

bool Brush::tells_at_units(const Block& block, const Place& place) const {
  constexpr int most = 3;
  const bool pictures = block.look != Look::cells && place.more == 0 && !place.is_grid &&
                        !place.spots.empty() &&
                        place.spots.front().at.height >= smallest_thumbnail - 0.5;
  return pictures && problems_of(block) <= most;
}

std::string Brush::problem_of(const Block& block, int unit) const {
  if (block.node < 0) return {};
  const auto node = static_cast<std::size_t>(block.node);
  const auto u = static_cast<std::size_t>(unit);
  const auto broken = [](float value) { return !std::isfinite(value); };
  if (node < answer.units.nodes.size() && !answer.units.nodes[node].empty()) {
    const auto field = answer.units.of(node, u);
    if (std::all_of(field.begin(), field.end(), broken)) return "not a number";
  } else if (node < answer.values.size()) {
    const auto places = static_cast<std::size_t>(block.places);
    const auto values = std::span(answer.values[node]).subspan(u * places, places);
    if (std::all_of(values.begin(), values.end(), broken)) return "not a number";
  }
  if (answer.activity.samples == 0 || !can_be_off(snapshot.plan->nodes[node])) return {};
  return answer.activity.nodes[node][u].on > 0 ? "" : "never on";
}

void paint_units(Brush& brush) {
  for (std::size_t b = 0; b < brush.layout.places.size(); ++b) Units(brush, b).paint();
}

void paint_warning(Scene& scene, Point centre, double size, Colour colour) {
  const double half = size / 2;
  const double top = centre.y - half * 0.92, bottom = centre.y + half * 0.82;
  scene.add(Polyline{{{centre.x, top}, {centre.x + half, bottom}, {centre.x - half, bottom}},
                     {colour, size / 9, {}},
                     true});
  scene.add(Polyline{{{centre.x, centre.y - half * 0.25}, {centre.x, centre.y + half * 0.3}},
                     {colour, size / 9, {}}});
  scene.add(Disc{{centre.x, centre.y + half * 0.56}, size / 15, colour});
}

Typeset label_in(double room, const std::string& label, const TextStyle& style) {
  Typeset line = typeset(label, style);
  if (line.width <= room || label.starts_with("$")) return line;
  return typeset(plain(shortened(unescaped(label), style, room)), style);
}

std::string unit_id(const Block& block, int unit) {
  return block.is_input ? fmt::format("input{}", unit + 1)
                        : fmt::format("{}.unit{}", block.id, unit + 1);
}

std::string weight_id(const Block& to, int unit, int unit_from) {
  std::string id = to.id;  // joined by hand: for each line of each frame
  id += ".weight[";
  id += std::to_string(unit);
  id += ',';
  id += std::to_string(unit_from);
  id += ']';
  return id;
}

}  // namespace crease::network_picture
