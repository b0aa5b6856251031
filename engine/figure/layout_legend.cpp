// The legend below a picture: entries and colour bars in rows.
#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"

namespace crease::laying {

namespace {

constexpr double sign_gap = 5;
constexpr double line_length = 18;
constexpr double marker_radius = 3.8;
constexpr double bar_width = 44, bar_height = 9;
constexpr double tall_bar_width = 140, column_bar_width = 84, tall_bar_row = 38;

double sign_width(const LegendEntry& entry) { return entry.marker ? 10 : line_length; }

void draw_sign(const LegendEntry& entry, const Theme& theme, bool off, Point from, Scene& scene) {
  const double opacity = off ? 0.35 : 1;
  if (!entry.marker) {
    Stroke stroke = entry.stroke;
    stroke.colour = stroke.colour.faded(opacity);
    scene.add(Polyline{{from, {from.x + line_length, from.y}}, stroke});
    return;
  }
  const Point centre = {from.x + sign_width(entry) / 2, from.y};
  Stroke edge = entry.stroke;
  Colour fill = entry.fill;
  double radius = marker_radius;
  if (*entry.marker == Marker::ring) {
    radius = std::min(5.0, radius + edge.width / 2);
    // It stands around a point: alone it would look like a hollow one.
    add_marker(scene, Marker::disc, centre, 2, theme.ink2.faded(opacity), {});
  } else if (entry.hollow) {
    edge = {entry.fill, 1.4, {}};
    fill = theme.picture;
    radius -= 0.7;
  } else if (edge.colour == theme.picture) {
    edge = {};
    edge.width = 0;
  }
  edge.colour = edge.colour.faded(opacity);
  add_marker(scene, *entry.marker, centre, radius, fill.faded(opacity), edge);
}

LegendItem entry_item(const LegendEntry& entry, const Theme& theme, bool off) {
  const Typeset label = typeset(entry.label, {.size = tick_text});
  LegendItem item;
  item.key = entry.key;
  item.width = sign_width(entry) + sign_gap + label.width;
  item.draw = [entry, label, &theme, off](Scene& scene, Point from) {
    draw_sign(entry, theme, off, from, scene);
    const double x = from.x + sign_width(entry) + sign_gap;
    add_text(scene, label, {x, baseline_at(from.y, tick_text)}, off ? theme.ink3 : theme.ink2);
    if (off)
      scene.add(Polyline{{{x - 2, from.y + 0.5}, {x + label.width + 2, from.y + 0.5}},
                         {theme.ink3, 1, {}}});
  };
  return item;
}

void draw_bar(const ColourMap& map, const Rect& at, const Theme& theme, Scene& scene) {
  constexpr int steps = 128;
  auto raster = std::make_shared<Raster>(steps, 1);
  for (int i = 0; i < steps; ++i) raster->at(i, 0) = map.at((i + 0.5) / steps);
  scene.add(Image{at, std::move(raster), {}, false});
  scene.add(RoundRect{at.inset(-0.5), 0, {0, 0, 0, 0}, {theme.frame.faded(0.5), 1, {}}});
}

/// Its ends named at its sides, or, with more to name, all below it.
LegendItem bar_item(const ColourBar& bar, const Theme& theme, double most_width, bool column) {
  struct Named {
    double at;
    Typeset text;
  };
  const Typeset name = typeset(bar.label, {.size = tick_text});
  const double lead = name.width > 0 ? name.width + 8 : 0;
  std::vector<Named> ticks;
  for (const ColourBar::Tick& tick : bar.ticks)
    if (tick.at >= 0 && tick.at <= 1) ticks.push_back({tick.at, tick_label(tick.label)});
  std::sort(ticks.begin(), ticks.end(), [](auto& a, auto& b) { return a.at < b.at; });
  LegendItem item;
  if (ticks.size() == 2 && ticks[0].at == 0 && ticks[1].at == 1) {
    const Typeset low = ticks[0].text, high = ticks[1].text;
    item.width = lead + low.width + 6 + bar_width + 6 + high.width;
    item.draw = [=, map = bar.map, &theme](Scene& scene, Point from) {
      const double baseline = baseline_at(from.y, tick_text);
      add_text(scene, name, {from.x, baseline}, theme.ink2);
      const double x = std::round(from.x + lead + low.width + 6);
      add_text(scene, low, {x - 6, baseline}, theme.ink2, Align::right);
      draw_bar(map, {x, std::round(from.y - bar_height / 2), bar_width, bar_height}, theme, scene);
      add_text(scene, high, {x + bar_width + 6, baseline}, theme.ink2);
    };
    return item;
  }
  double labels = 0;
  for (const Named& tick : ticks) labels += tick.text.width + 8;
  const double width = std::min(std::max(column ? column_bar_width : tall_bar_width, labels),
                                std::max(40.0, most_width - lead));
  item.height = ticks.empty() ? legend_row : tall_bar_row;
  item.width = lead + width;
  item.draw = [=, map = bar.map, &theme](Scene& scene, Point from) {
    const double y = std::round(from.y - bar_height / 2);
    const double x = std::round(from.x + lead);
    add_text(scene, name, {from.x, baseline_at(from.y, tick_text)}, theme.ink2);
    draw_bar(map, {x, y, width, bar_height}, theme, scene);
    double free = x - 2;  // where the last label ended
    for (const Named& tick : ticks) {
      const double end = x + width + 2;
      const double start =
          std::clamp(x + tick.at * width - tick.text.width / 2, x - 2, end - tick.text.width);
      if (start < free || tick.text.width > width) continue;
      add_text(scene, tick.text, {start, y + bar_height + 14}, theme.ink2);
      free = start + tick.text.width + 6;
    }
  };
  return item;
}

}  // namespace

double Legend::width() const {
  double widest = 0;
  for (const LegendRow& row : rows) {
    double width = -legend_item_gap;
    for (const LegendItem& item : row.items) width += item.width + legend_item_gap;
    widest = std::max(widest, width);
  }
  return widest;
}

double Legend::height() const {
  double sum = 0;
  for (const LegendRow& row : rows) sum += row.height;
  return sum;
}

Legend make_legend(const std::vector<LegendEntry>& entries, const std::vector<ColourBar>& bars,
                   double width, bool column, const Theme& theme,
                   const std::set<std::string>& hidden) {
  std::vector<LegendItem> items;
  for (const LegendEntry& entry : entries)
    items.push_back(entry_item(entry, theme, !entry.key.empty() && hidden.count(entry.key) > 0));
  for (const ColourBar& bar : bars) items.push_back(bar_item(bar, theme, width, column));
  Legend legend;
  double used = 0;
  for (LegendItem& item : items) {
    if (item.width > width) continue;  // never cut; what has no room is left out
    if (legend.rows.empty() || column || used + legend_item_gap + item.width > width) {
      legend.rows.emplace_back();
      used = -legend_item_gap;
    }
    used += legend_item_gap + item.width;
    LegendRow& row = legend.rows.back();
    row.height = std::max(row.height, item.height);
    row.items.push_back(std::move(item));
  }
  return legend;
}

void draw_legend(const Legend& legend, Point from, Laid& laid) {
  double y = from.y;
  for (const LegendRow& row : legend.rows) {
    double x = from.x;
    for (const LegendItem& item : row.items) {
      item.draw(laid.scene, {x, y + legend_row / 2});
      if (!item.key.empty())
        laid.legend.push_back({item.key, {x - 4, y, item.width + 8, row.height}});
      x += item.width + legend_item_gap;
    }
    y += row.height;
  }
}

void draw_notes(const Panel& panel, const Rect& at, const Theme& theme, Scene& scene) {
  constexpr double inset = 6, padding = 6, row = 20;
  double bottom = at.bottom() - inset;
  for (auto note = panel.notes.rbegin(); note != panel.notes.rend(); ++note) {
    const LegendItem item = entry_item(*note, theme, false);
    if (item.width + 2 * (padding + inset) > at.width || bottom - row < at.y) continue;
    scene.add(RoundRect{
        {at.x + inset, bottom - row, item.width + 2 * padding, row}, 4, theme.picture.faded(0.86)});
    item.draw(scene, {at.x + inset + padding, bottom - row / 2});
    bottom -= row + 2;
  }
}

}  // namespace crease::laying
