// How feature maps are laid out: the sample and the outputs at the left, a band of maps per layer.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "figure/text.h"
#include "views/feature_maps.h"
#include "views/words.h"

namespace crease {

namespace {

constexpr double header = 19, band_gap = 10, map_gap = 4, pair_gap = 3;

/// One cell of a band: a map, and its filter left of it.
struct Cell {
  std::shared_ptr<const Raster> filter, map;
  Hot hot;
};
struct Band {
  std::string title, about;  ///< markup
  double filter = 0;         ///< width of a filter, in widths of a map; 0: there are none
  double proportion = 1;     ///< height by width of a map
  std::vector<Cell> cells;
};
struct Bar {
  std::string label;
  double share = 0;
  bool chosen = false, is_label = false;
};
/// Everything that the picture shows, without its size.
struct Content {
  std::shared_ptr<const Raster> input;
  std::string caption, label;
  std::vector<Bar> bars;
  std::vector<Band> bands;
};

/// The kernels of one filter in a square, a clear line between two.
std::shared_ptr<const Raster> filter_picture(const FeatureMaps::Layer& layer, std::size_t map,
                                             const ValueColours& colours) {
  const int h = layer.kernel_height, w = layer.kernel_width;
  const int across = static_cast<int>(std::ceil(std::sqrt(layer.inputs)));
  const int down = (layer.inputs + across - 1) / across;
  auto raster =
      std::make_shared<Raster>(across * (w + 1) - 1, down * (h + 1) - 1, Colour{0, 0, 0, 0});
  const auto size = static_cast<std::size_t>(h) * static_cast<std::size_t>(w);
  for (int k = 0; k < layer.inputs; ++k) {
    const float* kernel =
        layer.filters.data() +
        (map * static_cast<std::size_t>(layer.inputs) + static_cast<std::size_t>(k)) * size;
    for (int row = 0; row < h; ++row)
      for (int column = 0; column < w; ++column)
        raster->at(k % across * (w + 1) + column, k / across * (h + 1) + row) =
            colours(static_cast<double>(kernel[row * w + column]));
  }
  return raster;
}

Band band_of(const FeatureMaps::Layer& layer, const Theme& theme) {
  const Shape& shape = layer.shape;
  Band band;
  band.title = plain(layer.id);
  std::string kind = layer.kind;
  std::replace(kind.begin(), kind.end(), '_', ' ');
  if (layer.kernel_height > 0)
    kind = fmt::format("convolution {} × {}", layer.kernel_height, layer.kernel_width);
  band.about =
      fmt::format("{}, {} × {} × {}", plain(kind), shape.channels, shape.height, shape.width);
  // A single kernel is read well when it is small; a square of many is not.
  if (!layer.filters.empty()) band.filter = layer.inputs == 1 ? 0.62 : 1;
  ValueColours colours = ValueColours::of(theme, layer.maps);
  const double largest_of_all = colours.largest;
  ValueColours weights = ValueColours::of(theme, layer.filters);
  weights.is_signed = true;
  const std::size_t size = shape.size() / static_cast<std::size_t>(shape.channels);
  for (std::size_t k = 0; k < static_cast<std::size_t>(shape.channels); ++k) {
    const std::span<const float> map(layer.maps.data() + k * size, size);
    Cell cell;
    colours.largest = full_colour(map, largest_of_all);
    cell.map = map_of(shape.width, shape.height, map, colours);
    if (band.filter > 0) cell.filter = filter_picture(layer, k, weights);
    double total = 0;
    for (const float v : map) total += static_cast<double>(v);
    const auto largest = static_cast<double>(*std::max_element(map.begin(), map.end()));
    cell.hot = {.at = {},
                .id = fmt::format("{}.map{}", layer.id, k + 1),
                .title = fmt::format("{}, map {}", band.title, k + 1),
                .fact = "",
                .formulas = {},
                .readings = {{"mean", number_text(total / static_cast<double>(size))},
                             {"largest", number_text(largest)}}};
    band.proportion = static_cast<double>(cell.map->height) / cell.map->width;
    band.cells.push_back(std::move(cell));
  }
  return band;
}

/// How the cells of all bands fit under each other: the width of a map, and how many rows a band
/// may have.
struct Fit {
  double side = 0;
  std::size_t most_rows = 1;
};

double cell_width(const Band& band, double side) {
  // Pairs stand further apart than their halves.
  if (band.filter > 0) return side + pair_gap + band.filter * side + 2 * map_gap;
  return side + map_gap;
}
std::size_t cells_across(const Band& band, double side, double width) {
  const auto most =
      static_cast<std::size_t>(std::max(1.0, (width + map_gap) / cell_width(band, side)));
  // As many in each row, so that no last one stands alone.
  const std::size_t rows = (band.cells.size() + most - 1) / most;
  return (band.cells.size() + rows - 1) / rows;
}
double height_of(const std::vector<Band>& bands, const Fit& fit, double width) {
  double height = -band_gap;
  for (const Band& band : bands) {
    const std::size_t across = cells_across(band, fit.side, width);
    const std::size_t rows = std::min(fit.most_rows, (band.cells.size() + across - 1) / across);
    height +=
        header + static_cast<double>(rows) * (fit.side * band.proportion + map_gap) + band_gap;
  }
  return height;
}

/// The largest maps with which everything fits; where even small ones do not, fewer rows.
Fit fit_into(const std::vector<Band>& bands, Size size) {
  constexpr double least = 14, most = 112;
  constexpr std::size_t all = 100000;
  for (double side = most; side >= least; side -= 1)
    if (height_of(bands, {side, all}, size.width) <= size.height) return {side, all};
  Fit fit{least, 1};
  while (fit.most_rows < 64 &&
         height_of(bands, {least, fit.most_rows + 1}, size.width) <= size.height)
    ++fit.most_rows;
  return fit;
}

/// The title of a band, what it is, and how many maps have no room: the last in any case.
void add_band_title(Scene& scene, const Band& band, std::size_t left_out, Point at, double width,
                    const Theme& theme) {
  const Typeset title = typeset(band.title, {.size = 12, .face = Face::semibold});
  add_text(scene, title, {at.x, at.y + 12}, theme.ink);
  const std::string more =
      left_out > 0 ? fmt::format("{} more", count_text(left_out)) : std::string();
  const std::string both = more.empty() ? band.about : band.about + ", " + more;
  for (const std::string& about : {both, more}) {
    const Typeset words = typeset(about, {.size = 12});
    if (title.width + 8 + words.width > width) continue;
    add_text(scene, words, {at.x + title.width + 8, at.y + 12}, theme.ink2);
    return;
  }
}

void add_band(Scene& scene, const Band& band, const Fit& fit, Point at, double width,
              const Theme& theme) {
  const std::size_t across = cells_across(band, fit.side, width);
  const std::size_t shown = std::min(band.cells.size(), across * fit.most_rows);
  add_band_title(scene, band, band.cells.size() - shown, at, width, theme);
  const Stroke frame{theme.rule, 1, {}};
  for (std::size_t i = 0; i < shown; ++i) {
    const Cell& cell = band.cells[i];
    Rect place{
        at.x + static_cast<double>(i % across) * cell_width(band, fit.side),
        at.y + header + static_cast<double>(i / across) * (fit.side * band.proportion + map_gap),
        fit.side, fit.side * band.proportion};
    Hot hot = cell.hot;
    hot.at = {place.x, place.y, cell_width(band, fit.side) - map_gap, place.height};
    scene.hot.push_back(std::move(hot));
    if (cell.filter) {
      // Centred beside its map.
      const double room = band.filter * fit.side;
      const double scale =
          std::min(room / cell.filter->width, std::min(room, place.height) / cell.filter->height);
      const double w = cell.filter->width * scale, h = cell.filter->height * scale;
      add_picture(scene, {place.x + room - w, place.y + (place.height - h) / 2, w, h}, cell.filter,
                  {{0, 0, 0, 0}, 0, {}});
      place.x += room + pair_gap;
    }
    add_picture(scene, place, cell.map, frame);
  }
}

constexpr double bar_pitch = 16, caption_pitch = 15;

/// The bars that have room in their own order: those of the largest shares, and the label's.
std::vector<Bar> bars_that_fit(const std::vector<Bar>& bars, std::size_t room) {
  if (bars.size() <= room) return bars;
  std::vector<std::size_t> order(bars.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto weight = [&](std::size_t i) { return bars[i].is_label ? 2 : bars[i].share; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  order.resize(room);
  std::sort(order.begin(), order.end());
  std::vector<Bar> kept;
  for (const std::size_t i : order) kept.push_back(bars[i]);
  return kept;
}

/// The sample, what it is, and the outputs as bars.
void add_sample(Scene& scene, const Content& content, Size size, const Theme& theme) {
  constexpr double least_picture = 40;
  const double lines = content.label.empty() ? 1 : 2;
  const double below = (lines + 1) * caption_pitch + 6;
  const double bars_want = bar_pitch * static_cast<double>(content.bars.size());
  const double proportion =
      static_cast<double>(content.input->height) / std::max(1, content.input->width);
  const double high = std::clamp(size.height - below - bars_want, least_picture,
                                 std::max(least_picture, size.width * proportion));
  const Rect placed =
      add_picture(scene, {0.5, 0.5, size.width - 1, high - 1}, content.input, {theme.frame, 1, {}});
  scene.hot.push_back({.at = placed,
                       .id = "sample",
                       .title = content.caption,
                       .fact = content.label,
                       .formulas = {},
                       .readings = {}});
  double y = placed.bottom() + 15;
  const auto line = [&](const std::string& markup, Colour colour) {
    add_text(scene, typeset(markup, {.size = 12}), {0, y}, colour);
    y += caption_pitch;
  };
  line(content.caption, theme.ink2);
  if (!content.label.empty()) line(content.label, theme.ink2);
  y += 6;
  auto room = static_cast<std::size_t>(std::max(0.0, (size.height - y - 4) / bar_pitch + 1));
  if (room < content.bars.size() && room > 0) --room;  // for the words that say so
  const std::vector<Bar> bars = bars_that_fit(content.bars, room);
  double labels = 0;
  for (const Bar& bar : bars) labels = std::max(labels, typeset(bar.label, {.size = 12}).width);
  labels = std::min(labels, 0.6 * size.width);
  const double across = size.width - labels - 6;
  for (const Bar& bar : bars) {
    const TextStyle style{.size = 12, .face = bar.chosen ? Face::semibold : Face::regular};
    const Typeset label = typeset(bar.label, style);
    if (label.width <= labels + 1)
      add_text(scene, label, {labels, y}, bar.chosen ? theme.ink : theme.ink2, Align::right);
    scene.add(Polyline{.points = {{labels + 5.5, y - 11}, {labels + 5.5, y + 3}},
                       .stroke = {theme.frame, 1, {}}});
    if (bar.share * across >= 0.5)
      scene.add(RoundRect{
          .at = {labels + 6, y - 9, bar.share * across, 10}, .radius = 0, .fill = theme.positive});
    y += bar_pitch;
  }
  if (bars.size() < content.bars.size() && y <= size.height)
    line(fmt::format("{} more", content.bars.size() - bars.size()), theme.ink2);
}

Scene compose(const Content& content, Size size, const Theme& theme) {
  Scene scene;
  const double left = std::clamp(0.2 * size.width, 76.0, 150.0);
  add_sample(scene, content, {left, size.height}, theme);
  const double x = left + 20, width = std::max(40.0, size.width - x);
  const Fit fit = fit_into(content.bands, {width, size.height});
  double y = 0;
  for (std::size_t b = 0; b < content.bands.size(); ++b) {
    const double height = height_of({content.bands[b]}, fit, width);
    const std::size_t left_out = content.bands.size() - b;
    // The last line says how many layers have no room.
    const double needed = left_out > 1 ? height + band_gap + header : height;
    if (y + needed > size.height + 1 && height_of(content.bands, fit, width) > size.height) {
      add_text(scene,
               typeset(fmt::format("{} more {}", left_out, left_out == 1 ? "layer" : "layers"),
                       {.size = 12}),
               {x, y + 12}, theme.ink2);
      break;
    }
    add_band(scene, content.bands[b], fit, {x, y}, width, theme);
    y += height + band_gap;
  }
  return scene;
}

void add_bars(Content& content, const Snapshot& snapshot, const Predictions& prediction) {
  if (!prediction.meaning.decides()) return;
  content.label = class_label(snapshot, prediction.labels[0]);
  if (snapshot.data->class_names.empty()) content.label = "label " + content.label.substr(6);
  const std::vector<double> shares = prediction.shares(0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const int number = static_cast<int>(k);
    content.bars.push_back(
        {snapshot.data->class_names.empty() ? std::to_string(k) : class_label(snapshot, number),
         std::isfinite(shares[k]) ? shares[k] : 0, prediction.chosen[0] == number,
         prediction.labels[0] == number});
  }
}

Table table(const FeatureMaps::Answer& answer) {
  Table table{{"node", "map", "row", "column", "value"}, {}};
  for (const FeatureMaps::Layer& layer : answer.layers) {
    std::size_t i = 0;
    for (int c = 0; c < layer.shape.channels; ++c)
      for (int row = 0; row < layer.shape.height; ++row)
        for (int column = 0; column < layer.shape.width; ++column)
          table.rows.push_back({layer.id, std::to_string(c + 1), std::to_string(row + 1),
                                std::to_string(column + 1), cell(layer.maps[i++])});
  }
  return table;
}

}  // namespace

Figure FeatureMaps::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  Content content;
  const Shape& shape = snapshot.data->shape;
  content.input = picture_of(shape.is_image ? shape : snapshot.plan->input, answer.input, theme);
  content.caption =

      fmt::format("{} sample {}", name_of_part(*snapshot.data, part), count_text(answer.number));
  add_bars(content, snapshot, answer.prediction);
  for (const Layer& layer : answer.layers) content.bands.push_back(band_of(layer, theme));
  Figure figure;
  figure.name = std::string(title);
  if (answer.prediction.meaning.decides()) {
    const int chosen = answer.prediction.chosen[0];
    const std::vector<double> shares = answer.prediction.shares(0);
    figure.fact = fmt::format("taken for {}, {}", class_label(snapshot, chosen),
                              number_text(shares[static_cast<std::size_t>(std::max(0, chosen))]));
  }
  figure.compose = with_margin(
      [content = std::move(content), theme](Size size) { return compose(content, size, theme); });
  figure.table = [kept = std::make_shared<const Answer>(answer)] { return table(*kept); };
  return figure;
}

}  // namespace crease
