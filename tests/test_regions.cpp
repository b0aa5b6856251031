/// Exact linear regions: reference counts from rational arithmetic (tests/golden/regions), random
/// networks against dense sampling, bounds to the digit, and what is said where there are none.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "core/random.h"
#include "pattern_hash.h"
#include "places.h"
#include "probe/regions/regions.h"
#include "train/derivatives.h"
#include "train/document.h"
#include "train/json_fields.h"

using namespace crease;
using namespace crease::regions;

namespace {

AlignedVector<double> parameters_of(const Plan& plan, const Document& document) {
  auto parameters = initialise<double>(plan, document.training.initialiser, document.training.seed);
  read_tensors(plan, document.weights, parameters);
  return parameters;
}

Slice slice_of(const Json& example, std::size_t inputs) {
  const auto w = example.at("window").get<std::vector<double>>();
  const Domain window{w[0], w[1], w.size() > 2 ? w[2] : -1, w.size() > 2 ? w[3] : 1};
  if (!example.contains("plane")) return Slice::of_inputs(inputs, window);
  const Json& plane = example.at("plane");
  return {plane.at("origin"), plane.at("u"), plane.at("v"), window};
}

struct Case {
  std::string name;
  Json json;
  Document document;
};

/// The cases whose every node this engine has; the others' names go to `missing`.
std::vector<Case> cases(std::set<std::string>& missing) {
  std::vector<Case> list;
  for (const auto& entry :
       std::filesystem::directory_iterator(tests_folder() + "/golden/regions")) {
    Json json = read_json(entry.path());
    try {
      list.push_back({entry.path().stem(), json, document_from_json(json.at("document"))});
    } catch (const Problem& problem) {
      REQUIRE_MESSAGE(problem.sentence().find("is unknown: allowed are") != std::string::npos,
                      entry.path().string(), ": ", problem.what());
      missing.insert(entry.path().stem());
    }
  }
  return list;
}

/// A small network of random widths, depth and bends, with random weights and biases.
Document random_network(std::uint64_t seed) {
  Random random(seed, "random network");
  const char* bends[] = {"relu", "leaky_relu"};
  const std::size_t depth = 1 + random.below(3);
  std::string nodes;
  for (std::size_t l = 0; l < depth; ++l)
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": {}, "activation": "{}"}}, )",
                         l, 1 + random.below(9), bends[random.below(2)]);
  Document document = document_from_json(
      parse_json(R"({"crease": 1, "network": {"input": [2], "nodes": [)" + nodes +
                 R"({"id": "out", "type": "dense", "units": 2}]}, "training": {"seed": )" +
                 fmt::format("{}", seed) + R"(, "initialiser": {"type": "he_normal"}}})"));
  const Plan plan = compile_or_throw(document.network);
  for (const Segment& segment : plan.segments) {
    if (!segment.is_bias) continue;
    Tensor bias{segment.shape, {}};
    for (std::size_t i = 0; i < segment.size; ++i) bias.data.push_back(0.25 * random.normal());
    document.weights[segment.name] = bias;
  }
  return document;
}

Regions analysed(const Document& document, const Slice& slice, const Limits& limits = {}) {
  const Plan plan = compile_or_throw(document.network);
  return analyse(plan, parameters_of(plan, document).data(), slice, limits);
}

const Slice square = Slice::of_inputs(2, {-2, 2, -2, 2});

Document with_nodes(const std::string& input, const std::string& nodes) {
  return document_from_json(parse_json(R"({"crease": 1, "network": {"input": )" + input +
                                       R"(, "nodes": [)" + nodes + "]}}"));
}

/// 1 - D units K times over - 1 that folds [0, 1] onto itself D times in every layer; exact where D
/// is a power of two.
Document zigzag(int width, int depth) {
  std::string nodes;
  for (int l = 0; l < depth; ++l)
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": {}, "activation": "relu"}}, )",
                         l, width);
  Document document = with_nodes("[1]", nodes + R"({"id": "out", "type": "dense", "units": 1})");
  const double n = width;
  const auto size = [](int units) { return static_cast<std::size_t>(units); };
  for (int l = 0; l <= depth; ++l) {
    const std::string name = l == depth ? "out" : fmt::format("h{}", l);
    // g(x) = n x - 2 n relu(x - 1/n) + 2 n relu(x - 2/n) - .. from the units relu(x - k/n) before.
    const auto slope = [&](int k) { return k == 0 ? n : (k % 2 == 1 ? -2 * n : 2 * n); };
    const int rows = l == depth ? 1 : width, columns = l == 0 ? 1 : width;
    Tensor weight{{size(rows), size(columns)}, {}}, bias{{size(rows)}, {}};
    for (int r = 0; r < rows; ++r) {
      bias.data.push_back(l == depth ? 0 : -r / n);
      for (int c = 0; c < columns; ++c) weight.data.push_back(l == 0 ? 1 : slope(c));
    }
    document.weights[name + ".weight"] = weight;
    document.weights[name + ".bias"] = bias;
  }
  return document;
}

}  // namespace

TEST_SUITE("regions") {
  TEST_CASE("the reference cases, every count exactly") {
    std::set<std::string> missing;
    std::size_t count = 0;
    for (const Case& example : cases(missing)) {
      CAPTURE(example.name);
      const Plan plan = compile_or_throw(example.document.network);
      const auto parameters = parameters_of(plan, example.document);
      const Regions found =
          analyse(plan, parameters.data(), slice_of(example.json, plan.input.size()));
      const Json& expect = example.json.at("expect");
      CHECK(found.patterns() == expect.at("patterns").get<std::size_t>());
      CHECK(found.joined.regions == expect.at("regions").get<std::size_t>());
      CHECK(found.joined.affine_maps == expect.at("affine_maps").get<std::size_t>());
      CHECK(found.is_exact);
      CHECK(found.cells.after.back() == found.patterns());
      if (expect.contains("vertices")) {
        CHECK(found.arrangement.vertices == expect.at("vertices").get<std::size_t>());
        CHECK(found.arrangement.edges == expect.at("edges").get<std::size_t>());
        CHECK(found.cells.size() == expect.at("faces").get<std::size_t>());
      }
      if (expect.contains("breakpoints")) {
        const auto places = expect.at("breakpoints").get<std::vector<double>>();
        const auto breakpoints = found.breakpoints();
        REQUIRE(breakpoints.size() == places.size());
        for (std::size_t i = 0; i < places.size(); ++i)
          CHECK(breakpoints[i] == doctest::Approx(places[i]).epsilon(1e-12));
      }
      ++count;
    }
    CHECK(missing == std::set<std::string>{});
    CHECK(count >= 13);
  }

  TEST_CASE("bounds of fifteen architectures, to the digit") {
    const Json list = read_json(tests_folder() + "/golden/regions_bounds.json");
    CHECK(list.size() == 15);
    for (const Json& expect : list) {
      const Bounds found = bounds_of(expect.at("n0").get<std::size_t>(),
                                     expect.at("hidden").get<std::vector<std::size_t>>());
      CAPTURE(expect.dump());
      const auto text = [](const std::optional<WholeNumber>& number) {
        return number ? number->text() : "None";
      };
      CHECK(fmt::format("{}", found.parameters) == expect.at("params"));
      CHECK(found.all_patterns.text() == expect.at("2^N"));
      CHECK(found.zaslavsky.text() == expect.at("zaslavsky_first"));
      CHECK(text(found.montufar14_lower) == expect.at("montufar14_lower"));
      CHECK(text(found.serra18_lower) == expect.at("serra18_lower_needs_n>=3n0"));
      CHECK(text(found.udl_formula) == expect.at("udl_formula"));
      CHECK(found.product_upper.text() == expect.at("product_upper"));
      CHECK(found.montufar17_upper.text() == expect.at("montufar17_upper"));
      CHECK(found.serra18_upper.text() == expect.at("serra18_upper"));
      if (expect.at("hr_gauge").is_null())
        CHECK_FALSE(found.hanin_rolnick.has_value());
      else
        CHECK(found.hanin_rolnick.value() == expect.at("hr_gauge").get<double>());
    }
  }

  TEST_CASE("1000 random networks: areas add up, Euler's formula, both sides of every crease") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      CAPTURE(seed);
      const Regions found = analysed(random_network(seed), square);
      CHECK(std::abs(found.cells.area - 4) <= 4e-9);
      CHECK(found.is_exact);
      CHECK(found.arrangement.is_consistent);
      CHECK(found.arrangement.vertices + found.cells.size() == found.arrangement.edges + 1);
      const std::set<std::uint64_t> patterns(found.cells.hashes.begin(), found.cells.hashes.end());
      CHECK(patterns.size() == found.patterns());
      CHECK(found.joined.regions <= found.patterns());
      CHECK(found.joined.affine_maps <= found.joined.regions);
    }
  }

  TEST_CASE("no sampled pattern is missing, and each place has its cell's pattern and map") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      CAPTURE(seed);
      const Document document = random_network(seed);
      const Regions found = analysed(document, square);
      const std::set<std::uint64_t> patterns(found.cells.hashes.begin(), found.cells.hashes.end());
      Random random(seed, "places");
      std::size_t missing = 0, elsewhere = 0;
      for (int i = 0; i < 2000; ++i) {
        const Point at{random.uniform(-1, 1), random.uniform(-1, 1)};
        const std::uint64_t hash = hash_of_pattern(found.program, pattern_at(found.program, at));
        if (!patterns.contains(hash)) ++missing;
        if (i % 20 != 0) continue;
        const std::size_t cell = cell_at(found.cells, at);
        REQUIRE(cell < found.cells.size());
        if (found.cells.hashes[cell] != hash) ++elsewhere;
      }
      CHECK(missing == 0);
      CHECK(elsewhere == 0);
    }
  }

  TEST_CASE("a cell's map is what evaluate computes there") {
    const Document document = random_network(7);
    const Regions found = analysed(document, square);
    for (std::size_t cell = 0; cell < found.cells.size(); ++cell) {
      const Point middle = found.cells.middle(cell), at = found.to_slice(middle);
      const Tensor expected = evaluate(document, {{1, 2}, {at.x, at.y}});
      for (std::size_t o = 0; o < 2; ++o) {
        const double* map = found.cells.map(cell, o);
        CHECK(map[0] * middle.x + map[1] * middle.y + map[2] ==
              doctest::Approx(expected.data[o]).epsilon(1e-5));
      }
    }
  }

  TEST_CASE("hidden weights of zero leave patterns, but one region") {
    Document document = random_network(3);
    document.weights["out.weight"] = {};
    const Plan plan = compile_or_throw(document.network);
    for (const Segment& segment : plan.segments)
      if (segment.name == "out.weight")
        document.weights["out.weight"] = {segment.shape, std::vector<double>(segment.size, 0.0)};
    const Regions found = analysed(document, square);
    CHECK(found.patterns() > 3);
    CHECK(found.joined.regions == 1);
    CHECK(found.joined.affine_maps == 1);
  }

  TEST_CASE("deep zigzags reach the upper bound: 161 051 pieces") {
    CHECK(analysed(zigzag(4, 3), Slice::of_inputs(1, {0, 1, 0, 0})).joined.regions == 64);
    CHECK(analysed(zigzag(8, 5), Slice::of_inputs(1, {0, 1, 0, 0})).joined.regions == 32768);
    const Json example = read_json(tests_folder() + "/golden/regions/35_zigzag_D10_K5_UDL.json");
    const Document document = document_from_json(example.at("document"));
    CHECK(compile_or_throw(document.network).parameter_count == 471);
    const Regions found = analysed(document, slice_of(example, 1));
    CHECK(found.joined.regions == 161051);
    CHECK(found.patterns() == 161051);
    CHECK(bounds_of(compile_or_throw(document.network))->serra18_upper.text() == "161051");
  }

  TEST_CASE("ten inputs and five layers of fifty: 1.8e41") {
    const Bounds bounds = bounds_of(10, {50, 50, 50, 50, 50});
    CHECK(bounds.parameters == 10801);
    CHECK(bounds.udl_formula->text() == "179562019186562049740867382427559978336256");
    CHECK(bounds.udl_formula->log10() == doctest::Approx(std::log10(1.79562019e41)));
  }

  TEST_CASE("beyond the limits the picture is coarser, but covers the window") {
    std::uint64_t seed = 0;
    while (analysed(random_network(seed), square).patterns() <= 60) ++seed;
    const Document document = random_network(seed);
    const std::size_t all = analysed(document, square).patterns();
    const Regions found = analysed(document, square, {.most_cells = 25});
    CHECK_FALSE(found.is_exact);
    CHECK_FALSE(found.cells.is_complete);
    CHECK(std::abs(found.cells.area - 4) <= 4e-9);
    CHECK(found.cells.at_least <= all);
    CHECK(found.cells.at_least >= 25);
    const Document folds = zigzag(8, 5);
    const Regions line = analysed(folds, Slice::of_inputs(1, {0, 1, 0, 0}), {.most_cells = 1000});
    CHECK(std::abs(line.cells.area - 2) <= 2e-9);
    CHECK(line.cells.at_least >= 1000);
    CHECK(line.cells.at_least <= 32768);
  }

  TEST_CASE("numbers that would overflow are refused, not called exact") {
    const Document document = document_from_json(parse_json(R"({"crease": 1,
        "network": {"input": [2], "nodes": [
          {"id": "h1", "type": "dense", "units": 8, "activation": "relu"},
          {"id": "h2", "type": "dense", "units": 8, "activation": "relu"},
          {"id": "out", "type": "dense", "units": 1}]}})"));
    const Plan plan = compile_or_throw(document.network);
    auto parameters = parameters_of(plan, document);
    const auto found = [&](double size) {
      return analyse(plan, parameters.data(), Slice::of_inputs(2, {-size, size, -size, size}));
    };
    const Regions usual = found(1);
    CHECK(usual.is_exact);
    for (const double size : {1e-9, 1e6, 1e12, 1e100}) {
      const Regions scaled = found(size);  // no biases: the same folds at any size
      CHECK(scaled.is_exact);
      CHECK(scaled.joined.regions == usual.joined.regions);
    }
    for (const double size : {1e152, 1e160, 1e300}) CHECK_THROWS_AS(found(size), Problem);
    // Each number is small enough, but not what later layers make of them.
    for (double& weight : parameters) weight *= 1e60;
    CHECK_THROWS_AS(found(1), Problem);
    CHECK_THROWS_AS(analyse(plan, parameters.data(), {{0, 0}, {1, 2}, {2, 4}, {-1, 1, -1, 1}}),
                    Problem);
  }

  TEST_CASE("what is not piecewise linear is named") {
    const Document smooth = with_nodes("[2]", R"(
        {"id": "h1", "type": "dense", "units": 3, "activation": "tanh"},
        {"id": "out", "type": "dense", "units": 1})");
    const std::string sentence = refusal(compile_or_throw(smooth.network));
    CHECK(sentence.find("\"h1\"") != std::string::npos);
    CHECK(sentence.find("tanh") != std::string::npos);

    const Document half = with_nodes("[2]", R"(
        {"id": "h1", "type": "dense", "units": 3, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 3, "activation": "tanh"},
        {"id": "out", "type": "dense", "units": 1})");
    CHECK(refusal(compile_or_throw(half.network)).empty());
    const Regions found = analysed(half, square);
    CHECK(note_on(found.program).find("\"h2\"") != std::string::npos);
    CHECK(found.cells.outputs == 3);
    CHECK(found.program.folds.size() == 1);

    const Document squashed = with_nodes("[2]", R"(
        {"id": "h1", "type": "dense", "units": 3, "activation": "relu"},
        {"id": "out", "type": "dense", "units": 1, "activation": "sigmoid"})");
    CHECK(note_on(analysed(squashed, square).program).empty());
    CHECK(analysed(squashed, square).cells.outputs == 1);

    CHECK_THROWS_WITH_AS(Slice::of_inputs(3, {}), doctest::Contains("3 inputs"), Problem);
    Document wild = with_nodes("[2]", R"({"id": "out", "type": "dense", "units": 1})");
    const Plan plan = compile_or_throw(wild.network);
    AlignedVector<double> parameters(plan.length, std::nan(""));
    CHECK_THROWS_WITH_AS(analyse(plan, parameters.data(), square), doctest::Contains("\"out\""),
                         Problem);
  }

  TEST_CASE("a hidden layer may be the starting space") {
    const Document document = with_nodes("[1]", R"(
        {"id": "h1", "type": "dense", "units": 2, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 5, "activation": "relu"},
        {"id": "out", "type": "dense", "units": 1})");
    const Plan plan = compile_or_throw(document.network);
    const auto parameters = parameters_of(plan, document);
    const Regions found = analyse(plan, parameters.data(), square, {}, 0);
    CHECK(found.program.folds.size() == 1);
    CHECK(found.program.folds[0].node == "h2");
    CHECK(found.is_exact);
    CHECK(found.patterns() > 1);
  }
}
