/// Bits: the same document gives the same numbers, on any number of threads, saved or not, edited
/// or not.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "train/derivatives.h"
#include "train/trainer.h"

using namespace crease;

namespace {

Document document(const char* text) { return document_from_json(parse_json(text)); }

const char* const spiral = R"({"crease": 1,
  "data": {"source": "spiral", "samples": 300, "noise": 0.1},
  "network": {"input": [2], "nodes": [
    {"id": "h1", "type": "dense", "units": 9, "activation": "tanh"},
    {"id": "h2", "type": "dense", "units": 7, "activation": "leaky_relu"},
    {"id": "sum", "type": "concat", "inputs": ["h2", "h1"]},
    {"id": "out", "type": "dense", "units": 1}]},
  "training": {"loss": {"type": "bce_logits"}, "optimiser": {"type": "adam", "rate": 0.01},
               "batch": 70, "seed": 4}})";

/// 8 x 8 images whose class is whether the left or the right half is brighter.
Document images() {
  Random random(5, "images");
  Json inputs = Json::array(), targets = Json::array();
  constexpr int count = 100;
  for (int i = 0; i < count; ++i) {
    const bool left = random.below(2) == 1;
    for (int p = 0; p < 64; ++p)
      inputs.push_back(random.uniform() + ((p % 8 < 4) == left ? 0.4 : 0.0));
    targets.push_back(left ? 1 : 0);
  }
  Document made = document(R"({"crease": 1,
    "data": {"source": "points", "inputs": {"shape": [1, 1, 1, 1], "data": [0]},
             "targets": {"shape": [1], "data": [0]}, "test_fraction": 0.2},
    "network": {"input": [1, 8, 8], "nodes": [
      {"id": "c1", "type": "conv2d", "channels": 5, "padding": "same", "activation": "relu"},
      {"id": "p1", "type": "max_pool"},
      {"id": "c2", "type": "conv2d", "channels": 6, "kernel": [2, 3], "stride": 2},
      {"id": "flat", "type": "flatten"},
      {"id": "out", "type": "dense", "units": 2}]},
    "training": {"loss": {"type": "cross_entropy_logits"}, "optimiser": {"type": "sgd", "rate": 0.1,
                 "momentum": 0.9}, "batch": 37, "seed": 4}})");
  auto& points = std::get<Points>(made.data->source);
  points.inputs = {{count, 1, 8, 8}, inputs.get<std::vector<double>>()};
  points.targets = {{count}, targets.get<std::vector<double>>()};
  return made;
}

template <class T = float>
struct Running {
  explicit Running(const Document& d, int threads = 1)
      : tasks(threads),
        data(std::make_shared<const DataSet>(make_data(*d.data, d.folder))),
        trainer(d, data, tasks) {}
  Running& steps(int n) {
    for (int i = 0; i < n; ++i) trainer.step();
    return *this;
  }
  Tasks tasks;
  std::shared_ptr<const DataSet> data;
  Trainer<T> trainer;
};

/// Outputs of a trained document on a fixed grid, in float, to the bit.
std::vector<double> outputs(const Document& d, const Plan& plan) {
  GivenBatch batch{.input = {plan.input.dimensions(), {}}, .target = Tensor{}, .labels = {}};
  batch.input.shape.insert(batch.input.shape.begin(), 40);
  Random random(1, "grid");
  for (std::size_t i = 0; i < element_count(batch.input.shape); ++i)
    batch.input.data.push_back(random.uniform(-4, 4));
  batch.target->shape = plan.output_shape().dimensions();
  batch.target->shape.insert(batch.target->shape.begin(), 40);
  batch.target->data.assign(element_count(batch.target->shape), 0.0);
  Document probe = d;
  probe.training.loss = Linear{};
  return differentiate<float>(probe, batch, false).output.data;
}

Node& node(Document& d, const std::string& id) {
  for (Node& n : d.network.nodes)
    if (n.id == id) return n;
  throw std::runtime_error("no node " + id);
}

}  // namespace

TEST_SUITE("training") {
  TEST_CASE("twice the same bits") {
    for (const Document& d : {document(spiral), images()})
      CHECK(Running(d).steps(30).trainer.weights_hash() ==
            Running(d).steps(30).trainer.weights_hash());
  }

  TEST_CASE("training moves the weights, and another seed moves them elsewhere") {
    Document d = document(spiral);
    Running one(d);
    const std::string start = one.trainer.weights_hash();
    CHECK(one.steps(5).trainer.weights_hash() != start);
    d.training.seed = 5;
    CHECK(Running(d).steps(5).trainer.weights_hash() != one.trainer.weights_hash());
  }

  TEST_CASE("learning: the loss falls and the accuracy rises") {
    Running images_run(images());
    const Score before = images_run.trainer.score_training();
    const Score after = images_run.steps(150).trainer.score_training();
    CHECK(after.loss < before.loss / 3);
    CHECK(after.accuracy > 0.95);
    CHECK(images_run.trainer.score_test().accuracy > 0.75);
  }

  TEST_CASE("saved and continued: the same bits as never stopped") {
    for (const Document& d : {document(spiral), images()}) {
      for (const int first : {1, 3, 7, 11}) {
        CAPTURE(first);
        Running whole(d), begun(d);
        whole.steps(20);
        const Json saved = document_to_json(begun.steps(first).trainer.document());
        const Document loaded = document_from_json(parse_json(write_json(saved)));
        CHECK(loaded.warnings.empty());
        Running continued(loaded);
        CHECK(continued.trainer.weights_hash() == begun.trainer.weights_hash());
        continued.steps(20 - first);
        CHECK(continued.trainer.steps() == 20);
        CHECK(continued.trainer.weights_hash() == whole.trainer.weights_hash());
        CHECK(document_to_json(continued.trainer.document()) ==
              document_to_json(whole.trainer.document()));
      }
    }
  }

  TEST_CASE("in double, too") {
    Running<double> whole(document(spiral)), begun(document(spiral));
    whole.steps(12);
    const Json saved = document_to_json(begun.steps(5).trainer.document());
    Running<double> continued(document_from_json(parse_json(write_json(saved))));
    CHECK(continued.steps(7).trainer.weights_hash() == whole.trainer.weights_hash());
  }

  TEST_CASE("every sample is used once an epoch; sequential keeps the order") {
    Training training;
    training.batch.size = 7;
    std::vector<std::size_t> samples(33);
    std::iota(samples.begin(), samples.end(), std::size_t{100});
    for (const Sampling sampling : {Sampling::shuffle, Sampling::sequential}) {
      training.sampling = sampling;
      Sampler sampler(samples, training, DataSet{});
      std::vector<std::size_t> first, second;
      for (int i = 0; i < 5; ++i) {
        const auto batch = sampler.next();
        first.insert(first.end(), batch.begin(), batch.end());
      }
      CHECK(first.size() == 33);
      for (int i = 0; i < 5; ++i) {
        const auto batch = sampler.next();
        second.insert(second.end(), batch.begin(), batch.end());
      }
      CHECK((first == samples) == (sampling == Sampling::sequential));
      CHECK((first == second) == (sampling == Sampling::sequential));
      std::sort(first.begin(), first.end());
      std::sort(second.begin(), second.end());
      CHECK(first == samples);
      CHECK(second == samples);
    }
  }

  TEST_CASE("a rate that is too high is said, and the last finite weights are kept") {
    Document d = document(spiral);
    d.training.optimiser = Sgd{.rate = 1e30};
    d.training.loss = Mse{};
    Running run(d);
    run.steps(50);
    CHECK(run.trainer.divergence().find("rate") != std::string::npos);
    CHECK(run.trainer.steps() < 50);
    const std::string before = run.trainer.weights_hash();
    CHECK(run.steps(3).trainer.weights_hash() == before);
    for (const auto& entry : run.trainer.document().weights)
      for (const double value : entry.second.data) CHECK(std::isfinite(value));

    // Weights that an ordinary gradient and a huge rate would carry away: that step is taken back.
    Document wild = document(spiral);
    wild.training.optimiser = Sgd{.rate = 1e38, .momentum = 0.9};
    Running taken_back(wild);
    taken_back.steps(4);
    CHECK(taken_back.trainer.divergence().find("rate") != std::string::npos);
    const Document saved = taken_back.trainer.document();
    CHECK(document_from_json(document_to_json(saved)).weights == saved.weights);
    Running until_then(wild);
    until_then.steps(static_cast<int>(saved.state.step));
    CHECK(taken_back.trainer.weights_hash() == until_then.trainer.weights_hash());
  }

  TEST_CASE("a dead end changes nothing, wherever it reads") {
    const char* const with = R"({"crease": 1, "network": {"input": [2], "nodes": [
      {"id": "x", "type": "dense", "units": 2},
      {"id": "end", "type": "dense", "units": 3, "inputs": ["x"]},
      {"id": "y", "type": "flatten", "inputs": ["x"]}]}})";
    const GivenBatch batch{
        .input = {{2, 2}, {1, 2, -3, 4}}, .target = Tensor{{2, 2}, {0, 1, 1, 0}}, .labels = {}};
    Document dead = document(with);
    Document plain = dead;
    plain.network.nodes.erase(plain.network.nodes.begin() + 1);
    const Derivatives one = differentiate<double>(dead, batch, false);
    const Derivatives two = differentiate<double>(plain, batch, false);
    CHECK(one.gradients.at("x.weight") == two.gradients.at("x.weight"));
    CHECK(one.gradients.at("x.weight").data[0] != 0);
    CHECK(one.input_gradient == two.input_gradient);
  }

  TEST_CASE("frozen nodes keep their bits, shared weights have one gradient") {
    Document d = document(spiral);
    node(d, "h1").frozen = true;
    Running run(d);
    const Tensors before = run.trainer.document().weights;
    const Tensors after = run.steps(10).trainer.document().weights;
    CHECK(before.at("h1.weight") == after.at("h1.weight"));
    CHECK(before.at("h1.bias") == after.at("h1.bias"));
    CHECK_FALSE(before.at("h2.weight") == after.at("h2.weight"));

    const Document tied = document(R"({"crease": 1, "network": {"input": [3], "nodes": [
      {"id": "a", "type": "dense", "units": 3},
      {"id": "b", "type": "dense", "units": 3, "weights_of": "a"}]}})");
    Document untied = tied;
    untied.network.nodes[1].weights_of.clear();
    const auto start =
        initialise<double>(compile_or_throw(tied.network), tied.training.initialiser, 1);
    untied.weights = write_tensors(compile_or_throw(tied.network), start);
    untied.weights["b.weight"] = untied.weights.at("a.weight");
    untied.weights["b.bias"] = untied.weights.at("a.bias");
    const GivenBatch batch{.input = {{2, 3}, {.3, -.2, .9, -1, .4, .1}},
                           .target = Tensor{{2, 3}, {0, 1, 0, 1, 0, 1}},
                           .labels = {}};
    const Derivatives one = differentiate<double>(tied, batch, false);
    const Derivatives two = differentiate<double>(untied, batch, false);
    CHECK(one.gradients.size() == 2);
    CHECK(one.loss == doctest::Approx(two.loss));
    for (std::size_t i = 0; i < 9; ++i)
      CHECK(one.gradients.at("a.weight").data[i] ==
            doctest::Approx(two.gradients.at("a.weight").data[i] +
                            two.gradients.at("b.weight").data[i]));
  }

  TEST_CASE("wider: the function stays as it was, to the bit, and moments come along") {
    for (const int more : {1, 2, 7, 24}) {
      CAPTURE(more);
      Running run(document(spiral));
      run.steps(15);
      Document wide = document(spiral);
      std::get<Dense>(node(wide, "h1").layer).units += more;
      std::get<Dense>(node(wide, "h2").layer).units += more / 2;
      Running wider(wide);
      wider.trainer.continue_from(run.trainer);
      CHECK(outputs(wider.trainer.document(), wider.trainer.plan()) ==
            outputs(run.trainer.document(), run.trainer.plan()));
      CHECK(wider.trainer.steps() == 15);
      const Tensors moment = wider.trainer.document().state.moments.at("first_moment");
      CHECK(moment.at("out.bias") ==
            run.trainer.document().state.moments.at("first_moment").at("out.bias"));
      // And the new units learn.
      wider.steps(15);
      const Tensor after = wider.trainer.document().weights.at("out.weight");
      CHECK(after.data.back() != 0);
    }
  }

  TEST_CASE("wider convolution: the function stays as it was, to the bit") {
    Running run(images());
    run.steps(10);
    Document wide = images();
    std::get<Conv2d>(node(wide, "c1").layer).channels += 3;
    std::get<Conv2d>(node(wide, "c2").layer).channels += 2;
    Running wider(wide);
    wider.trainer.continue_from(run.trainer);
    CHECK(outputs(wider.trainer.document(), wider.trainer.plan()) ==
          outputs(run.trainer.document(), run.trainer.plan()));
  }

  TEST_CASE("removing and adding nodes keeps the others' weights") {
    Running run(document(spiral));
    run.steps(15);
    Document d = document(spiral);
    d.network.nodes.erase(d.network.nodes.begin() + 1);  // h2
    d.network.nodes[1].inputs = {"h1", "input"};
    Running edited(d);
    const Transplant transplant = edited.trainer.continue_from(run.trainer);
    const Tensors before = run.trainer.document().weights,
                  after = edited.trainer.document().weights;
    CHECK(before.at("h1.weight") == after.at("h1.weight"));
    CHECK(before.at("out.bias") == after.at("out.bias"));
    // out read (h2: 7, h1: 9); now (h1: 9, input: 2): h1's columns move, the input's are new.
    for (std::size_t c = 0; c < 9; ++c)
      CHECK(after.at("out.weight").data[c] == before.at("out.weight").data[7 + c]);
    CHECK(after.at("out.weight").data[9] == 0);
    CHECK(describe(transplant, edited.trainer.plan()) == "kept 37 of 39 parameters");
  }

  TEST_CASE("a document's own weights and start values") {
    Document d = document(spiral);
    d.weights["h2.bias"] = {{7}, {1, 2, 3, 4, 5, 6, 7}};
    const Tensors weights = Running(d).trainer.document().weights;
    CHECK(weights.at("h2.bias").data[6] == 7);
    Document more = document(spiral);
    more.network.nodes.insert(more.network.nodes.begin(),
                              Node{.id = "h0", .layer = Dense{.units = 2}});
    // A new node in front leaves the start values of the others alone.
    CHECK(Running(more).trainer.document().weights.at("h2.weight") == weights.at("h2.weight"));
  }
}

TEST_SUITE("threads: training") {
  TEST_CASE("1, 2, 3 threads: the same bits") {
    for (const Document& d : {document(spiral), images()}) {
      const std::string one = Running(d, 1).steps(20).trainer.weights_hash();
      for (const int threads : {2, 3}) {
        CAPTURE(threads);
        Running run(d, threads);
        CHECK(run.steps(20).trainer.weights_hash() == one);
        CHECK(run.trainer.score_training().loss ==
              Running(d, 1).steps(20).trainer.score_training().loss);
      }
    }
    Document full = document(spiral);
    full.training.batch.full = true;
    CHECK(Running(full, 3).steps(5).trainer.weights_hash() ==
          Running(full, 1).steps(5).trainer.weights_hash());
  }
}
