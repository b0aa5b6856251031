#include "views/linear_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "views/hidden.h"

namespace crease {

namespace {

/// Three training samples, of different classes where there are as many; or those that were asked
/// for.
std::array<std::size_t, 3> anchors_of(const DataSet& data, const std::array<int, 3>& wanted) {
  std::array<std::size_t, 3> anchors{};
  std::vector<int> seen;
  std::size_t found = 0;
  const auto& from = data.train.size() >= 3 ? data.train : data.test;
  for (const std::size_t i : from) {
    if (found == 3) break;
    const int label = data.classes.empty() ? -1 : data.classes[i];
    if (data.class_count >= 3 && std::find(seen.begin(), seen.end(), label) != seen.end()) continue;
    seen.push_back(label);
    anchors[found++] = i;
  }
  for (std::size_t k = 0; found < 3 && k < from.size(); ++k) anchors[found++] = from[k];
  for (std::size_t k = 0; k < 3; ++k)
    if (wanted[k] > 0) anchors[k] = std::min(static_cast<std::size_t>(wanted[k]), data.size()) - 1;
  return anchors;
}

/// The number of the node that `from_layer` means; -1: the inputs.
int start_of(const Plan& plan, int from_layer) {
  if (from_layer == 0) return -1;
  const std::vector<std::size_t> hidden = hidden_nodes(plan);
  return hidden.empty()
             ? -1
             : static_cast<int>(
                   hidden[std::min(static_cast<std::size_t>(from_layer), hidden.size()) - 1]);
}

/// A plane in the outputs of a hidden layer: all of it where it has two units, else through what it
/// makes of three samples.
void place_behind(int node, const Snapshot& snapshot, const std::array<std::size_t, 3>& anchors,
                  const Cancelled& cancelled, regions::Slice& slice,
                  LinearRegions::Answer& answer) {
  const auto number = static_cast<std::size_t>(node);
  answer.from = snapshot.plan->nodes[number].id;
  if (snapshot.plan->nodes[number].shape.size() > 2) {
    const auto values = outputs_of(snapshot, number, anchors, cancelled);
    if (values.size() < 3) return;
    slice = plane_through({values[0], values[1], values[2]});
    answer.anchors.assign(anchors.begin(), anchors.end());
    return;
  }
  std::vector<double> across, upwards;
  for (const auto& values : outputs_of(snapshot, number, snapshot.data->train, cancelled)) {
    across.push_back(values[0]);
    upwards.push_back(values[1]);
    answer.places.push_back({values[0], values[1]});
  }
  constexpr double margin = 0.06;
  const Extremes x = extremes(across, margin), y = extremes(upwards, margin);
  slice = regions::Slice::of_inputs(2, {x.low, x.high, y.low, y.high});
  answer.equal = false;
}

regions::Segments boundary_of(const Snapshot& snapshot, const regions::Regions& found) {
  const regions::Obstacle& obstacle = found.program.obstacle;
  if (!obstacle.node.empty() && !obstacle.is_last) return {};
  const Meaning meaning = meaning_of(snapshot);
  if (!meaning.decides()) return {};
  if (found.cells.outputs > 1) return regions::ties(found.cells);
  // Behind a sigmoid the probability 1/2 is the value 0.
  return regions::level_set(found.cells, 0, obstacle.is_last ? 0 : meaning.threshold());
}

}  // namespace

std::string LinearRegions::refuses(const Snapshot& snapshot) const {
  const std::size_t inputs = snapshot.plan->input.size();
  if (inputs == 1)
    return fmt::format(
        "{} needs a network with at least 2 inputs: function_1d shows the pieces of "
        "this one",
        name);
  if (inputs > 2 && (!snapshot.data || snapshot.data->size() < 3))
    return fmt::format(
        "{} needs 2 inputs, or three samples that a plane can go through: this "
        "network has {} inputs and no data",
        name, inputs);
  if (const std::string sentence = regions::refusal(*snapshot.plan); !sentence.empty())
    return fmt::format("{} needs piecewise-linear units: {}", name, sentence);
  if (const int start = start_of(*snapshot.plan, from_layer); start >= 0) {
    const PlanNode& node = snapshot.plan->nodes[static_cast<std::size_t>(start)];
    if (!snapshot.data || snapshot.data->train.size() < 3)
      return fmt::format("{} from a layer needs three samples, for the plane in its outputs", name);
    if (node.shape.size() < 2)
      return fmt::format("{} from a layer needs at least 2 units there, {} has 1", name, node.id);
  }
  return "";
}

LinearRegions::Answer LinearRegions::compute(const Snapshot& snapshot, const Frame& frame,
                                             const Cancelled& cancelled) const {
  Answer answer;
  const std::size_t inputs = snapshot.plan->input.size();
  regions::Slice slice;
  const int start = start_of(*snapshot.plan, from_layer);
  if (start >= 0) {
    place_behind(start, snapshot, anchors_of(*snapshot.data, samples), cancelled, slice, answer);
    if (slice.origin.empty()) return answer;
  } else if (inputs == 2) {
    HomeSlice home = home_slice(inputs, snapshot.data.get());
    slice = std::move(home.slice);
    answer.equal = home.equal;
  } else {
    const auto anchors = anchors_of(*snapshot.data, samples);
    slice = plane_through(*snapshot.data, anchors);
    answer.anchors.assign(anchors.begin(), anchors.end());
  }
  answer.home = slice.window;
  if (frame.window) slice.window = *frame.window;

  const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
  if (!std::all_of(parameters.begin(), parameters.end(), [](double w) { return std::isfinite(w); }))
    return answer;
  regions::Program program =
      regions::compile_program(*snapshot.plan, parameters.data(), std::move(slice), start);
  if (layers > 0 && static_cast<std::size_t>(layers) < program.folds.size()) {
    answer.next = program.folds[static_cast<std::size_t>(layers)].node;
    regions::keep_folds(program, static_cast<std::size_t>(layers));
  }
  // A number of cells, not a clock, so that the same document always gives the same picture.
  constexpr std::size_t most_work = 500000000;
  const std::size_t affordable = std::max<std::size_t>(most_work / program.work(), 500);
  answer.is_costly = affordable < static_cast<std::size_t>(most);
  const auto found = std::make_shared<regions::Regions>(regions::analyse(
      std::move(program), {.most_cells = std::min(static_cast<std::size_t>(most), affordable),
                           .cancelled = cancelled,
                           .threads = spare_threads()}));
  if (boundary && answer.next.empty()) answer.boundary = boundary_of(snapshot, *found);

  answer.output = std::min(static_cast<std::size_t>(output), found->cells.outputs) - 1;
  std::vector<double> values;
  for (std::size_t cell = 0; cell < found->cells.size(); ++cell) {
    const double* map = found->cells.map(cell, answer.output);
    const Point middle = found->cells.middle(cell);
    values.push_back(map[0] * middle.x + map[1] * middle.y + map[2]);
    answer.steepest = std::max(answer.steepest, std::hypot(map[0], map[1]));
  }
  answer.values = extremes(values, 0);
  if (answer.values.low < 0 && answer.values.high > 0) {
    answer.values.high = std::max(answer.values.high, -answer.values.low);
    answer.values.low = -answer.values.high;
  }
  answer.found = found;
  return answer;
}

}  // namespace crease
