#pragma once
/// What the experiments share: documents in a line, runs over five seeds, and the ranges that were
/// measured elsewhere.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
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

/// What several seeds give, in order.
struct Spread {
  std::vector<double> values;
  double median() const { return values[values.size() / 2]; }
  double mean() const {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }
};

using OneRun = std::function<double(std::uint64_t seed)>;

/// Seeds 1 .. count. Where single runs spread further than the range that was measured elsewhere,
/// the median of five is chance, and more seeds are taken.
inline Spread seeds(int count, const std::string& name, const OneRun& run) {
  Spread spread;
  for (int i = 1; i <= count; ++i) spread.values.push_back(run(static_cast<std::uint64_t>(i)));
  std::sort(spread.values.begin(), spread.values.end());
  MESSAGE(name, ": median ", spread.median(), " (", spread.values.front(), " to ",
          spread.values.back(), "), mean ", spread.mean(), " of ", count);
  return spread;
}

inline Spread five_seeds(const std::string& name, const OneRun& run) { return seeds(5, name, run); }

enum class Of { test_accuracy, training_accuracy, training_loss };

/// A score after that many epochs, of several seeds; each seed draws its own data where the data
/// settings say `"seed": 0`.
inline Spread scores(const std::string& name, const Document& document, long epochs, Of what,
                     int count = 5) {
  const auto data = data_of(document);
  return seeds(count, name, [&](std::uint64_t seed) {
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
