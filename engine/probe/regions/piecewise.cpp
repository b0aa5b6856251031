#include "probe/regions/piecewise.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace crease::regions {

namespace {

// By name, so that a node of another kind needs nothing here until it is piecewise linear.
constexpr std::array linear_layers{std::string_view("dense"),
                                   std::string_view("conv2d"),
                                   std::string_view("add"),
                                   std::string_view("concat"),
                                   std::string_view("conv_transpose2d"),
                                   std::string_view("avg_pool"),
                                   std::string_view("global_avg_pool"),
                                   std::string_view("global_sum_pool"),
                                   std::string_view("upsample"),
                                   std::string_view("batch_norm")};

bool is_one_of(std::string_view name, const auto& list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

const Segment* segment_of(const Plan& plan, std::size_t node, std::string_view ending) {
  for (const std::size_t i : plan.nodes[node].segments)
    if (plan.segments[i].name.ends_with(ending)) return &plan.segments[i];
  return nullptr;
}

/// The activation as straight pieces; false where it is none.
template <class F>
bool bend_of(const F& f, const Plan& plan, std::size_t node, const double* parameters, Bend& bend) {
  constexpr std::string_view name = F::name;
  if constexpr (name == "identity") {
    bend = {};
  } else if constexpr (name == "relu") {
    bend = {{0}, {0, 1}, {0, 0}};
  } else if constexpr (name == "leaky_relu") {
    bend = {{0}, {f.slope, 1}, {0, 0}};
  } else if constexpr (name == "prelu") {
    const Segment* slope = segment_of(plan, node, ".slope");
    bend = {{0}, {slope ? parameters[slope->offset] : 0.25, 1}, {0, 0}};
  } else if constexpr (name == "abs") {
    bend = {{0}, {-1, 1}, {0, 0}};
  } else if constexpr (name == "step") {
    bend = {{0}, {0, 0}, {0, 1}};
  } else if constexpr (name == "hard_tanh") {
    bend = {{-1, 1}, {0, 1, 0}, {-1, 0, 1}};
  } else {
    return false;
  }
  return true;
}

template <class L>
const Activation* activation_of(const L& layer) {
  if constexpr (requires { layer.activation; })
    return &layer.activation;
  else if constexpr (requires { layer.function; })
    return &layer.function;
  else
    return nullptr;
}

template <class L>
L without_activation(L layer) {
  if constexpr (requires { layer.activation; }) layer.activation = Identity{};
  return layer;
}

Shape input_shape(const Plan& plan, int from) {
  return from < 0 ? plan.input : plan.nodes[static_cast<std::size_t>(from)].shape;
}

}  // namespace

Parts parts_of(const Plan& plan, std::size_t node, const double* parameters) {
  Parts parts;
  std::visit(
      [&]<class L>(const L& layer) {
        constexpr std::string_view name = L::name;
        parts.is_view = name == "flatten" || name == "dropout";
        parts.chooses = name == "max_pool" || name == "global_max_pool" || name == "maxout";
        parts.is_linear_first = is_one_of(name, linear_layers) || name == "maxout";
        const bool known =
            parts.is_view || parts.chooses || parts.is_linear_first || name == "activation";
        if (!known) {
          parts.culprit = name;
          return;
        }
        parts.is_piecewise_linear = true;
        if (const Activation* activation = activation_of(layer))
          std::visit(
              [&](const auto& f) {
                parts.is_piecewise_linear = bend_of(f, plan, node, parameters, parts.bend);
                if (!parts.is_piecewise_linear) parts.culprit = f.name;
              },
              *activation);
      },
      plan.nodes[node].layer);
  return parts;
}

Choices choices_of(const Plan& plan, std::size_t node) {
  Choices choices(plan.nodes[node].shape.size());
  const Shape in = input_shape(plan, plan.nodes[node].inputs[0]);
  const auto row = [](int number) { return static_cast<std::uint32_t>(number); };
  std::visit(
      [&]<class L>(const L& layer) {
        constexpr std::string_view name = L::name;
        if constexpr (name == "max_pool") {
          const Window w = layer.window_on(in);
          std::size_t unit = 0;
          for (int c = 0; c < in.channels; ++c)
            for (int oy = 0; oy < w.rows.out; ++oy)
              for (int ox = 0; ox < w.columns.out; ++ox, ++unit)
                for (int y = oy * w.rows.stride - w.rows.before, i = 0; i < w.rows.kernel; ++i, ++y)
                  for (int x = ox * w.columns.stride - w.columns.before, j = 0;
                       j < w.columns.kernel; ++j, ++x)
                    if (y >= 0 && y < in.height && x >= 0 && x < in.width)
                      choices[unit].push_back(row((c * in.height + y) * in.width + x));
        } else if constexpr (name == "global_max_pool") {
          const int pixels = in.height * in.width;
          for (std::size_t c = 0; c < choices.size(); ++c)
            for (int i = 0; i < pixels; ++i)
              choices[c].push_back(row(static_cast<int>(c) * pixels + i));
        } else if constexpr (name == "maxout") {
          for (int piece = 0; piece < layer.pieces; ++piece)
            for (std::size_t unit = 0; unit < choices.size(); ++unit)
              choices[unit].push_back(row(piece * layer.units + static_cast<int>(unit)));
        }
      },
      plan.nodes[node].layer);
  return choices;
}

LinearPart::LinearPart(const Plan& plan, std::size_t node, const double* parameters)
    : plan_(&plan), node_(node), rows_(plan.nodes[node].shape.size()) {
  std::visit(
      [&]<class L>(const L& layer) {
        if constexpr (L::name == "maxout") {
          Dense all;
          all.units = layer.units * layer.pieces;
          rows_ = static_cast<std::size_t>(all.units);
          layer_ = all;
        } else {
          layer_ = without_activation(layer);
        }
      },
      plan.nodes[node].layer);
  parameters_.assign(parameters, parameters + plan.length);
  homogeneous_ = parameters_;
  for (const std::size_t i : plan.nodes[node].segments) {
    const Segment& segment = plan.segments[i];
    if (!segment.is_bias && !segment.name.ends_with(".bias") &&
        !segment.name.ends_with(".running_mean"))
      continue;
    std::fill_n(homogeneous_.begin() + static_cast<std::ptrdiff_t>(segment.offset), segment.size,
                0.0);
  }
  const Memory& memory = plan.nodes[node].memory;
  memory_.assign((std::max(memory.kept, rows_) + std::max(memory.scratch, rows_) + 1) * lanes, 0.0);
}

void LinearPart::run(const std::vector<const double*>& x, double* y, bool homogeneous) {
  const PlanNode& node = plan_->nodes[node_];
  Pass<double> pass;
  for (const int from : node.inputs) pass.in.push_back(input_shape(*plan_, from));
  pass.x = x;
  pass.y = y;
  pass.out = rows_ == node.shape.size() ? node.shape : Shape::features(static_cast<int>(rows_));
  const double* from = homogeneous ? homogeneous_.data() : parameters_.data();
  for (const std::size_t i : node.segments)
    pass.weights.push_back(from + plan_->segments[i].offset);
  pass.kept = memory_.data();
  pass.scratch = memory_.data() + std::max(node.memory.kept, rows_) * lanes;
  std::visit([&](const auto& layer) { layer.forward(pass); }, layer_);
}

}  // namespace crease::regions
