#pragma once
/// What the experiments share: documents in a line, runs over five seeds, and the ranges that were
/// measured elsewhere.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "train/trainer.h"

namespace crease::experiment {

/// {"id": "h1", ..}, {"id": "h2", ..}, .. and a last unit (or several) without activation.
inline std::string layers(const std::vector<int>& widths, const std::string& activation,
                          int outputs = 1, const std::string& last = "identity") {
  std::string nodes;
  for (std::size_t i = 0; i < widths.size(); ++i)
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": {}, "activation": "{}"}}, )",
                         i + 1, widths[i], activation);
  return nodes + fmt::format(R"({{"id": "out", "type": "dense", "units": {}, "activation": "{}"}})",
                             outputs, last);
}

/// The texts are JSON: `data` whole, `input` a list, `nodes` and `training` without their brackets.
inline Document document(const std::string& data, const std::string& input,
                         const std::string& nodes, const std::string& training) {
  return document_from_json(parse_json(R"({"crease": 1, "data": )" + data +
                                       R"(, "network": {"input": )" + input + R"(, "nodes": [)" +
                                       nodes + R"(]}, "training": {)" + training + "}}"));
}

inline std::shared_ptr<const DataSet> data_of(const Document& document) {
  return std::make_shared<const DataSet>(make_data(*document.data, document.folder));
}

/// Trains from `seed` (of the start and of the order) and hands the trainer to `look`.
inline void trained(Document document, const std::shared_ptr<const DataSet>& data, long steps,
                    std::uint64_t seed, const std::function<void(Trainer<float>&)>& look) {
  document.training.seed = seed;
  Tasks tasks(hardware_threads());
  Trainer<float> trainer(document, data, tasks);
  for (long i = 0; i < steps && trainer.divergence().empty(); ++i) trainer.step();
  look(trainer);
}

/// What five seeds give, in order.
struct Spread {
  std::array<double, 5> values{};
  double median() const { return values[2]; }
};

inline Spread five_seeds(const std::string& name,
                         const std::function<double(std::uint64_t seed)>& run) {
  Spread spread;
  for (std::size_t i = 0; i < 5; ++i) spread.values[i] = run(i + 1);
  std::sort(spread.values.begin(), spread.values.end());
  MESSAGE(name, ": median ", spread.median(), " (", spread.values[0], " to ", spread.values[4],
          ")");
  return spread;
}

enum class Of { test_accuracy, training_accuracy, training_loss };

/// A score after that many epochs, of five seeds; each seed draws its own data where the data
/// settings say `"seed": 0`.
inline Spread scores(const std::string& name, const Document& document, long epochs, Of what) {
  const auto data = data_of(document);
  return five_seeds(name, [&](std::uint64_t seed) {
    Document mine = document;
    auto samples = data;
    if (mine.data->seed == 0) {
      mine.data->seed = seed;
      samples = data_of(mine);
    }
    Tasks tasks(1);
    const long steps = epochs * Trainer<float>(mine, samples, tasks).steps_per_epoch();
    double value = 0;
    trained(mine, samples, steps, seed, [&](Trainer<float>& trainer) {
      const Score score =
          what == Of::test_accuracy ? trainer.score_test() : trainer.score_training();
      value = what == Of::training_loss ? score.loss : score.accuracy;
      if (!trainer.divergence().empty()) value = std::nan("");
    });
    return value;
  });
}

/// The median lies in the range that was measured elsewhere, widened by 0.02.
inline void check_range(const Spread& spread, double least, double most, double wider = 0.02) {
  CHECK(spread.median() >= least - wider);
  CHECK(spread.median() <= most + wider);
}

}  // namespace crease::experiment
