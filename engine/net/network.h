#pragma once
/// A network as a person describes it: nodes with stable ids, in topological order.
#include <optional>
#include <string>
#include <vector>

#include "core/shape.h"
#include "registry.h"

namespace crease {

struct Node {
  std::string id = {};
  Layer layer = {};
  /// Ids of the nodes it reads ("input" is the data); without it, the node before.
  std::optional<std::vector<std::string>> inputs = {};
  std::optional<Initialiser> initialiser = {};
  bool frozen = false;          ///< keeps its parameters in training
  std::string weights_of = {};  ///< the id of a node whose parameters it shares

  /// The settings every node has beside its layer's.
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "initialiser", .help = "start values of this node only"}, self.initialiser);
    visit(Field{.name = "frozen", .help = "keeps its parameters in training"}, self.frozen);
    visit(Field{.name = "weights_of", .help = "shares the parameters of this node"},
          self.weights_of);
  }
  bool operator==(const Node&) const = default;
};

struct Network {
  Shape input = Shape::features(2);
  std::vector<Node> nodes;
  std::vector<std::string> outputs = {};  ///< ids of the outputs; empty: the last node

  bool operator==(const Network&) const = default;
};

}  // namespace crease
