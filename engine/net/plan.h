#pragma once
/// A network made ready to run: shapes, and the place of every parameter in one flat vector.
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "net/network.h"

namespace crease {

/// One parameter tensor in the flat vector. Starts are multiples of 16; the gaps stay zero.
struct Segment {
  std::string name;  ///< "h1.weight"
  std::vector<std::size_t> shape;
  std::size_t offset = 0;
  std::size_t size = 0;
  Fan fan;
  bool is_bias = false;
  bool frozen = false;
  bool is_statistic = false;    ///< moved by the data: no gradient, no optimiser
  std::optional<double> start;  ///< every number starts here, whatever the initialiser
  Initialiser initialiser;
  bool has_own_initialiser = false;
};

struct PlanNode {
  std::string id;
  Layer layer;
  std::vector<int> inputs;  ///< indices of nodes; -1 is the data
  Shape shape;
  std::vector<std::size_t> segments;  ///< its parameters, in the layer's order
  Memory memory;
  bool is_view = false;         ///< shares the memory of its input
  bool reaches_output = false;  ///< else it is a dead end, and has no gradient
  bool across_batch = false;    ///< in training it looks at all samples of the batch
};

/// Valid for the network it was compiled from; holds no numbers.
struct Plan {
  Shape input;
  /// Behind the network's own nodes may stand some of ours, which join several outputs to one.
  std::vector<PlanNode> nodes;
  std::vector<int> outputs;  ///< the nodes that losses look at
  std::vector<Segment> segments;
  std::size_t length = 0;           ///< of the flat vector, gaps included
  std::size_t parameter_count = 0;  ///< numbers that are parameters
  double multiplications = 0;       ///< per sample in a forward pass
  bool across_batch = false;        ///< whether any node is

  const Shape& output_shape() const { return nodes.back().shape; }
  const Segment* find(const std::string& name) const;
  int index_of(const std::string& id) const;  ///< -1 for "input" and for no such node
  /// Whether a node is the network's own: not one that joins the outputs.
  static bool is_own(const PlanNode& node) { return !node.id.starts_with('('); }
};

/// What is wrong with one node; `node` is empty for the network as a whole.
struct NodeProblem {
  std::string node;
  Problem problem;
};

/// The plan, or everything that is wrong with the network.
std::variant<Plan, std::vector<NodeProblem>> compile(const Network& network);

/// The same, throwing the first problem ("network.nodes[1] \"out\": ...").
Plan compile_or_throw(const Network& network);

/// The largest number of nodes, of parameters, and of activations per sample, that a network may
/// have.
inline constexpr std::size_t most_nodes = 10000;
inline constexpr std::size_t most_parameters = std::size_t{1} << 28;
inline constexpr std::size_t most_activations = std::size_t{1} << 25;

}  // namespace crease
