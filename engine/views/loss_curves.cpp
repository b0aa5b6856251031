#include "views/loss_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "figure/text.h"
#include "train/sampler.h"
#include "views/words.h"

namespace crease {

namespace {

using Path = LossCurves::Path;

/// With fewer points than this a curve shows each of them.
constexpr std::size_t few = 12;

/// The exponential mean over a window, begun without a bias towards 0. Numbers that are not finite
/// are passed on and forgotten.
Path smoothed(Path path, int window) {
  const double keep = 1 - 2 / (window + 1.0);
  double sum = 0, weight = 0;
  for (Point& point : path) {
    if (!std::isfinite(point.y)) continue;
    sum = keep * sum + point.y;
    weight = keep * weight + 1;
    point.y = sum / weight;
  }
  return path;
}

bool any(const Path& path) {
  return std::any_of(path.begin(), path.end(), [](Point p) { return std::isfinite(p.y); });
}

}  // namespace

std::string LossCurves::refuses(const Snapshot& snapshot) const {
  if (snapshot.data) return "";
  return fmt::format("{} needs data to train on, this document has none", name);
}

LossCurves::Answer LossCurves::compute(const Snapshot& snapshot, const Frame&,
                                       const Cancelled&) const {
  Answer answer;
  answer.in_epochs = x == TimeUnit::epochs;
  answer.steps_per_epoch = static_cast<double>(
      Sampler(snapshot.data->train, snapshot.document->training, *snapshot.data).steps_per_epoch());
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const bool has_test = !snapshot.data->test.empty();
  const auto time = [&](long step) {
    return static_cast<double>(step) / (answer.in_epochs ? answer.steps_per_epoch : 1);
  };
  for (const CurvePoint& point : snapshot.curve) {
    const auto add = [&](Path& path, bool known, double value) {
      path.push_back({time(point.step), known ? value : none});
    };
    answer.steps.push_back(point.step);
    add(answer.training, true, point.training.loss);
    add(answer.test, has_test, point.test.loss);
    add(answer.training_accuracy, point.training.has_accuracy, point.training.accuracy);
    add(answer.test_accuracy, has_test && point.test.has_accuracy, point.test.accuracy);
  }
  if (snapshot.curve.size() < few && snapshot.batch_curve.size() > snapshot.curve.size()) {
    constexpr int least_window = 20;
    for (const BatchPoint& point : snapshot.batch_curve)
      answer.batches.push_back({time(point.step), point.loss});
    answer.window = std::max(smoothing, least_window);
    answer.smoothed = smoothed(answer.batches, answer.window);
  } else if (smoothing > 1) {
    answer.window = smoothing;
    answer.smoothed = smoothed(answer.training, smoothing);
  }
  return answer;
}

namespace {

/// The axis that holds some curves; logarithmic only if they have a positive number.
Axis axis_for(std::initializer_list<const Path*> paths, bool logarithmic) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Path* path : paths)
    for (const Point& point : *path) {
      if (!std::isfinite(point.y) || (logarithmic && point.y <= 0)) continue;
      low = std::min(low, point.y);
      high = std::max(high, point.y);
    }
  if (low > high) return logarithmic ? axis_for(paths, false) : Axis{.label = ""};
  Axis axis{.label = ""};
  if (logarithmic) {
    // At least a factor of two high, so that what hardly moves is not blown up.
    const double room = std::max(1.12, std::sqrt(2 * low / high));
    axis.from = low / room;
    axis.to = high * room;
    axis.scale = Scale::logarithmic;
    return axis;
  }
  axis.from = low < 0 ? low * 1.05 : 0;
  axis.to = high > 0 ? high * 1.05 : 0;
  if (axis.from == axis.to) axis.to = 1;
  return axis;
}

Axis accuracy_axis(std::initializer_list<const Path*> paths) {
  double low = 1;
  for (const Path* path : paths)
    for (const Point& point : *path)
      if (std::isfinite(point.y)) low = std::min(low, point.y);
  // From a whole tenth up to all; at least two tenths high.
  low = std::min(std::floor(low * 10) / 10, 0.8);
  return {.label = "", .from = low, .to = 1, .format = TickFormat::percent};
}

Axis time_axis(const LossCurves& view, const LossCurves::Answer& answer) {
  Axis axis{.label = answer.in_epochs ? "epoch" : "step"};
  std::vector<double> times;
  for (const Path* path : {&answer.training, &answer.batches})
    for (const Point& point : *path) times.push_back(point.x);
  if (!times.empty()) {
    const auto [first, last] = std::minmax_element(times.begin(), times.end());
    axis.from = *first;
    axis.to = *last;
  }
  const double one_step = answer.in_epochs ? 1 / answer.steps_per_epoch : 1;
  if (view.log_x) {
    axis.scale = Scale::logarithmic;
    axis.from = std::max(axis.from, one_step);
  }
  if (axis.to < axis.from + one_step) axis.to = axis.from + std::max(1.0, one_step);
  return axis;
}

/// On a logarithmic axis a number that is not positive has no place: the line breaks.
Path placed(Path path, const Panel& panel) {
  for (Point& point : path) {
    const bool lost = (panel.y.scale == Scale::logarithmic && point.y <= 0) ||
                      (panel.x.scale == Scale::logarithmic && point.x <= 0);
    if (lost) point.y = std::numeric_limits<double>::quiet_NaN();
  }
  return path;
}

/// The line of one part, with its points where they are few.
void add_curve(Panel& panel, const Path& path, const Theme& theme, bool is_test,
               const std::string& label, double opacity = 1) {
  if (!any(path)) return;
  const std::string key = is_test ? "test" : "train";
  panel.marks.push_back(LinesMark{.key = key,
                                  .paths = {placed(path, panel)},
                                  .stroke = is_test ? Stroke{theme.ink.faded(opacity), 1.6, {4, 3}}
                                                    : Stroke{theme.ink.faded(opacity), 1.8, {}},
                                  .label = label});
  if (path.size() >= few) return;
  panel.marks.push_back(PointsMark{.key = key,
                                   .points = placed(path, panel),
                                   .marker = Marker::disc,
                                   .radius = 2.4,
                                   .fill = theme.ink,
                                   .hollow = is_test,
                                   .edge = {theme.picture, 0.9, {}}});
}

void add_raw(Panel& panel, const Path& path, const Theme& theme) {
  panel.marks.push_back(LinesMark{.key = "train",
                                  .paths = {placed(path, panel)},
                                  .stroke = {theme.ink.faded(0.25), 0.9, {}},
                                  .label = ""});
}

/// The numbers at the point of the curves nearest in time.
std::function<std::vector<Reading>(Point)> readout(
    const std::shared_ptr<const LossCurves::Answer>& answer) {
  return [answer](Point at) {
    const auto& points = answer->training;
    std::vector<Reading> readings;
    if (points.empty()) return readings;
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
      if (std::abs(points[i].x - at.x) < std::abs(points[nearest].x - at.x)) nearest = i;
    const auto step = static_cast<double>(answer->steps[nearest]);
    readings.push_back({"epoch", number_text(step / answer->steps_per_epoch)});
    readings.push_back({"step", number_text(step)});
    readings.push_back({"train loss", number_text(points[nearest].y)});
    if (any(answer->test)) readings.push_back({"test loss", number_text(answer->test[nearest].y)});
    if (any(answer->training_accuracy))
      readings.push_back({"train accuracy", percent_text(answer->training_accuracy[nearest].y)});
    if (any(answer->test_accuracy))
      readings.push_back({"test accuracy", percent_text(answer->test_accuracy[nearest].y)});
    return readings;
  };
}

Table table(const LossCurves::Answer& answer) {
  Table table{{"step", "epoch", "loss", "test_loss", "accuracy", "test_accuracy"}, {}};
  const auto known = [](double value) { return std::isnan(value) ? "" : cell(value); };
  for (std::size_t i = 0; i < answer.steps.size(); ++i)
    table.rows.push_back({cell(static_cast<double>(answer.steps[i])),
                          cell(static_cast<double>(answer.steps[i]) / answer.steps_per_epoch),
                          known(answer.training[i].y), known(answer.test[i].y),
                          known(answer.training_accuracy[i].y), known(answer.test_accuracy[i].y)});
  return table;
}

}  // namespace

Figure LossCurves::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  const auto kept = std::make_shared<const Answer>(answer);
  Figure figure;
  figure.name = std::string(title);
  figure.fact = loss_label(snapshot);
  if (!answer.smoothed.empty())
    figure.fact += fmt::format(", mean over {}{}", answer.window,
                               answer.batches.empty() ? " points" : " batches");
  figure.table = [kept] { return table(*kept); };

  Panel loss;
  loss.x = time_axis(*this, answer);
  // Of single batches the outliers may leave the panel.
  const Path& drawn = answer.smoothed.empty() ? answer.training : answer.smoothed;
  loss.y = answer.batches.empty() ? axis_for({&answer.training, &answer.test}, log_loss)
                                  : axis_for({&answer.training, &answer.test, &drawn}, log_loss);
  loss.share = 1.6;
  loss.readout = readout(kept);
  if (!answer.smoothed.empty())
    add_raw(loss, answer.batches.empty() ? answer.training : answer.batches, theme);
  add_curve(loss, drawn, theme, false, "train");
  // Between two points an epoch apart the loss was hardly on the straight line: it stays in the
  // back.
  add_curve(loss, answer.test, theme, true, "test", answer.batches.empty() ? 1 : 0.35);
  const bool has_accuracy = any(answer.training_accuracy);
  figure.panels.push_back(std::move(loss));
  if (!has_accuracy) return figure;

  Panel accuracy;
  accuracy.title = "Accuracy";
  accuracy.x = figure.panels[0].x;
  accuracy.y = accuracy_axis({&answer.training_accuracy, &answer.test_accuracy});
  accuracy.readout = figure.panels[0].readout;
  add_curve(accuracy, answer.training_accuracy, theme, false, "");
  add_curve(accuracy, answer.test_accuracy, theme, true, "");
  figure.panels[0].x.label.clear();  // said below the lower panel
  figure.panels.push_back(std::move(accuracy));
  return figure;
}

}  // namespace crease
