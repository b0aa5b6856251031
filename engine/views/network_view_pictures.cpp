/// The picture of a single unit: its field, its curve, its map, its cell, its bar.
#include <algorithm>
#include <cmath>
#include <span>

#include "views/network_view_brush.h"
#include "views/pictures.h"
#include "views/plane.h"
#include "views/words.h"

namespace crease::network_picture {

namespace {

/// Of a layer of the answer: asked for once a unit, and looked for once.
double largest_in(Brush& brush, std::span<const float> layer) {
  const auto [known, is_new] = brush.largest.try_emplace(layer.data(), 0.0);
  if (is_new) known->second = largest_of(layer);
  return known->second;
}

double scale_of(Brush& brush, std::span<const float> unit, std::span<const float> layer) {
  return full_colour(unit, largest_in(brush, layer));
}

/// The values of a node for the sample; of the data for the input.
std::span<const float> values_of(const Brush& brush, const Block& block) {
  const auto& values = brush.answer.values;
  if (values.empty()) return {};
  return block.node < 0 ? values.back() : values[static_cast<std::size_t>(block.node)];
}

/// The shares of the classes at each pixel of the output.
class OutputColours {
 public:
  explicit OutputColours(const Brush& brush) : brush_(brush) {
    const Meaning& meaning = brush.answer.meaning;
    single_ = brush.block(brush.answer.model.blocks.size() - 1).units == 1;
    if (!meaning.decides()) return;
    for (int k = 0; k < (single_ ? 1 : meaning.classes()); ++k) {
      auto& table = tables_.emplace_back();
      for (int i = 0; i <= steps; ++i) {
        const double share = static_cast<double>(i) / steps;
        table.push_back(
            single_ ? brush.theme.field.at(share)
                    : mix(brush.theme.picture, brush.theme.of_class(k).colour, 0.75 * share));
      }
    }
  }

  Colour of(int unit, std::size_t pixel, double scale, std::span<const float> values) const {
    const auto& shares = brush_.answer.output_shares;
    if (shares.empty()) return brush_.shades.at(static_cast<double>(values[pixel]) / scale);
    const std::size_t k = single_ ? 1 : static_cast<std::size_t>(unit);
    const double share = static_cast<double>(shares[k * brush_.answer.output.pixels() + pixel]);
    if (!std::isfinite(share)) return brush_.theme.hover;
    // As in ColourTable. NOLINTNEXTLINE(bugprone-incorrect-roundings)
    return tables_[single_ ? 0 : k][static_cast<std::size_t>(share * steps + 0.5)];
  }

 private:
  static constexpr int steps = 256;
  const Brush& brush_;
  bool single_ = true;
  std::vector<std::vector<Colour>> tables_;  // by class: the colours of its shares
};

}  // namespace

void paint_field(Brush& brush, const Block& block, const Spot& spot) {
  const double radius = std::min(5.0, spot.at.height * 0.15);
  if (block.is_input) {
    constexpr int side = 48;
    brush.atlas.add(brush.scene, spot.at, side, side, true, radius, [&](int c, int r) {
      return brush.shades.at((spot.unit == 0 ? 2 * c + 1 : side - 2 * r - 1) /
                                 static_cast<double>(side) -
                             (spot.unit == 0 ? 1 : 0));
    });
    return;
  }
  const auto node = static_cast<std::size_t>(block.node);
  const UnitFields& fields = block.is_output ? brush.answer.output : brush.answer.units;
  if (node >= fields.nodes.size() || fields.nodes[node].empty()) return;
  const auto values = fields.of(node, static_cast<std::size_t>(spot.unit));
  const double scale = scale_of(brush, values, fields.nodes[node]);
  const auto pixel = [&](int c, int r) { return static_cast<std::size_t>(r * fields.width + c); };
  if (block.is_output) {
    const OutputColours colours(brush);
    brush.atlas.add(
        brush.scene, spot.at, fields.width, fields.height, true, radius,
        [&](int c, int r) { return colours.of(spot.unit, pixel(c, r), scale, values); });
    return;
  }
  brush.atlas.add(brush.scene, spot.at, fields.width, fields.height, true, radius,
                  [&](int c, int r) {
                    return brush.shades.at(static_cast<double>(values[pixel(c, r)]) / scale);
                  });
}

void paint_curve(Brush& brush, const Block& block, const Spot& spot) {
  const Rect& at = spot.at;
  const double radius = std::min(5.0, at.height * 0.15);
  const Theme& theme = brush.theme;
  brush.scene.add(RoundRect{at, radius, theme.picture});
  const std::vector<float> line{-1, 0, 1};
  std::span<const float> values = line;
  double scale = 1;
  if (!block.is_input) {
    const auto node = static_cast<std::size_t>(block.node);
    const UnitFields& fields = block.is_output ? brush.answer.output : brush.answer.units;
    if (node >= fields.nodes.size() || fields.nodes[node].empty()) return;
    values = fields.of(node, static_cast<std::size_t>(spot.unit));
    scale = scale_of(brush, values, fields.nodes[node]);
  }
  double low = 0, high = 0;
  for (const float v : values)
    if (std::isfinite(v)) {
      low = std::min(low, static_cast<double>(v));
      high = std::max(high, static_cast<double>(v));
    }
  if (high - low < scale) (low < 0 ? low : high) = (low < 0 ? high - scale : low + scale);
  const Rect inner = at.inset(std::min(3.0, at.height * 0.09));
  const auto y_of = [&](double v) {
    return inner.bottom() - (v - low) / (high - low) * inner.height;
  };
  const auto x_of = [&](std::size_t i) {
    return inner.x + inner.width * static_cast<double>(i) / static_cast<double>(values.size() - 1);
  };
  Mesh area;
  const double zero = y_of(0);
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    const double a = static_cast<double>(values[i]), b = static_cast<double>(values[i + 1]);
    if (!std::isfinite(a) || !std::isfinite(b)) continue;
    const Colour fill = (a + b < 0 ? theme.negative : theme.positive).faded(0.28);
    const auto first = static_cast<std::uint32_t>(area.points.size());
    for (const Point p : {Point{x_of(i), zero}, Point{x_of(i), y_of(a)},
                          Point{x_of(i + 1), y_of(b)}, Point{x_of(i + 1), zero}}) {
      area.points.push_back(p);
      area.colours.push_back(fill);
    }
    for (const std::uint32_t corner : {0U, 1U, 2U, 0U, 2U, 3U})
      area.triangles.push_back(first + corner);
  }
  if (!area.triangles.empty()) brush.scene.add(std::move(area));
  brush.scene.add(Polyline{{{inner.x, zero}, {inner.right(), zero}}, {theme.rule, 1, {}}});
  Polyline curve{{}, {theme.ink, at.height > 60 ? 1.8 : 1.2, {}}};
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i]))
      curve.points.push_back({x_of(i), y_of(static_cast<double>(values[i]))});
  if (curve.points.size() > 1) brush.scene.add(std::move(curve));
}

void paint_map(Brush& brush, const Block& block, const Spot& spot) {
  const auto values = values_of(brush, block);
  const int rows = block.shape.height, columns = block.shape.width;
  const auto size = static_cast<std::size_t>(rows * columns);
  if (values.empty()) {
    brush.scene.add(RoundRect{spot.at, 0, brush.theme.hover});
    return;
  }
  if (is_signal(block.shape)) {
    const auto channel = values.subspan(static_cast<std::size_t>(spot.unit) * size, size);
    ValueColours colours = ValueColours::of(brush.theme, values);
    colours.largest = scale_of(brush, channel, values);
    brush.scene.add(Image{.at = spot.at,
                          .raster = block.is_input ? picture_of(block.shape, values, brush.theme)
                                                   : map_of(columns, 1, channel, colours),
                          .part = {},
                          .smooth = true});
    return;
  }
  const auto pixel = [&](int c, int r) { return static_cast<std::size_t>(r * columns + c); };
  if (block.is_input) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double from = std::min(0.0, static_cast<double>(*low));
    const double range = std::max(1e-9, std::max(1.0, static_cast<double>(*high)) - from);
    const auto level = [&](std::size_t i) {
      return std::clamp((static_cast<double>(values[i]) - from) / range, 0.0, 1.0);
    };
    const bool coloured = block.units == 3;
    brush.atlas.add(brush.scene, spot.at, columns, rows, false, 0, [&](int c, int r) {
      const std::size_t p = pixel(c, r) + static_cast<std::size_t>(spot.unit) * size;
      if (!coloured) return mix(brush.theme.picture, brush.theme.ink, level(p));
      const auto byte = [&](std::size_t i) { return nearest_byte(255 * level(i)); };
      return Colour{byte(p), byte(p + size), byte(p + 2 * size), 255};
    });
    return;
  }
  const auto channel = values.subspan(static_cast<std::size_t>(spot.unit) * size, size);
  const double scale = scale_of(brush, channel, values);
  brush.atlas.add(brush.scene, spot.at, columns, rows, false, 0, [&](int c, int r) {
    return brush.shades.at(static_cast<double>(channel[pixel(c, r)]) / scale);
  });
}

namespace {

/// The colour of a unit as one flat cell.
Colour cell_colour(Brush& brush, const Block& block, const Spot& spot) {
  double share = 0;
  if (block.look == Look::cells || block.look == Look::maps) {
    const auto values = values_of(brush, block);
    const auto places = static_cast<std::size_t>(block.places);
    if (!values.empty()) {
      double sum = 0;
      for (const float v : values.subspan(static_cast<std::size_t>(spot.unit) * places, places))
        sum += static_cast<double>(v);
      share = sum / static_cast<double>(places) / std::max(1e-9, largest_in(brush, values));
    }
  } else if (block.is_input) {
    share = spot.unit == 0 ? -0.5 : 0.5;
  } else {
    const auto node = static_cast<std::size_t>(block.node);
    const UnitFields& fields = block.is_output ? brush.answer.output : brush.answer.units;
    if (node < fields.nodes.size() && !fields.nodes[node].empty()) {
      const auto field = fields.of(node, static_cast<std::size_t>(spot.unit));
      double sum = 0;
      for (const float v : field) sum += static_cast<double>(v);
      share = sum / static_cast<double>(field.size()) / scale_of(brush, field, fields.nodes[node]);
    }
  }
  return brush.shades.at(share);
}

}  // namespace

void paint_cell(Brush& brush, const Block& block, const Spot& spot) {
  brush.scene.add(RoundRect{spot.at,
                            std::min(4.0, spot.at.height / 5),
                            cell_colour(brush, block, spot),
                            {brush.theme.frame.faded(0.7), 0.8, {}}});
}

void paint_strip(Brush& brush, const Block& block, const Place& place) {
  if (place.spots.empty()) return;
  int rows = 1;
  while (rows < static_cast<int>(place.spots.size()) &&
         place.spots[static_cast<std::size_t>(rows)].at.x == place.spots[0].at.x)
    ++rows;
  const int columns = (static_cast<int>(place.spots.size()) + rows - 1) / rows;
  brush.atlas.add(brush.scene, place.box, columns, rows, false, 0, [&](int c, int r) {
    const auto i = static_cast<std::size_t>(c * rows + r);
    return i < place.spots.size() ? cell_colour(brush, block, place.spots[i]) : brush.theme.picture;
  });
}

void paint_bar(Brush& brush, const Block& block, const Place& place, const Spot& spot) {
  const Theme& theme = brush.theme;
  const auto values = values_of(brush, block);
  const auto unit = static_cast<std::size_t>(spot.unit);
  const Rect& at = spot.at;
  const double baseline = at.centre().y + 0.36 * detail_text;
  const Meaning& meaning = brush.answer.meaning;
  double value = 0, share = 0;
  bool chosen = false;
  if (!values.empty() && meaning.decides()) {
    std::vector<double> shares(static_cast<std::size_t>(meaning.classes()));
    meaning.shares(values.data(), 1, shares);
    const std::size_t k = block.units == 1 ? 1 : unit;
    value = share = shares[k];
    chosen = block.units == 1 || std::max_element(shares.begin(), shares.end()) ==
                                     shares.begin() + static_cast<std::ptrdiff_t>(k);
  } else if (!values.empty()) {
    value = static_cast<double>(values[unit]);
    share = value / std::max(1e-9, largest_in(brush, values));
  }
  const TextStyle style{.size = detail_text, .face = chosen ? Face::semibold : Face::regular};
  const Colour ink = chosen ? theme.ink : theme.ink2;
  if (unit < block.labels.size()) {
    const std::string& label = block.labels[unit];
    const Typeset line = label_in(place.label_room - 12, label, style);
    add_text(brush.scene, line, {at.x - 10, baseline}, ink, Align::right);
  }
  if (values.empty()) return;
  if (std::isfinite(share)) {
    const double zero = meaning.decides() ? at.x : at.centre().x;
    const double full = meaning.decides() ? at.width : at.width / 2;
    const double length = std::abs(share) * full;
    const double height = std::min(12.0, at.height * 0.66);
    if (length > 0.3)
      brush.scene.add(
          RoundRect{{share < 0 ? zero - length : zero, at.centre().y - height / 2, length, height},
                    std::min(2.0, length / 2),
                    share < 0 ? theme.negative : theme.positive});
  }
  if (place.label_room > 0 && at.right() + 50 < brush.size.width) {
    TextStyle number = style;
    number.fixed_digits = true;
    add_text(brush.scene, typeset(number_text(value), number), {at.right() + 50, baseline}, ink,
             Align::right);
  }
}

}  // namespace crease::network_picture
