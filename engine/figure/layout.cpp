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

constexpr double least_panel = 40;  // px; smaller panels show nothing

/// The axes as they are shown, for ticks.
Axis shown_x(const Plan& plan) {
  return {plan.panel->x.label, plan.placed.domain.x0, plan.placed.domain.x1, plan.placed.x_scale,
          plan.panel->x.format};
}
Axis shown_y(const Plan& plan) {
  return {plan.panel->y.label, plan.placed.domain.y0, plan.placed.domain.y1, plan.placed.y_scale,
          plan.panel->y.format};
}

bool same_x(const Plan& a, const Plan& b) {
  const Axis one = shown_x(a), other = shown_x(b);
  return one.label == other.label && one.from == other.from && one.to == other.to &&
         one.scale == other.scale && one.format == other.format;
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
    const double width = room.width - margin_left - margin_right;
    const bool direct = collect_end_labels(room);
    legend_ = {};
    if (thrift_.legend) {
      std::vector<LegendEntry> entries = figure_.legend;
      if (!direct) entries.insert(entries.end(), ends_in_legend_.begin(), ends_in_legend_.end());
      legend_ = make_legend(entries, figure_.bars, width, theme_, options_.hidden);
    }
    const double below = legend_.rows.empty() ? 0 : legend_gap + legend_.height();
    const Rect area = {room.x, room.y + 6, room.width, room.height - 6 - below - margin_bottom};
    if (plans_.empty()) return true;
    share_x_axes();
    const bool equal =
        std::all_of(plans_.begin(), plans_.end(), [](const Plan& p) { return p.panel->equal; });
    return equal ? place_squares(area) : place_stack(area);
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
      fit = fit && pitch <= 12 + share_of(plan) * (room.height - 2 * x_row);
    }
    if (!fit)
      for (Plan& plan : plans_) plan.ends.clear();
    return fit;
  }

  double share_of(const Plan& plan) const {
    double sum = 0;
    for (const Plan& each : plans_) sum += std::max(each.panel->share, 0.01);
    return std::max(plan.panel->share, 0.01) / sum;
  }

  void share_x_axes() {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      Plan& plan = plans_[i];
      const bool shared =
          i + 1 < plans_.size() && !plan.panel->framed && same_x(plan, plans_[i + 1]);
      plan.x_labels = thrift_.labels && !shared;
      const auto width = [](const std::string& name) {
        return typeset(name, {.size = tick_text}).width;
      };
      plan.y_name_above = thrift_.labels && width(plan.panel->y.label) > 52;
    }
  }

  void find_ticks(Plan& plan, Size size) {
    plan.y_ticks = plan.x_ticks = {};
    if (!thrift_.labels) return;
    plan.y_ticks = upright_ticks(shown_y(plan), size.height);
    if (plan.x_labels) plan.x_ticks = sideways_ticks(shown_x(plan), size.width);
  }

  /// Whether a long name of an x axis goes on a row of its own.
  void find_x_names(double width) {
    for (Plan& plan : plans_)
      plan.x_name_below = plan.x_labels && typeset(plan.panel->x.label, {.size = tick_text}).width >
                                               0.4 * std::max(width, 60.0);
  }

  double ends_room() const {
    double widest = 0;
    for (const Plan& plan : plans_)
      for (const EndLabel& label : plan.ends) widest = std::max(widest, label.text.width);
    return widest > 0 ? end_label_gap + widest : 0;
  }

  /// All below each other, with the same left and right end.
  bool place_stack(const Rect& area) {
    find_x_names(area.width - 60);
    const double gap = 14;
    double fixed = gap * static_cast<double>(plans_.size() - 1);
    for (const Plan& plan : plans_) fixed += title_of(plan) + plan.x_height();
    const double heights = area.height - fixed;
    double left = 0;
    const auto height_of = [&](const Plan& plan) {
      return std::max(0.0, std::floor(share_of(plan) * heights));
    };
    for (Plan& plan : plans_) {
      find_ticks(plan, {0, height_of(plan)});
      left = std::max(left, left_room(plan));
    }
    const double x = std::round(area.x + margin_left + left);
    double right = area.right() - margin_right - ends_room();
    for (const Plan& plan : plans_)  // half of a last label hangs over
      if (plan.x_labels && ends_room() == 0) right = std::min(right, area.right() - 16);
    const double width = std::floor(std::max(0.0, right - x));
    double y = area.y;
    bool room = width >= least_panel;
    for (Plan& plan : plans_) {
      y = std::round(y + title_of(plan));
      plan.placed.at = {x, y, width, height_of(plan)};
      if (plan.panel->equal) {
        const double side = std::min(width, plan.placed.at.height);
        plan.placed.at.width = plan.placed.at.height = side;
      }
      find_ticks(plan, plan.placed.at.size());
      room = room && plan.placed.at.height >= std::min(least_panel, 26.0);
      y += height_of(plan) + plan.x_height() + gap;
    }
    from_ = area.x + margin_left;
    to_ = area.right() - 6;
    legend_y_ = y - gap + legend_gap;
    return room;
  }

  double title_of(const Plan& plan) const { return thrift_.labels ? plan.title_height() : 0; }

  /// Squares in as many columns as make them largest.
  bool place_squares(const Rect& area) {
    double best = -1, best_left = 0;
    std::size_t columns = 1;
    const double ends = ends_room(), gap = 20;
    double titles = 0;
    for (const Plan& plan : plans_) titles = std::max(titles, title_of(plan));
    const auto rows_in = [this](std::size_t k) { return (plans_.size() + k - 1) / k; };
    const auto cell_height = [&](std::size_t k) {
      double x_height = 0;
      for (const Plan& plan : plans_) x_height = std::max(x_height, plan.x_height());
      const auto rows = static_cast<double>(rows_in(k));
      return (area.height - gap / 2 * (rows - 1)) / rows - titles - x_height;
    };
    for (std::size_t k = 1; k <= plans_.size(); ++k) {
      const auto count = static_cast<double>(k);
      const double cell = (area.width - margin_left - margin_right - gap * (count - 1)) / count;
      find_x_names(std::min(cell - 30, cell_height(k)));
      const double height = cell_height(k);
      double left = 0;
      for (Plan& plan : plans_) {
        find_ticks(plan, {cell, height});
        left = std::max(left, left_room(plan));
      }
      const double side = std::floor(std::min(cell - left - ends, height));
      if (side > best) {
        best = side;
        best_left = left;
        columns = k;
      }
    }
    best = std::max(best, 0.0);
    find_x_names(best);
    const double cell = std::ceil(best_left) + best + ends;
    const double height = std::min(best, cell_height(columns));
    const double used =
        cell * static_cast<double>(columns) + gap * static_cast<double>(columns - 1);
    const double start =
        area.x + margin_left + std::max(0.0, (area.width - margin_left - margin_right - used) / 2);
    double bottom = area.y;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      Plan& plan = plans_[i];
      const double row = static_cast<double>(i / columns),
                   column = static_cast<double>(i % columns);
      double x_height = 0;
      for (const Plan& each : plans_) x_height = std::max(x_height, each.x_height());
      const double y = area.y + titles + row * (height + titles + x_height + gap / 2);
      plan.placed.at = {std::round(start + column * (cell + gap) + std::ceil(best_left)),
                        std::round(y), height, height};
      find_ticks(plan, plan.placed.at.size());
      bottom = std::max(bottom, plan.placed.at.bottom() + plan.x_height());
    }
    from_ = start;
    to_ = std::min(area.right() - 6, start + used + margin_right);
    legend_y_ = bottom + legend_gap;
    return best >= least_panel;
  }

  void draw(const Rect& room) {
    Scene& scene = laid_.scene;
    for (const Plan& plan : plans_) {
      const Rect& at = plan.placed.at;
      if (at.width < 8 || at.height < 8) continue;
      if (title_of(plan) > 0) panel_title(plan);
      draw_grid(plan, theme_, scene);
      draw_marks(plan, theme_, options_.hidden, scene);
      draw_axes(plan, left_of(plan, room), std::min(room.right() - 4, to_of(plan)), theme_, scene);
      draw_end_labels(plan, scene);
      laid_.panels.push_back(plan.placed);
    }
    const bool fits = legend_y_ + legend_.height() <= room.bottom();
    if (!legend_.rows.empty() && fits) draw_legend(legend_, {legend_x(room), legend_y_}, laid_);
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
    double to = to_;
    for (const Plan& other : plans_)
      if (beside(plan, other)) to = std::min(to, other.placed.at.x - left_room(other) - 8);
    return to;
  }

  /// Under the picture where it fits, else from the margin.
  double legend_x(const Rect& room) const {
    double widest = 0;
    for (const LegendRow& row : legend_.rows) {
      double width = -16;
      for (const LegendItem& item : row.items) width += item.width + 16;
      widest = std::max(widest, width);
    }
    const double most = room.right() - margin_right - widest;
    return std::max(room.x + margin_left, std::min(from_, most));
  }

  void panel_title(const Plan& plan) {
    const Rect& at = plan.placed.at;
    const double left = figure_.panels.size() > 1 && plan.panel->equal ? at.x : from_;
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
  std::vector<LegendEntry> ends_in_legend_;
  Legend legend_;
  double from_ = 0, to_ = 0, legend_y_ = 0;
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
    laid.scene.add(figure.compose(room.size()), {room.x, room.y});
    return laid;
  }
  Layouter(figure, theme, options, laid).lay(room);
  return laid;
}

}  // namespace crease
