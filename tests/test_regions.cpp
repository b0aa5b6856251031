/// Exact linear regions: reference counts from rational arithmetic (tests/golden/regions), random
/// networks against dense sampling, bounds to the digit, and what is said where there are none.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "core/random.h"
#include "places.h"
#include "probe/regions/regions.h"
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
    // A case of a node that the engine does not have yet; a shorter list is progress.
    CHECK(missing == std::set<std::string>{"20_maxout3_2-4-4-1"});
    CHECK(count + missing.size() >= 13);
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
}
