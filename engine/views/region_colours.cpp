#include "views/region_colours.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace crease {

Colour oklch(double lightness, double chroma, double hue) {
  const double angle = hue * std::numbers::pi / 180;
  const double a = chroma * std::cos(angle), b = chroma * std::sin(angle);
  const auto cubed = [](double v) { return v * v * v; };
  const double l = cubed(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const double m = cubed(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const double s = cubed(lightness - 0.0894841775 * a - 1.2914855480 * b);
  const auto channel = [](double linear) {
    linear = std::clamp(linear, 0.0, 1.0);
    const double v =
        linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return nearest_byte(255 * v);
  };
  return {channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 255};
}

Colour tint_of(const Theme& theme, std::uint64_t hash) {
  const auto share = [hash](int from) {
    return static_cast<double>(hash >> from & 0xffff) / 65535;
  };
  const double hue = 75 + 240 * share(0);
  const double lightness = (theme.dark ? 0.36 : 0.885) + 0.06 * (2 * share(16) - 1);
  const double chroma = (theme.dark ? 0.05 : 0.044) * (0.6 + 0.8 * share(32));
  return oklch(lightness, chroma, hue);
}

Colour tint_of_direction(const Theme& theme, double direction, double strength) {
  const double hue = direction * 180 / std::numbers::pi;
  return oklch(theme.dark ? 0.30 + 0.12 * strength : 0.95 - 0.12 * strength, 0.09 * strength, hue);
}

}  // namespace crease
