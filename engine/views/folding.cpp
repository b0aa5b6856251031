#include "views/folding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "figure/text.h"
#include "probe/regions/regions.h"
#include "views/class_colours.h"
#include "views/region_words.h"
#include "views/slice.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = Folding::Answer;
using regions::Program;
using regions::Slice;

/// The first node that is a single number through which everything passes, with folds on both its
/// sides; nothing where there is none.
std::optional<std::size_t> middle_of(const Plan& plan, const double* parameters) {
  const Slice line = Slice::of_inputs(1, {-1, 1, -1, 1});
  for (std::size_t i = 0; i + 1 < plan.nodes.size(); ++i) {
    if (plan.nodes[i].shape.size() != 1 || !plan.nodes[i].reaches_output) continue;
    try {
      const Program before = regions::compile_program(plan, parameters, line);
      const Program behind = regions::compile_program(plan, parameters, line, static_cast<int>(i));
      const bool is_first = !before.folds.empty() && before.folds[0].number <= i;
      if (is_first && !behind.folds.empty() && behind.is_continuous && before.is_continuous)
        return i;
    } catch (const Problem&) {  // something else passes it by
    }
  }
  return {};
}

/// The first part's outputs at some inputs.
std::vector<double> values_at(const Snapshot& snapshot, std::size_t node,
                              const std::vector<double>& x, const Cancelled& cancelled) {
  std::vector<double> y(x.size());
  run_blocks(
      *snapshot.plan, snapshot.parameters, x.size(), cancelled,
      [&](std::size_t first, int live, float* in) {
        for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s)
          in[s] = static_cast<float>(x[first + s]);
      },
      [&](std::size_t first, int live, const Workspace<float>& workspace) {
        for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s)
          y[first + s] = static_cast<double>(workspace.output(node)[s]);
      });
  return y;
}

/// Ends of all pieces in the line's own coordinate, and the first output there.
void trace(const regions::Regions& found, std::vector<double>& x, std::vector<double>& value) {
  for (std::size_t cell = 0; cell <= found.cells.size(); ++cell) {
    const bool is_end = cell == found.cells.size();
    const std::size_t at = is_end ? cell - 1 : cell;
    const Point place = found.cells.corners[found.cells.starts[at] + (is_end ? 1 : 0)];
    const double* map = found.cells.map(at, 0);
    x.push_back(found.to_slice(place).x);
    value.push_back(map[0] * place.x + map[2]);
  }
}

}  // namespace

std::string Folding::refuses(const Snapshot& snapshot) const {
  const Plan& plan = *snapshot.plan;
  if (plan.input.size() != 1)
    return fmt::format("{} needs a network with 1 input, this one has {}", name, plan.input.size());
  if (const std::string sentence = regions::refusal(plan); !sentence.empty())
    return fmt::format("{} needs piecewise-linear units: {}", name, sentence);
  const std::vector<double> parameters(plan.length, 0.25);
  if (!middle_of(plan, parameters.data()))
    return fmt::format(
        "{} needs a single unit between layers that bend, through which everything passes, such as "
        "1-3-1-3-1",
        name);
  return "";
}

Answer Folding::compute(const Snapshot& snapshot, const Frame& frame,
                        const Cancelled& cancelled) const {
  Answer answer;
  const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
  if (!std::all_of(parameters.begin(), parameters.end(), [](double w) { return std::isfinite(w); }))
    return answer;
  const Plan& plan = *snapshot.plan;
  const auto middle = middle_of(plan, parameters.data());
  if (!middle) return answer;
  answer.middle = plan.nodes[*middle].id;
  Slice across = home_slice(1, snapshot.data.get()).slice;
  if (frame.window) across.window = *frame.window;
  const regions::Limits limits{.most_cells = 20000, .cancelled = cancelled};
  const regions::Regions composed = regions::analyse(plan, parameters.data(), across, limits);
  trace(composed, answer.x, answer.composed);
  answer.composed_pieces = composed.joined.regions;
  answer.y = values_at(snapshot, *middle, answer.x, cancelled);

  Program first = composed.program;
  std::size_t folds = 0;
  while (folds < first.folds.size() && first.folds[folds].number <= *middle) ++folds;
  regions::keep_folds(first, folds);
  const regions::Regions before = regions::analyse(std::move(first), limits);
  answer.first_pieces = before.joined.regions;
  for (std::size_t i = 0; i + 1 < answer.x.size(); ++i) {
    const double here = (answer.x[i] + answer.x[i + 1]) / 2;
    const std::size_t cell = cell_at(before.cells, before.from_slice({here, 0}));
    answer.piece.push_back(cell < before.cells.size() ? before.joined.region_of[cell] : 0);
  }

  Extremes reached = extremes(answer.y, 0);
  if (!(reached.low < reached.high)) reached = {reached.low - 0.5, reached.low + 0.5};
  const regions::Regions behind = regions::analyse(
      plan, parameters.data(), Slice::of_inputs(1, {reached.low, reached.high, -1, 1}), limits,
      static_cast<int>(*middle));
  trace(behind, answer.second_y, answer.second);
  answer.second_pieces = behind.joined.regions;
  return answer;
}

namespace {

double height_at(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const auto next = std::lower_bound(x.begin(), x.end(), at);
  if (next == x.begin()) return y.front();
  if (next == x.end()) return y.back();
  const auto i = static_cast<std::size_t>(next - x.begin());
  const double share = x[i] > x[i - 1] ? (at - x[i - 1]) / (x[i] - x[i - 1]) : 0;
  return y[i - 1] + share * (y[i] - y[i - 1]);
}

/// Where the first part gives `y`.
std::vector<double> sources_of(const Answer& answer, double y) {
  std::vector<double> found;
  for (std::size_t i = 0; i + 1 < answer.x.size(); ++i) {
    const double from = answer.y[i], to = answer.y[i + 1];
    if (from == to || (y - from) * (y - to) > 0) continue;
    const double x = answer.x[i] + (y - from) / (to - from) * (answer.x[i + 1] - answer.x[i]);
    const double near = 1e-6 * (answer.x.back() - answer.x.front());
    if (found.empty() || x - found.back() > near) found.push_back(x);
  }
  return found;
}

class Drawing {
 public:
  Drawing(const Folding& view, const Snapshot& snapshot, const Answer& answer, const Theme& theme)
      : view_(view),
        answer_(std::make_shared<const Answer>(answer)),
        theme_(theme),
        across_(input_label(snapshot, 0)),
        node_(layer_label(*snapshot.plan, answer.middle)) {}

  Figure figure() {
    figure_.name = std::string(Folding::title);
    figure_.fact =
        fmt::format("{} {}, then {}: {} composed", count_text(answer_->first_pieces),
                    answer_->first_pieces == 1 ? "piece" : "pieces",
                    count_text(answer_->second_pieces), count_text(answer_->composed_pieces));
    add_over_x("1  first part, up to layer " + node_, middle_, answer_->y, false);
    add_second();
    add_over_x("3  composed", output_, answer_->composed, true);
    figure_.panels[0].readout = [answer = answer_, across = across_, middle = middle_](Point at) {
      return std::vector<Reading>{{across, number_text(at.x)},
                                  {middle, number_text(height_at(answer->x, answer->y, at.x))}};
    };
    figure_.panels[2].readout = [answer = answer_, across = across_, middle = middle_,
                                 output = output_](Point at) {
      return std::vector<Reading>{
          {across, number_text(at.x)},
          {middle, number_text(height_at(answer->x, answer->y, at.x))},
          {output, number_text(height_at(answer->x, answer->composed, at.x))}};
    };
    figure_.table = [answer = answer_] {
      Table table{{"x", "first", "composed", "piece"}, {}};
      for (std::size_t i = 0; i < answer->x.size(); ++i)
        table.rows.push_back(
            {cell(answer->x[i]), cell(answer->y[i]), cell(answer->composed[i]),
             i < answer->piece.size() ? fmt::format("{}", answer->piece[i] + 1) : std::string()});
      return table;
    };
    return std::move(figure_);
  }

 private:
  Colour colour_of(std::size_t piece) const {
    return class_style(theme_, static_cast<int>(piece % 10)).colour;
  }

  static Axis axis(const std::string& label, const std::vector<double>& values, double margin) {
    const Extremes reach = extremes(values, margin);
    return {.label = label, .from = reach.low, .to = reach.high};
  }

  PointsMark joints_at(std::vector<Point> places, Colour colour) const {
    return {.key = "",
            .points = std::move(places),
            .marker = Marker::disc,
            .radius = 2.9,
            .fill = colour,
            .hollow = false,
            .edge = {theme_.picture, 0.9, {}}};
  }

  /// Something over x, each piece of the first part in its colour; with the joints inside the
  /// pieces too, or only with those between them.
  void add_over_x(const std::string& name, const std::string& label,
                  const std::vector<double>& heights, bool all_joints) {
    Panel panel;
    panel.title = name;
    panel.x = {.label = across_, .from = answer_->x.front(), .to = answer_->x.back()};
    panel.y = axis(label, heights, 0.08);
    std::vector<Point> joints;
    for (std::size_t i = 0; i < answer_->piece.size();) {
      LinesMark mark{
          .key = "", .paths = {{}}, .stroke = {colour_of(answer_->piece[i]), 2.0, {}}, .label = ""};
      const std::size_t piece = answer_->piece[i];
      mark.paths[0].push_back({answer_->x[i], heights[i]});
      for (; i < answer_->piece.size() && answer_->piece[i] == piece; ++i) {
        mark.paths[0].push_back({answer_->x[i + 1], heights[i + 1]});
        const bool is_end = i + 1 == answer_->piece.size();
        if (!is_end && (all_joints || answer_->piece[i + 1] != piece))
          joints.push_back({answer_->x[i + 1], heights[i + 1]});
      }
      panel.marks.push_back(std::move(mark));
    }
    if (view_.joints) panel.marks.push_back(joints_at(std::move(joints), theme_.ink));
    figure_.panels.push_back(std::move(panel));
  }

  void add_second() {
    Panel panel;
    panel.title = "2  second part";
    panel.x = {.label = middle_, .from = answer_->second_y.front(), .to = answer_->second_y.back()};
    panel.y = axis(output_, answer_->second, 0.08);
    LinesMark mark{.key = "", .paths = {{}}, .stroke = {theme_.ink, 2.0, {}}, .label = ""};
    std::vector<Point> joints;
    for (std::size_t i = 0; i < answer_->second_y.size(); ++i) {
      mark.paths[0].push_back({answer_->second_y[i], answer_->second[i]});
      if (i > 0 && i + 1 < answer_->second_y.size()) joints.push_back(mark.paths[0].back());
    }
    panel.marks.push_back(std::move(mark));
    if (view_.joints) panel.marks.push_back(joints_at(std::move(joints), theme_.ink));
    panel.readout = [answer = answer_, across = across_, middle = middle_,
                     output = output_](Point at) {
      constexpr std::size_t most_sources = 8;
      const std::vector<double> sources = sources_of(*answer, at.x);
      std::string from;
      for (std::size_t i = 0; i < sources.size() && i < most_sources; ++i)
        from += (i > 0 ? ",  " : "") + number_text(sources[i]);
      return std::vector<Reading>{
          {middle, number_text(at.x)},
          {output, number_text(height_at(answer->second_y, answer->second, at.x))},
          {fmt::format("reached from {} {}, {}", count_text(sources.size()),
                       sources.size() == 1 ? "place" : "places", across),
           from}};
    };
    figure_.panels.push_back(std::move(panel));
  }

  const Folding& view_;
  std::shared_ptr<const Answer> answer_;
  const Theme& theme_;
  // As in the deck: y = f(x), and then y' = g(y).
  std::string across_, node_, middle_ = "$y$", output_ = "$y'$";
  Figure figure_;
};

}  // namespace

Figure Folding::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  if (answer.x.empty()) return no_regions(std::string(title));
  return Drawing(*this, snapshot, answer, theme).figure();
}

}  // namespace crease
