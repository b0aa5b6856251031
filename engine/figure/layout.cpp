// From a figure to a scene: who gets how much room, and in what order things are painted.
#include "figure/layout.h"

#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"

namespace crease {

namespace laying {

double baseline_at(double middle, double size) { return middle + 0.364 * size; }

Typeset tick_label(const std::string& text) { return typeset(plain(text), {.size = tick_text}); }

Typeset fitted(const std::string& markup, double width) {
  const TextStyle style = {.size = tick_text};
  Typeset line = typeset(markup, style);
  if (line.width <= width) return line;
  if (markup.find('$') != std::string::npos) return {};
  return typeset(shortened(markup, style, width), style);
}

namespace {

constexpr double widest_y_name = 52;  // px; longer ones stand above the panel
constexpr double legend_beside_gap = 20;

/// Whether the axis of the upper panel may be left out.
bool same_x(const Plan& upper, const Plan& lower) {
  const Axis one = upper.x_axis(), other = lower.x_axis();
  return (one.label == other.label || one.label.empty()) && one.from == other.from &&
         one.to == other.to && one.scale == other.scale && one.format == other.format;
}

/// The last point of a line that can be seen, or none.
std::optional<Point> visible_end(const LinesMark& mark, const Domain& d) {
  if (mark.paths.empty()) return std::nullopt;
  const auto& path = mark.paths.back();
  const double low = std::min(d.x0, d.x1), high = std::max(d.x0, d.x1);
  const double slack = 1e-9 * (high - low);
  for (auto point = path.rbegin(); point != path.rend(); ++point)
    if (std::isfinite(point->x) && std::isfinite(point->y) && point->x >= low - slack &&
        point->x <= high + slack)
      return *point;
  return std::nullopt;
}

bool is_ink(Colour colour, const Theme& theme) {
  colour.a = 255;
  return colour == theme.ink || colour == theme.ink2 || colour == theme.ink3;
}

class Layouter {
 public:
  Layouter(const Figure& figure, const Theme& theme, const LayoutOptions& options, Laid& laid)
      : figure_(figure), theme_(theme), options_(options), laid_(laid) {}

  /// Saves on one thing after the other until the panels have room.
  void lay(const Rect& room) {
    const Thrift steps[] = {
        {true, true, true}, {false, true, true}, {false, false, true}, {false, false, false}};
    for (const Thrift& step : steps) {
      thrift_ = step;
      if (plan(room)) break;
    }
    draw(room);
  }

 private:
  bool plan(const Rect& room) {
    plans_.clear();
    for (std::size_t i = 0; i < figure_.panels.size(); ++i) {
      Plan plan;
      plan.panel = &figure_.panels[i];
      plan.placed = placed_of(*plan.panel, i, options_);
      plans_.push_back(std::move(plan));
    }
    entries_ = figure_.legend;
    if (!collect_end_labels(room))
      entries_.insert(entries_.end(), ends_in_legend_.begin(), ends_in_legend_.end());
    choose_labels();
    legend_ = make_legend_in(room.width - margin_left - margin_right, false);
    const double height = room.height - margin_top - margin_bottom;
    if (plans_.empty()) {
      legend_at_ = {room.x + margin_left, room.y + margin_top};
      return true;
    }
    const double below = legend_.rows.empty() ? 0 : legend_gap + legend_.height();
    const Rect area = {room.x, room.y + margin_top, room.width, height - below};
    if (!std::all_of(plans_.begin(), plans_.end(), [](const Plan& p) { return p.panel->equal; })) {
      place_ = place_stack(plans_, area);
      put_legend_below(room);
      return place_.roomy;
    }
    place_ = place_squares(plans_, area);
    put_legend_below(room);
    // Beside the squares, where they become larger by it.
    const Legend column = make_legend_in(room.width / 2, true);
    const double beside = column.width() + legend_beside_gap;
    if (legend_.rows.empty() || column.height() > height) return place_.roomy;
    std::vector<Plan> others = plans_;
    const Arrangement other = place_squares(others, {room.x, area.y, room.width - beside, height});
    if (other.side <= 1.15 * place_.side) return place_.roomy;
    plans_ = std::move(others);
    place_ = other;
    legend_ = column;
    legend_at_ = {other.right + legend_beside_gap, plans_[0].placed.at.y};
    return place_.roomy;
  }

  Legend make_legend_in(double width, bool column) const {
    if (!thrift_.legend) return {};
    return make_legend(entries_, figure_.bars, width, column, theme_, options_.hidden);
  }

  /// Under the picture where it fits, else from the margin.
  void put_legend_below(const Rect& room) {
    const double most = room.right() - margin_right - legend_.width();
    legend_at_ = {std::max(room.x + margin_left, std::min(place_.from, most)),
                  place_.bottom + legend_gap};
  }

  /// Finds the labels of line ends; false where they do not fit beside the panels.
  bool collect_end_labels(const Rect& room) {
    ends_in_legend_.clear();
    bool fit = thrift_.end_labels;
    for (Plan& plan : plans_) {
      for (const Mark& mark : plan.panel->marks) {
        const auto* lines = std::get_if<LinesMark>(&mark);
        if (lines == nullptr || lines->label.empty()) continue;
        if (!lines->key.empty() && options_.hidden.count(lines->key) > 0) continue;
        const auto end = visible_end(*lines, plan.placed.domain);
        if (!end) continue;
        const bool ink = is_ink(lines->stroke.colour, theme_);
        EndLabel label;
        label.text = typeset(lines->label,
                             {.size = tick_text, .face = ink ? Face::regular : Face::semibold});
        label.colour = legible(lines->stroke.colour, theme_.picture, theme_.ink);
        label.at = end->y;
        fit = fit && label.text.width <= 0.3 * room.width;
        plan.ends.push_back(std::move(label));
        LegendEntry entry;
        entry.key = lines->key;
        entry.label = lines->label;
        entry.stroke = lines->stroke;
        const bool there = std::any_of(ends_in_legend_.begin(), ends_in_legend_.end(),
                                       [&](const auto& e) { return e.label == entry.label; });
        if (!there) ends_in_legend_.push_back(std::move(entry));
      }
      const double pitch = static_cast<double>(plan.ends.size()) * end_label_pitch;
      fit = fit && pitch <= 12 + share_of(plans_, plan) * (room.height - 2 * x_row);
    }
    if (!fit)
      for (Plan& plan : plans_) plan.ends.clear();
    return fit;
  }

  /// Which panels name which axis where.
  void choose_labels() {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      Plan& plan = plans_[i];
      const bool shared =
          i + 1 < plans_.size() && !plan.panel->framed && same_x(plan, plans_[i + 1]);
      plan.labels = thrift_.labels;
      plan.x_labels = thrift_.labels && !shared;
      plan.y_name_above =
          thrift_.labels && typeset(plan.panel->y.label, {.size = tick_text}).width > widest_y_name;
    }
  }

  void draw(const Rect& room) {
    Scene& scene = laid_.scene;
    for (const Plan& plan : plans_) {
      const Rect& at = plan.placed.at;
      if (at.width < 8 || at.height < 8) continue;
      if (plan.title_height() > 0) panel_title(plan);
      draw_grid(plan, theme_, scene);
      draw_marks(plan, theme_, options_.hidden, scene);
      draw_notes(*plan.panel, at, theme_, scene);
      draw_axes(plan, left_of(plan, room), std::min(room.right() - 4, to_of(plan)), theme_, scene);
      draw_end_labels(plan, scene);
      laid_.panels.push_back(plan.placed);
    }
    if (legend_at_.y + legend_.height() <= room.bottom() - 2)
      draw_legend(legend_, legend_at_, laid_);
  }

  static bool beside(const Plan& left, const Plan& right) {
    return left.placed.at.y == right.placed.at.y && left.placed.at.x < right.placed.at.x;
  }

  /// How far to the left and right text of a panel may go: to the next one beside it.
  double left_of(const Plan& plan, const Rect& room) const {
    for (const Plan& other : plans_)
      if (beside(other, plan)) return plan.placed.at.x - left_room(plan);
    return room.x + 4;
  }
  double to_of(const Plan& plan) const {
    double to = place_.to;
    for (const Plan& other : plans_)
      if (beside(plan, other)) to = std::min(to, other.placed.at.x - left_room(other) - 8);
    return to;
  }

  void panel_title(const Plan& plan) {
    const Rect& at = plan.placed.at;
    const double left = figure_.panels.size() > 1 && plan.panel->equal ? at.x : place_.from;
    const double right = to_of(plan);
    const Typeset line = fitted(plan.panel->title, right - left);
    add_text(laid_.scene, line, {left, at.y - 10}, theme_.ink2);
    if (!plan.y_name_above) return;
    const double x = left + (line.width > 0 ? line.width + 12 : 0);
    if (right - x > 24)
      add_text(laid_.scene, fitted(plan.panel->y.label, right - x), {x, at.y - 10}, theme_.ink2);
  }

  const Figure& figure_;
  const Theme& theme_;
  const LayoutOptions& options_;
  Laid& laid_;
  Thrift thrift_;
  std::vector<Plan> plans_;
  std::vector<LegendEntry> entries_, ends_in_legend_;
  Arrangement place_;
  Legend legend_;
  Point legend_at_;
};

}  // namespace

}  // namespace laying

Laid layout(const Figure& figure, Size size, const Theme& theme, const LayoutOptions& options) {
  using namespace laying;
  Laid laid;
  if (!(size.width > 0 && size.height > 0)) return laid;
  if (options.ground) laid.scene.add(RoundRect{{0, 0, size.width, size.height}, 0, theme.picture});
  Rect room = {0, 0, size.width, size.height};
  if (options.title && size.height > 2 * title_row) {
    lay_title(figure, size.width, theme, laid.scene);
    room.y += title_row;
    room.height -= title_row;
  }
  if (figure.compose) {
    const Rect inside = {room.x + margin_left, room.y + margin_top,
                         std::max(0.0, room.width - margin_left - margin_right),
                         std::max(0.0, room.height - margin_top - margin_bottom)};
    laid.scene.add(figure.compose(inside.size()), {inside.x, inside.y});
    return laid;
  }
  Layouter(figure, theme, options, laid).lay(room);
  return laid;
}

}  // namespace crease
