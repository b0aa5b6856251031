#include "views/plane.h"

#include <algorithm>
#include <cmath>

namespace crease {

std::vector<std::size_t> held_back(const DataSet& data) {
  std::vector<std::size_t> samples = data.test;
  samples.insert(samples.end(), data.validation.begin(), data.validation.end());
  return samples;
}

std::string held_back_label(const DataSet& data) {
  if (data.validation.empty()) return "test";
  return data.test.empty() ? "validation" : "test, validation";
}

Extremes extremes(const std::vector<double>& values, double margin) {
  Extremes found{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    found.low = std::min(found.low, v);
    found.high = std::max(found.high, v);
  }
  if (found.low > found.high) return {-1, 1};
  // Numbers that differ by rounding only are one number.
  const double size = std::max(std::abs(found.low), std::abs(found.high));
  const double range = found.high - found.low;
  if (!(range > 1e-9 * size))
    return {found.low - std::max(1.0, size / 2), found.high + std::max(1.0, size / 2)};
  return {found.low - margin * range, found.high + margin * range};
}

Point place_of(const DataSet& data, std::size_t sample) {
  if (!data.bytes.empty())
    return {data.bytes[2 * sample] / 255.0, data.bytes[2 * sample + 1] / 255.0};
  const auto column = static_cast<Eigen::Index>(sample);
  return {data.values(0, column), data.values(1, column)};
}

HomeDomain home_domain(const DataSet* data) {
  if (!data || data->size() == 0) return {};
  std::vector<double> across, upwards;
  for (std::size_t i = 0; i < data->size(); ++i) {
    const Point at = place_of(*data, i);
    across.push_back(at.x);
    upwards.push_back(at.y);
  }
  constexpr double margin = 0.1, most_unequal = 3;
  const Extremes x = extremes(across, margin), y = extremes(upwards, margin);
  const double width = x.high - x.low, height = y.high - y.low;
  if (width > most_unequal * height || height > most_unequal * width)
    return {{x.low, x.high, y.low, y.high}, false};
  const double half = std::max(width, height) / 2;
  const Point centre{(x.low + x.high) / 2, (y.low + y.high) / 2};
  return {{centre.x - half, centre.x + half, centre.y - half, centre.y + half}, true};
}

PointsMark sample_points(const Theme& theme, const ClassStyle& style, bool hollow,
                         std::size_t how_many) {
  PointsMark mark;
  mark.marker = style.marker;
  mark.radius = how_many <= 40 ? 4.5 : how_many <= 700 ? 2.9 : how_many <= 1800 ? 2.4 : 1.9;
  // The line of a hollow one adds to it: it may look a little larger, not much.
  if (hollow) mark.radius -= 0.5;
  mark.fill = style.colour;
  mark.hollow = hollow;
  mark.edge =
      style.outlined && !hollow ? Stroke{theme.ink2, 0.8, {}} : Stroke{theme.picture, 0.9, {}};
  return mark;
}

PointsMark wrong_rings(const Theme& theme, std::size_t how_many) {
  PointsMark mark;
  mark.key = "wrong";
  mark.marker = Marker::ring;
  // The more there are, the smaller and fainter: points close together must not lie in black.
  const double crowd = std::clamp((static_cast<double>(how_many) - 40) / 260, 0.0, 1.0);
  const auto between = [crowd](double few, double many) { return few + crowd * (many - few); };
  mark.radius = between(5.6, 4.4);
  mark.fill = theme.ink;
  mark.hollow = true;
  mark.edge = {theme.ink.faded(between(1, 0.65)), between(1.2, 0.8), {}};
  return mark;
}

bool is_drawn(std::size_t i, std::size_t count) {
  if (count <= most_points) return true;
  // Evenly: the whole part of i * most / count changes at the ones that are drawn.
  return i == 0 || i * most_points / count != (i - 1) * most_points / count;
}

}  // namespace crease
