#include "views/network_view_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "probe/predictions.h"
#include "views/words.h"

namespace crease::network_picture {

namespace {

std::string size_text(const Extent& extent) {
  return extent.h == extent.w ? fmt::format("{}", extent.h)
                              : fmt::format("{}×{}", extent.h, extent.w);
}

std::string shape_text(const Shape& shape) {
  return shape.is_image ? fmt::format("{} × {} × {}", shape.channels, shape.height, shape.width)
                        : fmt::format("{}", shape.channels);
}

/// What a loss does to the output before it compares, where it takes logits.
std::string squashed_by(const Loss& loss) {
  if (reads_of(loss) != Reads::logits) return "";
  return decision_of(loss) == Decision::largest ? "softmax" : "sigmoid";
}

struct Namer {
  Block& block;

  void operator()(const Dense& dense) const {
    block.title = fmt::format("Dense {}", dense.units);
    block.detail = activation_name(dense.activation);
  }
  void operator()(const Conv2d& conv) const {
    block.title = fmt::format("Conv {}×{}", conv.kernel.h, conv.kernel.w);
    if (!std::holds_alternative<Identity>(conv.activation))
      block.title += ", " + activation_name(conv.activation);
    block.detail = shape_text(block.shape);
  }
  void operator()(const MaxPool& pool) const {
    block.title = "Max-pool " + size_text(pool.kernel);
    block.brief = "pool";
    block.detail = shape_text(block.shape);
  }
  void operator()(const ActivationLayer& layer) const {
    block.title = activation_name(layer.function);
    block.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(block.title[0])));
    block.brief = block.title;
    block.detail = shape_text(block.shape);
  }
  void operator()(const Flatten&) const {
    block.title = "Flatten";
    block.detail = shape_text(block.shape);
  }
  void operator()(const Add&) const {
    block.title = "Add";
    block.brief = "add";
    block.detail = shape_text(block.shape);
  }
  /// A node whose name says enough.
  template <class L>
  void operator()(const L&) const {
    block.title = std::string(L::name);
    std::replace(block.title.begin(), block.title.end(), '_', ' ');
    block.brief = block.title;
    block.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(block.title[0])));
    block.detail = shape_text(block.shape);
  }
  void operator()(const Concat&) const {
    block.title = "Join";
    block.brief = "join";
    block.detail = shape_text(block.shape);
  }
};

void name(Block& block, const Snapshot& snapshot) {
  block.brief = fmt::format("{}", block.units);
  if (block.is_input) {
    block.title = "Input";
    block.detail = block.shape.is_image ? shape_text(block.shape)
                   : block.units == 1   ? "1 feature"
                                        : fmt::format("{} features", block.units);
    return;
  }
  const PlanNode& node = snapshot.plan->nodes[static_cast<std::size_t>(block.node)];
  std::visit(Namer{block}, node.layer);
  if (!block.is_output) return;
  block.title = block.shape.is_image ? "Output" : fmt::format("Output {}", block.units);
  const Activation* own = activation_of(node);
  const Training& training = snapshot.document->training;
  const std::string squash = training.losses.size() > 1 ? "" : squashed_by(loss_of(training));
  if (block.shape.is_image)
    block.detail = shape_text(block.shape);
  else if (!squash.empty() && (!own || std::holds_alternative<Identity>(*own)))
    block.detail = squash;
  else
    block.detail = own ? activation_name(*own) : "";
}

bool is_frozen(const Block& block, const Plan& plan) {
  if (block.node < 0) return false;
  const auto& segments = plan.nodes[static_cast<std::size_t>(block.node)].segments;
  return std::any_of(segments.begin(), segments.end(),
                     [&](std::size_t s) { return plan.segments[s].frozen; });
}

Look look_of(const Block& block, const Model& model) {
  constexpr int most_bars = 26;
  if (model.has_plane) return model.blocks.front().units == 1 ? Look::curves : Look::fields;
  if (block.shape.is_image) return Look::maps;
  return block.is_output && block.units <= most_bars ? Look::bars : Look::cells;
}

std::vector<std::string> labels_of(const Block& block, const Snapshot& snapshot) {
  constexpr int most = 40;
  std::vector<std::string> labels;
  const bool plane = block.look == Look::fields || block.look == Look::curves;
  const bool named = snapshot.data && !snapshot.data->input_names.empty();
  if (block.is_input && !block.shape.is_image && block.units <= most && (plane || named))
    for (int u = 0; u < block.units; ++u) labels.push_back(input_label(snapshot, u));
  if (!block.is_output || (!plane && block.look != Look::bars)) return labels;
  const Meaning meaning = meaning_of(snapshot);
  const bool names = snapshot.data && !snapshot.data->class_names.empty();
  for (int u = 0; u < block.units; ++u)
    labels.push_back(!meaning.decides() ? output_label(snapshot, u)
                     : block.units == 1 ? meaning.has_probabilities() ? "$p$" : "$y$"
                     : plane || names   ? class_label(snapshot, u)
                                        : fmt::format("{}", u));
  return labels;
}

Link link_of(const Block& to, const Block& from, const PlanNode& node, int first_unit) {
  Link link;
  link.first_unit = first_unit;
  link.skips = to.column - from.column > 1;
  const bool own_weights = std::holds_alternative<Dense>(node.layer) ||
                           std::holds_alternative<Conv2d>(node.layer) ||
                           std::holds_alternative<Maxout>(node.layer) ||
                           std::holds_alternative<ConvTranspose2d>(node.layer);
  if (own_weights)
    link.kind = Link::Kind::weights;
  else if (std::holds_alternative<LayerNorm>(node.layer))
    link.kind = Link::Kind::mixed;
  else if (first_unit + from.units <= to.units && (to.places > 1) == (from.places > 1))
    link.kind = Link::Kind::units;
  else
    link.kind = Link::Kind::whole;
  return link;
}

}  // namespace

Model model_of(const Snapshot& snapshot) {
  const Plan& plan = *snapshot.plan;
  Model model;
  Block data;
  data.shape = plan.input;
  data.is_input = true;
  model.blocks.push_back(data);
  model.has_plane = !plan.input.is_image && plan.input.channels <= 2;

  std::vector<std::size_t> block_of(plan.nodes.size());  // a flatten's is that of what it reads
  const auto shown_as = [&](int node) {
    return node < 0 ? std::size_t{0} : block_of[static_cast<std::size_t>(node)];
  };
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    const bool last = i + 1 == plan.nodes.size();
    if (node.is_view && !last) {
      block_of[i] = shown_as(node.inputs[0]);
      continue;
    }
    block_of[i] = model.blocks.size();
    Block block;
    block.node = static_cast<int>(i);
    block.id = node.id;
    block.shape = node.shape;
    block.is_output = last;
    for (const int input : node.inputs)
      block.column = std::max(block.column, model.blocks[shown_as(input)].column + 1);
    if (last)  // behind dead ends too
      for (const Block& other : model.blocks)
        block.column = std::max(block.column, other.column + 1);
    model.blocks.push_back(std::move(block));
  }
  for (Block& block : model.blocks) {
    block.units = block.shape.channels;
    block.places = block.shape.height * block.shape.width;
    model.columns = std::max(model.columns, block.column + 1);
    model.has_images = model.has_images || block.shape.is_image;
  }
  for (Block& block : model.blocks) {
    name(block, snapshot);
    if (is_frozen(block, plan)) block.detail += block.detail.empty() ? "frozen" : ", frozen";
    block.look = look_of(block, model);
    block.labels = labels_of(block, snapshot);
    if (block.node < 0) continue;
    const PlanNode& node = plan.nodes[static_cast<std::size_t>(block.node)];
    block.resizable = std::holds_alternative<Dense>(node.layer);
    if (const auto* conv = std::get_if<Conv2d>(&node.layer)) {
      block.resizable = true;
      const Segment& weight = plan.segments[node.segments.front()];
      if (weight.shape[1] == 1) block.kernel_side = std::max(conv->kernel.h, conv->kernel.w);
    }
    int first_unit = 0;
    for (const int input : node.inputs) {
      const std::size_t from = shown_as(input);
      Link link = link_of(block, model.blocks[from], node, first_unit);
      link.from = from;
      if (std::holds_alternative<Concat>(node.layer))
        first_unit += model.blocks[from].units *
                      (model.blocks[from].places == block.places ? 1 : model.blocks[from].places);
      block.links.push_back(link);
    }
  }
  return model;
}

std::string activation_name(const Activation& activation) {
  const std::string name(name_of(activation));
  constexpr std::pair<std::string_view, std::string_view> spelt[] = {
      {"identity", "linear"}, {"relu", "ReLU"}, {"leaky_relu", "leaky ReLU"},
      {"prelu", "PReLU"},     {"elu", "ELU"},   {"selu", "SELU"},
      {"gelu", "GELU"},       {"silu", "SiLU"}};
  for (const auto& [known, written] : spelt)
    if (name == known) return std::string(written);
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

const Activation* activation_of(const PlanNode& node) {
  if (const auto* dense = std::get_if<Dense>(&node.layer)) return &dense->activation;
  if (const auto* conv = std::get_if<Conv2d>(&node.layer)) return &conv->activation;
  if (const auto* alone = std::get_if<ActivationLayer>(&node.layer)) return &alone->function;
  return nullptr;
}

bool can_be_off(const PlanNode& node) {
  const Activation* activation = activation_of(node);
  return activation && std::holds_alternative<Relu>(*activation);
}

namespace {

/// `count` weights between two units, from number `first` of their tensor on.
Strength measured(const Snapshot& snapshot, const Segment& weight, std::size_t first,
                  std::size_t count) {
  Strength found{.first = weight.offset + first, .count = count};
  if (found.first + found.count > snapshot.parameters.size()) return {};
  const float* w = snapshot.parameters.data() + found.first;
  if (found.count == 1) {
    found.value = *w;
    return found;
  }
  float squares = 0, sum = 0;
  for (std::size_t i = 0; i < found.count; ++i) {
    squares += w[i] * w[i];
    sum += w[i];
  }
  found.value = std::copysign(std::sqrt(squares), sum);
  return found;
}

}  // namespace

Strength strength(const Snapshot& snapshot, const Block& to, const Block& from, int unit,
                  int unit_from) {
  const PlanNode& node = snapshot.plan->nodes[static_cast<std::size_t>(to.node)];
  if (node.segments.empty()) return {};
  const Segment& weight = snapshot.plan->segments[node.segments.front()];
  const auto& shape = weight.shape;
  const auto u = static_cast<std::size_t>(unit), v = static_cast<std::size_t>(unit_from);
  const auto places = static_cast<std::size_t>(from.places);
  if (std::holds_alternative<Dense>(node.layer))
    return measured(snapshot, weight, u * shape[1] + v * places, places);
  if (std::holds_alternative<Maxout>(node.layer)) {
    Strength strongest;
    for (std::size_t piece = 0; piece < shape[0]; ++piece) {
      const std::size_t row = (piece * shape[1] + u) * shape[2];
      const Strength found = measured(snapshot, weight, row + v * places, places);
      if (piece == 0 || std::abs(found.value) > std::abs(strongest.value)) strongest = found;
    }
    strongest.pieces = shape[0];
    return strongest;
  }
  const std::size_t cells = shape[2] * shape[3];
  if (std::holds_alternative<ConvTranspose2d>(node.layer))
    return measured(snapshot, weight, (v * shape[1] + u) * cells, cells);
  const int in_group = static_cast<int>(shape[1]);
  const int groups = from.units / in_group;
  if (unit_from / in_group != unit / (to.units / groups)) return {};
  const auto number = static_cast<std::size_t>(unit_from % in_group);
  return measured(snapshot, weight, (u * shape[1] + number) * cells, cells);
}

std::vector<std::vector<float>> importance(const Snapshot& snapshot, const Model& model) {
  std::vector<std::vector<float>> found;
  for (const Block& block : model.blocks)
    found.emplace_back(static_cast<std::size_t>(block.units), 0.0F);
  for (std::size_t b = model.blocks.size(); b-- > 1;) {
    const Block& to = model.blocks[b];
    for (const Link& link : to.links) {
      const Block& from = model.blocks[link.from];
      auto& sums = found[link.from];
      const bool alike = link.kind == Link::Kind::mixed && from.units == to.units;
      if (link.kind == Link::Kind::units || alike) {
        for (int u = 0; u < from.units; ++u)
          sums[static_cast<std::size_t>(u)] +=
              found[b][static_cast<std::size_t>(link.first_unit + u)];
      } else if (link.kind == Link::Kind::weights) {
        for (int u = 0; u < to.units; ++u)
          for (int c = 0; c < from.units; ++c) {
            const float w = std::abs(strength(snapshot, to, from, u, c).value);
            if (std::isfinite(w)) sums[static_cast<std::size_t>(c)] += w;
          }
      }
    }
  }
  return found;
}

}  // namespace crease::network_picture
