/// Documents as values: what is read is what is saved, and whatever stands in one, the answer is a
/// Problem or a document that can be trained, saved and read again.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <bit>
#include <cmath>
#include <random>
#include <set>
#include <thread>

#include "run_program.h"
#include "train/trainer.h"

using namespace crease;

namespace {

/// An image network with most kinds of settings; targets are classes.
const char* const images = R"({
  "crease": 1, "title": "images",
  "data": {"source": "points", "test_fraction": 0.25, "validation_fraction": 0.25, "seed": 3,
    "samples": 4, "standardise": true, "shuffle_features": true,
    "inputs": {"shape": [4, 1, 2, 2], "data": [1, 2, 0.5, -1, 0, 0, 3, 1, 1, 1, 1, 1, 0.1, 4, 5, 6]},
    "targets": {"shape": [4], "data": [0, 1, 2, 1]}},
  "network": {"input": [1, 2, 2], "nodes": [
    {"id": "c1", "type": "conv2d", "channels": 2, "kernel": [3, 2], "stride": [1, 1],
     "padding": [1, 1], "dilation": 1, "groups": 1, "bias": true,
     "activation": {"function": "leaky_relu", "slope": 0.2}},
    {"id": "p1", "type": "max_pool", "kernel": 2, "stride": 1, "padding": 0},
    {"id": "f", "type": "flatten"},
    {"id": "h1", "type": "dense", "inputs": ["f"], "units": 3, "activation": "tanh",
     "initialiser": {"type": "normal", "std": 0.1, "bias": 0.5}},
    {"id": "h2", "type": "dense", "units": 3, "weights_of": "", "frozen": true},
    {"id": "s", "type": "activation", "function": "leaky_relu", "slope": 0.5},
    {"id": "j", "type": "add", "inputs": ["h1", "s"]},
    {"id": "k", "type": "concat", "inputs": ["j", "f"]},
    {"id": "out", "type": "dense", "units": 3}]},
  "training": {
    "loss": {"type": "cross_entropy_logits", "reduction": "mean", "class_weights": [1, 2, 0.5],
             "normalise_weights": false, "label_smoothing": 0.1},
    "optimiser": {"type": "adam", "rate": 0.01, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-7,
                  "epsilon_inside_root": true},
    "initialiser": {"type": "constant", "value": 0.1, "bias": 0.2},
    "batch": 2, "sampling": "sequential", "seed": 7, "device": "cpu"},
  "weights": {"h1.bias": {"shape": [3], "data": [0.1, -0.2, 1e-30]}},
  "state": {"step": 5, "epoch": 1, "position": 2, "updates": 5, "moments": {
    "first_moment": {"h1.bias": {"shape": [3], "data": [0.1, 0.2, 0.3]}}}},
  "view": {"camera": [1, 2], "open": {"loss": true}}})";

/// A network on the plane, with the settings that the other has not.
const char* const plane = R"({
  "crease": 1,
  "data": {"source": "spiral", "arms": 2, "samples": 12, "noise": 0.1, "seed": 18446744073709551615},
  "network": {"input": [2], "nodes": [
    {"id": "a", "type": "dense", "units": 2, "bias": false, "activation": "sigmoid"},
    {"id": "b", "type": "dense", "units": 2, "bias": false, "weights_of": "a"},
    {"id": "out", "type": "dense", "units": 1}]},
  "training": {
    "loss": {"type": "bce_logits", "positive_weight": 2, "alpha": 0.3, "label_smoothing": 0.1},
    "optimiser": {"type": "sgd", "rate": 0.1, "momentum": 0.9, "nesterov": true, "velocity": "scaled"},
    "initialiser": {"type": "uniform", "range": 0.2}, "batch": "full", "sampling": "full"}})";

std::string text_of(const Document& document) { return write_json(document_to_json(document)); }
Document document_of(const std::string& text) { return document_from_json(parse_json(text)); }

/// One step on a document's own data.
void train(const Document& document) {
  Tasks tasks(1);
  const auto data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  Trainer<float> trainer(document, data, tasks);
  trainer.step();
  trainer.score_training();
}

/// The places of all values below `json`, itself excluded.
void find_places(const Json& json, const Json::json_pointer& here,
                 std::vector<Json::json_pointer>& places) {
  for (const auto& item : json.items()) {
    const auto place = json.is_array() ? here / std::stoul(item.key()) : here / item.key();
    places.push_back(place);
    if (item.value().is_structured()) find_places(item.value(), place, places);
  }
}

struct Tally {
  int refused = 0, loaded = 0, trained = 0;
};

/// Loads, saves and trains; anything but a Problem leaves this function as it came.
void try_document(const Json& json, Tally& tally) {
  Document document;
  try {
    document = document_from_json(json);
  } catch (const Problem& problem) {
    CHECK_FALSE(problem.sentence().empty());
    ++tally.refused;
    return;
  }
  ++tally.loaded;
  const std::string text = text_of(document);
  const Document again = document_of(text);
  CHECK(text_of(again) == text);
  CHECK(again.warnings.size() == document.warnings.size());
  CHECK(again.network == document.network);
  CHECK(again.training == document.training);
  CHECK(again.data == document.data);
  if (!document.data) return;
  try {
    train(document);
    ++tally.trained;
  } catch (const Problem& problem) {
    CHECK_FALSE(problem.sentence().empty());
  }
}

/// The objects of a document that may hold unknown fields: not the maps of names, nor the window's.
std::vector<Json::json_pointer> objects(const Json& json) {
  std::vector<Json::json_pointer> all, places{Json::json_pointer()};
  find_places(json, Json::json_pointer(), all);
  const std::set<std::string> maps{"/weights", "/state/moments", "/state/moments/first_moment"};
  for (const auto& place : all) {
    const std::string name = place.to_string();
    if (json.at(place).is_object() && !maps.contains(name) && name.rfind("/view", 0) != 0)
      places.push_back(place);
  }
  return places;
}

}  // namespace

TEST_SUITE("documents") {
  TEST_CASE("a document cut short anywhere is a problem") {
    for (const char* source : {images, plane}) {
      const std::string text = text_of(document_of(source));
      train(document_of(text));
      for (std::size_t length = 0; length < text.size() - 1; length += length < 100 ? 1 : 10) {
        CAPTURE(length);
        CHECK_THROWS_AS(document_of(text.substr(0, length)), Problem);
      }
    }
  }

  TEST_CASE("any value in any place is a problem or a document that holds") {
    Json deep = 1;
    for (int i = 0; i < 40; ++i) deep = Json::array({deep});
    const std::vector<Json> values{nullptr,
                                   true,
                                   -1,
                                   0,
                                   1,
                                   1.5,
                                   1e300,
                                   -1e300,
                                   18446744073709551615ULL,
                                   "",
                                   "x",
                                   "input",
                                   "a\n\x1b",
                                   Json::array(),
                                   Json::object(),
                                   Json::array({1, 2, 3}),
                                   Json::array({"x", "x"}),
                                   {{"shape", {1}}, {"data", {1e300}}},
                                   deep};
    Tally tally;
    for (const char* source : {images, plane}) {
      const Json whole = Json::parse(source);
      std::vector<Json::json_pointer> places;
      find_places(whole, Json::json_pointer(), places);
      for (const auto& place : places) {
        const std::string name = place.to_string();
        CAPTURE(name);
        for (const Json& value : values) {
          const std::string given = value.dump();
          CAPTURE(given);
          Json changed = whole;
          changed[place] = value;
          try_document(changed, tally);
        }
        Json shorter = whole;
        Json& parent = shorter[place.parent_pointer()];
        if (parent.is_object())
          parent.erase(place.back());
        else
          parent.erase(std::stoul(place.back()));
        try_document(shorter, tally);
      }
    }
    CHECK(tally.refused > 1500);
    CHECK(tally.loaded > 500);
    CHECK(tally.trained > 200);
  }

  TEST_CASE("unknown fields anywhere are warned of and kept") {
    const Json unknown{{"note", "x"}, {"list", {1, {{"y", nullptr}}}}};
    for (const char* source : {images, plane}) {
      const Json whole = Json::parse(source);
      Json all = whole;
      const auto places = objects(whole);
      for (const auto& place : places) {
        const std::string name = place.to_string();
        CAPTURE(name);
        Json changed = whole;
        changed[place]["later"] = unknown;
        all[place]["later"] = unknown;
        const Document document = document_from_json(changed);
        REQUIRE(document.warnings.size() == 1);
        CHECK(document.warnings[0].find("later: unknown field") != std::string::npos);
        CHECK(document_to_json(document)[place]["later"] == unknown);
      }
      const Document document = document_from_json(all);
      CHECK(document.warnings.size() == places.size());
      const std::string text = text_of(document);
      const Document again = document_of(text);
      CHECK(again.warnings == document.warnings);
      CHECK(text_of(again) == text);
    }
  }

  TEST_CASE("unknown fields stay with their node") {
    Json json = Json::parse(images);
    json["network"]["nodes"][8]["colour"] = "red";
    json["network"]["nodes"][3]["activation"] = {{"function", "identity"}, {"why", 1}};
    json["network"]["nodes"][8]["activation"] = {{"function", "tanh"}, {"why", 2}};
    Document document = document_from_json(json);
    CHECK(document.warnings.size() == 3);
    auto& nodes = document.network.nodes;
    nodes.erase(nodes.begin() + 1);
    std::swap(nodes[0], nodes[7]);
    const Json saved = document_to_json(document)["network"]["nodes"];
    CHECK(saved[0]["id"] == "out");
    CHECK(saved[0]["colour"] == "red");
    CHECK(saved[0]["activation"] == Json{{"function", "tanh"}, {"why", 2}});
    CHECK(saved[2]["id"] == "h1");
    CHECK(saved[2]["activation"] == Json{{"function", "identity"}, {"why", 1}});
    for (const std::size_t i : {1U, 3U, 4U, 5U, 6U, 7U}) CHECK_FALSE(saved[i].contains("colour"));

    nodes.erase(nodes.begin());
    const Json without = document_to_json(document)["network"]["nodes"];
    for (const Json& node : without) CHECK_FALSE(node.contains("colour"));
  }

  TEST_CASE("saved and read again, a document is the same text") {
    const TemporaryFolder folder;
    const std::string file = folder.path("a.crease.json");
    for (const char* source : {images, plane}) {
      Document document = document_of(source);
      CHECK(document.warnings.empty());
      save_document(document, file);
      const std::string text = read_all(file);
      const Document again = load_document(file);
      CHECK(again.folder == std::filesystem::path(file).parent_path());
      save_document(again, file);
      CHECK(read_all(file) == text);
      const auto beside =
          std::filesystem::directory_iterator(std::filesystem::path(file).parent_path());
      CHECK(std::distance(begin(beside), end(beside)) == 1);  // nothing is left behind

      document.weights["out.bias"] = {{1}, {std::nan("")}};
      CHECK_THROWS_AS(save_document(document, file), Problem);
      CHECK(read_all(file) == text);
    }
  }

  TEST_CASE("saves of one file at the same time leave one of them whole") {
    const TemporaryFolder folder;
    const std::string file = folder.path("a.crease.json");
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        Document document = document_of(plane);
        document.title = std::string(static_cast<std::size_t>(1000 * (t + 1)), 'x');
        for (int i = 0; i < 30; ++i) try {
            save_document(document, file);
          } catch (const Problem&) {
            ++failures;
          }
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(failures == 0);
    CHECK(load_document(file).title.size() % 1000 == 0);
    const auto beside =
        std::filesystem::directory_iterator(std::filesystem::path(file).parent_path());
    CHECK(std::distance(begin(beside), end(beside)) == 1);
  }

  TEST_CASE("sizes that have no default are always written") {
    const Document one = document_of(R"({"crease": 1, "network": {"input": [1, 4, 4], "nodes": [
        {"id": "c", "type": "conv2d", "channels": 1}, {"id": "out", "type": "dense", "units": 1}]}})");
    const Json nodes = document_to_json(one)["network"]["nodes"];
    CHECK(nodes[0] == Json{{"id", "c"}, {"type", "conv2d"}, {"channels", 1}});
    CHECK(nodes[1] == Json{{"id", "out"}, {"type", "dense"}, {"units", 1}});
  }

  TEST_CASE("numbers come back to the bit") {
    std::mt19937_64 random(1);
    Tensor tensor{{0}, {}};
    std::vector<float> narrow;
    std::vector<double> wide{
        0.0, -0.0, 0.1, 1e15, 1e16, 9007199254740993.0, 5e-324, 1.7976931348623157e308};
    while (wide.size() < 5000)
      if (const double value = std::bit_cast<double>(random()); std::isfinite(value))
        wide.push_back(value);
    while (narrow.size() < 5000)
      if (const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
          std::isfinite(value))
        narrow.push_back(value);
    for (const double value : wide) tensor.data.push_back(shortest(value));
    for (const float value : narrow) tensor.data.push_back(shortest(value));
    tensor.shape = {tensor.data.size()};

    Document document = document_of(plane);
    document.weights["x"] = tensor;
    const Tensor back = document_of(text_of(document)).weights.at("x");
    REQUIRE(back.shape == tensor.shape);
    for (std::size_t i = 0; i < wide.size(); ++i)
      CHECK(std::bit_cast<std::uint64_t>(back.data[i]) == std::bit_cast<std::uint64_t>(wide[i]));
    for (std::size_t i = 0; i < narrow.size(); ++i)
      CHECK(std::bit_cast<std::uint32_t>(static_cast<float>(back.data[wide.size() + i])) ==
            std::bit_cast<std::uint32_t>(narrow[i]));
    CHECK(fmt::format("{}", shortest(0.1F)) == "0.1");
  }

  TEST_CASE("what a document does not say takes its default") {
    const std::string network =
        R"("network": {"input": [2], "nodes": [{"id": "a", "type": "dense", "units": 2}]})";
    const Document bare = document_of(R"({"crease": 1, )" + network + "}");
    CHECK_FALSE(bare.data);
    CHECK(bare.title.empty());
    CHECK(bare.weights.empty());
    CHECK(bare.state == RunState{});
    CHECK(bare.view == "{}");
    const Training& training = bare.training;
    CHECK(name_of(training.loss) == "mse");
    CHECK(std::get<Mse>(training.loss).reduction == Reduction::mean);
    CHECK(name_of(training.optimiser) == "sgd");
    const Sgd& sgd = std::get<Sgd>(training.optimiser);
    CHECK(sgd.rate == 0.03);
    CHECK(sgd.momentum == 0);
    CHECK_FALSE(sgd.nesterov);
    CHECK(sgd.velocity == Velocity::raw);
    CHECK(name_of(training.initialiser.family) == "xavier_uniform");
    CHECK(training.initialiser.bias_value == 0);
    CHECK(training.batch == Batch{.full = false, .size = 10});
    CHECK(training.sampling == Sampling::shuffle);
    CHECK(training.device == Device::automatic);
    CHECK(training.seed == 1);
    const auto& dense = std::get<Dense>(bare.network.nodes[0].layer);
    CHECK(dense.bias);
    CHECK(name_of(dense.activation) == "identity");

    const auto data = [&](const std::string& source) {
      return *document_of(R"({"crease": 1, "data": {"source": ")" + source + R"("}, )" + network +
                          "}")
                  .data;
    };
    CHECK(data("xor").samples == 500);
    CHECK(data("xor").noise == 0);
    CHECK(data("xor").test_fraction == 0.5);
    CHECK(data("xor").validation_fraction == 0);
    CHECK_FALSE(data("xor").standardise);
    CHECK_FALSE(data("xor").shuffle_features);
    CHECK(data("xor").seed == 1);
    CHECK(data("xor4").samples == 4);
    for (const char* source : {"xor4", "points", "csv"}) CHECK(data(source).test_fraction == 0);
  }

  TEST_CASE("a very long network is read and compiled") {
    Json json = Json::parse(plane);
    Json& nodes = json["network"]["nodes"] = Json::array();
    for (int i = 0; i < 10000; ++i)
      nodes.push_back({{"id", fmt::format("n{}", i)}, {"type", "flatten"}});
    const Plan plan = compile_or_throw(document_from_json(json).network);
    CHECK(plan.nodes.size() == 10000);
  }
}
