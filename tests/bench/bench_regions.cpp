/// Linear regions on one thread: cells a second, cut alone, and with adjacency and joining.
#include <benchmark/benchmark.h>

#include "core/memory.h"
#include "core/random.h"
#include "places.h"
#include "probe/regions/regions.h"
#include "train/document.h"

using namespace crease;
using namespace crease::regions;

namespace {

// As the program does in its first lines.
[[maybe_unused]] const bool memory_is_kept = (keep_freed_memory(), true);

struct Subject {
  Plan plan;
  AlignedVector<double> parameters;
  Slice slice;
};

/// He weights and biases of deviation 0.25, on a window from -4 to 4.
Subject chain(const std::vector<int>& hidden) {
  std::string nodes;
  for (std::size_t i = 0; i < hidden.size(); ++i)
    nodes += R"({"id": "h)" + std::to_string(i + 1) + R"(", "type": "dense", "units": )" +
             std::to_string(hidden[i]) + R"(, "activation": "relu"}, )";
  const Document document =
      document_from_json(parse_json(R"({"crease": 1, "network": {"input": [2], "nodes": [)" +
                                    nodes + R"({"id": "out", "type": "dense", "units": 1}]}})"));
  Subject subject{compile_or_throw(document.network), {}, Slice::of_inputs(2, {-4, 4, -4, 4})};
  subject.parameters.resize(subject.plan.length, 0.0);
  Random random(1, "bench_regions");
  for (const Segment& segment : subject.plan.segments) {
    const double deviation =
        segment.is_bias ? 0.25 : std::sqrt(2 / static_cast<double>(segment.shape.back()));
    for (std::size_t i = 0; i < segment.size; ++i)
      subject.parameters[segment.offset + i] = deviation * random.normal();
  }
  return subject;
}

/// 161 051 pieces of one input.
Subject zigzag() {
  const Document document = document_from_json(
      read_json(tests_folder() + "/golden/regions/35_zigzag_D10_K5_UDL.json").at("document"));
  Subject subject{compile_or_throw(document.network), {}, Slice::of_inputs(1, {-16, 27, 0, 0})};
  subject.parameters.resize(subject.plan.length, 0.0);
  for (const Segment& segment : subject.plan.segments)
    std::copy(document.weights.at(segment.name).data.begin(),
              document.weights.at(segment.name).data.end(),
              subject.parameters.begin() + static_cast<std::ptrdiff_t>(segment.offset));
  return subject;
}

void cut_only(benchmark::State& state, const Subject& subject) {
  const Program program = compile_program(subject.plan, subject.parameters.data(), subject.slice);
  std::size_t cells = 0;
  for (auto _ : state) {
    const Cells found = cut(program);
    cells = found.size();
    benchmark::DoNotOptimize(found.areas.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(cells));
  state.counters["cells"] = static_cast<double>(cells);
}

void everything(benchmark::State& state, const Subject& subject) {
  std::size_t cells = 0;
  for (auto _ : state) {
    const Regions found = analyse(subject.plan, subject.parameters.data(), subject.slice);
    cells = found.patterns();
    benchmark::DoNotOptimize(found.joined.regions);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(cells));
  state.counters["cells"] = static_cast<double>(cells);
}

BENCHMARK_CAPTURE(cut_only, three_layers_of_16, chain({16, 16, 16}));
BENCHMARK_CAPTURE(everything, three_layers_of_16, chain({16, 16, 16}));
BENCHMARK_CAPTURE(cut_only, three_layers_of_64, chain({64, 64, 64}));
BENCHMARK_CAPTURE(everything, three_layers_of_64, chain({64, 64, 64}));
BENCHMARK_CAPTURE(cut_only, line_of_161051_pieces, zigzag());
BENCHMARK_CAPTURE(everything, line_of_161051_pieces, zigzag());

}  // namespace
