/// Nodes whose training differs from their evaluation, several outputs, shared and frozen nodes:
/// what reference cases on single batches cannot show.
#include <doctest/doctest.h>

#include "train/derivatives.h"
#include "train/trainer.h"

using namespace crease;
using doctest::Approx;

namespace {

Document document(const std::string& nodes, const std::string& training,
                  const std::string& data = R"({"source": "circle", "samples": 150})") {
  return document_from_json(parse_json(R"({"crease": 1, "data": )" + data +
                                       R"(, "network": {"input": [2], "nodes": [)" + nodes +
                                       R"(]}, "training": )" + training + "}"));
}

const std::string random_nodes = R"(
  {"id": "d0", "type": "dropout", "rate": 0.1},
  {"id": "h", "type": "dense", "units": 6, "activation": "prelu"},
  {"id": "b", "type": "batch_norm"},
  {"id": "d", "type": "dropout", "rate": 0.4},
  {"id": "k", "type": "dense", "units": 5, "activation": "tanh"},
  {"id": "c", "type": "batch_norm", "momentum": 0.3},
  {"id": "out", "type": "dense", "units": 1})";
const std::string random_training = R"({"loss": {"type": "bce_logits"}, "batch": 50,
  "sampling": "replacement", "balance": "over",
  "optimiser": {"type": "adam", "rate": 0.01, "weight_decay": 0.01, "clip_norm": 1,
                "schedule": {"type": "cosine", "steps": 30}}})";

template <class T>
struct Running {
  explicit Running(const Document& document, int threads = 1)
      : tasks(threads),
        trainer(document,
                std::make_shared<const DataSet>(make_data(*document.data, document.folder)),
                tasks) {}
  Running& steps(int count) {
    for (int i = 0; i < count; ++i) trainer.step();
    return *this;
  }
  Tasks tasks;
  Trainer<T> trainer;
};

Tensor ones(std::size_t samples, std::size_t features) {
  return {{samples, features}, std::vector<double>(samples * features, 1.0)};
}

}  // namespace

TEST_SUITE("layers") {
  TEST_CASE("dropout keeps 1 - rate of the values and their mean; evaluation does nothing") {
    Document d = document(R"({"id": "x", "type": "dropout", "rate": 0.3})", "{}");
    const GivenBatch batch{.input = ones(2000, 2), .target = ones(2000, 2), .labels = {}};
    const Tensor kept = differentiate<double>(d, batch, true).output;
    int zeros = 0;
    double mean = 0;
    for (const double v : kept.data) {
      CHECK((v == 0 || v == Approx(1 / 0.7)));
      zeros += v == 0 ? 1 : 0;
      mean += v / 4000;
    }
    CHECK(zeros > 1200 - 90);  // three standard deviations
    CHECK(zeros < 1200 + 90);
    CHECK(mean == Approx(1).epsilon(0.04));
    CHECK(differentiate<double>(d, batch, false).output == batch.input);
    CHECK(differentiate<double>(d, batch, true).output == kept);
    d.state.step = 1;
    CHECK(differentiate<double>(d, batch, true).output != kept);
  }

  TEST_CASE("dropout and batch statistics: the same bits on any number of threads, and continued") {
    const Document d = document(random_nodes, random_training);
    Running<float> whole(d);
    whole.steps(25);
    CHECK(whole.trainer.divergence().empty());
    for (const int threads : {2, 3})
      CHECK(Running<float>(d, threads).steps(25).trainer.weights_hash() ==
            whole.trainer.weights_hash());
    Running<float> begun(d);
    const Json saved = document_to_json(begun.steps(11).trainer.document());
    Running<float> continued(document_from_json(parse_json(write_json(saved))), 2);
    CHECK(continued.steps(14).trainer.weights_hash() == whole.trainer.weights_hash());
    CHECK(document_to_json(continued.trainer.document()) ==
          document_to_json(whole.trainer.document()));
  }

  TEST_CASE("batch_norm: mean and spread of what it gives are its bias and its weight") {
    Document d = document(R"({"id": "b", "type": "batch_norm", "epsilon": 0})", "{}");
    d.weights["b.weight"] = {{2}, {2, -0.5}};
    d.weights["b.bias"] = {{2}, {0.25, 3}};
    GivenBatch batch{.input = ones(40, 2), .target = ones(40, 2), .labels = {}};
    Random random(1, "batch");
    for (double& v : batch.input.data) v = 1000 + random.normal();
    const Derivatives found = differentiate<double>(d, batch, true);
    for (std::size_t k = 0; k < 2; ++k) {
      double mean = 0, square = 0;
      for (std::size_t i = 0; i < 40; ++i) mean += found.output.data[2 * i + k] / 40;
      for (std::size_t i = 0; i < 40; ++i)
        square += std::pow(found.output.data[2 * i + k] - mean, 2) / 40;
      CHECK(mean == Approx(d.weights["b.bias"].data[k]));
      CHECK(std::sqrt(square) == Approx(std::abs(d.weights["b.weight"].data[k])));
    }
    CHECK(found.statistics.at("b.running_mean").data[0] == Approx(100).epsilon(0.01));
    // Evaluation leaves them alone.
    CHECK(differentiate<double>(d, batch, false).statistics.at("b.running_mean").data[0] == 0);
  }

  TEST_CASE("a batch of one sample is no trouble; a batch that does not fit in memory is said") {
    Document d =
        document(random_nodes, R"({"batch": 1})", R"({"source": "circle", "samples": 4000})");
    CHECK(Running<float>(d).steps(5).trainer.divergence().empty());
    d.training.batch.full = true;
    d.network.nodes.insert(d.network.nodes.begin(),
                           Node{.id = "wide", .layer = Dense{.units = 1 << 20}});
    Tasks tasks(1);
    const auto data = std::make_shared<const DataSet>(make_data(*d.data, ""));
    CHECK_THROWS_WITH_AS(Trainer<float>(d, data, tasks),
                         doctest::Contains("looks at a whole batch"), Problem);
  }

  TEST_CASE("frozen nodes keep every number, shared ones move together") {
    Document d = document(random_nodes, random_training);
    for (Node& node : d.network.nodes)
      if (node.id == "h" || node.id == "b") node.frozen = true;
    Running<float> run(d);
    const Tensors before = run.trainer.document().weights;
    const Tensors after = run.steps(5).trainer.document().weights;
    for (const auto& [key, tensor] : after) {
      const std::string& name = key;
      CAPTURE(name);
      const bool frozen = name.starts_with("h.") || name.starts_with("b.");
      CHECK((tensor == before.at(name)) == frozen);
    }
    const Document shared = document(
        R"({"id": "h", "type": "dense", "units": 2, "activation": "tanh"},
           {"id": "k", "type": "dense", "units": 2, "weights_of": "h"},
           {"id": "out", "type": "dense", "units": 1})",
        "{}");
    CHECK(Running<float>(shared).steps(3).trainer.document().weights.size() == 4);
  }

  TEST_CASE("several outputs: the gradient is the weighted sum of the losses' own") {
    const std::string nodes = R"({"id": "h", "type": "dense", "units": 4, "activation": "tanh"},
      {"id": "a", "type": "dense", "units": 1}, {"id": "b", "type": "dense", "units": 1, "inputs": ["h"]})";
    const auto with = [&](double one, double two) {
      Document d = document(nodes, R"({"seed": 3})");
      d.network.outputs = {"a", "b"};
      d.training.losses = {{"a", {.loss = Mse{}, .weight = one}},
                           {"b", {.loss = BceLogits{}, .weight = two}}};
      return d;
    };
    GivenBatch batch{.input = ones(20, 2), .target = ones(20, 1), .labels = {}};
    Random random(1, "batch");
    for (double& v : batch.input.data) v = random.normal();
    const auto both = differentiate<double>(with(0.3, 2), batch, true);
    const auto first = differentiate<double>(with(1, 0), batch, true);
    const auto second = differentiate<double>(with(0, 1), batch, true);
    CHECK(both.loss == Approx(0.3 * first.loss + 2 * second.loss));
    CHECK(both.output.shape == std::vector<std::size_t>{20, 2});
    for (std::size_t i = 0; i < 8; ++i)
      CHECK(both.gradients.at("h.weight").data[i] ==
            Approx(0.3 * first.gradients.at("h.weight").data[i] +
                   2 * second.gradients.at("h.weight").data[i]));
    CHECK(both.trace.size() == 3);
    Running<float> run(with(0.3, 2));
    CHECK(run.steps(200).trainer.score_test().accuracy > 0.5);
    const Json saved = document_to_json(run.trainer.document());
    CHECK(document_to_json(document_from_json(saved)) == saved);
    // One output that is not the last node.
    Document inner = document(nodes, R"({"loss": {"type": "mse"}})");
    inner.network.outputs = {"a"};
    const auto found = differentiate<double>(inner, batch, true);
    CHECK(found.gradients.at("b.weight").data[0] == 0);
    CHECK(found.gradients.at("a.weight").data[0] != 0);
  }

  TEST_CASE("the perceptron rule comes to rest on what a line separates, and not on XOR") {
    const auto run_on = [](const std::string& source) {
      Running<double> run(document(R"({"id": "y", "type": "dense", "units": 1})",
                                   R"({"optimiser": {"type": "perceptron"}, "batch": 1})",
                                   R"({"source": ")" + source + R"("})"));
      run.steps(400);
      const std::string rested = run.trainer.weights_hash();
      return std::pair(run.trainer.score_training().accuracy,
                       rested == run.steps(8).trainer.weights_hash());
    };
    for (const char* source : {"and", "or"}) CHECK(run_on(source) == std::pair(1.0, true));
    for (const char* source : {"xor4", "xor4_signed"}) {
      CHECK(run_on(source).first < 1);
      CHECK_FALSE(run_on(source).second);
    }
    CHECK_THROWS_WITH_AS(
        Running<float>(document(random_nodes, R"({"optimiser": {"type": "perceptron"}})")),
        doctest::Contains("a single unit"), Problem);
  }

  TEST_CASE("what is not finite is found within the step, with the node and the likely cause") {
    const std::string nodes = R"({"id": "h", "type": "dense", "units": 4, "activation": "abs"},
      {"id": "k", "type": "dense", "units": 4, "activation": "relu"}, {"id": "out", "type": "dense", "units": 1})";
    Document wild = document(nodes, R"({"initialiser": {"type": "constant", "value": 1e25}})");
    Running<float> start(wild);
    start.steps(1);
    CHECK(start.trainer.divergence().find("node \"k\"") != std::string::npos);
    CHECK(start.trainer.divergence().find("initialiser constant") != std::string::npos);
    Running<float> fast(document(nodes, R"({"optimiser": {"type": "sgd", "rate": 500}})"));
    fast.steps(100);
    CHECK(fast.trainer.divergence().find("the rate 500") != std::string::npos);
    for (const auto& entry : fast.trainer.document().weights)
      for (const double v : entry.second.data) CHECK(std::isfinite(v));
  }
}
