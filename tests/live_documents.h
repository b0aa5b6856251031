#pragma once
/// Small documents for the tests of live training.
#include <memory>

#include "train/document.h"

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

}  // namespace crease
