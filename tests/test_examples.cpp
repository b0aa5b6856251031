/// The documents in assets/examples: each opens without a complaint, starts untrained and learns
/// what its title promises.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/paths.h"
#include "train/trainer.h"

using namespace crease;

namespace {

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(assets_folder() / "examples"))
    found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// After so many steps the test part (or what there is) must be this good.
struct Promise {
  const char* file;
  long steps;
  double accuracy;   // at least
  double loss = 10;  // at most
};

}  // namespace

TEST_SUITE("examples") {
  TEST_CASE("ten documents in the order of the menu") {
    const auto all = files();
    REQUIRE(all.size() == 10);
    std::set<std::string> titles;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string name = all[i].filename().string();
      CAPTURE(name);
      CHECK(name.starts_with(fmt::format("{:02}_", i + 1)));
      CHECK(name.ends_with(".crease.json"));
      const Document document = load_document(all[i]);
      CHECK(document.warnings.empty());
      CHECK(document.title.size() >= 10);
      CHECK(document.title.size() <= 40);
      CHECK(titles.insert(document.title).second);
      CHECK(document.weights.empty());
      CHECK(document.state == RunState{});
      CHECK(write_json(document_to_json(document)).find("\"seed\"") != std::string::npos);
    }
  }

  TEST_CASE("each learns") {
    const std::vector<Promise> promises{
        {"01_spiral", 4000, 0.97},     {"02_and", 1000, 1.0, 0.05},
        {"03_gauss", 1000, 0.97},      {"04_xor", 1500, 1.0},
        {"05_circle", 2500, 0.96},     {"06_moons", 2500, 0.98},
        {"07_three_arms", 4000, 0.96}, {"08_sine", 6000, 0, 0.03},
        {"09_digits", 150, 0.8},       {"10_digits_convolution", 60, 0.75},
    };
    CHECK(promises.size() == files().size());
    Tasks tasks(2);
    for (const Promise& promise : promises) {
      CAPTURE(promise.file);
      Document document = load_document(assets_folder() / "examples" /
                                        (promise.file + std::string(".crease.json")));
      if (std::holds_alternative<Mnist>(document.data->source)) document.data->samples = 3000;
      const auto data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
      Trainer<float> trainer(document, data, tasks);
      const double before = trainer.score_training().loss;
      for (long i = 0; i < promise.steps; ++i) trainer.step();
      const Score score = data->test.empty() ? trainer.score_training() : trainer.score_test();
      CHECK(score.accuracy >= promise.accuracy);
      CHECK(score.has_accuracy == (promise.accuracy > 0));
      CHECK(score.loss <= promise.loss);
      CHECK(score.loss < before);
    }
  }
}
