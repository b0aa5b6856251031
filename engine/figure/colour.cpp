// Mixing colours, and reading colour maps.
#include "figure/colour.h"

#include <algorithm>
#include <cmath>

namespace crease {

namespace {

std::uint8_t between(std::uint8_t a, std::uint8_t b, double share) {
  return nearest_byte(a + (b - a) * share);
}

}  // namespace

Colour Colour::faded(double opacity) const {
  Colour faded = *this;
  faded.a = nearest_byte(a * std::clamp(opacity, 0.0, 1.0));
  return faded;
}

Colour mix(Colour a, Colour b, double share) {
  share = std::clamp(share, 0.0, 1.0);
  return {between(a.r, b.r, share), between(a.g, b.g, share), between(a.b, b.b, share),
          between(a.a, b.a, share)};
}

Colour ColourMap::at(double t) const {
  if (stops.empty()) return {0, 0, 0, 0};
  if (std::isnan(t)) {
    Colour middle = at(0.5);
    middle.a = 0;
    return middle;
  }
  const double place = std::clamp(t, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
  const auto left = static_cast<std::size_t>(place);
  if (left + 1 >= stops.size()) return stops.back();
  return mix(stops[left], stops[left + 1], place - static_cast<double>(left));
}

double luminance(Colour colour) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

double contrast(Colour a, Colour b) {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

Colour legible(Colour colour, Colour ground, Colour ink) {
  colour.a = 255;
  Colour text = colour;
  for (int step = 1; step <= 20 && contrast(text, ground) < 4.5; ++step)
    text = mix(colour, ink, step / 20.0);
  return text;
}

}  // namespace crease
