#include "views/pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace crease {

const std::vector<std::size_t>& samples_of(const DataSet& data, Part part) {
  return part == Part::test && !data.test.empty() ? data.test : data.train;
}

std::string_view name_of_part(const DataSet& data, Part part) {
  return name_of(part == Part::test && !data.test.empty() ? Part::test : Part::train);
}

std::vector<float> inputs_of(const DataSet& data, std::size_t sample) {
  const std::size_t size = data.shape.size();
  std::vector<float> values(size);
  for (std::size_t f = 0; f < size; ++f)
    values[f] = !data.bytes.empty()
                    ? static_cast<float>(data.bytes[sample * size + f]) / 255.0F
                    : static_cast<float>(data.values(static_cast<Eigen::Index>(f),
                                                     static_cast<Eigen::Index>(sample)));
  return values;
}

namespace {

/// The finite numbers' range, at least 0 .. 1 where they stay inside it.
std::pair<float, float> range_of(std::span<const float> values) {
  float low = 0, high = 1;
  for (const float v : values)
    if (std::isfinite(v)) {
      low = std::min(low, v);
      high = std::max(high, v);
    }
  return {low, high};
}

/// A signal as a curve from the left to the right, `low` at the bottom; `ground(v, above)` gives
/// the colour of a place at the height v where the curve is at `above`.
template <class Ground>
std::shared_ptr<const Raster> curve_of(std::span<const float> values, double low, double high,
                                       Colour line, const Ground& ground) {
  constexpr int per_number = 4, least_width = 120;
  constexpr double proportion = 0.6, thick = 2.2;
  const auto count = static_cast<int>(values.size());
  const int times = std::max(per_number, (least_width + count - 1) / count);
  const int width = count * times;
  auto raster = std::make_shared<Raster>(width, static_cast<int>(width * proportion));
  const double margin = 0.06 * raster->height, room = raster->height - 2 * margin;
  const auto value = [&](double x) {
    const double place = std::clamp(x / times - 0.5, 0.0, count - 1.0);
    const auto left = static_cast<std::size_t>(place);
    const std::size_t right = std::min(left + 1, values.size() - 1);
    const double share = place - static_cast<double>(left);
    return (1 - share) * static_cast<double>(values[left]) +
           share * static_cast<double>(values[right]);
  };
  const auto y_of = [&](double v) { return margin + (high - v) / (high - low) * room; };
  const double line_width = thick * width / (per_number * 40.0);
  for (int x = 0; x < width; ++x) {
    // Half a line's width further to both sides, so that a steep stroke is as thick as a flat one.
    const double reach = line_width / 2;
    const double before = y_of(value(x - reach)), after = y_of(value(x + 1 + reach)),
                 here = value(x + 0.5);
    const double top = std::min(before, after) - line_width / 2;
    const double bottom = std::max(before, after) + line_width / 2;
    for (int y = 0; y < raster->height; ++y) {
      const double height = high - (y + 0.5 - margin) / room * (high - low);
      raster->at(x, y) = ground(height, here);
      if (!std::isfinite(here)) continue;
      const double covered = std::min<double>(y + 1, bottom) - std::max<double>(y, top);
      raster->at(x, y) = mix(raster->at(x, y), line, std::clamp(covered, 0.0, 1.0));
    }
  }
  return raster;
}

}  // namespace

bool is_signal(const Shape& shape) {
  return shape.is_image && shape.height == 1 && shape.width > 1;
}

std::shared_ptr<const Raster> picture_of(const Shape& shape, std::span<const float> values,
                                         const Theme& theme) {
  if (is_signal(shape)) {
    const auto line = values.first(static_cast<std::size_t>(shape.width));
    const auto [low, high] = range_of(line);
    return curve_of(line, low, high, theme.ink, [&](double, double) { return theme.picture; });
  }
  auto raster = std::make_shared<Raster>(shape.width, shape.height);
  const auto [low, high] = range_of(values);
  const std::size_t places = raster->pixels.size();
  const auto share = [&, from = low, to = high](std::size_t i) {
    return static_cast<double>((values[i] - from) / (to - from));
  };
  const auto byte = [](double t) {
    return std::isfinite(t) ? nearest_byte(255 * std::clamp(t, 0.0, 1.0)) : std::uint8_t{0};
  };
  for (std::size_t i = 0; i < places; ++i) {
    if (shape.channels == 3)
      raster->pixels[i] = {byte(share(i)), byte(share(i + places)), byte(share(i + 2 * places))};
    else if (std::isfinite(values[i]))
      raster->pixels[i] = mix(theme.picture, theme.ink, share(i));
    else
      raster->pixels[i] = {0, 0, 0, 0};
  }
  return raster;
}

double largest_of(std::span<const float> values) {
  float largest = 0;
  for (const float v : values)
    if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  return static_cast<double>(largest);
}

double full_colour(std::span<const float> unit, double largest) {
  constexpr double palest = 0.08;
  return std::max({largest_of(unit), palest * largest, 1e-9});
}

ValueColours ValueColours::of(const Theme& theme, std::span<const float> values) {
  const double largest = largest_of(values);
  const bool is_signed =
      std::any_of(values.begin(), values.end(), [](float v) { return std::isfinite(v) && v < 0; });
  return {&theme, largest == 0 ? 1 : largest, is_signed};
}

Colour ValueColours::operator()(double value) const {
  if (!std::isfinite(value)) return {0, 0, 0, 0};
  const double t = value / largest;
  return is_signed ? theme->signed_values.at(0.5 + 0.5 * t) : theme->positive_value(t);
}

std::shared_ptr<const Raster> map_of(int width, int height, std::span<const float> values,
                                     const ValueColours& colours) {
  if (height == 1 && width > 1) {
    const Theme& theme = *colours.theme;
    const double low = colours.is_signed ? -colours.largest : 0;
    const auto ground = [&](double at, double curve) {
      const bool inside = curve > 0 ? at > 0 && at < curve : at < 0 && at > curve;
      return inside ? colours(0.5 * (curve > 0 ? colours.largest : -colours.largest))
                    : theme.picture;
    };
    return curve_of(values, low, colours.largest, theme.ink2, ground);
  }
  auto raster = std::make_shared<Raster>(width, height);
  for (std::size_t i = 0; i < raster->pixels.size(); ++i)
    raster->pixels[i] = colours(static_cast<double>(values[i]));
  return raster;
}

Rect add_picture(Scene& scene, const Rect& at, std::shared_ptr<const Raster> raster,
                 const Stroke& frame) {
  const double scale = std::min(at.width / raster->width, at.height / raster->height);
  const Rect placed{at.x, at.y, raster->width * scale, raster->height * scale};
  // Pixels stay squares; a thin line must not fall between those of the screen.
  const bool shrinks = scale < 1;
  scene.add(Image{.at = placed, .raster = std::move(raster), .part = {}, .smooth = shrinks});
  if (frame.width > 0)
    scene.add(RoundRect{.at = placed, .radius = 0, .fill = {0, 0, 0, 0}, .edge = frame});
  return placed;
}

std::function<Scene(Size)> with_margin(std::function<Scene(Size)> compose) {
  return [compose = std::move(compose)](Size size) {
    constexpr double side = 16, below = 12, above = 4;
    Scene scene;
    scene.add(compose({std::max(40.0, size.width - 2 * side),
                       std::max(40.0, size.height - above - below)}),
              {side, above});
    return scene;
  };
}

void add_message(Scene& scene, Size size, const std::string& markup, const Theme& theme) {
  const TextStyle style{.size = 13};
  const auto lines = typeset_lines(markup, style, std::max(40.0, size.width - 24));
  constexpr double pitch = 19;
  double y = size.height / 2 - pitch * (static_cast<double>(lines.size()) - 1) / 2;
  for (const Typeset& line : lines) {
    add_text(scene, line, {size.width / 2, y}, theme.ink2, Align::centre);
    y += pitch;
  }
}

}  // namespace crease
