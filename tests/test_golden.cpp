/// Reference cases: numbers of PyTorch in double precision (tests/golden). Walks the folders, so
/// that further cases of the same form can be dropped in.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>

#include "places.h"
#include "train/derivatives.h"
#include "train/trainer.h"

using namespace crease;

namespace {

struct Case {
  std::string name;
  Json json;
  Document document;
};

std::vector<Case> cases(const std::string& folder) {
  std::vector<Case> list;
  for (const auto& entry :
       std::filesystem::directory_iterator(tests_folder() + "/golden/" + folder)) {
    const Json json = read_json(entry.path());
    list.push_back({entry.path().stem(), json, document_from_json(json.at("document"))});
  }
  return list;
}

Tensor tensor(const Json& json) {
  json::Reading reading;
  Tensor result;
  json::read(json, result, Field{}, json::Place{&reading, "", {}});
  return result;
}

/// The largest |a - b| / (1 + |b|).
double distance(const Tensor& found, const Tensor& expected) {
  REQUIRE(found.shape == expected.shape);
  double worst = 0;
  for (std::size_t i = 0; i < found.data.size(); ++i)
    worst = std::max(worst,
                     std::abs(found.data[i] - expected.data[i]) / (1 + std::abs(expected.data[i])));
  return worst;
}

/// Cases of losses on probabilities give them as inputs, which deserves advice; nothing in them is
/// unknown.
void check_warnings(const Document& document) {
  for (const std::string& warning : document.warnings)
    CHECK_MESSAGE(warning.starts_with("training.loss: "), warning);
}

template <class T>
void check_gradients(const Case& example, double tolerance) {
  CAPTURE(example.name);
  check_warnings(example.document);
  const Json& expect = example.json.at("expect");
  const Derivatives found =
      differentiate<T>(example.document, batch_from_json(example.json.at("batch")),
                       example.json.at("mode") == "train");
  const double loss = expect.at("loss").get<double>();
  CHECK(std::abs(found.loss - loss) <= tolerance * (1 + std::abs(loss)));
  if (expect.contains("output"))
    CHECK(distance(found.output, tensor(expect.at("output"))) <= tolerance);
  CHECK(distance(found.input_gradient, tensor(expect.at("input_gradient"))) <= tolerance);
  if (expect.contains("statistics")) {
    CHECK(found.statistics.size() == expect.at("statistics").size());
    for (const auto& entry : found.statistics) {
      CAPTURE(entry.first);
      CHECK(distance(entry.second, tensor(expect.at("statistics").at(entry.first))) <= tolerance);
    }
  }
  if (!expect.contains("gradients")) return;
  CHECK(found.gradients.size() == expect.at("gradients").size());
  for (const auto& entry : found.gradients) {
    CAPTURE(entry.first);
    CHECK(distance(entry.second, tensor(expect.at("gradients").at(entry.first))) <= tolerance);
  }
}

}  // namespace

TEST_SUITE("golden") {
  TEST_CASE("networks and losses: loss, output and every derivative") {
    std::size_t count = 0;
    for (const char* folder : {"networks", "losses"})
      for (const Case& example : cases(folder)) {
        check_gradients<double>(example, 1e-9);
        check_gradients<float>(example, 2e-5);
        ++count;
      }
    CHECK(count >= 120);
  }

  TEST_CASE("optimisers: the weights after each step") {
    std::size_t count = 0;
    for (const Case& example : cases("optimisers")) {
      CAPTURE(example.name);
      check_warnings(example.document);
      Tasks tasks(1);
      const auto data = std::make_shared<const DataSet>(
          make_data(*example.document.data, example.document.folder));
      Trainer<double> trainer(example.document, data, tasks);
      for (const Json& expect : example.json.at("expect")) {
        trainer.step();
        const Tensors weights = trainer.document().weights;
        CHECK(weights.size() == expect.size());
        for (const auto& entry : weights) {
          CAPTURE(entry.first);
          CHECK(distance(entry.second, tensor(expect.at(entry.first))) <= 1e-9);
        }
      }
      ++count;
    }
    CHECK(count >= 18);
  }
}
