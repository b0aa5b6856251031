#include "views/network_view_measure.h"

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/network_view_layout.h"

namespace crease::network_picture {

namespace {

constexpr double gap = 4;  // between units

double widest_label(const Block& block, double most) {
  double width = 0;
  for (const std::string& label : block.labels)
    width = std::max(width, typeset(label, {.size = detail_text, .face = Face::semibold}).width);
  return std::min(width, most);
}

/// All in one column if they are at least `least` high; else the five that matter most.
void fit(Measure& m, int units, double wanted, double least, double room, double pitch = 0) {
  const double each = room / units;
  m.shown = units;
  m.pitch = std::min(std::max(wanted + gap, pitch), each);
  if (m.pitch - std::min(gap, m.pitch / 6) < least) {
    m.pitch = wanted + gap;
    m.shown = std::clamp(static_cast<int>((room - 24) / m.pitch), 1, shown_of_many);
    m.shown = std::min(m.shown, units);
    m.pitch = std::min(m.pitch, (room - 24) / m.shown);
  }
  m.height = m.width = std::max(1.0, std::min(wanted, m.pitch - std::min(gap, m.pitch / 6)));
}

void grid(Measure& m, int units, double room) {
  constexpr double cell = 9, step = 11;
  const int most_rows = std::max(1, static_cast<int>(room / step));
  m.is_grid = true;
  m.shown = units;
  m.columns =
      std::max(static_cast<int>(std::ceil(std::sqrt(units))), (units + most_rows - 1) / most_rows);
  m.width = m.height = cell;
  m.pitch = m.column_pitch = step;
}

void measure_plane(Measure& m, const Block& block, double scale, double room) {
  const int n = block.units;
  if (block.is_input) {
    m.shown = n;
    const double wanted = input_size * std::max(scale, 0.4);
    m.pitch = std::min(2.1 * wanted, room / n);
    m.width = m.height = std::min(wanted, m.pitch - gap);
    m.left = 10 + widest_label(block, 120);
  } else if (block.is_output) {
    const double wanted = output_size * std::max(scale, 0.4);
    m.below = 24;
    m.right = 10 + widest_label(block, scale < 0.6 ? 50 : 120);
    if (n == 1) {
      m.shown = 1;
      m.pitch = m.width = m.height = std::max(10.0, std::min(wanted, room - m.below));
    } else {
      fit(m, n, std::min(wanted, std::max(unit_size * scale, (room - m.below) / n - 8)),
          smallest_thumbnail, room - m.below);
      if (m.shown == n) m.pitch = std::min((room - m.below) / n, m.height + 10);
    }
  } else {
    fit(m, n, unit_size * scale, std::min(smallest_thumbnail, unit_size * scale), room,
        scale < 0.35 ? 0 : unit_pitch * std::max(scale, 0.8));
  }
}

void measure_maps(Measure& m, const Block& block, double scale, double room) {
  const int side = std::max(block.shape.height, block.shape.width);
  if (block.is_input && drawn_units(block) == 1) {
    m.shown = 1;
    m.below = 38;
    m.pitch = m.width = m.height =
        std::max(10.0, std::min(110 * std::max(scale, 0.4), room - m.below));
    return;
  }
  const double wanted = std::clamp(9 + 0.97 * side, 16.0, 36.0) * scale;
  fit(m, block.units, wanted, std::min(10.0, wanted), room);
  if (block.kernel_side > 0 && block.kernel_side <= 7 && m.width >= 12) {
    m.kernel = std::max(9.0, m.width * 0.64);
    m.left = m.kernel + 8;
  }
}

void measure_cells(Measure& m, const Block& block, double scale, double room) {
  const int n = block.units;
  m.width = 22 * scale;
  m.left =
      block.is_input && !block.labels.empty() ? 8 + widest_label(block, scale < 0.6 ? 60 : 120) : 0;
  m.below = block.is_input ? 22 : 0;
  room -= m.below;
  m.shown = n;
  if (room / n >= 26 && m.width >= 16) {  // few enough to stand apart
    m.height = m.width;
    m.pitch = m.width + gap;
    return;
  }
  const double least = m.left > 0 ? 14 : 2;
  if (room / n >= least) {
    m.pitch = m.height = std::min(m.left > 0 ? 22.0 : 14.0, room / n);
    return;
  }
  if (m.left > 0) m.left = 0;
  // A block of small squares: upright as far as there is room.
  const double cell = std::clamp(std::sqrt(room * room / n) * 0.8, 2.0, 6.0);
  const int rows = std::max(
      1, std::min(static_cast<int>(room / cell), static_cast<int>(std::ceil(std::sqrt(n)))));
  m.columns = (n + rows - 1) / rows;
  m.width = m.height = m.pitch = m.column_pitch = cell;
}

void measure_bars(Measure& m, const Block& block, double scale, double room) {
  const int n = block.units;
  m.shown = n;
  m.below = 0;
  m.pitch = std::min(33.0, room / n);
  m.height = std::min(m.pitch, 20.0);
  m.width = 100 * std::max(0.3, scale);
  m.left = 12 + widest_label(block, scale < 0.6 ? 40 : 120);
  m.right = scale < 0.5 ? 4 : 52;
}

}  // namespace

int drawn_units(const Block& block) {
  const bool picture =
      block.is_input && block.look == Look::maps && (block.units == 1 || block.units == 3);
  return picture ? 1 : block.units;
}

Measure measure_units(const Block& block, double scale, double room, bool opened) {
  Measure m;
  const bool can_open =
      !block.is_input && !block.is_output &&
      (block.look == Look::fields || block.look == Look::curves || block.look == Look::maps);
  if (opened && can_open) {
    grid(m, block.units, room);
    return m;
  }
  switch (block.look) {
    case Look::fields:
    case Look::curves:
      measure_plane(m, block, scale, room);
      break;
    case Look::maps:
      measure_maps(m, block, scale, room);
      break;
    case Look::cells:
      measure_cells(m, block, scale, room);
      break;
    case Look::bars:
      measure_bars(m, block, scale, room);
      break;
  }
  return m;
}

}  // namespace crease::network_picture
