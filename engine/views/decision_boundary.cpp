#include "views/decision_boundary.h"

#include <fmt/format.h>

#include <cmath>

#include "figure/layout.h"

namespace crease {

namespace {

/// Of a window of the plane, a little more than is seen: dragging it finds something at its edge.
Domain beyond(const Domain& window) {
  const double x = 0.15 * (window.x1 - window.x0), y = 0.15 * (window.y1 - window.y0);
  return {window.x0 - x, window.x1 + x, window.y0 - y, window.y1 + y};
}

std::vector<double> widened(const float* from, std::size_t count) { return {from, from + count}; }

/// The range of a real output: that of the targets, or of the field where there are none.
Extremes range_of(const DecisionBoundary::Answer& answer) {
  std::vector<double> values;
  const auto add = [&](const Predictions& part) {
    for (std::size_t i = 0; i < part.samples.size(); ++i)
      values.push_back(static_cast<double>(part.target_of(i)[answer.output]));
  };
  add(answer.training);
  add(answer.held_back);
  if (values.empty())
    values = widened(answer.field.of_output(answer.output), answer.field.grid.size());
  Extremes range = extremes(values, 0);
  if (range.low < 0 && range.high > 0) {
    range.high = std::max(range.high, -range.low);
    range.low = -range.high;
  }
  return range;
}

/// Where the choice changes: a network with one output between yes and no, else the largest.
Lines boundary_of(const OutputField& field, const Meaning& meaning) {
  if (!meaning.decides()) return {};
  if (field.outputs > 1) return borders(field);
  return contour(field.grid, field.values, meaning.threshold());
}

}  // namespace

std::string DecisionBoundary::refuses(const Snapshot& snapshot) const {
  const std::size_t inputs = snapshot.plan->input.size();
  if (inputs == 2) return "";
  return fmt::format("{} needs a network with 2 inputs, this one has {}", name, inputs);
}

DecisionBoundary::Answer DecisionBoundary::compute(const Snapshot& snapshot, const Frame& frame,
                                                   const Cancelled& cancelled) const {
  Answer answer;
  answer.home = home_domain(snapshot.data.get());
  answer.meaning = meaning_of(snapshot);
  const int side = std::clamp(frame.pixels, 2, 4096);
  const Domain domain = frame.window ? beyond(*frame.window) : answer.home.domain;
  answer.field =
      field_of_outputs(*snapshot.plan, snapshot.parameters, {domain, side, side}, cancelled);
  if (cancelled()) return answer;
  answer.shares = answer.meaning.shares_of_field(answer.field.values, answer.field.grid.size());
  answer.output = std::min(output, answer.field.outputs) - 1;
  if (snapshot.data) {
    answer.training = predict(snapshot, snapshot.data->train, cancelled);
    if (show_test) answer.held_back = predict(snapshot, held_back(*snapshot.data), cancelled);
  }
  if (cancelled()) return answer;
  answer.boundary = boundary_of(answer.field, answer.meaning);
  if (answer.meaning.decides()) return answer;
  answer.range = range_of(answer);
  constexpr int most_levels = 9;
  const std::span<const float> values(answer.field.of_output(answer.output),
                                      answer.field.grid.size());
  const Axis heights{.label = "", .from = answer.range.low, .to = answer.range.high};
  for (const Tick& tick : ticks(heights, most_levels))
    answer.levels.push_back({tick.at, contour(answer.field.grid, values, tick.at)});
  return answer;
}

}  // namespace crease
