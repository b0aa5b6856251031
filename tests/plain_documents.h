#pragma once
/// Documents that the tests of probes, views and figures share; examples may change, these do not.
#include <string>

#include "places.h"
#include "train/document.h"

namespace crease::plain_documents {

inline Document from(const std::string& data, const std::string& input, const std::string& nodes,
                     const std::string& loss, const std::string& optimiser = "adam") {
  return document_from_json(parse_json(R"({"crease": 1, "data": )" + data +
                                       R"(, "network": {"input": )" + input + R"(, "nodes": [)" +
                                       nodes + R"(]}, "training": {"loss": {"type": ")" + loss +
                                       R"("}, "optimiser": {"type": ")" + optimiser +
                                       R"(", "rate": 0.01}, "batch": 10, "seed": 1}})"));
}

/// 500 points of two classes, half of them for testing; 25 steps are an epoch.
inline Document spiral() {
  return from(R"({"source": "spiral"})", "[2]",
              R"({"id": "h1", "type": "dense", "units": 8, "activation": "tanh"},
                 {"id": "h2", "type": "dense", "units": 8, "activation": "tanh"},
                 {"id": "out", "type": "dense", "units": 1})",
              "bce_logits");
}
inline Document exclusive_or() {
  return from(R"({"source": "xor"})", "[2]",
              R"({"id": "h1", "type": "dense", "units": 4, "activation": "tanh"},
                 {"id": "out", "type": "dense", "units": 1})",
              "bce_logits");
}
/// A curve over one input.
inline Document sine() {
  return from(R"({"source": "sine", "samples": 400, "noise": 0.1})", "[1]",
              R"({"id": "h1", "type": "dense", "units": 20, "activation": "relu"},
                 {"id": "out", "type": "dense", "units": 1})",
              "mse");
}
/// A small convolutional network and `samples` of the bundled digits, half of them for testing.
inline Document digits(int samples) {
  Document document = from(
      R"({"source": "idx", "images": "t10k-images-idx3-ubyte.gz",
          "labels": "t10k-labels-idx1-ubyte.gz", "test_fraction": 0.5})",
      "[1, 28, 28]",
      R"({"id": "conv1", "type": "conv2d", "channels": 8, "kernel": 3, "padding": 1, "activation": "relu"},
         {"id": "pool1", "type": "max_pool", "kernel": 2},
         {"id": "conv2", "type": "conv2d", "channels": 16, "kernel": 3, "padding": 1, "activation": "relu"},
         {"id": "pool2", "type": "max_pool", "kernel": 2},
         {"id": "out", "type": "dense", "units": 10})",
      "cross_entropy_logits");
  document.folder = source_folder() + "/assets/mnist";
  document.data->samples = samples;
  return document;
}

}  // namespace crease::plain_documents
