#include "net/plan.h"

#include <fmt/format.h>

#include <set>

#include "core/tensor.h"

namespace crease {

const Segment* Plan::find(const std::string& name) const {
  for (const Segment& segment : segments)
    if (segment.name == name) return &segment;
  return nullptr;
}

int Plan::index_of(const std::string& id) const {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].id == id) return static_cast<int>(i);
  return -1;
}

namespace {

class Compiler {
 public:
  explicit Compiler(const Network& network) : network_(network) { plan_.input = network.input; }

  std::variant<Plan, std::vector<NodeProblem>> run() {
    try {
      check_input();
    } catch (const Problem& problem) {
      return std::vector<NodeProblem>{{"", problem.inside("network")}};
    }
    if (network_.nodes.empty())
      return std::vector<NodeProblem>{
          {"", Problem("network.nodes", "there are no nodes: a network needs at least one")}};
    if (network_.nodes.size() > most_nodes)
      return std::vector<NodeProblem>{
          {"", Problem("network.nodes", fmt::format("there are {} nodes: at most {} are allowed",
                                                    network_.nodes.size(), most_nodes))}};
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      try {
        add(i);
      } catch (const Problem& problem) {
        const std::string& id = network_.nodes[i].id;
        problems_.push_back({id, problem.inside(fmt::format("network.nodes[{}] \"{}\"", i, id))});
        broken_.insert(id);
      }
    }
    if (!problems_.empty()) return problems_;
    try {
      find_outputs();
    } catch (const Problem& problem) {
      return std::vector<NodeProblem>{{"", problem.inside("network.outputs")}};
    }
    mark_what_reaches_the_output();
    return std::move(plan_);
  }

 private:
  /// Puts nodes of ours behind the network's where its last node is not the one output: then the
  /// output is the outputs' numbers one after the other.
  void find_outputs() {
    for (const std::string& id : network_.outputs) {
      const int index = plan_.index_of(id);
      if (index < 0) throw Problem(fmt::format("there is no node \"{}\"", id));
      for (const int other : plan_.outputs)
        if (other == index) throw Problem(fmt::format("\"{}\" is named twice", id));
      plan_.outputs.push_back(index);
    }
    const int last = static_cast<int>(plan_.nodes.size()) - 1;
    if (plan_.outputs.empty()) plan_.outputs.push_back(last);
    if (plan_.outputs == std::vector<int>{last}) return;
    const auto add_own = [&](const std::string& id, const Layer& layer,
                             const std::vector<int>& inputs) {
      PlanNode made{
          .id = id, .layer = layer, .inputs = inputs, .shape = {}, .segments = {}, .memory = {}};
      std::vector<Shape> in;
      for (const int from : inputs) in.push_back(plan_.nodes[static_cast<std::size_t>(from)].shape);
      std::visit([&](const auto& l) { describe(l, in, Node{}, made); }, layer);
      plan_.nodes.push_back(std::move(made));
      return static_cast<int>(plan_.nodes.size()) - 1;
    };
    if (plan_.outputs.size() == 1) {
      add_own("(output)", ActivationLayer{.function = Identity{}}, plan_.outputs);
      return;
    }
    std::vector<int> columns;
    for (const int output : plan_.outputs) {
      const PlanNode& node = plan_.nodes[static_cast<std::size_t>(output)];
      columns.push_back(node.shape.is_image ? add_own("(flat " + node.id + ")", Flatten{}, {output})
                                            : output);
    }
    add_own("(outputs)", Concat{}, columns);
  }

  void mark_what_reaches_the_output() {
    plan_.nodes.back().reaches_output = true;
    for (std::size_t i = plan_.nodes.size(); i-- > 0;)
      if (plan_.nodes[i].reaches_output)
        for (const int from : plan_.nodes[i].inputs)
          if (from >= 0) plan_.nodes[static_cast<std::size_t>(from)].reaches_output = true;
  }

  void check_input() const {
    double values = 1;  // their product may be more than any whole number can hold
    for (const std::size_t n : plan_.input.dimensions()) values *= static_cast<double>(n);
    if (values > static_cast<double>(most_activations))
      throw Problem("input",
                    fmt::format("{} has too many numbers per sample: at most 2^25 are allowed",
                                to_string(plan_.input)));
  }

  /// Index of an input by id; -1 for the data.
  int resolve(const std::string& id, std::size_t reader) const {
    if (id == "input") return -1;
    const int index = plan_.index_of(id);
    if (index >= 0) return index;
    for (std::size_t i = reader; i < network_.nodes.size(); ++i)
      if (network_.nodes[i].id == id)
        throw Problem("inputs", i == reader
                                    ? "a node cannot read itself"
                                    : fmt::format("\"{}\" comes later: a node reads \"input\" "
                                                  "or nodes that stand before it",
                                                  id));
    std::string known = "input";
    constexpr std::size_t most_told = 12;
    for (std::size_t i = 0; i < std::min(reader, most_told); ++i)
      known += ", " + network_.nodes[i].id;
    if (reader > most_told) known += ", ..";
    throw Problem("inputs",
                  fmt::format("there is no node \"{}\" before this one; there are {}", id, known));
  }

  void add(std::size_t i) {
    const Node& node = network_.nodes[i];
    check_id(node, i);
    PlanNode made{.id = node.id,
                  .layer = node.layer,
                  .inputs = {},
                  .shape = {},
                  .segments = {},
                  .memory = {}};
    std::vector<std::string> reads;
    if (node.inputs)
      reads = *node.inputs;
    else
      reads.push_back(i == 0 ? "input" : network_.nodes[i - 1].id);
    for (const std::string& id : reads)
      if (broken_.contains(id)) {  // reported once, at the node that is wrong
        broken_.insert(node.id);
        return;
      }
    std::vector<Shape> in;
    for (const std::string& id : reads) {
      made.inputs.push_back(resolve(id, i));
      in.push_back(made.inputs.back() < 0
                       ? plan_.input
                       : plan_.nodes[static_cast<std::size_t>(made.inputs.back())].shape);
    }
    std::visit([&](const auto& layer) { describe(layer, in, node, made); }, node.layer);
    plan_.nodes.push_back(std::move(made));
  }

  void check_id(const Node& node, std::size_t i) const {
    if (node.id.empty() || node.id == "input")
      throw Problem("id", "must be a name of letters, digits and _ other than \"input\"");
    for (const char c : node.id)
      if (!(std::isalnum(static_cast<unsigned char>(c)) || c == '_'))
        throw Problem("id", "must be a name of letters, digits and _");
    for (std::size_t j = 0; j < i; ++j)
      if (network_.nodes[j].id == node.id)
        throw Problem("id", fmt::format("is used twice: network.nodes[{}] has it too", j));
  }

  static void check_activations(std::size_t count) {
    if (count > most_activations)
      throw Problem("the network has more than 2^25 activations per sample");
  }

  template <class L>
  void describe(const L& layer, const std::vector<Shape>& in, const Node& node, PlanNode& made) {
    if (L::arity == Arity::one && in.size() != 1)
      throw Problem("inputs", fmt::format("{} reads exactly one node, not {}", L::name, in.size()));
    if (L::arity == Arity::several && in.size() < 2)
      throw Problem("inputs",
                    fmt::format("{} joins two or more nodes, not {}", L::name, in.size()));
    std::size_t joined = 0;
    for (const Shape& shape : in) joined += shape.size();
    if (L::arity == Arity::several) check_activations(joined);
    made.shape = layer.shape(in);
    activations_ += made.shape.size();
    check_activations(activations_);
    if constexpr (requires { layer.memory(in); }) {
      made.memory = layer.memory(in);
      activations_ += made.memory.kept;
      scratch_ = std::max(scratch_, made.memory.scratch);
      check_activations(activations_ + scratch_);
    }
    if constexpr (requires { L::is_view; }) made.is_view = L::is_view;
    if constexpr (requires { L::across_batch; }) made.across_batch = plan_.across_batch = true;
    std::vector<ParameterBlock> blocks;
    if constexpr (requires { layer.blocks(in); }) blocks = layer.blocks(in);
    for (const ParameterBlock& block : blocks)
      if (!block.is_bias && !block.start)
        plan_.multiplications +=
            static_cast<double>(element_count(block.shape)) * places_of<L>(in, made);
    if (!node.weights_of.empty())
      share(blocks, node, made);
    else
      for (const ParameterBlock& block : blocks) made.segments.push_back(add_segment(block, node));
  }

  /// How often a weight is used in one sample.
  template <class L>
  static double places_of(const std::vector<Shape>& in, const PlanNode& made) {
    const Shape& image = std::is_same_v<L, ConvTranspose2d> ? in[0] : made.shape;
    return image.is_image ? static_cast<double>(image.height) * image.width : 1;
  }

  std::size_t add_segment(const ParameterBlock& block, const Node& node) {
    double values = 1;
    for (const std::size_t n : block.shape) values *= static_cast<double>(n);
    if (values + static_cast<double>(plan_.parameter_count) > static_cast<double>(most_parameters))
      throw Problem("the network has more than 2^28 parameters");
    Segment segment{.name = node.id + "." + std::string(block.name),
                    .shape = block.shape,
                    .offset = plan_.length,
                    .size = element_count(block.shape),
                    .fan = block.fan,
                    .is_bias = block.is_bias,
                    .frozen = node.frozen || block.is_statistic,
                    .is_statistic = block.is_statistic,
                    .start = block.start,
                    .initialiser = node.initialiser.value_or(Initialiser{}),
                    .has_own_initialiser = node.initialiser.has_value()};
    plan_.length += round_up_to_lanes(segment.size);
    if (!block.is_statistic) plan_.parameter_count += segment.size;
    plan_.segments.push_back(std::move(segment));
    return plan_.segments.size() - 1;
  }

  void share(const std::vector<ParameterBlock>& blocks, const Node& node, PlanNode& made) const {
    if (node.frozen || node.initialiser)
      throw Problem("weights_of",
                    "the parameters are another node's: frozen and initialiser "
                    "belong there, not here");
    const int owner = plan_.index_of(node.weights_of);
    if (owner < 0)
      throw Problem("weights_of",
                    fmt::format("there is no node \"{}\" before this one", node.weights_of));
    const auto& theirs = plan_.nodes[static_cast<std::size_t>(owner)].segments;
    bool equal = theirs.size() == blocks.size();
    for (std::size_t b = 0; equal && b < blocks.size(); ++b)
      equal = plan_.segments[theirs[b]].shape == blocks[b].shape;
    if (!equal)
      throw Problem("weights_of", fmt::format("the parameters of \"{}\" have other shapes: shared "
                                              "parameters need equal shapes",
                                              node.weights_of));
    made.segments = theirs;
  }

  const Network& network_;
  Plan plan_;
  std::vector<NodeProblem> problems_;
  std::set<std::string> broken_;
  std::size_t activations_ = 0;
  std::size_t scratch_ = 0;
};

}  // namespace

std::variant<Plan, std::vector<NodeProblem>> compile(const Network& network) {
  return Compiler(network).run();
}

Plan compile_or_throw(const Network& network) {
  auto result = compile(network);
  if (const auto* problems = std::get_if<std::vector<NodeProblem>>(&result))
    throw problems->front().problem;
  return std::get<Plan>(std::move(result));
}

}  // namespace crease
