/// What the example documents learn: medians over five seeds, and MNIST's full set where it is
/// installed.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "core/paths.h"
#include "train/trainer.h"

using namespace crease;

namespace {

Document example(const std::string& name) {
  return load_document(assets_folder() / "examples" / (name + ".crease.json"));
}

double test_accuracy(Document document, int epochs, std::uint64_t seed) {
  document.training.seed = seed;
  Tasks tasks(hardware_threads());
  const auto data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  Trainer<float> trainer(document, data, tasks);
  for (long i = 0; i < epochs * trainer.steps_per_epoch(); ++i) trainer.step();
  return trainer.score_test().accuracy;
}

double median_of_five_seeds(const std::string& name, int epochs) {
  std::array<double, 5> accuracies{};
  for (std::size_t i = 0; i < 5; ++i) accuracies[i] = test_accuracy(example(name), epochs, i + 1);
  std::sort(accuracies.begin(), accuracies.end());
  MESSAGE(name, ": ", accuracies[0], " to ", accuracies[4], ", median ", accuracies[2]);
  return accuracies[2];
}

}  // namespace

TEST_SUITE("experiments") {
  TEST_CASE("spiral 2-16-16-1 tanh, adam .01, batch 10, 200 epochs") {
    CHECK(median_of_five_seeds("spiral", 200) >= 0.93);
  }
  TEST_CASE("xor 2-4-1 tanh, sgd .03, 100 epochs") {
    CHECK(median_of_five_seeds("xor", 100) >= 0.87);
  }
  TEST_CASE("one unit draws a straight line through the circle") {
    CHECK(median_of_five_seeds("circle_one_unit", 100) <= 0.67);
  }
  TEST_CASE("MNIST: one pass over the full set") {
    const Document document = example("mnist");
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
