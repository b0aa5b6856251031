#include "views/construction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "probe/regions/regions.h"
#include "views/class_colours.h"
#include "views/region_words.h"
#include "views/slice.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = Construction::Answer;
using Unit = Construction::Unit;
using regions::Program;

/// Of a snapshot that is not refused; nothing where a number is not finite.
std::optional<Program> program_of(const Snapshot& snapshot) {
  const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
  if (!std::all_of(parameters.begin(), parameters.end(), [](double w) { return std::isfinite(w); }))
    return {};
  return regions::compile_program(*snapshot.plan, parameters.data(),
                                  home_slice(1, snapshot.data.get()).slice);
}

/// What a unit adds to the first output for each 1 that it gives.
double weight_of(const regions::Weights& weights, std::size_t unit) {
  if (weights.full) return weights.values[unit * weights.stride];
  double sum = 0;
  for (std::uint32_t i = weights.starts[unit]; i < weights.starts[unit + 1]; ++i)
    if (weights.at[i] == 0) sum += weights.values[i];
  return sum;
}

double bent(const regions::Bend& bend, double z) {
  const auto below = std::lower_bound(bend.thresholds.begin(), bend.thresholds.end(), z);
  const auto piece = static_cast<std::size_t>(below - bend.thresholds.begin());
  return bend.slopes[piece] * z + bend.offsets[piece];
}

}  // namespace

std::string Construction::refuses(const Snapshot& snapshot) const {
  const Plan& plan = *snapshot.plan;
  const std::size_t inputs = plan.input.size();
  if (inputs != 1)
    return fmt::format("{} needs a network with 1 input, this one has {}", name, inputs);
  if (const std::string sentence = regions::refusal(plan); !sentence.empty())
    return fmt::format("{} needs piecewise-linear units: {}", name, sentence);
  const std::vector<double> zeros(plan.length, 0.25);
  const Program program =
      regions::compile_program(plan, zeros.data(), regions::Slice::of_inputs(1, {-1, 1, -1, 1}));
  if (program.folds.size() != 1 || program.folds[0].chooses() ||
      program.folds[0].units > most_units || !program.is_continuous ||
      !regions::note_on(program).empty())
    return fmt::format("{} needs one hidden layer of at most {} units that bend (relu, abs ..)",
                       name, most_units);
  return "";
}

Answer Construction::compute(const Snapshot& snapshot, const Frame&, const Cancelled&) const {
  Answer answer;
  const auto program = program_of(snapshot);
  answer.is_finite = program.has_value();
  if (!program) return answer;
  const Domain& window = program->slice.window;
  answer.across = {window.x0, window.x1};
  const auto x_of = [&](double s) {
    return (window.x0 + window.x1) / 2 + s * (window.x1 - window.x0) / 2;
  };
  const regions::Fold& fold = program->folds[0];
  const regions::Rows& rows = program->start[0];
  std::vector<double> places{-1, 1};
  for (std::size_t u = 0; u < fold.units; ++u) {
    Unit unit;
    for (const regions::Fold::Target& target : fold.targets)
      unit.weight = weight_of(target.weights, u);
    for (const double threshold : fold.bend.thresholds) {
      const double slope = rows.column(0)[u];
      const double s = slope == 0 ? 2 : (threshold - rows.column(2)[u]) / slope;
      if (std::abs(s) >= 1) continue;
      unit.joints.push_back(x_of(s));
      places.push_back(s);
    }
    answer.units.push_back(std::move(unit));
  }
  std::sort(places.begin(), places.end());
  const regions::Rows& out = program->start.back();
  answer.constant = out.column(2)[0];
  for (const double s : places) {
    const double x = x_of(s);
    double sum = out.column(0)[0] * s + answer.constant;
    for (std::size_t u = 0; u < fold.units; ++u) {
      Unit& unit = answer.units[u];
      const double z = rows.column(0)[u] * s + rows.column(2)[u], a = bent(fold.bend, z);
      unit.line.push_back({x, z});
      unit.clipped.push_back({x, a});
      unit.weighted.push_back({x, unit.weight * a});
      sum += unit.weight * a;
    }
    answer.sum.push_back({x, sum});
  }
  return answer;
}

namespace {

double height_at(const Construction::Path& path, double x) {
  std::size_t i = 1;
  while (i + 1 < path.size() && path[i].x < x) ++i;
  const Point from = path[i - 1], to = path[i];
  if (to.x == from.x) return to.y;
  return from.y + (x - from.x) / (to.x - from.x) * (to.y - from.y);
}

class Drawing {
 public:
  Drawing(const Construction& view, const Snapshot& snapshot, const Answer& answer,
          const Theme& theme)
      : view_(view),
        snapshot_(snapshot),
        answer_(std::make_shared<const Answer>(answer)),
        theme_(theme) {}

  Figure figure() {
    figure_.name = std::string(Construction::title);
    std::size_t joints = 0;
    for (const Unit& unit : answer_->units) joints += unit.joints.size();
    figure_.fact = fmt::format("{} units, {} {} in view", count_text(answer_->units.size()),
                               count_text(joints), joints == 1 ? "joint" : "joints");
    add_steps("1  lines", &Unit::line, "$z_{0}$");
    add_steps("2  clipped", &Unit::clipped, "$h_{0}$");
    add_steps("3  weighted", &Unit::weighted, "$v_{0} h_{0}$");
    add_sum();
    for (std::size_t u = 0; u < answer_->units.size(); ++u)
      figure_.legend.push_back({.key = key_of(u),
                                .label = fmt::format("unit {}", u + 1),
                                .marker = {},
                                .fill = {},
                                .hollow = false,
                                .stroke = {colour_of(u), 1.8, {}}});
    figure_.table = table();
    return std::move(figure_);
  }

 private:
  static std::string key_of(std::size_t unit) { return fmt::format("unit {}", unit + 1); }
  Colour colour_of(std::size_t unit) const {
    return class_style(theme_, static_cast<int>(unit % 10)).colour;
  }

  Panel panel(const std::string& title, const std::vector<double>& heights) const {
    Panel made;
    made.title = title;
    const Extremes upwards = extremes(heights, 0.08);
    made.x = {.label = "", .from = answer_->across.low, .to = answer_->across.high};
    made.y = {.label = "", .from = upwards.low, .to = upwards.high};
    if (upwards.low < 0 && upwards.high > 0)
      made.marks.push_back(RuleMark{
          .key = "", .upright = false, .at = 0, .stroke = {theme_.frame, 0.8, {}}, .label = ""});
    return made;
  }

  void add_steps(const std::string& title, Construction::Path Unit::*step,
                 const std::string& symbol) {
    std::vector<double> heights;
    for (const Unit& unit : answer_->units)
      for (const Point& at : unit.*step) heights.push_back(at.y);
    Panel made = panel(title, heights);
    for (std::size_t u = 0; u < answer_->units.size(); ++u) {
      const Unit& unit = answer_->units[u];
      made.marks.push_back(LinesMark{
          .key = key_of(u), .paths = {unit.*step}, .stroke = {colour_of(u), 1.6, {}}, .label = ""});
      if (view_.joints) made.marks.push_back(joints_on(u, unit.*step));
    }
    made.readout = [answer = answer_, step, symbol, across = input_label(snapshot_, 0)](Point at) {
      std::vector<Reading> readings{{across, number_text(at.x)}};
      for (std::size_t u = 0; u < answer->units.size(); ++u) {
        std::string label = symbol;
        for (auto found = label.find("{0}"); found != std::string::npos; found = label.find("{0}"))
          label.replace(found, 3, fmt::format("{{{}}}", u + 1));
        readings.push_back({label, number_text(height_at(answer->units[u].*step, at.x))});
      }
      return readings;
    };
    figure_.panels.push_back(std::move(made));
  }

  PointsMark joints_on(std::size_t u, const Construction::Path& path) const {
    PointsMark mark{.key = key_of(u),
                    .points = {},
                    .marker = Marker::disc,
                    .radius = 2.9,
                    .fill = colour_of(u),
                    .hollow = false,
                    .edge = {theme_.picture, 0.9, {}}};
    for (const double x : answer_->units[u].joints) mark.points.push_back({x, height_at(path, x)});
    return mark;
  }

  void add_sum() {
    std::vector<double> heights;
    for (const Point& at : answer_->sum) heights.push_back(at.y);
    const bool is_curve = snapshot_.data && !snapshot_.data->is_classification() &&
                          snapshot_.data->targets.rows() > 0;
    std::vector<Point> samples;
    if (view_.points && is_curve)
      for (std::size_t i = 0; i < snapshot_.data->train.size(); ++i) {
        const auto k = static_cast<Eigen::Index>(snapshot_.data->train[i]);
        if (!is_drawn(i, snapshot_.data->train.size()) || !snapshot_.data->bytes.empty()) continue;
        samples.push_back({static_cast<double>(snapshot_.data->values(0, k)),
                           static_cast<double>(snapshot_.data->targets(0, k))});
        heights.push_back(samples.back().y);
      }
    Panel made = panel(fmt::format("4  summed, bias {}", number_text(answer_->constant)), heights);
    made.share = 1.5;
    made.x.label = input_label(snapshot_, 0);
    if (!samples.empty()) {
      PointsMark mark =
          sample_points(theme_, {theme_.ink2, Marker::disc, false}, false, 2 * samples.size());
      mark.key = "train";
      figure_.legend.push_back({.key = mark.key,
                                .label = "train",
                                .marker = mark.marker,
                                .fill = mark.fill,
                                .hollow = false,
                                .stroke = {}});
      mark.points = std::move(samples);
      made.marks.push_back(std::move(mark));
    }
    made.marks.push_back(LinesMark{
        .key = "", .paths = {answer_->sum}, .stroke = {theme_.ink, 2.0, {}}, .label = ""});
    if (view_.joints)
      for (std::size_t u = 0; u < answer_->units.size(); ++u)
        made.marks.push_back(joints_on(u, answer_->sum));
    made.readout = [answer = answer_, across = input_label(snapshot_, 0),
                    label = output_label(snapshot_, 0)](Point at) -> std::vector<Reading> {
      std::vector<Reading> readings{{across, number_text(at.x)},
                                    {label, number_text(height_at(answer->sum, at.x))}};
      std::string on;
      for (const Unit& unit : answer->units) on += height_at(unit.line, at.x) > 0 ? '1' : '0';
      readings.push_back({"on", on});
      return readings;
    };
    figure_.panels.push_back(std::move(made));
  }

  /// A row for each place at which something bends.
  std::function<Table()> table() const {
    return [answer = answer_] {
      Table table{{"x"}, {}};
      for (std::size_t u = 0; u < answer->units.size(); ++u)
        for (const char* step : {"line", "clipped", "weighted"})
          table.columns.push_back(fmt::format("unit{}_{}", u + 1, step));
      table.columns.push_back("sum");
      for (std::size_t i = 0; i < answer->sum.size(); ++i) {
        table.rows.push_back({cell(answer->sum[i].x)});
        for (const Unit& unit : answer->units)
          for (const Construction::Path* path : {&unit.line, &unit.clipped, &unit.weighted})
            table.rows.back().push_back(cell((*path)[i].y));
        table.rows.back().push_back(cell(answer->sum[i].y));
      }
      return table;
    };
  }

  const Construction& view_;
  const Snapshot& snapshot_;
  std::shared_ptr<const Answer> answer_;
  const Theme& theme_;
  Figure figure_;
};

}  // namespace

Figure Construction::draw(const Snapshot& snapshot, const Answer& answer,
                          const Theme& theme) const {
  if (!answer.is_finite) return no_regions(std::string(title));
  return Drawing(*this, snapshot, answer, theme).figure();
}

}  // namespace crease
