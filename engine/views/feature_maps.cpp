#include "views/feature_maps.h"

#include <fmt/format.h>

#include <algorithm>

namespace crease {

namespace {

/// Whether a node's output is worth looking at as pictures.
bool has_maps(const PlanNode& node) {
  return node.shape.is_image && node.shape.height * node.shape.width > 1;
}

/// The filters of a node: its weight of four sizes [maps, inputs, height, width], if it has one.
void add_filters(const Snapshot& snapshot, const PlanNode& node, FeatureMaps::Layer& layer) {
  if (!std::holds_alternative<Conv2d>(node.layer)) return;
  for (const std::size_t index : node.segments) {
    const Segment& segment = snapshot.plan->segments[index];
    if (segment.is_bias || segment.shape.size() != 4) continue;
    if (segment.shape[0] != static_cast<std::size_t>(layer.shape.channels)) continue;
    const auto start = snapshot.parameters.begin() + static_cast<std::ptrdiff_t>(segment.offset);
    layer.filters.assign(start, start + static_cast<std::ptrdiff_t>(segment.size));
    layer.inputs = static_cast<int>(segment.shape[1]);
    layer.kernel_height = static_cast<int>(segment.shape[2]);
    layer.kernel_width = static_cast<int>(segment.shape[3]);
  }
}

}  // namespace

std::string FeatureMaps::refuses(const Snapshot& snapshot) const {
  if (!snapshot.data) return fmt::format("{} needs samples, this document has none", name);
  const auto& nodes = snapshot.plan->nodes;
  if (std::any_of(nodes.begin(), nodes.end(), has_maps)) return "";
  return fmt::format("{} needs {}, this one has none", name, needs);
}

FeatureMaps::Answer FeatureMaps::compute(const Snapshot& snapshot, const Frame&,
                                         const Cancelled& cancelled) const {
  Answer answer;
  const auto& samples = samples_of(*snapshot.data, part);
  answer.number = std::min(static_cast<std::size_t>(sample), samples.size());
  const std::size_t chosen = samples[answer.number - 1];
  answer.input = inputs_of(*snapshot.data, chosen);
  answer.prediction = predict(snapshot, std::span(&chosen, 1), cancelled);
  const auto outputs = activations_of(snapshot, chosen);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const PlanNode& node = snapshot.plan->nodes[i];
    if (!has_maps(node)) continue;
    Layer layer{.id = node.id,
                .kind = std::string(name_of(node.layer)),
                .shape = node.shape,
                .maps = outputs[i]};
    if (filters) add_filters(snapshot, node, layer);
    answer.layers.push_back(std::move(layer));
  }
  return answer;
}

}  // namespace crease
