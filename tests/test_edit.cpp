/// Edits of a network: what they give compiles, keeps its output's size, and keeps what was
/// learned.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

#include "core/random.h"
#include "net/edit.h"
#include "net/workspace.h"
#include "train/document.h"

using namespace crease;

namespace {

Network network_of(const std::string& nodes, const char* input = "[2]") {
  const std::string text =
      fmt::format(R"({{"crease": 1, "network": {{"input": {}, "nodes": {}}}}})", input, nodes);
  return document_from_json(parse_json(text)).network;
}

const char* const plain = R"([{"id": "h1", "type": "dense", "units": 4, "activation": "tanh"},
                              {"id": "h2", "type": "dense", "units": 3, "activation": "tanh"},
                              {"id": "out", "type": "dense", "units": 1}])";
const char* const residual = R"([{"id": "h1", "type": "dense", "units": 4, "activation": "relu"},
                                 {"id": "h2", "type": "dense", "units": 4, "activation": "relu"},
                                 {"id": "sum", "type": "add", "inputs": ["h2", "h1"]},
                                 {"id": "out", "type": "dense", "units": 2}])";
const char* const image = R"([{"id": "conv1", "type": "conv2d", "channels": 4, "padding": 1},
                              {"id": "pool1", "type": "max_pool"},
                              {"id": "flat", "type": "flatten"},
                              {"id": "h1", "type": "dense", "units": 5, "activation": "relu"},
                              {"id": "out", "type": "dense", "units": 3}])";

std::string ids_of(const Network& network) {
  std::string ids;
  for (const Node& node : network.nodes) ids += (ids.empty() ? "" : " ") + node.id;
  return ids;
}

const Node& node_of(const Network& network, const std::string& id) {
  for (const Node& node : network.nodes)
    if (node.id == id) return node;
  FAIL("no node " << id);
  return network.nodes.front();
}

std::vector<std::string> reads(const Network& network, const std::string& id) {
  const Plan plan = compile_or_throw(network);
  std::vector<std::string> names;
  for (const int from : plan.nodes[static_cast<std::size_t>(plan.index_of(id))].inputs)
    names.push_back(from < 0 ? "input" : plan.nodes[static_cast<std::size_t>(from)].id);
  return names;
}

AlignedVector<float> outputs_of(const Plan& plan, const AlignedVector<float>& parameters) {
  Workspace<float> workspace(plan, Purpose::inference);
  workspace.use_parameters(parameters.data());
  Random random(5, "inputs");
  for (std::size_t i = 0; i < plan.input.size() * lanes; ++i)
    workspace.input()[i] = static_cast<float>(random.uniform(-1, 1));
  workspace.forward(lanes, false);
  const float* y = workspace.output();
  return {y, y + plan.output_shape().size() * lanes};
}

/// What an edit is refused with; empty where it is made.
template <class Edit>
std::string refusal(const Edit& edit) {
  try {
    edit();
    return {};
  } catch (const Problem& problem) {
    return problem.what();
  }
}

using Words = std::vector<std::string>;

/// Grows a network by random edits; whatever is not refused must compile.
class Gardener {
 public:
  Gardener(Network start, std::uint64_t seed)
      : network(std::move(start)), random_(seed, "garden") {}

  Network network;

  /// A random edit; false where it was refused.
  bool edit() {
    try {
      network = edited();
      return true;
    } catch (const Problem& problem) {
      CHECK(std::string(problem.sentence()).size() > 10);
      return false;
    }
  }

 private:
  std::string node() { return network.nodes[random_.below(network.nodes.size())].id; }
  std::string source() { return random_.below(4) == 0 ? "input" : node(); }

  Network edited() {
    switch (random_.below(10)) {
      case 0:
        return edit::set_units(network, node(), 1 + static_cast<int>(random_.below(6)));
      case 1:
        return edit::remove_unit(network, node(), static_cast<int>(random_.below(4))).network;
      case 2:
      case 3:
        return edit::insert_after(network, source()).network;
      case 4:
        return edit::insert_before(network, node()).network;
      case 5:
        return edit::remove(network, node());
      case 6:
        return edit::move_after(network, node(), source());
      case 7:
        return edit::connect(network, source(), node()).network;
      case 8:
        return edit::set_activation(network, node(), Sigmoid{});
      default:
        return edit::set_kernel(network, node(), {1 + static_cast<int>(random_.below(3)), 3});
    }
  }

  Random random_;
};

}  // namespace

TEST_SUITE("edit") {
  TEST_CASE("a layer behind another has its activation and its width") {
    const auto [after, id] = edit::insert_after(network_of(plain), "h1");
    CHECK(id == "h3");
    CHECK(ids_of(after) == "h1 h3 h2 out");
    CHECK(std::get<Dense>(node_of(after, "h3").layer) == Dense{.units = 4, .activation = Tanh{}});
    for (const Node& node : after.nodes) CHECK_FALSE(node.inputs.has_value());

    const Network first = edit::insert_after(network_of(plain), "input").network;
    CHECK(ids_of(first) == "h3 h1 h2 out");
    CHECK(edit::units(first.nodes[0]) == 4);
    CHECK(ids_of(edit::insert_before(network_of(plain), "out").network) == "h1 h2 h3 out");
    CHECK(edit::insert_before(network_of(plain), "out", {}, {"h3", "h7", "hat"}).id == "h8");
  }

  TEST_CASE("behind an image stands a convolution that keeps its size") {
    const Network before = network_of(image, "[1, 6, 6]");
    const auto [after, id] = edit::insert_after(before, "pool1");
    CHECK(id == "conv2");
    CHECK(std::get<Conv2d>(node_of(after, id).layer).channels == 4);
    const Plan plan = compile_or_throw(after);
    CHECK(plan.nodes[2].shape == plan.nodes[1].shape);
    const Network dense = edit::insert_after(before, "flat").network;
    CHECK(std::holds_alternative<Dense>(dense.nodes[3].layer));
    CHECK(edit::units(dense.nodes[3]) == 5);
  }

  TEST_CASE("all readers of a node read the layer behind it; one in front has one reader") {
    const Network before = network_of(residual);
    const Network after = edit::insert_after(before, "h1").network;
    CHECK(reads(after, "h2") == Words{"h3"});
    CHECK(reads(after, "sum") == Words{"h2", "h3"});
    const Network front = edit::insert_before(before, "h2").network;
    CHECK(reads(front, "h2") == Words{"h3"});
    CHECK(reads(front, "sum") == Words{"h2", "h1"});
  }

  TEST_CASE("removal joins what is left; a skip around nothing goes too") {
    CHECK(ids_of(edit::remove(network_of(plain), "h1")) == "h2 out");
    CHECK(ids_of(edit::remove(network_of(residual), "h2")) == "h1 out");
    CHECK(reads(edit::remove(network_of(residual), "sum"), "out") == Words{"h2"});
    CHECK(refusal([] { edit::remove(network_of(plain), "out"); }) ==
          "out: the output cannot be removed");
    CHECK(refusal([] { edit::remove(network_of(plain), "h9"); }) == "h9: there is no such node");
  }

  TEST_CASE("shared parameters pass to the next that has them") {
    const Network before = network_of(R"([{"id": "a", "type": "dense", "units": 2, "frozen": true},
        {"id": "b", "type": "dense", "units": 2, "weights_of": "a"},
        {"id": "c", "type": "dense", "units": 2, "weights_of": "a"},
        {"id": "out", "type": "dense", "units": 1}])");
    const Network after = edit::remove(before, "a");
    CHECK(node_of(after, "b").weights_of.empty());
    CHECK(node_of(after, "b").frozen);
    CHECK(node_of(after, "c").weights_of == "b");
  }

  TEST_CASE("units: the terms of a sum stay equal; the output keeps its size") {
    const Network after = edit::set_units(network_of(residual), "h1", 6);
    CHECK(edit::units(after.nodes[0]) == 6);
    CHECK(edit::units(after.nodes[1]) == 6);
    CHECK(refusal([] { edit::set_units(network_of(plain), "out", 2); }) ==
          "out: the output keeps its size [1]: it follows from what is to be learned");
    CHECK(refusal([] { edit::set_units(network_of(plain), "h1", 0); }) ==
          "h1: a layer has at least 1 unit");
    CHECK(refusal([] { edit::set_units(network_of(plain), "h1", 1001); }) ==
          "h1: a layer has at most 1000 units");
    CHECK(refusal([] { edit::remove_unit(network_of(plain), "h1", 4); }) ==
          "h1: it has no unit 4: there are 4");
    CHECK_THROWS_AS(edit::set_units(network_of(residual), "sum", 2), Problem);
  }

  TEST_CASE("a layer moves; a skip is a sum or a concat") {
    CHECK(ids_of(edit::move_after(network_of(plain), "h1", "h2")) == "h2 h1 out");
    CHECK(ids_of(edit::move_after(network_of(plain), "h2", "input")) == "h2 h1 out");
    CHECK_THROWS_AS(edit::move_after(network_of(plain), "h1", "out"), Problem);
    CHECK_THROWS_AS(edit::move_after(network_of(plain), "out", "h1"), Problem);

    const Network equal = edit::set_units(network_of(plain), "h2", 4);
    const auto [sum, id] = edit::connect(equal, "h1", "out");
    CHECK(std::holds_alternative<Add>(node_of(sum, id).layer));
    CHECK(reads(sum, id) == Words{"h2", "h1"});
    CHECK(reads(sum, "out") == Words{id});
    const Network more = edit::connect(network_of(plain), "input", "out").network;
    CHECK(std::holds_alternative<Concat>(node_of(more, "concat1").layer));
    CHECK_THROWS_AS(edit::connect(equal, "h2", "h1"), Problem);
    CHECK_THROWS_AS(edit::connect(equal, "h1", "h2"), Problem);
  }

  TEST_CASE("activation and kernel") {
    const Network after = edit::set_activation(network_of(plain), "h1", Relu{});
    CHECK(name_of(*edit::activation(after.nodes[0])) == "relu");
    const Network before = network_of(image, "[1, 6, 6]");
    const Network wide = edit::set_kernel(before, "conv1", {5, 5});
    CHECK(compile_or_throw(wide).nodes[0].shape == compile_or_throw(before).nodes[0].shape);
    CHECK_THROWS_AS(edit::set_activation(before, "pool1", Relu{}), Problem);
    CHECK_THROWS_AS(edit::set_kernel(before, "h1", {3, 3}), Problem);
    CHECK_THROWS_AS(edit::set_kernel(before, "pool1", {30, 30}), Problem);
  }

  TEST_CASE("whatever is pressed: it compiles, keeps its output, and ids are not used twice") {
    const struct {
      const char *nodes, *input;
    } starts[] = {{plain, "[2]"}, {residual, "[3]"}, {image, "[2, 6, 6]"}};
    int made = 0, refused = 0;
    for (const auto& start : starts)
      for (std::uint64_t seed = 0; seed < 25; ++seed) {
        Gardener gardener(network_of(start.nodes, start.input), seed);
        const Shape output = compile_or_throw(gardener.network).output_shape();
        for (int i = 0; i < 25; ++i) {
          const Network before = gardener.network;
          ++(gardener.edit() ? made : refused);
          const auto compiled = compile(gardener.network);
          REQUIRE(std::holds_alternative<Plan>(compiled));
          const Plan& plan = std::get<Plan>(compiled);
          CHECK(plan.output_shape() == output);
          CHECK(gardener.network.nodes.back().id == "out");
          const Transplant carried = plan_transplant(compile_or_throw(before), plan);
          CHECK(carried.kept <= plan.parameter_count);
          CHECK(carried.source.size() == plan.length);
        }
      }
    CHECK(made > 500);
    CHECK(refused > 100);
  }

  TEST_CASE("one unit more changes nothing of the function, to the bit") {
    for (const char* nodes : {plain, residual}) {
      const Network before = network_of(nodes);
      const Plan old = compile_or_throw(before);
      const auto learned = initialise<float>(old, {}, 3);
      for (const char* id : {"h1", "h2"}) {
        const Plan plan =
            compile_or_throw(edit::set_units(before, id, edit::units(node_of(before, id)) + 1));
        const auto start = initialise<float>(plan, {}, 4);
        const auto now = carry_parameters(plan_transplant(old, plan), learned, start);
        CHECK(outputs_of(plan, now) == outputs_of(old, learned));
      }
    }
  }

  TEST_CASE("a unit that is removed takes its own weights with it and no other's") {
    for (const char* nodes : {plain, residual}) {
      const Network before = network_of(nodes);
      const Plan old = compile_or_throw(before);
      const auto learned = initialise<float>(old, {}, 3);
      const bool joined = nodes == residual;
      for (int unit = 0; unit < 3; ++unit) {
        const auto [network, removed] = edit::remove_unit(before, "h2", unit);
        const Plan plan = compile_or_throw(network);
        const Transplant transplant = plan_transplant(old, plan, removed);
        CHECK(transplant.kept == plan.parameter_count);
        const auto now = carry_parameters(transplant, learned, initialise<float>(plan, {}, 4));
        // The same as a network in which nobody listens to that unit.
        auto silent = learned;
        const auto deafen = [&](const char* name) {
          const Segment& weight = *old.find(name);
          for (std::size_t row = 0; row < weight.shape[0]; ++row)
            silent[weight.offset + row * weight.shape[1] + static_cast<std::size_t>(unit)] = 0;
        };
        deafen("out.weight");
        if (joined) deafen("h2.weight");  // unit of h1 that goes along with it
        CHECK(outputs_of(plan, now) == outputs_of(old, silent));
      }
    }
  }
}
