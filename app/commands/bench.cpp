/// The workloads of design/PERFORMANCE in numbers: samples per second of training, medians of
/// seven.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "commands/command.h"
#include "train/trainer.h"

namespace crease::commands {

namespace {

struct Workload {
  const char* name;
  const char* data;
  const char* network;
  const char* training;
};

constexpr const char* circle = R"({"source": "circle", "samples": 500, "test_fraction": 0})";
constexpr const char* mnist = R"({"source": "mnist"})";
constexpr const char* small_cnn = R"({"input": [1, 28, 28], "nodes": [
  {"id": "c1", "type": "conv2d", "channels": 8, "padding": 1, "activation": "relu"},
  {"id": "p1", "type": "max_pool"},
  {"id": "c2", "type": "conv2d", "channels": 16, "padding": 1, "activation": "relu"},
  {"id": "p2", "type": "max_pool"},
  {"id": "out", "type": "dense", "units": 10}]})";

constexpr std::array workloads{
    Workload{
        "W1", circle, R"({"input": [2], "nodes": [
               {"id": "h1", "type": "dense", "units": 4, "activation": "tanh"},
               {"id": "h2", "type": "dense", "units": 2, "activation": "tanh"},
               {"id": "out", "type": "dense", "units": 1, "activation": "tanh"}]})",
        R"({"loss": {"type": "half_mse"}, "optimiser": {"type": "sgd", "rate": 0.03}, "batch": 10})"},
    Workload{"W2", circle, R"({"input": [2], "nodes": [
               {"id": "h1", "type": "dense", "units": 16, "activation": "relu"},
               {"id": "h2", "type": "dense", "units": 16, "activation": "relu"},
               {"id": "h3", "type": "dense", "units": 16, "activation": "relu"},
               {"id": "out", "type": "dense", "units": 1}]})",
             R"({"loss": {"type": "half_mse"}, "optimiser": {"type": "adam"}, "batch": 32})"},
    Workload{
        "W3", mnist, R"({"input": [784], "nodes": [
               {"id": "h1", "type": "dense", "units": 128, "activation": "relu"},
               {"id": "h2", "type": "dense", "units": 64, "activation": "relu"},
               {"id": "out", "type": "dense", "units": 10}]})",
        R"({"loss": {"type": "cross_entropy_logits"}, "optimiser": {"type": "adam"}, "batch": 64})"},
    Workload{
        "W4", mnist, small_cnn,
        R"({"loss": {"type": "cross_entropy_logits"}, "optimiser": {"type": "adam"}, "batch": 32})"},
    Workload{
        "W4b", mnist, R"({"input": [1, 28, 28], "nodes": [
               {"id": "c1", "type": "conv2d", "channels": 32, "padding": 1, "activation": "relu"},
               {"id": "p1", "type": "max_pool"},
               {"id": "c2", "type": "conv2d", "channels": 64, "padding": 1, "activation": "relu"},
               {"id": "p2", "type": "max_pool"},
               {"id": "h", "type": "dense", "units": 128, "activation": "relu"},
               {"id": "out", "type": "dense", "units": 10}]})",
        R"({"loss": {"type": "cross_entropy_logits"}, "optimiser": {"type": "adam"}, "batch": 64})"},
};

/// One thread is measured in its processor time, since machines are shared; several in wall time.
double seconds_of(int threads) {
  timespec time{};
  clock_gettime(threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

Json measure(const Workload& workload, int threads, double seconds) {
  const Json json{{"crease", 1},
                  {"data", parse_json(workload.data)},
                  {"network", parse_json(workload.network)},
                  {"training", parse_json(workload.training)}};
  const Document document = document_from_json(json);
  Tasks tasks(threads);
  const auto data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  Trainer<float> trainer(document, data, tasks);
  const auto run = [&](double length) {
    const double first = trainer.epochs(), start = seconds_of(threads);
    double now = start;
    while (now - start < length) {
      for (int i = 0; i < 8; ++i) trainer.step();
      now = seconds_of(threads);
    }
    return (trainer.epochs() - first) * static_cast<double>(data->train.size()) / (now - start);
  };
  run(seconds);
  std::array<double, 7> rates{};
  for (double& rate : rates) rate = run(seconds);
  std::sort(rates.begin(), rates.end());
  return {{"workload", workload.name},
          {"threads", threads},
          {"device", "cpu"},
          {"samples_per_second", rates[3]},
          {"spread", (rates[6] - rates[0]) / rates[3]}};
}

struct Options {
  std::string workload, device = "cpu";
  int threads = 1;
  double seconds = 0.3;
  bool json = false;
};

void run(const Options& options) {
  Json list = Json::array();
  for (const Workload& workload : workloads) {
    if (!options.workload.empty() && options.workload != workload.name) continue;
    list.push_back(measure(workload, options.threads, options.seconds));
    if (!options.json)
      fmt::print("{:<4} {:>14} samples/s, spread {:.0f} %\n", workload.name,
                 thousands(list.back().at("samples_per_second").get<double>()),
                 list.back().at("spread").get<double>() * 100);
  }
  if (options.json) print(list);
}

}  // namespace

void add_bench(CLI::App& app) {
  auto* command = app.add_subcommand("bench", "measure training speed on the standard workloads");
  auto options = std::make_shared<Options>();
  std::vector<std::string> names;
  for (const Workload& workload : workloads) names.emplace_back(workload.name);
  command->add_option("--workload", options->workload, "one of them")->check(CLI::IsMember(names));
  command->add_option("--threads", options->threads, "threads to use")->check(CLI::Range(1, 256));
  command->add_option("--device", options->device, "cpu")->check(CLI::IsMember({"cpu"}));
  command->add_option("--seconds", options->seconds, "length of one measurement")
      ->check(CLI::Range(0.01, 60.0));
  command->add_flag("--json", options->json, "print one JSON list");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
