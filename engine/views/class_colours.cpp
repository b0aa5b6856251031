#include "views/class_colours.h"

#include <algorithm>
#include <cmath>

namespace crease {

ClassStyle class_style(const Theme& theme, int number) {
  ClassStyle style = theme.of_class(number);
  if (number >= static_cast<int>(theme.classes.size()))
    style.colour = mix(style.colour, theme.ink, 0.35);
  return style;
}

Colour class_tint(const Theme& theme, int number) {
  return mix(theme.picture, class_style(theme, number).colour, theme.dark ? 0.45 : 0.36);
}

ColourTable::ColourTable(const ColourMap& map) {
  colours_.reserve(steps + 1);
  for (int i = 0; i <= steps; ++i) colours_.push_back(map.at(static_cast<double>(i) / steps));
}

ClassColours::ClassColours(const Theme& theme, int classes, bool discretise)
    : two_(theme.field), discretise_(discretise) {
  for (int k = 0; k < classes; ++k) tints_.push_back(class_tint(theme, k));
}

Colour ClassColours::of(std::span<const double> shares) const {
  if (!std::all_of(shares.begin(), shares.end(), [](double s) { return std::isfinite(s); }))
    return {0, 0, 0, 0};
  if (shares.size() == 2) return two_.at(!discretise_ ? shares[1] : shares[1] > 0.5 ? 1 : 0);
  std::size_t first = 0;
  for (std::size_t k = 1; k < shares.size(); ++k)
    if (shares[k] > shares[first]) first = k;
  if (discretise_) return tints_[first];
  double second = 0, r = 0, g = 0, b = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (k != first) second = std::max(second, shares[k]);
    r += shares[k] * tints_[k].r;
    g += shares[k] * tints_[k].g;
    b += shares[k] * tints_[k].b;
  }
  const double clear = std::min(1.0, 0.25 + shares[first] - second);
  return mix(two_.at(0.5), {nearest_byte(r), nearest_byte(g), nearest_byte(b)}, clear);
}

ColourMap value_map(const Theme& theme, bool is_signed, bool pale) {
  ColourMap map = is_signed ? theme.signed_values : theme.ordered;
  if (pale)
    for (Colour& colour : map.stops) colour = mix(theme.picture, colour, 0.6);
  return map;
}

}  // namespace crease
