// Panels get their places: below each other, or squares side by side.
#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"

namespace crease::laying {

namespace {

constexpr double least_panel = 40, least_height = 26;  // px; smaller panels show nothing
constexpr double longest_name = 72;  // px: a longer one would take the place of several ticks
constexpr double stack_gap = 14, square_gap = 20, square_row_gap = 10;

/// Whether a long name of an x axis goes on a row of its own.
void find_x_names(std::vector<Plan>& plans, double width) {
  for (Plan& plan : plans) {
    const double name = typeset(plan.panel->x.label, {.size = tick_text}).width;
    plan.x_name_below = plan.x_labels && name > std::min(0.4 * std::max(width, 60.0), longest_name);
  }
}

double tallest(const std::vector<Plan>& plans, double (Plan::*height)() const) {
  double most = 0;
  for (const Plan& plan : plans) most = std::max(most, (plan.*height)());
  return most;
}

/// Squares in a number of columns.
struct Squares {
  std::size_t columns = 1;
  double left = 0, side = 0;  ///< room for labels beside each square, and its size
};

Squares squares_in(std::vector<Plan>& plans, const Rect& area, std::size_t columns) {
  const auto across = static_cast<double>(columns);
  const auto down = static_cast<double>((plans.size() + columns - 1) / columns);
  const double room = area.width - margin_left - margin_right - square_gap * (across - 1);
  const double cell = room / across, row = (area.height - square_row_gap * (down - 1)) / down;
  const double guess = std::min(cell - 30, row - x_row);
  find_x_names(plans, guess);
  const double height = row - tallest(plans, &Plan::title_height) - tallest(plans, &Plan::x_height);
  Squares squares{columns, 0, 0};
  for (Plan& plan : plans) {
    find_ticks(plan, {std::min(cell, height), std::min(cell, height)});
    squares.left = std::max(squares.left, std::ceil(left_room(plan)));
  }
  squares.side =
      std::max(0.0, std::floor(std::min(cell - squares.left - ends_room(plans), height)));
  return squares;
}

}  // namespace

double share_of(const std::vector<Plan>& plans, const Plan& plan) {
  const auto share = [](const Plan& each) { return std::max(each.panel->share, 0.01); };
  double sum = 0;
  for (const Plan& each : plans) sum += share(each);
  return share(plan) / sum;
}

double ends_room(const std::vector<Plan>& plans) {
  double widest = 0;
  for (const Plan& plan : plans)
    for (const EndLabel& label : plan.ends) widest = std::max(widest, label.text.width);
  return widest > 0 ? end_label_gap + widest : 0;
}

Arrangement place_stack(std::vector<Plan>& plans, const Rect& area) {
  find_x_names(plans, area.width - 60);
  double heights = area.height - stack_gap * static_cast<double>(plans.size() - 1);
  for (const Plan& plan : plans) heights -= plan.title_height() + plan.x_height();
  const auto height_of = [&](const Plan& plan) {
    return std::max(0.0, std::floor(share_of(plans, plan) * heights));
  };
  double left = 0;
  for (Plan& plan : plans) {
    find_ticks(plan, {0, height_of(plan)});
    left = std::max(left, left_room(plan));
  }
  const double ends = ends_room(plans), x = std::round(area.x + margin_left + left);
  // Without labels at the ends, half of the last tick's label hangs over.
  const double right = area.right() - (ends > 0 ? margin_right + ends : 16);
  const double width = std::floor(std::max(0.0, right - x));

  Arrangement result{area.x + margin_left, area.right() - 6, x + width, area.y, width,
                     width >= least_panel};
  double y = area.y;
  for (Plan& plan : plans) {
    const double height = height_of(plan);
    y = std::round(y + plan.title_height());
    plan.placed.at = {x, y, width, height};
    if (plan.panel->equal) plan.placed.at.width = plan.placed.at.height = std::min(width, height);
    find_ticks(plan, plan.placed.at.size());
    result.roomy = result.roomy && plan.placed.at.height >= least_height;
    result.side = std::min(result.side, height);
    y += height + plan.x_height();
    result.bottom = y;
    y += stack_gap;
  }
  return result;
}

Arrangement place_squares(std::vector<Plan>& plans, const Rect& area) {
  Squares best = squares_in(plans, area, 1);
  for (std::size_t columns = 2; columns <= plans.size(); ++columns) {
    const Squares other = squares_in(plans, area, columns);
    if (other.side > best.side) best = other;
  }
  best = squares_in(plans, area, best.columns);
  const double cell = best.left + best.side + ends_room(plans), across = cell + square_gap;
  const double titles = tallest(plans, &Plan::title_height);
  const double down = titles + best.side + tallest(plans, &Plan::x_height) + square_row_gap;
  const double used = across * static_cast<double>(best.columns) - square_gap;
  const double room = area.width - margin_left - margin_right;
  const double start = std::round(area.x + margin_left + std::max(0.0, (room - used) / 2));

  Arrangement result{start,        std::min(area.right() - 6, start + used + margin_right),
                     start + used, area.y,
                     best.side,    best.side >= least_panel};
  for (std::size_t i = 0; i < plans.size(); ++i) {
    Plan& plan = plans[i];
    const auto column = static_cast<double>(i % best.columns);
    const auto row = static_cast<double>(i / best.columns);
    plan.placed.at = {start + column * across + best.left, std::round(area.y + titles + row * down),
                      best.side, best.side};
    find_ticks(plan, plan.placed.at.size());
    result.bottom = std::max(result.bottom, plan.placed.at.bottom() + plan.x_height());
  }
  return result;
}

}  // namespace crease::laying
