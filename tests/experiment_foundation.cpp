/// What the example documents learn: medians over five seeds, and MNIST's full set where it is
/// installed.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "core/paths.h"
#include "train/trainer.h"

using namespace crease;

namespace {

/// A network on a source of data, trained as the experiments were elsewhere.
Document experiment(const std::string& source, const std::string& input, const std::string& nodes,
                    const std::string& training) {
  return document_from_json(parse_json(R"({"crease": 1, "data": {"source": ")" + source +
                                       R"("}, "network": {"input": )" + input + R"(, "nodes": [)" +
                                       nodes + R"(]}, "training": {)" + training + "}}"));
}

/// Layers of tanh units on the plane, and one unit at the end.
Document on_the_plane(const std::string& source, const std::vector<int>& hidden,
                      const std::string& optimiser) {
  std::string nodes;
  for (std::size_t i = 0; i < hidden.size(); ++i)
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": {}, "activation": "tanh"}}, )",
                         i, hidden[i]);
  return experiment(source, "[2]", nodes + R"({"id": "out", "type": "dense", "units": 1})",
                    R"("loss": {"type": "bce_logits"}, "optimiser": )" + optimiser);
}

const std::string sgd = R"({"type": "sgd", "rate": 0.03})";

double test_accuracy(Document document, int epochs, std::uint64_t seed) {
  document.training.seed = seed;
  Tasks tasks(hardware_threads());
  const auto data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  Trainer<float> trainer(document, data, tasks);
  for (long i = 0; i < epochs * trainer.steps_per_epoch(); ++i) trainer.step();
  return trainer.score_test().accuracy;
}

double median_of_five_seeds(const std::string& name, const Document& document, int epochs) {
  std::array<double, 5> accuracies{};
  for (std::size_t i = 0; i < 5; ++i) accuracies[i] = test_accuracy(document, epochs, i + 1);
  std::sort(accuracies.begin(), accuracies.end());
  MESSAGE(name, ": ", accuracies[0], " to ", accuracies[4], ", median ", accuracies[2]);
  return accuracies[2];
}

}  // namespace

TEST_SUITE("experiments") {
  TEST_CASE("spiral 2-16-16-1 tanh, adam .01, batch 10, 200 epochs") {
    CHECK(median_of_five_seeds(
              "spiral", on_the_plane("spiral", {16, 16}, R"({"type": "adam", "rate": 0.01})"),
              200) >= 0.93);
  }
  TEST_CASE("xor 2-4-1 tanh, sgd .03, 100 epochs") {
    CHECK(median_of_five_seeds("xor", on_the_plane("xor", {4}, sgd), 100) >= 0.87);
  }
  TEST_CASE("one unit draws a straight line through the circle") {
    CHECK(median_of_five_seeds("circle", on_the_plane("circle", {}, sgd), 100) <= 0.67);
  }
  TEST_CASE("MNIST: one pass over the full set") {
    const Document document = experiment(
        "mnist", "[1, 28, 28]",
        R"({"id": "c1", "type": "conv2d", "channels": 8, "padding": 1, "activation": "relu"},
           {"id": "p1", "type": "max_pool"},
           {"id": "c2", "type": "conv2d", "channels": 16, "padding": 1, "activation": "relu"},
           {"id": "p2", "type": "max_pool"}, {"id": "out", "type": "dense", "units": 10})",
        R"("loss": {"type": "cross_entropy_logits"}, "initialiser": {"type": "he_normal"},
           "optimiser": {"type": "adam", "rate": 0.001}, "batch": 32)");
    const DataSet data = make_data(*document.data, document.folder);
    if (data.train.size() != 60000) {
      MESSAGE("skipped: the full set is not installed (assets/mnist/fetch.sh)");
      return;
    }
    REQUIRE(data.test.size() == 10000);
    const double accuracy = test_accuracy(document, 1, 1);
    MESSAGE("test accuracy ", accuracy);
    CHECK(accuracy >= 0.965);
  }
}
