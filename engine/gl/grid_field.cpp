#include "gl/grid_field.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "generated/shaders.h"

namespace crease::gl {

namespace {

constexpr std::size_t widest = 64;
constexpr std::uint32_t no_bias = 0xFFFFFFFF;
constexpr unsigned group_size = 64;  // local_size_x of the shader
// llvmpipe silently ends an invocation's loops after 65,535 rounds in all.
constexpr double most_multiplications = 50000;
// What one dispatch may do, so that it ends within milliseconds on a slow device.
constexpr double most_work = 1 << 25;

// As shaders/field.comp has it, in std430.
struct Step {
  std::uint32_t inputs = 0, outputs = 0, weight = 0, bias = no_bias, activation = 0;
  float slope = 0;
};

using Number = std::optional<std::pair<std::uint32_t, float>>;

// The shader's number for an activation, or nothing where it has none.
struct Numbered {
  Number operator()(const Identity&) const { return {{0, 0.0F}}; }
  Number operator()(const Relu&) const { return {{1, 0.0F}}; }
  Number operator()(const LeakyRelu& f) const { return {{2, static_cast<float>(f.slope)}}; }
  Number operator()(const Tanh&) const { return {{3, 0.0F}}; }
  Number operator()(const Sigmoid&) const { return {{4, 0.0F}}; }
  template <class Other>
  Number operator()(const Other&) const {
    return {};
  }
};

Number number_of(const Activation& activation) { return std::visit(Numbered{}, activation); }

std::string wrong_with(const PlanNode& node, int before) {
  if (node.inputs != std::vector<int>{before}) return "it does not read the node before it alone";
  if (node.shape.is_image) return "it gives an image";
  if (node.shape.size() > widest) return fmt::format("it is wider than {}", widest);
  const Activation* function = nullptr;
  if (const auto* dense = std::get_if<Dense>(&node.layer)) function = &dense->activation;
  // A dense node squashes at once; an activation alone would need a step without weights.
  if (function == nullptr) return "only dense layers are computed there";
  if (!number_of(*function)) return "its activation is not computed there";
  return "";
}

}  // namespace

std::string GridField::refuses(const Plan& plan) {
  if (plan.input.is_image || plan.input.size() != 2) return "the network does not have two inputs";
  if (plan.multiplications > most_multiplications)
    return fmt::format("the network multiplies more than {:.0f} times a point",
                       most_multiplications);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const std::string why = wrong_with(plan.nodes[i], static_cast<int>(i) - 1);
    if (!why.empty()) return fmt::format("node {}: {}", plan.nodes[i].id, why);
  }
  return "";
}

GridField::GridField(const Plan& plan)
    : program_("shaders/field.comp", field_comp),
      outputs_(plan.output_shape().size()),
      multiplications_(plan.multiplications) {
  if (const std::string why = refuses(plan); !why.empty()) throw std::invalid_argument(why);
  std::vector<Step> steps;
  std::size_t inputs = plan.input.size();
  for (const PlanNode& node : plan.nodes) {
    const auto& dense = std::get<Dense>(node.layer);
    Step step;
    step.inputs = static_cast<std::uint32_t>(inputs);
    step.outputs = static_cast<std::uint32_t>(node.shape.size());
    step.weight = static_cast<std::uint32_t>(plan.segments[node.segments[0]].offset);
    if (dense.bias) step.bias = static_cast<std::uint32_t>(plan.segments[node.segments[1]].offset);
    std::tie(step.activation, step.slope) = *number_of(dense.activation);
    steps.push_back(step);
    inputs = node.shape.size();
  }
  step_count_ = static_cast<unsigned>(steps.size());
  steps_.write(steps.data(), steps.size() * sizeof(Step));
}

std::vector<float> GridField::evaluate(std::span<const float> parameters, const Grid& grid) {
  const auto columns = static_cast<unsigned>(grid.columns);
  const auto rows = static_cast<unsigned>(grid.rows);
  const std::size_t points = std::size_t{columns} * rows;
  std::vector<float> values(points * outputs_);
  if (values.empty()) return values;

  parameters_.write(parameters.data(), parameters.size_bytes());
  values_.fill(values.size() * sizeof(float),
               std::bit_cast<unsigned>(std::numeric_limits<float>::quiet_NaN()));
  done_.fill(sizeof(unsigned), 0);
  parameters_.bind(0);
  steps_.bind(1);
  values_.bind(2);
  done_.bind(3);
  program_.use();
  glUniform2ui(0, columns, rows);
  glUniform4f(1, static_cast<float>(grid.x0), static_cast<float>(grid.x1),
              static_cast<float>(grid.y0), static_cast<float>(grid.y1));
  glUniform1ui(3, step_count_);
  const auto batch = static_cast<std::size_t>(
      std::clamp(most_work / std::max(1.0, multiplications_), double{group_size}, 65535.0 * 64));
  for (std::size_t first = 0; first < points; first += batch) {
    const std::size_t last = std::min(points, first + batch);
    glUniform2ui(2, static_cast<unsigned>(first), static_cast<unsigned>(last));
    program_.dispatch(static_cast<unsigned>((last - first + group_size - 1) / group_size));
  }
  unsigned done = 0;
  done_.read(&done, sizeof done);
  if (done != points)
    throw std::runtime_error(
        fmt::format("the driver finished {} of {} points of a field", done, points));
  values_.read(values.data(), values.size() * sizeof(float));
  return values;
}

}  // namespace crease::gl
