/// Training flat out for a window, against the same steps alone; and beside the analyst, who cuts
/// the linear regions of every snapshot: how many snapshots a second are answered, and what it
/// costs the trainer. Processor time is counted, the trainer's thread apart from all that the
/// analyst's threads take, so that other programs on the machine do not matter.
#include <benchmark/benchmark.h>
#include <pthread.h>

#include <ctime>
#include <future>
#include <mutex>

#include "core/memory.h"
#include "core/paths.h"
#include "live/analyst.h"
#include "live/live_trainer.h"
#include "train/document.h"
#include "train/trainer.h"
#include "views/linear_regions.h"

using namespace crease;
using namespace std::chrono_literals;

namespace {

double clock_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::shared_ptr<const Document> circle_of_16() {
  return std::make_shared<const Document>(document_from_json(parse_json(R"({"crease": 1,
    "data": {"source": "circle", "samples": 500},
    "network": {"input": [2], "nodes": [
      {"id": "h1", "type": "dense", "units": 16, "activation": "relu"},
      {"id": "h2", "type": "dense", "units": 16, "activation": "relu"},
      {"id": "h3", "type": "dense", "units": 16, "activation": "relu"},
      {"id": "out", "type": "dense", "units": 1}]},
    "training": {"loss": {"type": "bce_logits"}, "batch": 32,
      "optimiser": {"type": "adam", "rate": 0.0001}}})")));
}

/// What the analyst has done so far.
struct Work {
  std::atomic<long> answers{0}, cells{0};
};

/// What a while of training took.
struct While {
  double steps = 0, trainer = 0, all = 0;  ///< seconds of the trainer's thread, and of all threads

  double speed() const { return steps / trainer; }
};

While watch(LiveTrainer& trainer, clockid_t thread, std::chrono::milliseconds length) {
  const long steps = trainer.snapshot()->step;
  const double own = clock_of(thread), all = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  std::this_thread::sleep_for(length);
  return {.steps = static_cast<double>(trainer.snapshot()->step - steps),
          .trainer = clock_of(thread) - own,
          .all = clock_of(CLOCK_PROCESS_CPUTIME_ID) - all};
}

/// The processor clock of the thread that trains, which is the one that calls the hook.
clockid_t clock_of_trainer(LiveTrainer& trainer) {
  const auto clock = std::make_shared<std::promise<clockid_t>>();
  const auto once = std::make_shared<std::once_flag>();
  trainer.snapshots().set_hook([clock, once] {
    std::call_once(*once, [&] {
      clockid_t own = 0;
      pthread_getcpuclockid(pthread_self(), &own);
      clock->set_value(own);
    });
  });
  const clockid_t found = clock->get_future().get();
  trainer.snapshots().set_hook(nullptr);
  return found;
}

void training_beside_regions(benchmark::State& state) {
  keep_freed_memory();
  LiveTrainer trainer(1);
  Work work;
  Analyst analyst;
  const LinearRegions view;
  const auto count = [&](const Snapshot& snapshot,
                         const Analysis::Cancelled& cancelled) -> std::any {
    const auto answer = view.compute(snapshot, {}, cancelled);
    work.cells += static_cast<long>(answer.found->cells.size());
    ++work.answers;
    return answer;
  };
  analyst.ask({{"regions", {"", count}}});
  trainer.order({.document = circle_of_16(), .running = true, .number = 1});
  while (!trainer.snapshot() || trainer.snapshot()->step < 1000) std::this_thread::sleep_for(10ms);
  const clockid_t thread = clock_of_trainer(trainer);
  std::vector<double> losses;
  double seconds = 0, cutting = 0, alone = 0;
  for (auto _ : state) {
    for (int round = 0; round < 9; ++round) {
      trainer.snapshots().set_hook(nullptr);
      std::this_thread::sleep_for(50ms);
      alone = watch(trainer, thread, 700ms).speed();
      trainer.snapshots().set_hook([&] { analyst.see(trainer.snapshot()); });
      const auto began = std::chrono::steady_clock::now();
      const While beside = watch(trainer, thread, 700ms);
      seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      cutting += beside.all - beside.trainer;
      losses.push_back(1 - beside.speed() / alone);
    }
  }
  trainer.snapshots().set_hook(nullptr);
  std::sort(losses.begin(), losses.end());
  const auto answers = static_cast<double>(work.answers);
  state.counters["answers_per_second"] = answers / seconds;
  state.counters["ms_per_answer"] = 1e3 * cutting / answers;
  state.counters["regions"] = static_cast<double>(work.cells) / answers;
  state.counters["steps_per_second"] = alone;
  state.counters["loss_of_speed_percent"] = 100 * losses[losses.size() / 2];
}

/// Steps of a trainer that is asked for nothing else.
While watch_alone(Trainer<float>& trainer, std::chrono::milliseconds length) {
  const long steps = trainer.steps();
  const double own = clock_of(CLOCK_THREAD_CPUTIME_ID);
  const auto end = std::chrono::steady_clock::now() + length;
  while (std::chrono::steady_clock::now() < end)
    for (int i = 0; i < 64; ++i) trainer.step();
  return {.steps = static_cast<double>(trainer.steps() - steps),
          .trainer = clock_of(CLOCK_THREAD_CPUTIME_ID) - own};
}

/// What orders, snapshots and the learning curve take of the trainer's thread.
void training_for_a_window(benchmark::State& state, const char* example) {
  keep_freed_memory();
  Tasks tasks(1);
  const auto document =
      std::make_shared<const Document>(load_document(assets_folder() / "examples" / example));
  Trainer<float> alone(
      *document, std::make_shared<const DataSet>(make_data(*document->data, document->folder)),
      tasks);
  LiveTrainer live(1);
  live.order({.document = document, .running = true, .number = 1});
  while (!live.snapshot() || live.snapshot()->step < 1000) std::this_thread::sleep_for(10ms);
  const clockid_t thread = clock_of_trainer(live);
  std::vector<double> ratios;
  for (auto _ : state)
    for (int round = 0; round < 15; ++round) {
      live.order({.document = document, .running = false, .number = 2 * round + 2});
      std::this_thread::sleep_for(20ms);
      const double before = watch_alone(alone, 300ms).speed();
      live.order({.document = document, .running = true, .number = 2 * round + 3});
      std::this_thread::sleep_for(20ms);
      const double beside = watch(live, thread, 600ms).speed();
      live.order({.document = document, .running = false, .number = 2 * round + 4});
      std::this_thread::sleep_for(20ms);
      const double after = watch_alone(alone, 300ms).speed();
      ratios.push_back(beside / ((before + after) / 2));
    }
  std::sort(ratios.begin(), ratios.end());
  state.counters["of_the_speed_alone"] = ratios[ratios.size() / 2];
}

BENCHMARK_CAPTURE(training_for_a_window, spiral, "01_spiral.crease.json")
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(training_for_a_window, convolution, "10_digits_convolution.crease.json")
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK(training_beside_regions)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
