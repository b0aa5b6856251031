#include "export/onnx.h"

#include <fmt/format.h>

#include <cmath>

#include "export/onnx_graph.h"

namespace crease {

namespace {

using Sizes = std::vector<std::int64_t>;

Sizes sizes(Extent extent) { return {extent.h, extent.w}; }

/// f(z) as operators; the last makes `to`. `slope` is the learned parameter.
struct ActivationOperators {
  OnnxGraph& graph;
  const std::string &z, &to, &slope;

  void operator()(const auto& f) const {
    throw Problem("network.nodes", fmt::format("{} has no counterpart in ONNX", f.name));
  }
  void one(const char* op, const std::vector<Attribute>& attributes = {}) const {
    graph.add(op, {z}, to, attributes);
  }
  void operator()(const Identity&) const { one("Identity"); }
  void operator()(const Relu&) const { one("Relu"); }
  void operator()(const LeakyRelu& f) const { one("LeakyRelu", {{"alpha", f.slope}}); }
  void operator()(const Prelu&) const { graph.add("PRelu", {z, slope}, to); }
  void operator()(const Abs&) const { one("Abs"); }
  void operator()(const Elu& f) const { one("Elu", {{"alpha", f.alpha}}); }
  void operator()(const Selu&) const { one("Selu"); }
  void operator()(const Sigmoid&) const { one("Sigmoid"); }
  void operator()(const Tanh&) const { one("Tanh"); }
  void operator()(const HardTanh&) const {
    graph.add("Clip", {z, graph.constant(-1), graph.constant(1)}, to);
  }
  void operator()(const Softplus&) const { one("Softplus"); }
  /// z (1 + erf(z/sqrt 2))/2: an operator of its own came in set 20.
  void operator()(const Gelu&) const {
    const float root = static_cast<float>(1 / std::sqrt(2.0));
    const std::string erf = graph.add("Erf", {graph.add("Mul", {z, graph.constant(root)})});
    const std::string share = graph.add("Add", {erf, graph.constant(1)});
    graph.add("Mul", {graph.add("Mul", {z, graph.constant(0.5F)}), share}, to);
  }
  void operator()(const Silu&) const { graph.add("Mul", {z, graph.add("Sigmoid", {z})}, to); }
  void operator()(const HardSwish&) const { one("HardSwish"); }
  void operator()(const SineActivation&) const { one("Sin"); }
  void operator()(const StepActivation&) const {
    const std::string above = graph.add("Greater", {z, graph.constant(0)});
    constexpr std::int64_t to_float = 1;
    graph.add("Cast", {above}, to, {{"to", to_float}});
  }
  void operator()(const Softmax&) const { one("Softmax", {{"axis", std::int64_t{1}}}); }
};

/// One node as operators, of which the last makes `to`.
struct NodeOperators {
  OnnxGraph& graph;
  const Trained& trained;
  const PlanNode& node;
  Names x;
  std::string to;

  void operator()(const auto& l) const {
    throw Problem("network.nodes", fmt::format("{} has no counterpart in ONNX", l.name));
  }
  Shape in() const {
    return node.inputs[0] < 0 ? trained.plan.input
                              : trained.plan.nodes[static_cast<std::size_t>(node.inputs[0])].shape;
  }
  std::string parameter(std::size_t i) const {
    return graph.constant(trained.plan.segments[node.segments[i]].name,
                          trained.tensor(node.segments[i]));
  }
  /// The parameter with other sizes, under a name of its own.
  std::string reshaped(std::size_t i, std::vector<std::size_t> shape) const {
    return graph.constant(trained.plan.segments[node.segments[i]].name + "_",
                          Tensor{std::move(shape), trained.tensor(node.segments[i]).data});
  }
  /// The operator `op` and the activation behind it.
  void squashed(const Activation& activation, const char* op, const Names& inputs,
                const std::vector<Attribute>& attributes) const {
    if (std::holds_alternative<Identity>(activation))
      graph.add(op, inputs, to, attributes);
    else
      squash(activation, graph.add(op, inputs, attributes));
  }
  void squash(const Activation& activation, const std::string& z) const {
    const bool learns = std::holds_alternative<Prelu>(activation);
    const std::string slope = learns ? parameter(node.segments.size() - 1) : "";
    std::visit(ActivationOperators{graph, z, to, slope}, activation);
  }
  std::string flat() const { return in().is_image ? graph.add("Flatten", {x[0]}) : x[0]; }
  /// The product of all inputs.
  void product(const std::string& called) const {
    std::string value = x[0];
    for (std::size_t i = 1; i + 1 < x.size(); ++i) value = graph.add("Mul", {value, x[i]});
    graph.add("Mul", {value, x.back()}, called);
  }
  static std::vector<Attribute> window(const Window& w, Extent kernel, Extent stride) {
    return {{"kernel_shape", sizes(kernel)},
            {"strides", sizes(stride)},
            {"pads", Sizes{w.rows.before, w.columns.before, w.rows.after, w.columns.after}}};
  }

  void operator()(const Dense& l) const {
    Names inputs{flat(), parameter(0)};
    if (l.bias) inputs.push_back(parameter(1));
    squashed(l.activation, "Gemm", inputs, {{"transB", std::int64_t{1}}});
  }
  void operator()(const Conv2d& l) const {
    Names inputs{x[0], parameter(0)};
    if (l.bias) inputs.push_back(parameter(1));
    auto attributes = window(l.window_on(in()), l.kernel, l.stride);
    attributes.emplace_back("dilations", Sizes{l.dilation, l.dilation});
    attributes.emplace_back("group", std::int64_t{l.groups});
    squashed(l.activation, "Conv", inputs, attributes);
  }
  void operator()(const ConvTranspose2d& l) const {
    Names inputs{x[0], parameter(0)};
    if (l.bias) inputs.push_back(parameter(1));
    squashed(l.activation, "ConvTranspose", inputs,
             {{"kernel_shape", sizes(l.kernel)},
              {"strides", sizes(l.stride)},
              {"pads", Sizes{l.padding.h, l.padding.w, l.padding.h, l.padding.w}},
              {"output_padding", sizes(l.output_padding)}});
  }
  void operator()(const Maxout& l) const {
    const auto count = static_cast<std::size_t>(l.units) * static_cast<std::size_t>(l.pieces);
    const std::string pieces =
        graph.add("Gemm", {flat(), reshaped(0, {count, in().size()}), reshaped(1, {count})},
                  {{"transB", std::int64_t{1}}});
    const std::string apart =
        graph.add("Reshape", {pieces, graph.whole_numbers({-1, l.pieces, l.units})});
    graph.add("ReduceMax", {apart}, to, {{"axes", Sizes{1}}, {"keepdims", std::int64_t{0}}});
  }
  void operator()(const ActivationLayer& l) const { squash(l.function, x[0]); }
  void operator()(const MaxPool& l) const {
    graph.add("MaxPool", {x[0]}, to,
              window(l.window_on(in()), l.kernel, l.stride.value_or(l.kernel)));
  }
  void operator()(const AvgPool& l) const {
    auto attributes = window(l.window_on(in()), l.kernel, l.stride.value_or(l.kernel));
    attributes.emplace_back("count_include_pad", std::int64_t{1});
    graph.add("AveragePool", {x[0]}, to, attributes);
  }
  void operator()(const GlobalMaxPool&) const {
    graph.add("Flatten", {graph.add("GlobalMaxPool", {x[0]})}, to);
  }
  void operator()(const GlobalAvgPool&) const {
    graph.add("Flatten", {graph.add("GlobalAveragePool", {x[0]})}, to);
  }
  void operator()(const GlobalSumPool&) const {
    graph.add("ReduceSum", {x[0], graph.whole_numbers({2, 3})}, to,
              {{"keepdims", std::int64_t{0}}});
  }
  void operator()(const Upsample& l) const {
    const std::string scales = graph.constant(
        node.id + ".scales",
        Tensor{{4}, {1, 1, static_cast<double>(l.factor.h), static_cast<double>(l.factor.w)}});
    const bool nearest = l.mode == Resampling::nearest;
    graph.add("Resize", {x[0], "", scales}, to,
              {{"mode", nearest ? "nearest" : "linear"},
               {"coordinate_transformation_mode", nearest ? "asymmetric" : "half_pixel"},
               {"nearest_mode", "floor"}});
  }
  void operator()(const BatchNorm& l) const {
    graph.add("BatchNormalization", {x[0], parameter(0), parameter(1), parameter(2), parameter(3)},
              to, {{"epsilon", l.epsilon}});
  }
  void operator()(const LayerNorm& l) const {
    graph.add("LayerNormalization", {x[0], parameter(0), parameter(1)}, to,
              {{"axis", std::int64_t{1}}, {"epsilon", l.epsilon}});
  }
  void operator()(const Dropout&) const { graph.add("Dropout", {x[0]}, to); }
  void operator()(const Flatten&) const { graph.add("Flatten", {x[0]}, to); }
  void operator()(const Add&) const { graph.add("Sum", x, to); }
  void operator()(const Concat&) const { graph.add("Concat", x, to, {{"axis", std::int64_t{1}}}); }
  void operator()(const Multiply&) const { product(to); }
  void operator()(const Dot&) const {
    const std::string products = node.id + ".products";
    product(products);
    graph.add("ReduceSum", {graph.add("Flatten", {products}), graph.whole_numbers({1})}, to,
              {{"keepdims", std::int64_t{1}}});
  }
};

}  // namespace

std::string to_onnx(const Trained& trained) {
  OnnxGraph graph;
  const Plan& plan = trained.plan;
  graph.input("input", plan.input.dimensions());
  for (const PlanNode& node : plan.nodes) {
    if (!Plan::is_own(node)) continue;
    NodeOperators operators{graph, trained, node, {}, node.id};
    for (const int from : node.inputs)
      operators.x.push_back(from < 0 ? "input" : plan.nodes[static_cast<std::size_t>(from)].id);
    std::visit(operators, node.layer);
  }
  for (const int output : plan.outputs) {
    const PlanNode& node = plan.nodes[static_cast<std::size_t>(output)];
    graph.output(node.id, node.shape.dimensions());
  }
  const std::string& title = trained.document.title;
  return graph.model(title.empty() ? "network" : title);
}

}  // namespace crease
