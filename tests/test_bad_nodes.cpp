/// Wrong settings of nodes, losses, optimisers and sampling: each answered by one sentence.
#include <doctest/doctest.h>

#include "refusal.h"

namespace {

struct Bad {
  std::string name, input, nodes, training;
  Words words;  ///< what the sentence must hold
  std::string more = {};
};

const std::string unit = R"({"id": "out", "type": "dense", "units": 1})";

void check(const std::vector<Bad>& table) {
  const TemporaryFolder folder;
  for (const Bad& bad : table) {
    const std::string text = R"({"crease": 1, "data": {"source": "xor"}, "network": {"input": )" +
                             bad.input + R"(, "nodes": [)" + bad.nodes + "]" + bad.more +
                             R"(}, "training": )" + bad.training + "}";
    const std::string file = folder.write("bad.crease.json", text);
    Words words = bad.words;
    words.push_back(file + ": ");
    check_refused(bad.name, {"train", file, "--json"}, words);
  }
}

}  // namespace

TEST_SUITE("bad input") {
  TEST_CASE("nodes") {
    const std::string image = "[4, 8, 8]", pair = "[2]";
    const auto one = [](const std::string& rest) {
      return R"({"id": "a", "type": ")" + rest + "}";
    };
    check({
        {"pieces", pair, one(R"(maxout", "units": 2, "pieces": 0)"), "{}", {"\"a\".pieces: ", "1"}},
        {"maxout units", pair, one(R"(maxout")"), "{}", {"units is missing"}},
        {"transposed on features",
         pair,
         one(R"(conv_transpose2d", "channels": 1)"),
         "{}",
         {"\"a\": ", "[channels, height, width]"}},
        {"output padding",
         image,
         one(R"(conv_transpose2d", "channels": 1, "stride": 2, "output_padding": 2)"),
         "{}",
         {"output_padding must be less than the stride 2"}},
        {"transposed to nothing",
         image,
         one(R"(conv_transpose2d", "channels": 1, "padding": 20)"),
         "{}",
         {"output", "from 1"}},
        {"large transposed",
         image,
         one(R"(conv_transpose2d", "channels": 4, "stride": 4096)"),
         "{}",
         {"2^25"}},
        {"pool on features", pair, one("avg_pool\""), "{}", {"[channels, height, width]"}},
        {"pool padding", image, one(R"(avg_pool", "padding": 2)"), "{}", {"smaller"}},
        {"global pool on features", pair, one("global_max_pool\""), "{}", {"an image"}},
        {"factor", image, one(R"(upsample", "factor": 0)"), "{}", {"\"a\".factor: ", "1"}},
        {"large factor", image, one(R"(upsample", "factor": 1024)"), "{}", {"2^25"}},
        {"mode", image, one(R"(upsample", "mode": "cubic")"), "{}", {"nearest, bilinear"}},
        {"rate 1", pair, one(R"(dropout", "rate": 1)"), "{}", {"from 0 to below 1", "not 1"}},
        {"momentum", pair, one(R"(batch_norm", "momentum": 2)"), "{}", {"from 0 to 1"}},
        {"epsilon", pair, one(R"(layer_norm", "epsilon": -1)"), "{}", {"\"a\".epsilon: "}},
        {"dot of one", pair, one("dot\""), "{}", {"two or more nodes"}},
        {"product of shapes",
         pair,
         one(R"(dense", "units": 3)") +
             R"(, {"id": "b", "type": "multiply", "inputs": ["a", "input"]})",
         "{}",
         {"multiply needs inputs of one shape"}},
        {"alpha",
         pair,
         one(R"(activation", "function": "elu", "alpha": -1)"),
         "{}",
         {"\"a\".alpha: ", "at least 0"}},
    });
  }

  TEST_CASE("outputs and their losses") {
    const std::string two = R"({"id": "a", "type": "dense", "units": 1}, )" + unit;
    const std::string both = R"(, "outputs": ["a", "out"])";
    check({
        {"no such output",
         "[2]",
         unit,
         "{}",
         {"network.outputs: ", "\"z\""},
         R"(, "outputs": ["z"])"},
        {"twice", "[2]", unit, "{}", {"named twice"}, R"(, "outputs": ["out", "out"])"},
        {"no list", "[2]", unit, "{}", {"network.outputs: ", "a list"}, R"(, "outputs": "out")"},
        {"a loss of no output",
         "[2]",
         unit,
         R"({"losses": {"z": {"type": "mse"}}})",
         {"training.losses.z: ", "no output"}},
        {"an output without a loss",
         "[2]",
         two,
         R"({"losses": {"a": {"type": "mse"}}})",
         {"no loss for the output \"out\""},
         both},
        {"weight",
         "[2]",
         two,
         R"({"losses": {"a": {"type": "mse", "weight": -1}, "out": {"type": "mse"}}})",
         {"training.losses.a.weight: "},
         both},
    });
  }

  TEST_CASE("losses, optimisers and sampling") {
    const auto trained = [](const std::string& name, const std::string& training,
                            const Words& words) {
      return Bad{name, "[2]", unit, training, words};
    };
    check({
        trained("delta", R"({"loss": {"type": "huber", "delta": -1}})", {"training.loss.delta: "}),
        trained("gamma", R"({"loss": {"type": "focal_logits", "gamma": -1}})", {"gamma: "}),
        trained("sigma", R"({"loss": {"type": "gaussian_nll", "sigma": 0}})", {"sigma: "}),
        trained("variances", R"({"loss": {"type": "gaussian_nll"}})",
                {"an even number of outputs"}),
        trained("classes", R"({"loss": {"type": "multiclass_hinge"}})", {"at least 2 outputs"}),
        trained("decay", R"({"optimiser": {"type": "rmsprop", "decay": 1}})",
                {"training.optimiser.decay: ", "below 1"}),
        trained("weight decay", R"({"optimiser": {"type": "adamw", "weight_decay": -1}})",
                {"training.optimiser.weight_decay: "}),
        trained("clip", R"({"optimiser": {"type": "sgd", "clip_norm": -1}})", {"clip_norm: "}),
        trained("schedule", R"({"optimiser": {"type": "sgd", "schedule": {"type": "linear"}}})",
                {"training.optimiser.schedule.type", "inverse_time"}),
        trained("every",
                R"({"optimiser": {"type": "sgd", "schedule": {"type": "step", "every": 0}}})",
                {"schedule.every: "}),
        trained("balance", R"({"balance": "both"})", {"training.balance", "none, over, under"}),
    });
  }
}
