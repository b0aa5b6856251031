/// What is said about a place under the pointer.
#include <fmt/format.h>

#include <cmath>

#include "figure/formula.h"
#include "views/network_view_brush.h"
#include "views/words.h"

namespace crease::network_picture {

namespace {

const PlanNode* node_of(const Brush& brush, const Block& block) {
  return block.node < 0 ? nullptr
                        : &brush.snapshot.plan->nodes[static_cast<std::size_t>(block.node)];
}

std::string block_title(const Brush& brush, const Block& block) {
  if (block.is_input) return "Input";
  if (block.is_output) return "Output";
  if (!block.resizable) return block.title;
  return fmt::format("Layer {} ({})", layer_number(*brush.snapshot.plan, block.id),
                     plain(block.id));
}

std::string unit_title(const Brush& brush, const Block& block, int unit) {
  if (block.is_input && static_cast<std::size_t>(unit) < block.labels.size())
    return block.labels[static_cast<std::size_t>(unit)];
  if (block.is_output && block.units == 1) return "Output";
  return fmt::format("{}, {} {}", block_title(brush, block),
                     block.shape.is_image ? "channel" : "unit", unit + 1);
}

const std::string& known_title(Brush& brush, const Block& block, int unit) {
  std::string& title = brush.unit_titles[{&block, unit}];
  if (title.empty()) title = unit_title(brush, block, unit);
  return title;
}

std::string whole_percent(float share) {
  const double percent = 100 * static_cast<double>(share);
  if (percent > 0 && percent < 1) return "< 1 %";
  return fmt::format("{:.0f} %", percent);
}

void read(Hot& hot, const std::string& label, double value) {
  hot.readings.push_back({label, number_text(value)});
}

/// z as the unit's layer computes it.
std::string sum_formula(const Brush& brush, const Block& block, const PlanNode& node) {
  const bool first = !block.links.empty() && brush.block(block.links.front().from).is_input;
  if (std::holds_alternative<Dense>(node.layer))
    return first ? "$z = Σ_i w_i x_i + b$" : "$z = Σ_i w_i a_i + b$";
  if (std::holds_alternative<Conv2d>(node.layer))
    return "$z_{r c} = b + Σ_{i j} w_{i j} x_{r+i, c+j}$";
  return formula_markup(std::visit([](const auto& layer) { return layer.formula; }, node.layer));
}

double number(const AlignedVector<float>& list, std::size_t at) {
  return at < list.size() ? static_cast<double>(list[at]) : 0;
}

std::string squash_formula(const Brush& brush, const Block& block, const PlanNode& node) {
  const Activation* activation = activation_of(node);
  if (activation && !std::holds_alternative<Identity>(*activation))
    return formula_markup(std::visit([](const auto& f) { return f.formula; }, *activation));
  if (!block.is_output || !brush.answer.meaning.is_squashed()) return {};
  return block.units == 1 ? "$p = \\frac{1}{1 + e^{-z}}$" : "$p_k = \\frac{e^{z_k}}{Σ_j e^{z_j}}$";
}

}  // namespace

std::ptrdiff_t bias_of(const Brush& brush, const PlanNode& node, int unit) {
  for (const std::size_t s : node.segments) {
    const Segment& segment = brush.snapshot.plan->segments[s];
    if (segment.is_bias && static_cast<std::size_t>(unit) < segment.size)
      return static_cast<std::ptrdiff_t>(segment.offset) + unit;
  }
  return -1;
}

Hot unit_tip(const Brush& brush, const Block& block, int unit) {
  Hot hot;
  hot.id = unit_id(block, unit);
  hot.title = unit_title(brush, block, unit);
  const PlanNode* node = node_of(brush, block);
  const auto u = static_cast<std::size_t>(unit);
  const auto& values = brush.answer.values;
  if (node) {
    const auto n = static_cast<std::size_t>(block.node);
    if (brush.answer.activity.samples > 0 && can_be_off(*node)) {
      const float on = brush.answer.activity.nodes[n][u].on;
      hot.fact = on > 0 ? "on for " + whole_percent(on) : "never on";
    }
    hot.formulas.push_back(sum_formula(brush, block, *node));
    if (std::string squash = squash_formula(brush, block, *node); !squash.empty())
      hot.formulas.push_back(std::move(squash));
    if (const auto b = bias_of(brush, *node, unit); b >= 0) {
      const auto at = static_cast<std::size_t>(b);
      read(hot, "$b$", number(brush.snapshot.parameters, at));
      read(hot, "$∂L/∂b$", number(brush.snapshot.gradient, at));
    }
  }
  if (!values.empty() && block.places == 1) {
    const auto& list = node ? values[static_cast<std::size_t>(block.node)] : values.back();
    const bool logits = node && block.is_output && !squash_formula(brush, block, *node).empty();
    read(hot, block.is_input ? "$x$" : logits ? "$z$" : "$a$", static_cast<double>(list[u]));
  }
  return hot;
}

Hot weight_tip(Brush& brush, const Block& to, const Block& from, int unit, int unit_from,
               const Strength& strength) {
  Hot hot;
  hot.id = weight_id(to, unit, unit_from);
  hot.title = known_title(brush, from, unit_from) + " → ";
  hot.title += to.is_output && to.units == 1 ? "output" : known_title(brush, to, unit);
  const std::string strongest =
      strength.pieces > 1 ? fmt::format(" of the strongest of {} pieces", strength.pieces) : "";
  hot.readings.reserve(3);
  if (strength.count == 1) {
    hot.fact = "weight" + strongest;
    read(hot, "$w$", static_cast<double>(strength.value));
    read(hot, "$∂L/∂w$", number(brush.snapshot.gradient, strength.first));
    return hot;
  }
  hot.fact = fmt::format("{} weights{}", strength.count, strongest);
  double sum = 0, slopes = 0;
  for (std::size_t i = strength.first; i < strength.first + strength.count; ++i) {
    sum += number(brush.snapshot.parameters, i);
    slopes += number(brush.snapshot.gradient, i) * number(brush.snapshot.gradient, i);
  }
  read(hot, "$‖w‖$", std::abs(static_cast<double>(strength.value)));
  read(hot, "$Σ w$", sum);
  read(hot, "$‖∂L/∂w‖$", std::sqrt(slopes));
  return hot;
}

Hot header_tip(const Brush& brush, const Block& block) {
  Hot hot;
  hot.id = block.id;
  hot.title = plain(block.is_input || block.is_output || !block.resizable
                        ? block.title
                        : block_title(brush, block) + ": " + block.title);
  hot.fact = plain(block.detail);
  const PlanNode* node = node_of(brush, block);
  if (!node) return hot;
  hot.formulas.push_back(sum_formula(brush, block, *node));
  if (std::string squash = squash_formula(brush, block, *node); !squash.empty())
    hot.formulas.push_back(std::move(squash));
  std::size_t count = 0;
  bool frozen = false;
  for (const std::size_t s : node->segments) {
    const Segment& segment = brush.snapshot.plan->segments[s];
    if (segment.is_statistic) continue;
    count += segment.size;
    frozen = frozen || segment.frozen;
  }
  hot.readings.push_back({"parameters", count_text(count)});
  hot.readings.push_back({"output", to_string(block.shape)});
  if (frozen) hot.readings.push_back({"frozen", "keeps its parameters"});
  return hot;
}

}  // namespace crease::network_picture
