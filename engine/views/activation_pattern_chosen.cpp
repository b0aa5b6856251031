// The sample that was chosen among activation patterns, and how far others are from it, in bits.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/activation_pattern.h"
#include "views/slice.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = ActivationPattern::Answer;
using LayerStates = ActivationPattern::LayerStates;

/// The column over a place of the picture's axis.
std::optional<std::size_t> column_at(const Answer& answer, double x) {
  const double from = answer.edge(0), to = answer.edge(answer.drawn());
  const double column = (x - from) / (to - from) * static_cast<double>(answer.drawn());
  if (!(column >= 0 && column < static_cast<double>(answer.drawn()))) return {};
  return static_cast<std::size_t>(column);
}

/// The sample among the columns whose inputs lie nearest to a place.
std::optional<std::size_t> nearest_column(const Snapshot& snapshot, const Answer& answer,
                                          Point place) {
  const DataSet& data = *snapshot.data;
  const auto inputs = static_cast<std::size_t>(data.values.rows());
  std::optional<std::size_t> nearest;
  double least = 0;
  if (!data.bytes.empty() || inputs > 2) return {};
  for (std::size_t i = 0; i < answer.samples.size(); ++i) {
    const auto k = static_cast<Eigen::Index>(answer.samples[i]);
    const double across = static_cast<double>(data.values(0, k)) - place.x;
    const double upwards = inputs > 1 ? static_cast<double>(data.values(1, k)) - place.y : 0;
    const double distance = std::hypot(across, upwards);
    if (nearest && distance >= least) continue;
    nearest = i;
    least = distance;
  }
  return nearest;
}

std::optional<std::size_t> chosen_column(const Snapshot& snapshot, const Answer& answer,
                                         const Pointed& pointed) {
  if (pointed.sample) {
    const auto found = std::find(answer.samples.begin(), answer.samples.end(), *pointed.sample);
    if (found != answer.samples.end())
      return static_cast<std::size_t>(found - answer.samples.begin());
  }
  if (!pointed.place) return {};
  if (answer.samples.empty()) return column_at(answer, pointed.place->x);
  return nearest_column(snapshot, answer, *pointed.place);
}

/// Units that are on for one column and off for the other.
std::size_t bits_between(const LayerStates& layer, std::size_t one, std::size_t other) {
  const std::size_t drawn = layer.on.size() / layer.units;
  std::size_t bits = 0;
  for (std::size_t u = 0; u < layer.units; ++u)
    if ((layer.on[u * drawn + one] > 0) != (layer.on[u * drawn + other] > 0)) ++bits;
  return bits;
}

}  // namespace

double ActivationPattern::Answer::edge(std::size_t column) const {
  if (positions.empty()) return static_cast<double>(column);
  const double share = static_cast<double>(column) / static_cast<double>(drawn());
  return positions.front() + share * (positions.back() - positions.front());
}

Emphasis ActivationPattern::emphasis(const Snapshot& snapshot, const Answer& answer,
                                     const Pointed& pointed, const Theme& theme) const {
  Emphasis made;
  const auto chosen = chosen_column(snapshot, answer, pointed);
  if (!chosen) return made;
  made.everywhere = true;
  made.marks.push_back(RuleMark{.key = "pointed",
                                .upright = true,
                                .at = (answer.edge(*chosen) + answer.edge(*chosen + 1)) / 2,
                                .stroke = {theme.accent, 2, {}},
                                .label = ""});
  const std::string what = answer.samples.empty()
                               ? "the chosen place"
                               : fmt::format("sample {}", answer.samples[*chosen] + 1);
  made.explain(what, {theme.accent, 2, {}});
  made.readings = [answer, chosen, what](Point at) -> std::vector<Reading> {
    const auto here = column_at(answer, at.x);
    if (!here || *here == *chosen) return {};
    std::size_t bits = 0, all = 0;
    std::string by_layer;
    for (const LayerStates& layer : answer.layers) {
      const std::size_t own = bits_between(layer, *chosen, *here);
      by_layer += fmt::format("{}{}", by_layer.empty() ? "" : " + ", own);
      bits += own;
      all += layer.units;
    }
    const std::string parts = answer.layers.size() > 1 ? " (" + by_layer + ")" : "";
    return {{"differs from " + what + " in",
             fmt::format("{} of {} bits{}", count_text(bits), count_text(all), parts)}};
  };
  return made;
}

Chosen ActivationPattern::chosen_at(const Snapshot& snapshot, const Answer& answer,
                                    Point at) const {
  const auto column = column_at(answer, at.x);
  if (!column) return {};
  if (answer.samples.empty()) return {.place = Point{at.x, 0}, .sample = {}};
  Chosen chosen{.place = {}, .sample = answer.samples[*column]};
  const DataSet& data = *snapshot.data;
  const auto k = static_cast<Eigen::Index>(*chosen.sample);
  if (data.bytes.empty() && data.values.rows() <= 2)
    chosen.place = Point{static_cast<double>(data.values(0, k)),
                         data.values.rows() > 1 ? static_cast<double>(data.values(1, k)) : 0};
  return chosen;
}

}  // namespace crease
