/// Exact linear regions of every node that is piecewise linear in evaluation mode, each against
/// dense sampling of the network itself; and the same cells on any number of threads.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <set>

#include "core/random.h"
#include "pattern_hash.h"
#include "probe/regions/regions.h"
#include "train/derivatives.h"
#include "train/document.h"
#include "views/region_words.h"

using namespace crease;
using namespace crease::regions;

namespace {

/// A document with random numbers for every parameter and measured mean; deviations are positive.
Document randomised(const std::string& input, const std::string& nodes, std::uint64_t seed) {
  Document document = document_from_json(parse_json(R"({"crease": 1, "network": {"input": )" +
                                                    input + R"(, "nodes": [)" + nodes + "]}}"));
  const Plan plan = compile_or_throw(document.network);
  Random random(seed, "parameters");
  for (const Segment& segment : plan.segments) {
    Tensor values{segment.shape, {}};
    const bool is_spread = segment.name.ends_with("running_var");
    for (std::size_t i = 0; i < segment.size; ++i)
      values.data.push_back(is_spread ? 0.5 + random.uniform(0, 1) : 0.7 * random.normal());
    document.weights[segment.name] = values;
  }
  return document;
}

AlignedVector<double> parameters_of(const Plan& plan, const Document& document) {
  auto parameters = initialise<double>(plan, document.training.initialiser, document.training.seed);
  read_tensors(plan, document.weights, parameters);
  return parameters;
}

/// All inputs of two, else a random plane through them.
Slice plane_of(std::size_t inputs, std::uint64_t seed) {
  const Domain window{-2, 2, -2, 2};
  if (inputs == 2) return Slice::of_inputs(2, window);
  Random random(seed, "plane");
  Slice slice;
  slice.window = window;
  for (std::size_t i = 0; i < inputs; ++i) {
    slice.origin.push_back(0.3 * random.normal());
    slice.u.push_back(random.normal());
    slice.v.push_back(random.normal());
  }
  return slice;
}

/// Cuts a network and asks it at many places: no pattern is missing, each place lies in the cell of
/// its pattern, and the cell's map is what the network itself computes there.
void check_against_samples(const Document& document, std::size_t at_least) {
  const Plan plan = compile_or_throw(document.network);
  const Slice slice = plane_of(plan.input.size(), 5);
  const Regions found = analyse(plan, parameters_of(plan, document).data(), slice);
  CHECK(found.is_exact);
  CHECK(note_on(found.program).empty());
  CHECK(found.patterns() >= at_least);
  CHECK(std::abs(found.cells.area - 4) <= 4e-9);
  const std::set<std::uint64_t> patterns(found.cells.hashes.begin(), found.cells.hashes.end());
  CHECK(patterns.size() == found.patterns());
  Random random(3, "places");
  std::size_t missing = 0, elsewhere = 0;
  constexpr std::size_t places = 400;
  Tensor inputs{{places}, {}};
  for (const int size : {plan.input.channels, plan.input.height, plan.input.width})
    if (plan.input.size() > 2 && plan.input.height * plan.input.width > 1)
      inputs.shape.push_back(static_cast<std::size_t>(size));
  if (inputs.shape.size() == 1) inputs.shape.push_back(plan.input.size());
  std::vector<std::size_t> cells;
  std::vector<Point> at;
  for (std::size_t i = 0; i < places; ++i) {
    at.push_back({random.uniform(-1, 1), random.uniform(-1, 1)});
    const std::uint64_t hash = hash_of_pattern(found.program, pattern_at(found.program, at[i]));
    cells.push_back(cell_at(found.cells, at[i]));
    REQUIRE(cells[i] < found.cells.size());
    if (!patterns.contains(hash)) ++missing;
    if (found.cells.hashes[cells[i]] != hash) ++elsewhere;
    const Point place = found.to_slice(at[i]);
    for (std::size_t k = 0; k < plan.input.size(); ++k)
      inputs.data.push_back(slice.origin[k] + place.x * slice.u[k] + place.y * slice.v[k]);
  }
  CHECK(missing == 0);
  CHECK(elsewhere == 0);
  const Tensor outputs = evaluate(document, inputs);
  REQUIRE(outputs.data.size() == places * found.cells.outputs);
  double worst = 0;
  for (std::size_t i = 0; i < places; ++i)
    for (std::size_t o = 0; o < found.cells.outputs; ++o) {
      const double* map = found.cells.map(cells[i], o);
      const double value = map[0] * at[i].x + map[1] * at[i].y + map[2],
                   expected = outputs.data[i * found.cells.outputs + o];
      worst = std::max(worst, std::abs(value - expected) / (1 + std::abs(expected)));
    }
  CHECK(worst < 1e-9);
}

const std::string out = R"({"id": "out", "type": "dense", "units": 2})";

/// Some conv layers before what is tried need a flat end.
const std::string flat_out = R"({"id": "flat", "type": "flatten"}, )" + out;
const std::string image = "[1, 6, 6]";
const std::string bent_conv =
    R"({"id": "c", "type": "conv2d", "channels": 2, "kernel": 3, "activation": "relu"}, )";

bool are_same(const Cells& x, const Cells& y) {
  const auto same_points = [](const auto& p, const auto& q) {
    return std::equal(p.begin(), p.end(), q.begin(), q.end(),
                      [](Point a, Point b) { return a.x == b.x && a.y == b.y; });
  };
  const auto same_creases = std::equal(x.creases.begin(), x.creases.end(), y.creases.begin(),
                                       y.creases.end(), [](const Crease& a, const Crease& b) {
                                         return a.fold == b.fold && a.unit == b.unit &&
                                                a.from.x == b.from.x && a.from.y == b.from.y &&
                                                a.to.x == b.to.x && a.to.y == b.to.y;
                                       });
  return x.starts == y.starts && same_points(x.corners, y.corners) && x.edges == y.edges &&
         x.hashes == y.hashes && x.areas == y.areas && x.depths == y.depths && x.whole == y.whole &&
         x.maps == y.maps && same_creases && x.after == y.after && x.is_complete == y.is_complete &&
         x.at_least == y.at_least && x.ambiguous == y.ambiguous && x.area == y.area;
}

}  // namespace

TEST_SUITE("regions of nodes") {
  TEST_CASE("every activation made of straight pieces") {
    const char* functions[] = {R"("relu")",      R"("leaky_relu", "slope": 0.2)",
                               R"("prelu")",     R"("abs")",
                               R"("hard_tanh")", R"("step")"};
    for (const char* function : functions) {
      CAPTURE(function);
      std::string own, apart;  // a dense layer's own, and a node by itself
      for (const char* name : {"h1", "h2"}) {
        own += fmt::format(
            R"({{"id": "{}", "type": "dense", "units": 5, "activation": {{"function": {}}}}}, )",
            name, function);
        apart += fmt::format(R"({{"id": "{0}z", "type": "dense", "units": 5}},
                                {{"id": "{0}", "type": "activation", "function": {1}}}, )",
                             name, function);
      }
      check_against_samples(randomised("[2]", own + out, 1), 8);
      check_against_samples(randomised("[2]", apart + out, 1), 8);
    }
  }

  TEST_CASE("two corners on the line that cuts: none is lost") {
    struct Case {
      std::vector<double> weights, biases;
    };
    const Case cases[] = {
        {{-2.1e-12, 1, -3.6e-12, 1, -1, 1, 0, 1}, {.9e-12, .9e-12, .4999999999991, 0}},
        {{-4e-6, 1, -4.7e-6, 1, -1, 1, 0, 1}, {0, 0, 2.1e-9 * (1 - 4.7e-6), 0}}};
    for (const Case& it : cases) {
      Document document = randomised(
          "[2]", R"({"id": "h", "type": "dense", "units": 4, "activation": "relu"}, )" + out, 8);
      document.weights["h.weight"] = {{4, 2}, it.weights};
      document.weights["h.bias"] = {{4}, it.biases};
      const Plan plan = compile_or_throw(document.network);
      AlignedVector<double> parameters(plan.length);
      read_tensors(plan, document.weights, parameters);
      const Regions found =
          analyse(plan, parameters.data(), Slice::of_inputs(2, {-1, 1, -1, 1}), {});
      CHECK(std::abs(found.cells.area - 4) <= 4e-9);
      CHECK(found.arrangement.is_consistent);
    }
  }

  TEST_CASE("a limit of one cell too few is one, on any number of threads") {
    const Document document =
        randomised("[2]",
                   R"({"id": "h", "type": "dense", "units": 8, "activation": "relu"},
           {"id": "k", "type": "dense", "units": 8, "activation": "relu"}, )" +
                       out,
                   8);
    const Plan plan = compile_or_throw(document.network);
    const auto parameters = parameters_of(plan, document);
    const Program program = compile_program(plan, parameters.data(), plane_of(2, 5));
    const std::size_t all = cut(program).size();
    for (const int threads : {1, 3}) {
      CHECK(cut(program, {.most_cells = all, .threads = threads}).is_complete);
      const Cells fewer = cut(program, {.most_cells = all - 1, .threads = threads});
      CHECK_FALSE(fewer.is_complete);
      CHECK(fewer.size() < all);
      CHECK(std::abs(fewer.area - 4) <= 4e-9);
    }
  }

  TEST_CASE("a cell with a hundred corners, cut again by the next layer") {
    // The units' lines touch a circle; inside it all are off, but leaky.
    constexpr std::size_t units = 100;
    Document document = randomised(
        "[2]",
        R"({"id": "h", "type": "dense", "units": 100, "activation": "leaky_relu", "slope": 0.5},
           {"id": "k", "type": "dense", "units": 3, "activation": "relu"}, )" +
            out,
        8);
    Tensor weights{{units, 2}, {}}, biases{{units}, std::vector<double>(units, -1.0)};
    for (std::size_t u = 0; u < units; ++u) {
      const double angle = 2 * std::numbers::pi * (static_cast<double>(u) + 0.3) / units;
      weights.data.push_back(std::cos(angle));
      weights.data.push_back(std::sin(angle));
    }
    document.weights["h.weight"] = weights;
    document.weights["h.bias"] = biases;
    // Each touches the inner part of the circle.
    document.weights["k.weight"] = {{3, units}, {}};
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t u = 0; u < units; ++u)
        document.weights["k.weight"].data.push_back(weights.data[2 * u + k % 2] / 50 +
                                                    (k == 2 ? weights.data[2 * u + 1] / 50 : 0));
    document.weights["k.bias"] = {{3}, {0.05, -0.1, 0.15}};
    check_against_samples(document, 1000);

    const Plan plan = compile_or_throw(document.network);
    Program program = compile_program(plan, parameters_of(plan, document).data(), plane_of(2, 5));
    const auto most_corners = [](const Cells& cells) {
      std::size_t most = 0;
      for (std::size_t i = 0; i < cells.size(); ++i)
        most = std::max<std::size_t>(most, cells.starts[i + 1] - cells.starts[i]);
      return most;
    };
    const Cells all = cut(program);
    CHECK(most_corners(all) > 20);
    CHECK(most_corners(all) < units);
    keep_folds(program, 1);
    CHECK(most_corners(cut(program)) == units);
  }

  TEST_CASE("units that choose the largest") {
    check_against_samples(randomised("[2]",
                                     R"(
        {"id": "h1", "type": "maxout", "units": 4, "pieces": 3},
        {"id": "h2", "type": "maxout", "units": 3, "pieces": 2}, )" +
                                         out,
                                     2),
                          8);
    check_against_samples(
        randomised(image,
                   bent_conv + R"({"id": "p", "type": "max_pool", "kernel": 2}, )" + flat_out, 3),
        8);
    check_against_samples(
        randomised(image, bent_conv + R"({"id": "p", "type": "global_max_pool"}, )" + flat_out, 4),
        8);
  }

  TEST_CASE("layers that are linear, with bends before and behind them") {
    const std::string bend = R"({"id": "b", "type": "activation", "function": "relu"}, )";
    for (
        const char* node :
        {R"({"id": "l", "type": "avg_pool", "kernel": 2}, )",
         R"({"id": "l", "type": "global_avg_pool"}, )",
         R"({"id": "l", "type": "global_sum_pool"}, )",
         R"({"id": "l", "type": "conv2d", "channels": 3, "kernel": 3, "padding": 1, "stride": 2}, )",
         R"({"id": "l", "type": "conv_transpose2d", "channels": 2, "kernel": 2, "stride": 2}, )",
         R"({"id": "l", "type": "upsample", "factor": 2}, )",
         R"({"id": "l", "type": "batch_norm"}, )",
         R"({"id": "l", "type": "dropout", "rate": 0.5}, )"}) {
      CAPTURE(node);
      check_against_samples(randomised(image, bent_conv + node + bend + flat_out, 6), 8);
    }
  }

  TEST_CASE("joins: residual sums and concatenation") {
    check_against_samples(randomised("[2]",
                                     R"(
        {"id": "h1", "type": "dense", "units": 5, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 5, "activation": "relu"},
        {"id": "s", "type": "add", "inputs": ["h1", "h2"]},
        {"id": "h3", "type": "dense", "units": 4, "activation": "relu"}, )" +
                                         out,
                                     7),
                          8);
    check_against_samples(randomised("[2]",
                                     R"(
        {"id": "h1", "type": "dense", "units": 5, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 4, "activation": "leaky_relu"},
        {"id": "s", "type": "concat", "inputs": ["h2", "h1", "input"]},
        {"id": "h3", "type": "dense", "units": 4, "activation": "relu"}, )" +
                                         out,
                                     8),
                          8);
  }

  TEST_CASE("a step jumps: regions part by their offsets, though all gradients are zero") {
    const Document document = randomised("[2]",
                                         R"(
        {"id": "h1", "type": "dense", "units": 6, "activation": "step"}, )" +
                                             out,
                                         9);
    const Plan plan = compile_or_throw(document.network);
    const Regions found = analyse(plan, parameters_of(plan, document).data(), plane_of(2, 1));
    CHECK_FALSE(found.program.is_continuous);
    CHECK(found.joined.regions == found.patterns());
    CHECK(found.patterns() > 6);
  }

  TEST_CASE("without time the count is a lower bound, on one thread and on three") {
    const Document document = randomised("[2]",
                                         R"(
        {"id": "h1", "type": "dense", "units": 30, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 60, "activation": "relu"},
        {"id": "h3", "type": "dense", "units": 60, "activation": "relu"}, )" +
                                             out,
                                         12);
    const Plan plan = compile_or_throw(document.network);
    const auto parameters = parameters_of(plan, document);
    const std::size_t all = analyse(plan, parameters.data(), plane_of(2, 1)).patterns();
    for (const int threads : {1, 3}) {
      const Regions found =
          analyse(plan, parameters.data(), plane_of(2, 1), {.seconds = 0, .threads = threads});
      CHECK_FALSE(found.is_exact);
      CHECK(found.cells.at_least <= all);
      CHECK(std::abs(found.cells.area - 4) <= 4e-9);
      CHECK(fact_on(found).starts_with("\u2265 "));
    }
  }
}

TEST_SUITE("threads: regions") {
  TEST_CASE("the same cells, numbers and order on any number of threads") {
    const std::string wide = R"(
        {"id": "h1", "type": "dense", "units": 20, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 64, "activation": "leaky_relu"},
        {"id": "h3", "type": "dense", "units": 64, "activation": "hard_tanh"}, )";
    const std::string choosing = R"(
        {"id": "h1", "type": "maxout", "units": 8, "pieces": 3},
        {"id": "h2", "type": "dense", "units": 100, "activation": "relu"},
        {"id": "h3", "type": "dense", "units": 100, "activation": "relu"}, )";
    for (const std::string& nodes : {wide, choosing}) {
      const Document document = randomised("[2]", nodes + out, 11);
      const Plan plan = compile_or_throw(document.network);
      const Program program =
          compile_program(plan, parameters_of(plan, document).data(), plane_of(2, 1));
      for (const std::size_t most : {std::size_t{200000}, std::size_t{3000}}) {
        const Cells one = cut(program, {.most_cells = most});
        CHECK(one.size() > 2500);
        CHECK(one.is_complete == (most > 3000));
        for (const int threads : {2, 3, 5})
          CHECK(are_same(one, cut(program, {.most_cells = most, .threads = threads})));
      }
    }
  }
}
