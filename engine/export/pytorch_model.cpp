/// The nodes of a network as PyTorch computes them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "export/pytorch_parts.h"

namespace crease {

namespace {

std::string pair(Extent extent) { return fmt::format("({}, {})", extent.h, extent.w); }

/// f(z) in Python; `slope` is the learned parameter.
struct ActivationText {
  const std::string& z;
  const std::string& slope;

  std::string operator()(const auto& f) const {
    throw Problem("network.nodes", fmt::format("{} has no counterpart in PyTorch", f.name));
  }
  std::string call(const char* function) const { return fmt::format("{}({})", function, z); }
  std::string operator()(const Identity&) const { return z; }
  std::string operator()(const Relu&) const { return call("F.relu"); }
  std::string operator()(const LeakyRelu& f) const {
    return fmt::format("F.leaky_relu({}, {})", z, f.slope);
  }
  std::string operator()(const Prelu&) const { return fmt::format("F.prelu({}, {})", z, slope); }
  std::string operator()(const Abs&) const { return call("torch.abs"); }
  std::string operator()(const Elu& f) const { return fmt::format("F.elu({}, {})", z, f.alpha); }
  std::string operator()(const Selu&) const { return call("F.selu"); }
  std::string operator()(const Gelu&) const { return call("F.gelu"); }
  std::string operator()(const Silu&) const { return call("F.silu"); }
  std::string operator()(const HardSwish&) const { return call("F.hardswish"); }
  std::string operator()(const Softplus&) const {
    return fmt::format("torch.logaddexp({0}, torch.zeros_like({0}))", z);
  }
  std::string operator()(const Tanh&) const { return call("torch.tanh"); }
  std::string operator()(const HardTanh&) const { return call("F.hardtanh"); }
  std::string operator()(const Sigmoid&) const { return call("torch.sigmoid"); }
  std::string operator()(const SineActivation&) const { return call("torch.sin"); }
  std::string operator()(const StepActivation&) const {
    return fmt::format("(({0}) > 0).to(dtype) + 0 * ({0})", z);
  }
  std::string operator()(const Softmax&) const { return fmt::format("torch.softmax({}, 1)", z); }
};

/// One node as a Python expression of its inputs `x`; parameters are p["id.name"].
struct NodeText {
  const PlanNode& node;
  const Plan& plan;
  std::vector<std::string> x;

  std::string operator()(const auto& l) const {
    throw Problem("network.nodes", fmt::format("{} has no counterpart in PyTorch", l.name));
  }
  std::string parameter(std::size_t i) const {
    return fmt::format("p[\"{}\"]", plan.segments[node.segments[i]].name);
  }
  std::string bias(bool has) const { return has ? parameter(1) : "None"; }
  std::string squashed(const Activation& activation, const std::string& z) const {
    const std::string slope = node.segments.empty() ? "" : parameter(node.segments.size() - 1);
    return std::visit(ActivationText{z, slope}, activation);
  }
  Shape in() const {
    return node.inputs[0] < 0 ? plan.input
                              : plan.nodes[static_cast<std::size_t>(node.inputs[0])].shape;
  }
  /// The input of a window, with its border around it where PyTorch cannot add that itself; and the
  /// padding that is left to PyTorch.
  struct Bordered {
    std::string x, padding;
  };
  Bordered bordered(const Window& w, const char* value, bool pooling) const {
    const auto own = [&](const WindowAxis& axis) {
      return axis.before == axis.after && (!pooling || 2 * axis.before <= axis.kernel);
    };
    if (own(w.rows) && own(w.columns)) return {x[0], pair({w.rows.before, w.columns.before})};
    return {fmt::format("F.pad({}, ({}, {}, {}, {}), value={})", x[0], w.columns.before,
                        w.columns.after, w.rows.before, w.rows.after, value),
            "0"};
  }

  std::string operator()(const Dense& l) const {
    return squashed(l.activation, fmt::format("F.linear({}.flatten(1), {}, {})", x[0], parameter(0),
                                              bias(l.bias)));
  }
  std::string operator()(const Conv2d& l) const {
    const Bordered input = bordered(l.window_on(in()), "0.", false);
    return squashed(l.activation,
                    fmt::format("F.conv2d({}, {}, {}, {}, {}, {}, {})", input.x, parameter(0),
                                bias(l.bias), pair(l.stride), input.padding, l.dilation, l.groups));
  }
  std::string operator()(const ConvTranspose2d& l) const {
    return squashed(l.activation, fmt::format("F.conv_transpose2d({}, {}, {}, {}, {}, {})", x[0],
                                              parameter(0), bias(l.bias), pair(l.stride),
                                              pair(l.padding), pair(l.output_padding)));
  }
  std::string operator()(const Maxout&) const {
    return fmt::format("(torch.einsum('pui,ni->npu', {}, {}.flatten(1)) + {}).max(1)[0]",
                       parameter(0), x[0], parameter(1));
  }
  std::string operator()(const ActivationLayer& l) const { return squashed(l.function, x[0]); }
  std::string pooled(const auto& l, const char* function, const char* border) const {
    const Bordered input = bordered(l.window_on(in()), border, true);
    return fmt::format("{}({}, {}, {}, {})", function, input.x, pair(l.kernel),
                       pair(l.stride.value_or(l.kernel)), input.padding);
  }
  std::string operator()(const MaxPool& l) const {
    return pooled(l, "F.max_pool2d", "-float('inf')");
  }
  std::string operator()(const AvgPool& l) const { return pooled(l, "F.avg_pool2d", "0."); }
  std::string operator()(const GlobalMaxPool&) const { return x[0] + ".flatten(2).max(2)[0]"; }
  std::string operator()(const GlobalAvgPool&) const { return x[0] + ".mean((2, 3))"; }
  std::string operator()(const GlobalSumPool&) const { return x[0] + ".sum((2, 3))"; }
  std::string operator()(const Upsample& l) const {
    return fmt::format("F.interpolate({}, scale_factor={}, mode=\"{}\"{})", x[0], pair(l.factor),
                       name_of(l.mode),
                       l.mode == Resampling::bilinear ? ", align_corners=False" : "");
  }
  std::string operator()(const BatchNorm& l) const {
    const bool frozen = plan.segments[node.segments[0]].frozen;  // the statistics stay as well
    return fmt::format("F.batch_norm({}, {}, {}, {}, {}, self.training, {}, {})", x[0],
                       parameter(2), parameter(3), parameter(0), parameter(1),
                       frozen ? 0 : l.momentum, l.epsilon);
  }
  std::string operator()(const LayerNorm& l) const {
    return fmt::format("F.layer_norm({0}, {0}.shape[1:], {1}, {2}, {3})", x[0], parameter(0),
                       parameter(1), l.epsilon);
  }
  std::string operator()(const Dropout& l) const {
    return fmt::format("F.dropout({}, {}, self.training)", x[0], l.rate);
  }
  std::string operator()(const Flatten&) const { return x[0] + ".flatten(1)"; }
  std::string operator()(const Add&) const { return fmt::format("{}", fmt::join(x, " + ")); }
  std::string operator()(const Concat&) const {
    return fmt::format("torch.cat([{}], 1)", fmt::join(x, ", "));
  }
  std::string operator()(const Multiply&) const { return fmt::format("{}", fmt::join(x, " * ")); }
  std::string operator()(const Dot&) const {
    return fmt::format("({}).flatten(1).sum(1, keepdim=True)", fmt::join(x, " * "));
  }
};

std::string variable(const Plan& plan, int node) {
  if (node < 0) return "v[\"input\"]";
  return fmt::format("v[\"{}\"]", plan.nodes[static_cast<std::size_t>(node)].id);
}

}  // namespace

std::string model_text(const Plan& plan) {
  std::string text =
      "class Model(nn.Module):\n"
      "    \"\"\"p holds every parameter by name; v the output of every node.\"\"\"\n\n"
      "    def __init__(self):\n"
      "        super().__init__()\n"
      "        self.p = {}\n"
      "        for name, (kind, tensor) in weights.items():\n"
      "            self.p[name] = tensor if kind == \"statistic\" else nn.Parameter(tensor, kind "
      "== "
      "\"learned\")\n"
      "            register = self.register_buffer if kind == \"statistic\" else "
      "self.register_parameter\n"
      "            register(name.replace(\".\", \"__\"), self.p[name])\n\n"
      "    def forward(self, x):\n"
      "        p, v = self.p, {\"input\": x}\n";
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    if (!Plan::is_own(node)) continue;
    NodeText words{node, plan, {}};
    for (const int from : node.inputs) words.x.push_back(variable(plan, from));
    text += fmt::format("        {} = {}\n", variable(plan, static_cast<int>(i)),
                        std::visit(words, node.layer));
  }
  std::vector<std::string> outputs;
  for (const int node : plan.outputs) outputs.push_back(variable(plan, node));
  return text + fmt::format("        return [{}]\n\n\n", fmt::join(outputs, ", "));
}

}  // namespace crease
