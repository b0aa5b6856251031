/// Images to images: a small encoder-decoder finds the mask of a shape, pixel by pixel.
#include "experiment.h"
#include "train/derivatives.h"

using namespace crease;
using namespace crease::experiment;

TEST_SUITE("experiments") {
  TEST_CASE("an encoder-decoder with a skip: the masks overlap by more than nine tenths") {
    Document d = document(
        R"({"source": "shapes", "target": "mask", "samples": 300, "test_fraction": 0.2})",
        "[1, 32, 32]",
        R"({"id": "c1", "type": "conv2d", "channels": 8, "padding": "same", "activation": "relu"},
           {"id": "down", "type": "max_pool"},
           {"id": "c2", "type": "conv2d", "channels": 16, "padding": "same", "activation": "relu"},
           {"id": "c3", "type": "conv2d", "channels": 16, "padding": "same", "activation": "relu"},
           {"id": "up", "type": "conv_transpose2d", "channels": 8, "kernel": 2, "stride": 2},
           {"id": "both", "type": "concat", "inputs": ["up", "c1"]},
           {"id": "out", "type": "conv2d", "channels": 1, "kernel": 1})",
        R"("loss": {"type": "bce_logits"}, "batch": 16, "initialiser": {"type": "he_normal"},
           "optimiser": {"type": "adam", "rate": 0.005})");
    const auto data = data_of(d);
    const Spread overlap = five_seeds("intersection over union", [&](std::uint64_t seed) {
      double common = 0, united = 0;
      trained(d, data, 15 * 15, seed, [&](Trainer<float>& t) {
        Tensor inputs{{data->test.size(), 1, 32, 32}, {}};
        for (const std::size_t i : data->test)
          for (const double v : data->values.col(static_cast<Eigen::Index>(i)))
            inputs.data.push_back(v);
        const Tensor z = evaluate(t.document(), inputs);
        for (std::size_t s = 0; s < data->test.size(); ++s)
          for (std::size_t p = 0; p < 1024; ++p) {
            const bool found = z.data[s * 1024 + p] > 0;
            const bool there = data->targets(static_cast<Eigen::Index>(p),
                                             static_cast<Eigen::Index>(data->test[s])) > 0.5;
            common += found && there ? 1 : 0;
            united += found || there ? 1 : 0;
          }
      });
      return common / united;
    });
    CHECK(overlap.median() > 0.9);
  }
}
