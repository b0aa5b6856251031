#pragma once
/// Small documents and what else the tests of live training share.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "live/live_run.h"

namespace crease {

inline std::shared_ptr<Document> circle(int units, double rate = 0.03, int samples = 100) {
  auto document = std::make_shared<Document>(document_from_json(parse_json(R"({"crease": 1,
    "data": {"source": "circle", "samples": 100},
    "network": {"input": [2], "nodes": [
      {"id": "h", "type": "dense", "units": 3, "activation": "tanh"},
      {"id": "out", "type": "dense", "units": 1}]},
    "training": {"loss": {"type": "bce_logits"}, "seed": 2}})")));
  std::get<Dense>(document->network.nodes[0].layer).units = units;
  document->training.optimiser = Sgd{.rate = rate};
  document->data->samples = samples;
  return document;
}

/// Works until nothing is left to do.
inline std::shared_ptr<const Snapshot> settle(LiveRun& run) {
  for (int i = 0; i < 1'000'000 && run.work(); ++i) {
  }
  REQUIRE(run.settled());
  return run.snapshot();
}

inline std::shared_ptr<const Snapshot> obeyed(LiveRun& run, const Order& order) {
  run.obey(order);
  return settle(run);
}

inline Trainer<float> trainer_of(const Document& document, Tasks& tasks) {
  return {document, std::make_shared<const DataSet>(make_data(*document.data, "")), tasks};
}

inline bool same(const Score& a, const Score& b) {
  return a.loss == b.loss && a.accuracy == b.accuracy && a.has_accuracy == b.has_accuracy;
}

inline bool same(const SharedList<CurvePoint>& a, const SharedList<CurvePoint>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.step == y.step && same(x.training, y.training) && same(x.test, y.test);
  });
}

inline float weight(const Snapshot& snapshot, const char* tensor, std::size_t index) {
  return snapshot.parameters[snapshot.plan->find(tensor)->offset + index];
}

}  // namespace crease
