/// Training speed on the standard workloads: samples per second, medians of seven.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "commands/command.h"
#include "core/paths.h"
#include "train/trainer.h"

namespace crease::commands {

namespace {

/// Documents in assets/workloads.
constexpr std::array workloads{"W1", "W2", "W3", "W4", "W4b"};

/// One thread is measured in its processor time, since machines are shared; several in wall time.
double seconds_of(int threads) {
  timespec time{};
  clock_gettime(threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

Json measure(const std::string& workload, int threads, double seconds) {
  const Document document =
      load_document(assets_folder() / "workloads" / (workload + ".crease.json"));
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
  return {{"workload", workload},
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
  for (const std::string workload : workloads) {
    if (!options.workload.empty() && options.workload != workload) continue;
    list.push_back(measure(workload, options.threads, options.seconds));
    if (!options.json)
      fmt::print("{:<4} {:>14} samples/s, spread {:.0f} %\n", workload,
                 thousands(list.back().at("samples_per_second").get<double>()),
                 list.back().at("spread").get<double>() * 100);
  }
  if (options.json) print(list);
}

}  // namespace

void add_bench(CLI::App& app) {
  auto* command = app.add_subcommand("bench", "measure training speed on the standard workloads");
  auto options = std::make_shared<Options>();
  const std::vector<std::string> names(workloads.begin(), workloads.end());
  command->add_option("--workload", options->workload, "one of them")->check(CLI::IsMember(names));
  command->add_option("--threads", options->threads, "threads to use")
      ->check(from_to(1L, most_threads));
  command->add_option("--device", options->device, "cpu")->check(CLI::IsMember({"cpu"}));
  command->add_option("--seconds", options->seconds, "length of one measurement")
      ->check(from_to(0.01, 60.0));
  command->add_flag("--json", options->json, "print one JSON list");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
