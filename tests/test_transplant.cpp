/// Which parameter goes where when a network is edited.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "net/transplant.h"
#include "net/workspace.h"
#include "train/document.h"

using namespace crease;

namespace {

/// Networks whose layers read their inputs in every way there is.
const char* const networks[] = {
    R"([{"id": "h", "type": "dense", "units": 3},
          {"id": "r", "type": "activation", "function": "relu"},
          {"id": "c", "type": "concat", "inputs": ["h", "r", "input"]},
          {"id": "o", "type": "dense", "units": 2}])",
    R"([{"id": "v", "type": "conv2d", "channels": 4, "padding": "same"},
          {"id": "p", "type": "max_pool", "kernel": 3, "stride": 1, "padding": 1},
          {"id": "c", "type": "concat", "inputs": ["v", "p", "v"]},
          {"id": "w", "type": "conv2d", "channels": 4, "groups": 2},
          {"id": "o", "type": "dense", "units": 2}])",
    R"([{"id": "v", "type": "conv2d", "channels": 4},
          {"id": "f", "type": "flatten"},
          {"id": "h", "type": "dense", "units": 5, "inputs": ["input"]},
          {"id": "c", "type": "concat", "inputs": ["f", "h"]},
          {"id": "o", "type": "dense", "units": 2}])",
    R"([{"id": "a", "type": "dense", "units": 48},
          {"id": "b", "type": "dense", "units": 48, "weights_of": "a", "inputs": ["input"]},
          {"id": "s", "type": "add", "inputs": ["a", "b"]},
          {"id": "o", "type": "dense", "units": 3}])"};

Plan plan_of(const std::string& nodes, const char* input) {
  const std::string text =
      fmt::format(R"({{"crease": 1, "network": {{"input": {}, "nodes": {}}}}})", input, nodes);
  return compile_or_throw(document_from_json(parse_json(text)).network);
}

}  // namespace

TEST_SUITE("transplant") {
  TEST_CASE("onto itself: every parameter stays where it is") {
    for (const char* nodes : networks) {
      CAPTURE(nodes);
      const bool image = std::string(nodes).find("conv2d") != std::string::npos;
      const Plan plan = plan_of(nodes, image ? "[2, 5, 5]" : "[7]");
      const Transplant transplant = plan_transplant(plan, plan);
      CHECK(transplant.kept == plan.parameter_count);
      for (const Segment& segment : plan.segments)
        for (std::size_t i = segment.offset; i < segment.offset + segment.size; ++i)
          CHECK_UNARY(transplant.source[i] == static_cast<std::ptrdiff_t>(i));
    }
  }

  TEST_CASE(
      "sharing parameters with a new node keeps them; swapped terms of a sum change nothing") {
    const Plan alone = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                   {"id": "o", "type": "dense", "units": 1}])",
                               "[3]");
    const Plan shared = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                    {"id": "b", "type": "dense", "units": 3, "weights_of": "a"},
                                    {"id": "o", "type": "dense", "units": 1}])",
                                "[3]");
    CHECK(plan_transplant(alone, shared).kept == 16);  // o's inputs are matched by number
    const char* const sum = R"([{"id": "a", "type": "dense", "units": 3},
                                {"id": "b", "type": "dense", "units": 3, "inputs": ["input"]},
                                {"id": "s", "type": "add", "inputs": ["%", "&"]},
                                {"id": "o", "type": "dense", "units": 1}])";
    const auto with = [&](char first, char second) {
      std::string nodes = sum;
      nodes[nodes.find('%')] = first;
      nodes[nodes.find('&')] = second;
      return plan_of(nodes, "[3]");
    };
    CHECK(plan_transplant(with('a', 'b'), with('b', 'a')).kept == 28);
  }

  TEST_CASE("a layer put in between begins as the identity") {
    const Plan before = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                    {"id": "o", "type": "dense", "units": 1}])",
                                "[3]");
    const Plan after = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                   {"id": "n", "type": "dense", "units": 3, "activation": "relu"},
                                   {"id": "o", "type": "dense", "units": 1}])",
                               "[3]");
    const Transplant transplant = plan_transplant(before, after);
    CHECK(transplant.kept == before.parameter_count);
    const AlignedVector<double> learned(before.length, 0.5), start(after.length, 9);
    const auto carried = carry_parameters(transplant, learned, start);
    const Segment& weight = *after.find("n.weight");
    for (std::size_t i = 0; i < 9; ++i)
      CHECK(carried[weight.offset + i] == (i % 4 == 0 ? 1.0 : 0.0));
    const Segment& bias = *after.find("n.bias");
    for (std::size_t i = 0; i < 3; ++i) CHECK(carried[bias.offset + i] == 0);
    // It has no moments yet.
    for (const double moment : carry_moments(transplant, learned))
      CHECK((moment == 0.5 || moment == 0));
  }

  TEST_CASE("a convolution put in between begins as the identity, also with an even kernel") {
    const auto with = [](const std::string& between) {
      return plan_of(R"([{"id": "a", "type": "conv2d", "channels": 2, "padding": "same"},)" +
                         between + R"({"id": "o", "type": "global_avg_pool"}])",
                     "[1, 5, 6]");
    };
    const Plan before = with("");
    AlignedVector<double> learned(before.length);
    for (std::size_t i = 0; i < learned.size(); ++i)
      learned[i] = 0.1 + 0.01 * static_cast<double>(i);
    const auto images = [](const Plan& plan, const AlignedVector<double>& parameters,
                           std::size_t node) {
      Workspace<double> workspace(plan, Purpose::inference);
      workspace.use_parameters(parameters.data());
      for (std::size_t i = 0; i < plan.input.size() * lanes; ++i)
        workspace.input()[i] = static_cast<double>(i * i % 17) - 8;
      workspace.forward(lanes, false);
      const double* first = workspace.output(node);
      return std::vector<double>(first, first + plan.nodes[node].shape.size() * lanes);
    };
    for (const char* kernel :
         {R"("kernel": 3, "padding": "same")", R"("kernel": 2, "padding": "same")",
          R"("kernel": 4, "padding": "same")", R"("kernel": [2, 5], "padding": "same")",
          R"("kernel": 3, "padding": 2, "dilation": 2)"}) {
      CAPTURE(kernel);
      const Plan after =
          with(fmt::format(R"({{"id": "n", "type": "conv2d", "channels": 2, {}}},)", kernel));
      const Transplant transplant = plan_transplant(before, after);
      const auto carried =
          carry_parameters(transplant, learned, AlignedVector<double>(after.length, 9));
      CHECK(images(after, carried, 1) == images(before, learned, 0));
    }
    // No cell of this filter lies on the place that is computed: it begins as it likes.
    const Plan none =
        with(R"({"id": "n", "type": "conv2d", "channels": 2, "kernel": 2, "dilation": 2,
                 "padding": "same"},)");
    const auto source = plan_transplant(before, none).source;
    CHECK(source[none.find("n.weight")->offset] == Transplant::fresh);
  }

  TEST_CASE("a layer of another width in between leaves no weights at zero") {
    const Plan before = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                    {"id": "o", "type": "dense", "units": 1}])",
                                "[3]");
    const Plan after = plan_of(R"([{"id": "a", "type": "dense", "units": 3},
                                   {"id": "n", "type": "dense", "units": 5},
                                   {"id": "o", "type": "dense", "units": 1}])",
                               "[3]");
    const Transplant transplant = plan_transplant(before, after);
    for (const Segment& segment : after.segments)
      for (std::size_t i = segment.offset; i < segment.offset + segment.size; ++i)
        CHECK_UNARY(transplant.source[i] != Transplant::zero);
  }
}
