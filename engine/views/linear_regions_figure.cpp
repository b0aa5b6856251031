// How linear regions are drawn: tinted cells, folds in their layer's colour, the boundary on top.
#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "figure/text.h"
#include "views/class_colours.h"
#include "views/linear_regions.h"
#include "views/region_colours.h"
#include "views/region_words.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = LinearRegions::Answer;
using regions::Regions;

class Drawing {
 public:
  Drawing(const LinearRegions& view, const Snapshot& snapshot, const Answer& answer,
          const Theme& theme)
      : view_(view), snapshot_(snapshot), answer_(answer), found_(*answer.found), theme_(theme) {}

  Figure figure() {
    figure_.name = std::string(LinearRegions::title);
    figure_.fact = fact_on(found_, answer_.is_costly);
    if (!found_.cells.is_complete) figure_.fact += ", shown coarser";
    if (!answer_.next.empty())
      figure_.fact += ", up to " + layer_label(*snapshot_.plan, found_.program.folds.back().node);
    if (!answer_.from.empty())
      figure_.fact += ", in the outputs of " + layer_label(*snapshot_.plan, answer_.from);
    if (answer_.anchors.size() == 3)
      figure_.fact +=
          fmt::format(", through samples {} + {} + {} of the data", answer_.anchors[0] + 1,
                      answer_.anchors[1] + 1, answer_.anchors[2] + 1);
    const bool is_plane = !answer_.anchors.empty();
    panel_.x = {.label = label_of(0), .from = answer_.home.x0, .to = answer_.home.x1};
    panel_.y = {.label = label_of(1), .from = answer_.home.y0, .to = answer_.home.y1};
    panel_.equal = answer_.equal;
    panel_.framed = true;
    add_cells();
    if (view_.folds) add_folds();
    add_boundary();
    if (is_plane)
      add_anchors();
    else if (view_.points && snapshot_.data)
      add_points();
    add_bar();
    panel_.readout = readout();
    figure_.table = table();
    figure_.panels.push_back(std::move(panel_));
    return std::move(figure_);
  }

 private:
  std::string label_of(int axis) const {
    if (!answer_.anchors.empty()) return axis == 0 ? "$s$" : "$t$";
    if (answer_.from.empty()) return input_label(snapshot_, axis);
    return fmt::format("{}, unit {}", layer_title(*snapshot_.plan, answer_.from), axis + 1);
  }

  std::vector<Point> corners_of(std::size_t cell) const {
    std::vector<Point> corners;
    for (std::size_t i = found_.cells.starts[cell]; i < found_.cells.starts[cell + 1]; ++i)
      corners.push_back(found_.to_slice(found_.cells.corners[i]));
    return corners;
  }

  Colour colour_of(std::size_t cell) const {
    const double* map = found_.cells.map(cell, answer_.output);
    const Domain& w = found_.program.slice.window;
    switch (view_.colour) {
      case RegionColour::pattern:
        return tint_of(theme_, found_.cells.hashes[cell]);
      case RegionColour::affine_map:
        return tint_of(theme_, hash_of_map(cell));
      case RegionColour::gradient: {
        const double strength = std::hypot(map[0], map[1]) / std::max(answer_.steepest, 1e-300);
        const double direction = std::atan2(map[1] / (w.y1 - w.y0), map[0] / (w.x1 - w.x0));
        return tint_of_direction(theme_, direction, std::sqrt(strength));
      }
      case RegionColour::depth:
        return depth_colour(found_.cells.depths[cell]);
      case RegionColour::value: {
        const Point middle = found_.cells.middle(cell);
        const double value = map[0] * middle.x + map[1] * middle.y + map[2];
        return value_map(theme_, answer_.values.low < 0, true).at(share_in(answer_.values, value));
      }
    }
    return theme_.picture;
  }

  /// Of a cell whose last fold is that of layer `depth`, from 1; 0: nothing folds it.
  Colour depth_colour(std::size_t depth) const {
    return depth == 0 ? theme_.picture : mix(theme_.picture, layer_colour(depth - 1), 0.3);
  }

  /// Equal maps have equal hashes up to rounding, wherever they lie.
  std::uint64_t hash_of_map(std::size_t cell) const {
    const double scale = 1e6 / std::max({answer_.steepest, std::abs(answer_.values.high), 1e-300});
    std::string text;
    for (std::size_t o = 0; o < found_.cells.outputs; ++o)
      for (int k = 0; k < 3; ++k)
        text += fmt::format("{:.0f} ", scale * found_.cells.map(cell, o)[k] + 0.0);
    return hash(text);
  }

  Colour layer_colour(std::size_t fold) const {
    const std::size_t folds = found_.program.folds.size();
    return theme_.depth.at(folds > 1 ? static_cast<double>(fold) / static_cast<double>(folds - 1)
                                     : 0);
  }

  void add_cells() {
    PolygonsMark mark;
    for (std::size_t cell = 0; cell < found_.cells.size(); ++cell) {
      // Clockwise on the page, which has its y downwards: as they stand.
      mark.polygons.push_back(corners_of(cell));
      mark.fills.push_back(colour_of(cell));
    }
    panel_.marks.push_back(std::move(mark));
  }

  /// Deep layers first: what folds first lies on top.
  void add_folds() {
    const auto& creases = found_.cells.creases;
    const std::size_t folds = found_.program.folds.size();
    std::vector<LinesMark> marks(folds);
    // Where there are many the lines must leave room for the tints.
    const double thin =
        std::clamp(std::sqrt(500.0 / static_cast<double>(found_.cells.size())), 0.35, 1.0);
    for (std::size_t f = 0; f < folds; ++f) {
      const double share = folds > 1 ? static_cast<double>(f) / static_cast<double>(folds - 1) : 0;
      marks[f].key = fmt::format("layer {}", f + 1);
      marks[f].stroke = {layer_colour(f).faded(0.9 - 0.1 * share), thin * (1.5 - 0.4 * share), {}};
    }
    for (std::size_t i = regions::borders_of_window; i < creases.size(); ++i)
      marks[creases[i].fold].paths.push_back(
          {found_.to_slice(creases[i].from), found_.to_slice(creases[i].to)});
    constexpr std::size_t most_entries = 6;
    for (std::size_t f = 0; f < folds && f < most_entries; ++f) {
      if (marks[f].paths.empty()) continue;
      figure_.legend.push_back({.key = marks[f].key,
                                .label = layer_label(*snapshot_.plan, found_.program.folds[f].node),
                                .marker = {},
                                .fill = {},
                                .hollow = false,
                                .stroke = {layer_colour(f), 1.8, {}}});
    }
    for (std::size_t f = folds; f-- > 0;)
      if (!marks[f].paths.empty()) panel_.marks.push_back(std::move(marks[f]));
  }

  void add_boundary() {
    if (answer_.boundary.empty()) return;
    LinesMark mark{.key = "boundary", .paths = {}, .stroke = {theme_.ink, 2.4, {}}, .label = ""};
    for (const auto& piece : answer_.boundary)
      mark.paths.push_back({found_.to_slice(piece[0]), found_.to_slice(piece[1])});
    figure_.legend.push_back(
        {.key = "boundary",
         .label = found_.cells.is_complete ? "decision boundary" : "decision boundary, roughly",
         .marker = {},
         .fill = {},
         .hollow = false,
         .stroke = mark.stroke});
    panel_.marks.push_back(std::move(mark));
  }

  ClassStyle style_of(std::size_t sample) const {
    const DataSet& data = *snapshot_.data;
    if (data.is_classification()) return class_style(theme_, data.classes[sample]);
    return {theme_.ink2, Marker::disc, false};
  }

  void add_points() {
    const DataSet& data = *snapshot_.data;
    constexpr int most_entries = 4;  // beside those of the layers
    const bool by_class = data.is_classification() && data.class_count <= most_entries;
    const auto add = [&](const std::vector<std::size_t>& samples, bool hollow) {
      for (int k = 0; k < std::max(1, data.class_count); ++k) {
        PointsMark mark;
        for (std::size_t i = 0; i < samples.size(); ++i) {
          if (data.is_classification() && data.classes[samples[i]] != k) continue;
          // Smaller than elsewhere: here the regions are what is looked at.
          if (mark.points.empty()) mark = sample_points(theme_, style_of(samples[i]), hollow, 2000);
          if (is_drawn(i, samples.size()))
            mark.points.push_back(answer_.from.empty() ? place_of(data, samples[i])
                                                       : answer_.places.at(i));
        }
        mark.key = hollow ? "test" : by_class ? fmt::format("class{}", k) : "samples";
        if (!mark.points.empty()) panel_.marks.push_back(std::move(mark));
      }
    };
    add(data.train, false);
    // In a plane of hidden outputs only the training samples are known.
    const std::vector<std::size_t> kept =
        answer_.from.empty() ? held_back(data) : std::vector<std::size_t>();
    add(kept, true);
    const auto explain = [&](const std::string& key, const std::string& label,
                             const ClassStyle& style, bool hollow = false) {
      figure_.legend.push_back({.key = key,
                                .label = label,
                                .marker = style.marker,
                                .fill = style.colour,
                                .hollow = hollow,
                                .stroke = {theme_.picture, 0.9, {}}});
    };
    for (int k = 0; by_class && k < data.class_count; ++k)
      explain(fmt::format("class{}", k), class_label(snapshot_, k), class_style(theme_, k));
    const ClassStyle any{theme_.ink2, Marker::disc, false};
    if (!by_class) explain("samples", "train", any);
    if (!kept.empty()) explain("test", held_back_label(data), any, true);
  }

  void add_anchors() {
    const Point places[] = {{0, 0}, {1, 0}, {0, 1}};
    for (std::size_t i = 0; i < answer_.anchors.size(); ++i) {
      const std::size_t sample = answer_.anchors[i];
      PointsMark mark = sample_points(theme_, style_of(sample), false, 1);
      mark.radius = 4.5;
      mark.points = {places[i]};
      panel_.marks.push_back(std::move(mark));
      const std::string text = snapshot_.data->is_classification()
                                   ? class_label(snapshot_, snapshot_.data->classes[sample])
                                   : fmt::format("sample {}", sample + 1);
      panel_.marks.push_back(TextMark{.key = "",
                                      .at = {places[i].x + 0.04, places[i].y},
                                      .markup = text,
                                      .colour = theme_.ink,
                                      .align = Align::left,
                                      .size = 12,
                                      .ground = true});
    }
  }

  /// What the maps are of: before what only squashes the output, in the network or in its loss.
  void add_bar() {
    if (view_.colour == RegionColour::value) add_value_bar();
    if (view_.colour == RegionColour::gradient) add_direction_bar();
    if (view_.colour == RegionColour::depth) add_depth_bar();
  }

  void add_direction_bar() {
    constexpr int stops = 24;
    ColourBar bar{
        .label = "rises (stronger: steeper)",
        .map = {},
        .ticks = {
            {0, "\u2192"}, {0.25, "\u2191"}, {0.5, "\u2190"}, {0.75, "\u2193"}, {1, "\u2192"}}};
    for (int i = 0; i <= stops; ++i)
      bar.map.stops.push_back(tint_of_direction(theme_, 2 * std::numbers::pi * i / stops, 1));
    figure_.bars.push_back(std::move(bar));
  }

  void add_depth_bar() {
    const std::size_t folds = found_.program.folds.size();
    if (folds == 0) return;
    ColourBar bar{.label = "last fold",
                  .map = {},
                  .ticks = {{0, "none"},
                            {1, layer_label(*snapshot_.plan, found_.program.folds.back().node)}}};
    for (std::size_t depth = 0; depth <= folds; ++depth)
      bar.map.stops.push_back(depth_colour(depth));
    figure_.bars.push_back(std::move(bar));
  }

  void add_value_bar() {
    ColourBar bar{.label = view_.map_label(snapshot_, answer_),
                  .map = value_map(theme_, answer_.values.low < 0, true),
                  .ticks = {{0, number_text(answer_.values.low)}}};
    if (answer_.values.low < 0) bar.ticks.push_back({0.5, "0"});
    bar.ticks.push_back({1, number_text(answer_.values.high)});
    figure_.bars.push_back(std::move(bar));
  }

  std::function<std::vector<Reading>(Point)> readout() const {
    return [found = answer_.found, plan = snapshot_.plan, output = answer_.output,
            across = panel_.x.label, upwards = panel_.y.label,
            label = view_.map_label(snapshot_, answer_)](Point at) {
      std::vector<Reading> readings{{across, number_text(at.x)}, {upwards, number_text(at.y)}};
      const Point place = found->from_slice(at);
      const std::size_t cell = cell_at(found->cells, place);
      if (cell == found->cells.size()) return readings;
      for (const Reading& code : pattern_readings(*found, *plan, place)) readings.push_back(code);
      // A cell that was not cut to the end bends within.
      const std::string where = found->cells.is_complete ? "" : ", in the middle of a coarse cell";
      readings.push_back({label, map_text(*found, cell, output, across, upwards) + where});
      readings.push_back({"of the window", percent_text(found->cells.areas[cell] / 4)});
      return readings;
    };
  }

  /// One row a cell: its corners, its affine maps in the inputs' own units, and the states of each
  /// layer's units, apart: together they would read as one number.
  std::function<Table()> table() const {
    // Behind the last layer that is shown lie the pre-activations of the next.
    const std::string rows = answer_.next.empty() ? "output" : answer_.next + "_z";
    return [found = answer_.found, rows] {
      Table table{{"cell", "region", "pattern", "depth", "share", "corners"}, {}};
      const regions::Cells& cells = found->cells;
      for (std::size_t o = 0; o < cells.outputs; ++o)
        for (const char* part : {"x", "y", "1"})
          table.columns.push_back(fmt::format("{}{}_{}", rows, o + 1, part));
      table.columns.emplace_back("certainty");
      for (const regions::Fold& fold : found->program.folds) table.columns.push_back(fold.node);
      for (std::size_t cell_number = 0; cell_number < cells.size(); ++cell_number) {
        std::string corners;
        for (std::size_t i = cells.starts[cell_number]; i < cells.starts[cell_number + 1]; ++i) {
          const Point at = found->to_slice(cells.corners[i]);
          corners += (corners.empty() ? "" : "; ") + cell(at.x) + " " + cell(at.y);
        }
        table.rows.push_back({fmt::format("{}", cell_number + 1),
                              fmt::format("{}", found->joined.region_of[cell_number] + 1),
                              fmt::format("{:016x}", cells.hashes[cell_number]),
                              fmt::format("{}", cells.depths[cell_number]),
                              cell(cells.areas[cell_number] / 4), corners});
        for (std::size_t o = 0; o < cells.outputs; ++o)
          for (const double number : map_in_slice(*found, cell_number, o))
            table.rows.back().push_back(cell(number));
        table.rows.back().emplace_back(certainty_of(*found));
        constexpr std::size_t most_units = 256;
        for (const auto& states : pattern_at(found->program, cells.middle(cell_number)))
          table.rows.back().push_back(code_of(states, most_units, " "));
      }
      return table;
    };
  }

  const LinearRegions& view_;
  const Snapshot& snapshot_;
  const Answer& answer_;
  const Regions& found_;
  const Theme& theme_;
  Figure figure_;
  Panel panel_;
};

}  // namespace

std::string LinearRegions::map_label(const Snapshot& snapshot, const Answer& answer) const {
  const int row = static_cast<int>(answer.output);
  if (!answer.next.empty())
    return fmt::format("pre-activation {} of {}", row + 1,
                       layer_label(*snapshot.plan, answer.next));
  const regions::Obstacle& obstacle = answer.found->program.obstacle;
  if (!meaning_of(snapshot).is_squashed() && !obstacle.is_last) return output_label(snapshot, row);
  const bool is_probability =
      !obstacle.is_last || obstacle.culprit == Sigmoid::name || obstacle.culprit == Softmax::name;
  const std::string what = is_probability ? "logit" : "pre-activation";
  const bool single = snapshot.plan->output_shape().size() == 1;
  return single ? what : what + " of " + class_label(snapshot, row);
}

Figure LinearRegions::draw(const Snapshot& snapshot, const Answer& answer,
                           const Theme& theme) const {
  if (!answer.found) return no_regions(std::string(title));
  return Drawing(*this, snapshot, answer, theme).figure();
}

}  // namespace crease
