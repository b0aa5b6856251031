#include "views/activation_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/random.h"
#include "figure/text.h"
#include "views/hidden.h"
#include "views/slice.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = ActivationPattern::Answer;
using LayerStates = ActivationPattern::LayerStates;

/// Samples by class, by their place on a line of inputs, or by what they should become, so that
/// equal patterns stand together.
std::vector<std::size_t> in_order(const DataSet& data, std::vector<std::size_t> samples) {
  const bool on_line = data.shape.size() == 1;
  std::stable_sort(samples.begin(), samples.end(), [&](std::size_t i, std::size_t j) {
    if (data.is_classification()) return data.classes[i] < data.classes[j];
    if (on_line)
      return data.values(0, static_cast<Eigen::Index>(i)) <
             data.values(0, static_cast<Eigen::Index>(j));
    return data.targets(0, static_cast<Eigen::Index>(i)) <
           data.targets(0, static_cast<Eigen::Index>(j));
  });
  return samples;
}

std::size_t count(const std::vector<float>& shares, float wanted) {
  return static_cast<std::size_t>(std::count(shares.begin(), shares.end(), wanted));
}

}  // namespace

std::size_t LayerStates::dead() const { return count(always, 0); }
std::size_t LayerStates::always_on() const { return count(always, 1); }

std::string ActivationPattern::refuses(const Snapshot& snapshot) const {
  if (hidden_nodes(*snapshot.plan).empty())
    return fmt::format("{} needs hidden units with an activation, this network has none", name);
  if (!snapshot.data && snapshot.plan->input.size() != 1)
    return fmt::format("{} needs data, or a network with 1 input: this document has no data", name);
  return "";
}

Answer ActivationPattern::compute(const Snapshot& snapshot, const Frame&,
                                  const Cancelled& cancelled) const {
  Answer answer;
  const Plan& plan = *snapshot.plan;
  const bool by_position =
      plan.input.size() == 1 && (columns == PatternColumns::positions || !snapshot.data);
  constexpr std::size_t most_counted = 4000;
  const auto most = static_cast<std::size_t>(most_columns);
  std::vector<std::size_t> samples;
  if (by_position) {
    const Domain window = home_slice(1, snapshot.data.get()).slice.window;
    const std::size_t n = std::max<std::size_t>(4 * most, 2);
    for (std::size_t i = 0; i < n; ++i)
      answer.positions.push_back(window.x0 + (window.x1 - window.x0) *
                                                 (static_cast<double>(i) + 0.5) /
                                                 static_cast<double>(n));
    answer.looked_at = n;
  } else {
    samples = in_order(*snapshot.data, snapshot.data->train);
    if (samples.size() > most_counted) {
      for (std::size_t i = 0; i < most_counted; ++i)
        samples[i] = samples[i * samples.size() / most_counted];
      samples.resize(most_counted);
    }
    answer.looked_at = samples.size();
  }
  const std::size_t drawn = std::min(most, answer.looked_at);
  // The column in which sample i is drawn, if it is.
  const auto column_of = [&](std::size_t i) -> std::optional<std::size_t> {
    const std::size_t column = i * drawn / answer.looked_at;
    const bool is_first = i == 0 || (i - 1) * drawn / answer.looked_at != column;
    return is_first ? std::optional(column) : std::nullopt;
  };
  for (const std::size_t node : hidden_nodes(plan)) {
    const Shape& shape = plan.nodes[node].shape;
    LayerStates layer{.node = node,
                      .id = plan.nodes[node].id,
                      .label = layer_label(plan, plan.nodes[node].id),
                      .units = 0,
                      .on = {},
                      .always = {}};
    layer.units = static_cast<std::size_t>(shape.channels);
    layer.on.assign(layer.units * drawn, 0);
    layer.always.assign(layer.units, 0);
    answer.layers.push_back(std::move(layer));
  }
  for (std::size_t i = 0; i < answer.looked_at && !by_position; ++i)
    if (column_of(i)) answer.samples.push_back(samples[i]);

  std::set<std::uint64_t> patterns;
  const auto take = [&](std::size_t first, int live, const Workspace<float>& workspace) {
    for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s) {
      std::string code;
      const auto column = column_of(first + s);
      for (LayerStates& layer : answer.layers) {
        const float* y = workspace.output(layer.node);
        const std::size_t places = plan.nodes[layer.node].shape.size() / layer.units;
        for (std::size_t u = 0; u < layer.units; ++u) {
          std::size_t on = 0;
          for (std::size_t p = 0; p < places; ++p) {
            const bool is_on = y[(u * places + p) * lanes + s] > 0;
            code += is_on ? '1' : '0';
            on += is_on ? 1 : 0;
          }
          const float share = static_cast<float>(on) / static_cast<float>(places);
          layer.always[u] += share;
          if (column) layer.on[u * drawn + *column] = share;
        }
      }
      patterns.insert(hash(code));
    }
  };
  run_blocks(
      plan, snapshot.parameters, answer.looked_at, cancelled,
      [&](std::size_t first, int live, float* x) {
        for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s)
          if (by_position)
            x[s] = static_cast<float>(answer.positions[first + s]);
          else
            lay_input(*snapshot.data, samples[first + s], s, x);
      },
      take);
  for (LayerStates& layer : answer.layers)
    for (float& share : layer.always) share /= static_cast<float>(answer.looked_at);
  answer.distinct = patterns.size();
  return answer;
}

namespace {

std::string state_text(float share, bool is_channel) {
  if (is_channel) return percent_text(static_cast<double>(share)) + " on";
  return share > 0 ? "on" : "off";
}

/// The pattern of a column layer by layer, where it is short enough to be read; and in how many
/// bits it differs from the column at its left.
std::vector<Reading> bits_at(const Answer& answer, std::size_t column) {
  constexpr std::size_t most_units = 24, most_layers = 6;
  std::vector<Reading> readings;
  std::size_t changed = 0, all = 0;
  for (const LayerStates& layer : answer.layers) {
    const std::size_t drawn = layer.on.size() / layer.units;
    std::string code;
    for (std::size_t u = 0; u < layer.units; ++u) {
      const bool is_on = layer.on[u * drawn + column] > 0;
      code += is_on ? '1' : '0';
      if (column > 0 && is_on != (layer.on[u * drawn + column - 1] > 0)) ++changed;
    }
    all += layer.units;
    if (layer.units <= most_units && readings.size() < most_layers)
      readings.push_back({layer.label, code});
  }
  if (column > 0)
    readings.push_back({"unlike the column at its left in",
                        fmt::format("{} of {} bits", count_text(changed), count_text(all))});
  return readings;
}

std::string title_of(const LayerStates& layer, const Plan& plan) {
  std::string text = layer_title(plan, layer.id);
  if (layer.dead() > 0) text += fmt::format(", {} never on", count_text(layer.dead()));
  if (layer.always_on() > 0) text += fmt::format(", {} always on", count_text(layer.always_on()));
  return text;
}

/// The colour of a unit that is on for a share of its places.
Colour state_colour(const Theme& theme, double share) { return theme.positive_value(0.75 * share); }

}  // namespace

Figure ActivationPattern::draw(const Snapshot& snapshot, const Answer& answer,
                               const Theme& theme) const {
  const auto kept = std::make_shared<const Answer>(answer);
  const bool by_position = !answer.positions.empty();
  Figure figure;
  figure.name = std::string(title);
  figure.fact = fmt::format("{} {} in {} {}", count_text(answer.distinct),
                            answer.distinct == 1 ? "pattern" : "patterns",
                            count_text(answer.looked_at), by_position ? "positions" : "samples");
  if (!by_position && answer.samples.size() < answer.looked_at)
    figure.fact += fmt::format(", {} drawn", count_text(answer.samples.size()));
  // A channel is on at a share of its places: its colour lies between the two.
  const bool has_channels = std::any_of(
      answer.layers.begin(), answer.layers.end(),
      [&](const LayerStates& layer) { return snapshot.plan->nodes[layer.node].shape.is_image; });
  for (const bool is_on : {true, false})
    figure.legend.push_back({.key = "",
                             .label = !is_on         ? "off"
                                      : has_channels ? "on everywhere"
                                                     : "on",
                             .marker = Marker::square,
                             .fill = state_colour(theme, is_on ? 1 : 0),
                             .hollow = false,
                             .stroke = {theme.frame, 0.9, {}}});
  // Samples stand in blocks, one a class.
  std::vector<Tick> blocks;
  std::vector<double> borders;
  if (!by_position && snapshot.data->is_classification()) {
    const auto class_of = [&](std::size_t i) { return snapshot.data->classes[answer.samples[i]]; };
    std::size_t first = 0;
    for (std::size_t i = 1; i <= answer.samples.size(); ++i) {
      if (i < answer.samples.size() && class_of(i) == class_of(first)) continue;
      blocks.push_back(
          {static_cast<double>(first + i) / 2, class_label(snapshot, class_of(first))});
      if (i < answer.samples.size()) borders.push_back(static_cast<double>(i));
      first = i;
    }
  }
  constexpr std::size_t most_layers = 6;
  for (std::size_t l = 0; l < answer.layers.size() && l < most_layers; ++l) {
    const LayerStates& layer = answer.layers[l];
    const std::size_t drawn = layer.on.size() / layer.units;
    Panel panel;
    panel.title = title_of(layer, *snapshot.plan);
    panel.framed = true;
    // Every layer gets room for its title; above that by its units.
    panel.share = 3 + std::sqrt(static_cast<double>(layer.units));
    const double from = by_position ? answer.positions.front() : 0;
    const double to = by_position ? answer.positions.back() : static_cast<double>(drawn);
    panel.x = {.label = "", .from = from, .to = to, .named = blocks};
    const bool is_channel = snapshot.plan->nodes[layer.node].shape.is_image;
    panel.y = {
        .label = is_channel ? "map" : "unit", .from = 0, .to = static_cast<double>(layer.units)};
    // Unit 1 at the top, as in the network.
    for (std::size_t u = 0; u < layer.units; ++u)
      panel.y.named.push_back({static_cast<double>(layer.units - u) - 0.5, fmt::to_string(u + 1)});
    const bool is_last = l + 1 == std::min(answer.layers.size(), most_layers);
    if (is_last)
      panel.x.label = by_position      ? input_label(snapshot, 0)
                      : blocks.empty() ? (snapshot.plan->input.size() == 1 ? "samples, by $x$"
                                                                           : "a column a sample")
                                       : "";
    auto raster = std::make_shared<Raster>(static_cast<int>(drawn), static_cast<int>(layer.units));
    for (std::size_t u = 0; u < layer.units; ++u)
      for (std::size_t i = 0; i < drawn; ++i)
        raster->at(static_cast<int>(i), static_cast<int>(u)) =
            state_colour(theme, static_cast<double>(layer.on[u * drawn + i]));
    panel.marks.push_back(ImageMark{.key = "",
                                    .at = {from, to, 0, static_cast<double>(layer.units)},
                                    .raster = std::move(raster),
                                    .smooth = false});
    for (const double border : borders)
      panel.marks.push_back(RuleMark{
          .key = "", .upright = true, .at = border, .stroke = {theme.ink, 1.2, {}}, .label = ""});
    std::vector<std::string> classes;
    for (int k = 0; snapshot.data && k < snapshot.data->class_count; ++k)
      classes.push_back(class_label(snapshot, k));
    panel.readout = [kept, l, drawn, from, to, is_channel, data = snapshot.data, classes,
                     across = input_label(snapshot, 0)](Point at) -> std::vector<Reading> {
      const LayerStates& here = kept->layers[l];
      const double column = (at.x - from) / (to - from) * static_cast<double>(drawn);
      if (!(column >= 0 && at.y >= 0)) return {};
      const auto i = static_cast<std::size_t>(column), below = static_cast<std::size_t>(at.y);
      if (i >= drawn || below >= here.units) return {};
      const std::size_t u = here.units - 1 - below;
      std::vector<Reading> readings{
          {fmt::format("{}, {} {}", here.label, is_channel ? "map" : "unit", u + 1),
           state_text(here.on[u * drawn + i], is_channel)},
          {"on for", percent_text(static_cast<double>(here.always[u])) +
                         (kept->positions.empty() ? " of the samples" : " of the axis")}};
      for (const Reading& reading : bits_at(*kept, i)) readings.push_back(reading);
      if (kept->samples.empty()) {
        readings.insert(readings.begin(), {across, number_text(at.x)});
      } else {
        const std::size_t sample = kept->samples[i];
        std::string which = fmt::to_string(sample + 1);
        if (!classes.empty())
          which += ", " + classes[static_cast<std::size_t>(data->classes[sample])];
        readings.push_back({"sample", which});
      }
      return readings;
    };
    figure.panels.push_back(std::move(panel));
  }
  figure.table = [kept] {
    Table table{{"node", "unit", "share_on"}, {}};
    const std::size_t drawn = kept->layers[0].on.size() / kept->layers[0].units;
    for (std::size_t i = 0; i < drawn; ++i)
      table.columns.push_back(kept->samples.empty()
                                  ? fmt::format("column{}", i + 1)
                                  : fmt::format("sample{}", kept->samples[i] + 1));
    for (const LayerStates& layer : kept->layers)
      for (std::size_t u = 0; u < layer.units; ++u) {
        table.rows.push_back({layer.id, fmt::format("{}", u + 1), cell(layer.always[u])});
        for (std::size_t i = 0; i < drawn; ++i)
          table.rows.back().push_back(cell(layer.on[u * drawn + i]));
      }
    return table;
  };
  return figure;
}

}  // namespace crease
