// The row above a picture: its name, one fact, and a chip where it is out of date.
#include <algorithm>

#include "figure/fact.h"
#include "figure/layout_parts.h"

namespace crease::laying {

void lay_title(const Figure& figure, double width, const Theme& theme, Scene& scene) {
  const double baseline = 20, middle = 15;
  const double left = margin_left, right = width - margin_right;
  const Typeset chip = typeset(figure.stale, {.size = tick_text});
  const double chip_width = figure.stale.empty() ? 0 : chip.width + 16;

  const TextStyle bold = {.size = title_text, .face = Face::semibold};
  const bool chip_fits = chip_width > 0 && left + chip_width + 60 <= right;
  const double free = right - left - (chip_fits ? chip_width + 12 : 0);
  const std::string shown = shortened(figure.name, bold, free);
  const Typeset name = typeset(plain(shown), bold);
  add_text(scene, name, {left, baseline}, theme.ink);
  double x = left + name.width + (name.width > 0 ? 12 : 0);
  const TextStyle small = {.size = fact_text};
  if (const Typeset fact = typeset(fitting_parts(figure.fact, small, free - (x - left)), small);
      fact.width > 0) {
    add_text(scene, fact, {x, baseline}, theme.ink2);
    x += fact.width + 12;
  }
  if (!chip_fits) return;
  x = std::min(x, right - chip_width);
  scene.add(RoundRect{{x, middle - 10, chip_width, 20}, 6, theme.hover});
  add_text(scene, chip, {x + 8, baseline_at(middle, tick_text)}, theme.ink2);
}

}  // namespace crease::laying
