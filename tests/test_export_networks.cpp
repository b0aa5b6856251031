/// Networks for other tools. What PyTorch and ONNX make of them is asked where Python has these
/// packages; the files themselves are read back anyway.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "export/onnx.h"
#include "export/pytorch.h"
#include "export/tables.h"
#include "places.h"
#include "run_program.h"
#include "train/derivatives.h"
#include "train/trainer.h"

using namespace crease;
using doctest::Approx;

namespace {

/// A Python that has the packages; "" where there is none.
std::string python_with(const std::string& packages) {
  for (const char* program : {"/usr/bin/python3", "/usr/local/bin/python3"})
    if (std::filesystem::exists(program) &&
        run_program(program, {"-c", "import " + packages}).status == 0)
      return program;
  return "";
}

struct Case {
  std::string name;
  Json json;
  Document document;
};

/// The reference cases of tests/golden.
std::vector<Case> cases(const std::string& folder) {
  std::vector<Case> list;
  for (const auto& entry :
       std::filesystem::directory_iterator(tests_folder() + "/golden/" + folder)) {
    const Json json = read_json(entry.path());
    list.push_back({entry.path().stem(), json, document_from_json(json.at("document"))});
  }
  return list;
}

/// The largest |a - b| / (1 + |b|).
double distance(const Json& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    worst = std::max(worst,
                     std::abs(found[i].get<double>() - expected[i]) / (1 + std::abs(expected[i])));
  return worst;
}

bool is_random(const Document& document) {
  for (const Node& node : document.network.nodes)
    if (std::holds_alternative<Dropout>(node.layer)) return true;
  return false;
}

Document document_of(const std::string& nodes, const std::string& training,
                     const std::string& data = R"({"source": "circle", "samples": 60})") {
  return document_from_json(parse_json(R"({"crease": 1, "data": )" + data +
                                       R"(, "network": {"input": [2], "nodes": [)" + nodes +
                                       R"(]}, "training": )" + training + "}"));
}

const std::string two_layers = R"({"id": "h", "type": "dense", "units": 5, "activation": "tanh"},
  {"id": "out", "type": "dense", "units": 1})";

}  // namespace

TEST_SUITE("export networks") {
  TEST_CASE("pytorch: losses, outputs and gradients of all reference cases") {
    const std::string python = python_with("torch");
    if (python.empty()) {
      MESSAGE("skipped: no Python with PyTorch here (python3-torch)");
      return;
    }
    const TemporaryFolder folder;
    std::vector<Case> asked;
    for (const char* kind : {"networks", "losses"})
      for (Case& example : cases(kind)) {
        const bool training = example.json.at("mode") == "train";
        if (training && is_random(example.document)) continue;  // draws of its own
        if (!example.json.at("batch").contains("target")) continue;
        // Class numbers as a target: the script takes targets as its loss sees them.
        const auto objective =
            Objective(example.document.training, compile_or_throw(example.document.network));
        const auto batch = batch_from_json(example.json.at("batch"));
        const auto rows = batch.target->data.size() / batch.input.shape[0];
        if (rows != static_cast<std::size_t>(objective.targets())) continue;
        folder.write(example.name + ".py", to_pytorch(trained(example.document), nullptr));
        folder.write(example.name + ".json",
                     Json{{"batch", example.json.at("batch")}, {"training", training}}.dump());
        asked.push_back(std::move(example));
      }
    const Answer answer =
        run_program(python, {tests_folder() + "/check_pytorch.py", folder.path("")});
    INFO(answer.err);
    REQUIRE(answer.status == 0);
    const Json answers = parse_json(answer.out);
    for (const Case& example : asked) {
      CAPTURE(example.name);
      const Json& found = answers.at(example.name);
      const Derivatives expected =
          differentiate<double>(example.document, batch_from_json(example.json.at("batch")),
                                example.json.at("mode") == "train");
      CHECK(found.at("loss").get<double>() == Approx(expected.loss).epsilon(1e-9));
      CHECK(distance(found.at("output"), expected.output.data) < 1e-9);
      CHECK(distance(found.at("input_gradient"), expected.input_gradient.data) < 1e-9);
      for (const auto& [name, tensor] : expected.gradients)
        if (found.at("gradients").contains(name))
          CHECK(distance(found.at("gradients").at(name), tensor.data) < 1e-9);
    }
    CHECK(asked.size() > 100);
  }

  TEST_CASE("pytorch: the training loop takes the same steps, in every form of every optimiser") {
    const std::string python = python_with("torch");
    if (python.empty()) {
      MESSAGE("skipped: no Python with PyTorch here (python3-torch)");
      return;
    }
    const TemporaryFolder folder;
    std::map<std::string, Document> asked;
    for (const Case& example : cases("optimisers")) asked[example.name] = example.document;
    const auto form = [&](const char* name, const std::string& optimiser) {
      asked[name] = document_of(two_layers, R"({"loss": {"type": "bce_logits"}, "batch": "full",
          "optimiser": )" + optimiser + "}");
    };
    form("adam_inside", R"({"type": "adam", "epsilon_inside_root": true, "weight_decay": 0.1})");
    form("adamw_inside", R"({"type": "adamw", "epsilon_inside_root": true, "weight_decay": 0.1})");
    form("rmsprop_inside", R"({"type": "rmsprop", "epsilon_inside_root": true, "decay": 0.9})");
    form("adagrad_inside", R"({"type": "adagrad", "epsilon_inside_root": true, "l1": 0.01})");
    form("scaled", R"({"type": "sgd", "rate": 0.3, "momentum": 0.9, "velocity": "scaled",
                       "schedule": {"type": "step", "every": 2, "factor": 0.5}})");
    form("scaled_nesterov", R"({"type": "sgd", "rate": 0.3, "momentum": 0.9, "nesterov": true,
        "velocity": "scaled", "schedule": {"type": "cosine", "steps": 9}, "clip_norm": 0.1})");
    asked["perceptron"] = document_of(R"({"id": "out", "type": "dense", "units": 1})",
                                      R"({"loss": {"type": "hinge"}, "batch": "full",
                                          "optimiser": {"type": "perceptron", "rate": 0.1}})");
    asked["batch_norm"] = document_of(
        R"({"id": "h", "type": "dense", "units": 5, "frozen": true}, {"id": "b", "type": "batch_norm"},
           {"id": "c", "type": "batch_norm", "frozen": true}, {"id": "out", "type": "dense", "units": 1})",
        R"({"loss": {"type": "mse"}, "batch": "full", "optimiser": {"type": "adam"}})");
    constexpr int epochs = 5;
    for (const auto& [name, document] : asked) {
      const DataSet data = make_data(*document.data, "");
      folder.write(name + ".py", to_pytorch(trained(document), &data));
      folder.write(name + ".json", Json{{"epochs", epochs}}.dump());
    }
    const Answer answer =
        run_program(python, {tests_folder() + "/check_pytorch.py", folder.path("")});
    INFO(answer.err);
    REQUIRE(answer.status == 0);
    const Json answers = parse_json(answer.out);
    for (auto& [key, document] : asked) {
      const std::string& name = key;
      CAPTURE(name);
      document.weights = trained(document).weights;  // start values in single precision
      Tasks tasks(1);
      const auto data = std::make_shared<const DataSet>(make_data(*document.data, ""));
      Trainer<double> trainer(document, data, tasks);
      const auto words = [&] {
        const Score score = trainer.score_training();
        std::string line = fmt::format("train loss {:.6g}", score.loss);
        if (score.has_accuracy) line += fmt::format(" accuracy {:.4f}", score.accuracy);
        return line;
      };
      CHECK(answers.at(name).at("before").get<std::string>().starts_with(words()));
      for (int i = 0; i < epochs * trainer.steps_per_epoch(); ++i) trainer.step();
      CHECK(answers.at(name).at("after").get<std::string>().starts_with(words()));
      for (const auto& tensor : trainer.document().weights)
        CHECK_MESSAGE(
            distance(answers.at(name).at("weights").at(tensor.first), tensor.second.data) < 1e-8,
            tensor.first);
    }
  }

  TEST_CASE("onnx: checked, and evaluated by another reader, for all reference cases") {
    const std::string python = python_with("onnx, onnx.shape_inference");
    if (python.empty()) {
      MESSAGE("skipped: no Python with ONNX here (python3-onnx, and python3-torch to evaluate)");
      return;
    }
    const TemporaryFolder folder;
    std::vector<Case> asked = cases("networks");
    for (const Case& example : asked) {
      folder.write(example.name + ".onnx", to_onnx(trained(example.document)));
      folder.write(example.name + ".json", example.json.at("batch").at("input").dump());
    }
    const Answer answer = run_program(python, {tests_folder() + "/check_onnx.py", folder.path("")});
    INFO(answer.err);
    REQUIRE(answer.status == 0);
    const Json answers = parse_json(answer.out);
    for (const Case& example : asked) {
      CAPTURE(example.name);
      const Tensor output =
          evaluate(example.document, batch_from_json(example.json.at("batch")).input);
      CHECK(distance(answers.at(example.name), output.data) < 1e-5);
    }
    CHECK(asked.size() > 40);
  }

  TEST_CASE("every network is written by every exporter, all of its weights in it") {
    for (const Case& example : cases("networks")) {
      CAPTURE(example.name);
      const Trained ready = trained(example.document);
      const std::string script = to_pytorch(ready, nullptr), model = to_onnx(ready);
      for (const Segment& segment : ready.plan.segments)
        CHECK(script.find("\"" + segment.name + "\": (") != std::string::npos);
      std::string first_weights;
      for (const Node& node : example.document.network.nodes) {
        CHECK(script.find("v[\"" + node.id + "\"] = ") != std::string::npos);
        CHECK(model.find(node.id) != std::string::npos);
      }
      for (const auto& tensor : ready.weights) {
        std::string raw;
        for (const double value : tensor.second.data) {
          const auto single = static_cast<float>(value);
          raw.append(reinterpret_cast<const char*>(&single), sizeof single);
        }
        CHECK_MESSAGE(model.find(raw) != std::string::npos, tensor.first);
      }
    }
  }

  TEST_CASE("safetensors: header and numbers read back to the same bits") {
    for (const bool single : {true, false}) {
      Document document = document_of(two_layers, "{}");
      if (!single) document.weights["out.bias"] = Tensor{{1}, {0.1234567890123456789}};
      const Trained ready = trained(document);
      const std::string file = to_safetensors(ready);
      std::uint64_t length = 0;
      std::memcpy(&length, file.data(), sizeof length);
      CHECK(length % 8 == 0);
      const Json header = parse_json(file.substr(8, length));
      CHECK(header.size() == ready.weights.size());
      for (const auto& [name, tensor] : ready.weights) {
        CHECK(header.at(name).at("dtype") == (single ? "F32" : "F64"));
        CHECK(header.at(name).at("shape").get<std::vector<std::size_t>>() == tensor.shape);
        const auto at = header.at(name).at("data_offsets").get<std::vector<std::size_t>>();
        const std::size_t bytes = single ? sizeof(float) : sizeof(double);
        REQUIRE(at[1] - at[0] == tensor.data.size() * bytes);
        REQUIRE(8 + length + at[1] <= file.size());
        for (std::size_t i = 0; i < tensor.data.size(); ++i) {
          const char* from = file.data() + 8 + length + at[0] + i * bytes;
          float f = 0;
          double d = 0;
          if (single)
            std::memcpy(&f, from, sizeof f);
          else
            std::memcpy(&d, from, sizeof d);
          CHECK((single ? shortest(f) : d) == tensor.data[i]);
        }
      }
    }
  }

  TEST_CASE("csv: the samples read back as a source of data; every weight has its row") {
    const Document document = document_of(two_layers, "{}");
    const DataSet data = make_data(*document.data, "");
    const TemporaryFolder folder;
    const std::string file = folder.write("data.csv", data_csv(data));
    const auto settings = parse_json(
        R"({"crease": 1, "network": {"input": [2], "nodes": [{"id": "f", "type": "flatten"}]},
      "data": {"source": "csv", "path": ")" +
        file + R"(", "inputs": ["x1", "x2"], "target": ")" +
        (data.target_name.empty() ? "class" : data.target_name) + R"("}})");
    const DataSet again = make_data(*document_from_json(settings).data, "");
    REQUIRE(again.size() == data.size());
    std::vector<std::size_t> order = data.train;
    order.insert(order.end(), data.test.begin(), data.test.end());
    for (std::size_t i = 0; i < order.size(); ++i)
      CHECK(again.values.col(static_cast<Eigen::Index>(i)) ==
            data.values.col(static_cast<Eigen::Index>(order[i])));

    const std::string table = weights_csv(trained(document));
    CHECK(std::count(table.begin(), table.end(), '\n') == 1 + 10 + 5 + 5 + 1);
    CHECK(table.find("h.weight,4,1,,,") != std::string::npos);
  }

  TEST_CASE("the command writes each kind, and says what is wrong") {
    if (crease_binary().empty()) return;
    const TemporaryFolder folder;
    const Document document = document_of(two_layers, R"({"loss": {"type": "bce_logits"}})");
    const std::string file = folder.path("a.crease.json");
    save_document(document, file);
    for (const std::string kind : {"pytorch", "onnx", "safetensors", "csv"}) {
      CAPTURE(kind);
      const Answer answer = run_program(crease_binary(), {"export", file, "--to", kind, "--out",
                                                          folder.path("x." + kind), "--json"});
      CHECK(answer.status == 0);
      CHECK(parse_json(answer.out).at("file") == folder.path("x." + kind));
      CHECK(std::filesystem::file_size(folder.path("x." + kind)) > 100);
    }
    CHECK(std::filesystem::exists(folder.path("x.weights.csv")));
    const auto refused = [&](const std::string& what, const std::vector<std::string>& arguments) {
      const Answer answer = run_program(crease_binary(), arguments);
      CHECK(answer.status == 2);
      CHECK(answer.err.find(what) != std::string::npos);
    };
    refused("--to", {"export", file, "--to", "tensorflow", "--out", folder.path("y")});
    refused("--out", {"export", file, "--to", "onnx"});
    refused("no/such", {"export", file, "--to", "onnx", "--out", folder.path("no/such/file")});
    Document wide = document;
    wide.network.input = Shape::features(3);
    save_document(wide, file);
    refused("network.input", {"export", file, "--to", "pytorch", "--out", folder.path("y")});
    CHECK(!std::filesystem::exists(folder.path("y")));
  }
}
