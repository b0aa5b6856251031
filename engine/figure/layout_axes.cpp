// Axes: how many ticks there is room for, grid, frame, labels, the name in a tick's place.
#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"

namespace crease::laying {

namespace {

constexpr double side_gap = 14;     // between tick labels side by side
constexpr double upright_gap = 16;  // between the middles of tick labels above each other
constexpr double name_gap = 8;

constexpr int most_on_planes = 5, most_on_curves = 8;

/// So many as a length has room for.
int most_ticks(double length, double pitch, bool plane) {
  const int cap = plane || length < 480 ? most_on_planes : most_on_curves;
  return std::clamp(static_cast<int>(length / pitch) + 1, 2, cap);
}

/// A pixel's middle, where a line of one pixel is sharp.
double sharp(double place) { return std::round(place - 0.5) + 0.5; }

struct Span {
  double from = 0, to = 0;
  bool overlaps(const Span& other, double gap) const {
    return from < other.to + gap && other.from < to + gap;
  }
};

/// Where a number lies along an axis of that length.
double place_of(double value, const Axis& axis, double length) {
  const auto along = [&](double v) { return axis.scale == Scale::logarithmic ? std::log10(v) : v; };
  return length * (along(value) - along(axis.from)) / (along(axis.to) - along(axis.from));
}

void line(Scene& scene, Point a, Point b, Colour colour) {
  scene.add(Polyline{{a, b}, {colour, 1, {}}});
}

struct Label {
  Typeset text;
  Span span;
  double at = 0;  ///< along the axis, on the page
};

class AxisPainter {
 public:
  AxisPainter(const Plan& plan, double left, double right, const Theme& theme, Scene& scene)
      : plan_(plan),
        at_(plan.placed.at),
        left_(left),
        right_(right),
        theme_(theme),
        scene_(scene) {}

  void paint() {
    if (plan_.panel->framed) {
      scene_.add(RoundRect{at_.inset(-0.5), 0, {0, 0, 0, 0}, {theme_.frame, 1, {}}});
    } else {
      const double y = std::round(at_.bottom()) + 0.5;
      line(scene_, {at_.x, y}, {at_.right(), y}, theme_.frame);
    }
    upright();
    if (plan_.x_labels) sideways();
  }

 private:
  Point to_scene(double x, double y) const { return plan_.placed.to_scene({x, y}); }

  void upright() {
    std::vector<Label> labels;
    for (const Tick& tick : plan_.y_ticks) {
      const double y = to_scene(plan_.placed.domain.x0, tick.at).y;
      line(scene_, {at_.x - tick_length - 0.5, sharp(y)}, {at_.x - 0.5, sharp(y)}, theme_.frame);
      labels.push_back({tick_label(tick.label), {y - 6, y + 6}, y});
    }
    std::sort(labels.begin(), labels.end(), [](auto& a, auto& b) { return a.at < b.at; });
    const double right = at_.x - tick_length - tick_gap;
    if (!plan_.panel->y.label.empty() && !plan_.y_name_above) {
      const Typeset name = typeset(plan_.panel->y.label, {.size = tick_text});
      double middle = at_.y + 6;
      constexpr double least_gap = 34;
      const bool has_gap = labels.size() > 1 && labels[1].at - labels[0].at >= least_gap;
      if (has_gap)
        middle = (labels[0].at + labels[1].at) / 2;
      else if (!labels.empty())
        middle = labels[0].at;
      // Two numbers make a scale: for a name alone neither goes.
      if (has_gap || labels.size() != 2) {
        drop_under(labels, {middle - 7, middle + 9}, 1);
        add_text(scene_, name, {right, baseline_at(middle, tick_text)}, theme_.ink2, Align::right);
      }
    }
    for (const Label& label : labels)
      add_text(scene_, label.text, {right, baseline_at(label.at, tick_text)}, theme_.ink2,
               Align::right);
  }

  void sideways() {
    std::vector<Label> labels;
    const double baseline = at_.bottom() + tick_length + 13;
    for (const Tick& tick : plan_.x_ticks) {
      const double x = to_scene(tick.at, plan_.placed.domain.y0).x;
      line(scene_, {sharp(x), at_.bottom() + 0.5}, {sharp(x), at_.bottom() + tick_length + 0.5},
           theme_.frame);
      const Typeset text = tick_label(tick.label);
      // A label at the edge of the picture moves in.
      const double from =
          std::clamp(x - text.width / 2, left_, std::max(left_, right_ - text.width));
      labels.push_back({text, {from, from + text.width}, x});
    }
    std::sort(labels.begin(), labels.end(), [](auto& a, auto& b) { return a.at < b.at; });
    if (!plan_.panel->x.label.empty()) {
      const Typeset name = fitted(plan_.panel->x.label, right_ - left_);
      if (plan_.x_name_below) {
        const double from = std::max(left_, std::min(at_.right(), right_) - name.width);
        add_text(scene_, name, {from, baseline + x_name_row}, theme_.ink2);
      } else {
        const double from = name_place(labels, name.width);
        drop_under(labels, {from, from + name.width}, name_gap);
        add_text(scene_, name, {from, baseline}, theme_.ink2);
      }
    }
    for (const Label& label : labels)
      add_text(scene_, label.text, {label.span.from, baseline}, theme_.ink2);
  }

  /// Beyond the last tick, or in the last gap, or in the last tick's place.
  double name_place(const std::vector<Label>& labels, double width) const {
    if (labels.empty()) return std::max(left_, at_.right() - width);
    const double after = labels.back().span.to + name_gap;
    if (after + width <= at_.right()) return at_.right() - width;
    if (!plan_.panel->framed && after + width <= right_) return after;
    for (std::size_t i = labels.size() - 1; i > 0; --i) {
      const double from = labels[i - 1].span.to, to = labels[i].span.from;
      if (to - from >= width + 2 * name_gap) return (from + to - width) / 2;
    }
    return std::max(left_, at_.right() - width);
  }

  static void drop_under(std::vector<Label>& labels, Span span, double gap) {
    labels.erase(std::remove_if(labels.begin(), labels.end(),
                                [&](const Label& l) { return l.span.overlaps(span, gap); }),
                 labels.end());
  }

  const Plan& plan_;
  Rect at_;
  double left_, right_;
  const Theme& theme_;
  Scene& scene_;
};

std::vector<Tick> upright_ticks(const Axis& axis, double height, int most) {
  for (; most >= 2; --most) {
    std::vector<Tick> all = ticks(axis, most);
    bool apart = true;
    for (std::size_t i = 1; i < all.size(); ++i)
      apart = apart && std::abs(place_of(all[i].at, axis, height) -
                                place_of(all[i - 1].at, axis, height)) >= upright_gap;
    if (apart) return all;
  }
  return height >= 12 ? ticks(axis, 1) : std::vector<Tick>{};
}

std::vector<Tick> sideways_ticks(const Axis& axis, double width, int most) {
  for (; most >= 2; --most) {
    std::vector<Tick> all = ticks(axis, most);
    std::vector<Span> spans;
    for (const Tick& tick : all) {
      const double middle = place_of(tick.at, axis, width);
      const double half = tick_label(tick.label).width / 2;
      spans.push_back({middle - half, middle + half});
    }
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from; });
    // Room, too, for labels that move in from the edge.
    double edge = 0;
    if (!spans.empty()) edge = std::max(-spans.front().from, spans.back().to - width);
    bool apart = true;
    for (std::size_t i = 1; i < spans.size(); ++i)
      apart = apart && !spans[i].overlaps(spans[i - 1], side_gap + std::max(0.0, edge - 12));
    if (apart) return all;
  }
  return width >= 40 ? ticks(axis, 1) : std::vector<Tick>{};
}

double step_of(const std::vector<Tick>& all) { return std::abs(all[1].at - all[0].at); }

}  // namespace

void find_ticks(Plan& plan, Size size) {
  plan.y_ticks = plan.x_ticks = {};
  if (!plan.labels) return;
  const bool plane = plan.panel->framed;
  const Axis x = plan.x_axis(), y = plan.y_axis();
  plan.y_ticks = upright_ticks(y, size.height, most_ticks(size.height, 20, plane));
  if (!plan.x_labels) return;
  const int named = static_cast<int>(x.named.size());
  plan.x_ticks = sideways_ticks(x, size.width, std::max(named, most_ticks(size.width, 30, plane)));
  if (!plan.panel->equal) return;
  while (plan.x_ticks.size() > 1 && plan.y_ticks.size() > 1) {
    const double across = step_of(plan.x_ticks), up = step_of(plan.y_ticks);
    const bool finer_across = across < up;
    std::vector<Tick>& finer = finer_across ? plan.x_ticks : plan.y_ticks;
    if (std::abs(across - up) <= 1e-6 * up || finer.size() <= 2) return;
    const int fewer = static_cast<int>(finer.size()) - 1;
    finer =
        finer_across ? sideways_ticks(x, size.width, fewer) : upright_ticks(y, size.height, fewer);
  }
}

double left_room(const Plan& plan) {
  double widest = 0;
  for (const Tick& tick : plan.y_ticks) widest = std::max(widest, tick_label(tick.label).width);
  if (!plan.panel->y.label.empty() && !plan.y_name_above)
    widest = std::max(widest, typeset(plan.panel->y.label, {.size = tick_text}).width);
  return widest > 0 ? widest + tick_length + tick_gap : 0;
}

void draw_grid(const Plan& plan, const Theme& theme, Scene& scene) {
  if (plan.panel->framed) return;
  const Rect& at = plan.placed.at;
  for (const Tick& tick : plan.y_ticks) {
    const double y = sharp(plan.placed.to_scene({plan.placed.domain.x0, tick.at}).y);
    if (at.bottom() - y > 2) line(scene, {at.x, y}, {at.right(), y}, theme.rule);
  }
}

void draw_axes(const Plan& plan, double left, double right, const Theme& theme, Scene& scene) {
  AxisPainter(plan, left, right, theme, scene).paint();
}

void draw_end_labels(const Plan& plan, Scene& scene) {
  struct Block {
    double middle = 0;  ///< of the block, where its labels would like it
    std::vector<std::size_t> labels;
    double half() const { return static_cast<double>(labels.size()) * end_label_pitch / 2; }
  };
  const Rect& at = plan.placed.at;
  std::vector<double> wish(plan.ends.size());
  std::vector<std::size_t> order(plan.ends.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    const double y = plan.placed.to_scene({plan.placed.domain.x1, plan.ends[i].at}).y;
    wish[i] = std::clamp(y, at.y, at.bottom());
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wish[a] < wish[b]; });
  // Labels that would touch become one block around the mean of what they wish.
  const auto settle = [&](Block& block) {
    double sum = 0;
    for (const std::size_t i : block.labels) sum += wish[i];
    const double low = at.y - 6 + block.half(), high = at.bottom() + 6 - block.half();
    block.middle = std::clamp(sum / static_cast<double>(block.labels.size()), std::min(low, high),
                              std::max(low, high));
  };
  std::vector<Block> blocks;
  for (const std::size_t i : order) {
    blocks.push_back({0, {i}});
    settle(blocks.back());
    while (blocks.size() > 1) {
      Block& upper = blocks[blocks.size() - 2];
      const Block& lower = blocks.back();
      if (upper.middle + upper.half() <= lower.middle - lower.half()) break;
      upper.labels.insert(upper.labels.end(), lower.labels.begin(), lower.labels.end());
      blocks.pop_back();
      settle(blocks.back());
    }
  }
  for (const Block& block : blocks)
    for (std::size_t k = 0; k < block.labels.size(); ++k) {
      const double y =
          block.middle - block.half() + (static_cast<double>(k) + 0.5) * end_label_pitch;
      const EndLabel& label = plan.ends[block.labels[k]];
      add_text(scene, label.text, {at.right() + end_label_gap, baseline_at(y, tick_text)},
               label.colour);
    }
}

}  // namespace crease::laying
