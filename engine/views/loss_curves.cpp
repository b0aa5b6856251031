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

using Curve = LossCurves::Curve;

/// The exponential mean over a window, begun without a bias towards 0. Numbers that are not finite
/// are passed on and forgotten.
std::vector<Point> smoothed(const std::vector<Point>& raw, int window) {
  const double keep = 1 - 2 / (window + 1.0);
  double sum = 0, weight = 0;
  std::vector<Point> smooth = raw;
  for (Point& point : smooth) {
    if (!std::isfinite(point.y)) continue;
    sum = keep * sum + point.y;
    weight = keep * weight + 1;
    point.y = sum / weight;
  }
  return smooth;
}

bool any(const Curve& curve) {
  return std::any_of(curve.raw.begin(), curve.raw.end(),
                     [](Point p) { return std::isfinite(p.y); });
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
      Sampler(snapshot.data->train, snapshot.document->training).steps_per_epoch());
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const bool has_test = !snapshot.data->test.empty();
  for (const CurvePoint& point : snapshot.curve) {
    const auto step = static_cast<double>(point.step);
    const double at = answer.in_epochs ? step / answer.steps_per_epoch : step;
    const auto add = [at](Curve& curve, bool known, double value) {
      curve.raw.push_back({at, known ? value : none});
    };
    answer.steps.push_back(point.step);
    add(answer.training, true, point.training.loss);
    add(answer.test, has_test, point.test.loss);
    add(answer.training_accuracy, point.training.has_accuracy, point.training.accuracy);
    add(answer.test_accuracy, has_test && point.test.has_accuracy, point.test.accuracy);
  }
  for (Curve* curve :
       {&answer.training, &answer.test, &answer.training_accuracy, &answer.test_accuracy})
    curve->smoothed = smoothing > 1 ? smoothed(curve->raw, smoothing) : curve->raw;
  return answer;
}

namespace {

/// The axis that holds some curves; logarithmic only if they have a positive number.
Axis axis_for(std::initializer_list<const Curve*> curves, bool logarithmic) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Curve* curve : curves)
    for (const Point& point : curve->raw) {
      if (!std::isfinite(point.y) || (logarithmic && point.y <= 0)) continue;
      low = std::min(low, point.y);
      high = std::max(high, point.y);
    }
  if (low > high) return logarithmic ? axis_for(curves, false) : Axis{.label = ""};
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

Axis accuracy_axis(std::initializer_list<const Curve*> curves) {
  double low = 1;
  for (const Curve* curve : curves)
    for (const Point& point : curve->raw)
      if (std::isfinite(point.y)) low = std::min(low, point.y);
  // From a whole tenth up to all; at least two tenths high.
  low = std::min(std::floor(low * 10) / 10, 0.8);
  return {.label = "", .from = low, .to = 1, .format = TickFormat::percent};
}

Axis time_axis(const LossCurves& view, const LossCurves::Answer& answer) {
  Axis axis{.label = answer.in_epochs ? "epoch" : "step"};
  const auto& points = answer.training.raw;
  axis.from = points.empty() ? 0 : points.front().x;
  axis.to = points.empty() ? 1 : points.back().x;
  if (view.log_x) {
    axis.scale = Scale::logarithmic;
    const double first = answer.in_epochs ? 1 / answer.steps_per_epoch : 1;
    for (const Point& point : points)
      if (point.x > 0) {
        axis.from = point.x;
        break;
      }
    axis.from = std::max(axis.from, first);
    axis.to = std::max(axis.to, 2 * axis.from);
  }
  if (axis.to <= axis.from) axis.to = axis.from + 1;
  return axis;
}

void add_curve(Panel& panel, const LossCurves& view, const Curve& curve, const Theme& theme,
               bool is_test, const std::string& label) {
  if (!any(curve)) return;
  const std::string key = is_test ? "test" : "train";
  // On a logarithmic axis a loss of 0 has no place: the line breaks.
  const auto placed = [&](std::vector<Point> points) {
    for (Point& point : points) {
      const bool lost = (panel.y.scale == Scale::logarithmic && point.y <= 0) ||
                        (panel.x.scale == Scale::logarithmic && point.x <= 0);
      if (lost) point.y = std::numeric_limits<double>::quiet_NaN();
    }
    return points;
  };
  if (curve.raw.size() == 1) {
    panel.marks.push_back(PointsMark{.key = key,
                                     .points = placed(curve.raw),
                                     .marker = Marker::disc,
                                     .radius = 2.9,
                                     .fill = theme.ink,
                                     .hollow = is_test,
                                     .edge = {}});
    return;
  }
  if (view.smoothing > 1)
    panel.marks.push_back(LinesMark{.key = key,
                                    .paths = {placed(curve.raw)},
                                    .stroke = {theme.ink.faded(0.25), 0.9, {}},
                                    .label = ""});
  panel.marks.push_back(
      LinesMark{.key = key,
                .paths = {placed(curve.smoothed)},
                .stroke = is_test ? Stroke{theme.ink, 1.6, {4, 3}} : Stroke{theme.ink, 1.8, {}},
                .label = label});
}

/// The numbers at the point of the curves nearest in time.
std::function<std::vector<Reading>(Point)> readout(
    const std::shared_ptr<const LossCurves::Answer>& answer) {
  return [answer](Point at) {
    const auto& points = answer->training.raw;
    std::vector<Reading> readings;
    if (points.empty()) return readings;
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
      if (std::abs(points[i].x - at.x) < std::abs(points[nearest].x - at.x)) nearest = i;
    const auto step = static_cast<double>(answer->steps[nearest]);
    readings.push_back({"epoch", number_text(step / answer->steps_per_epoch)});
    readings.push_back({"step", number_text(step)});
    readings.push_back({"train loss", number_text(points[nearest].y)});
    if (any(answer->test))
      readings.push_back({"test loss", number_text(answer->test.raw[nearest].y)});
    if (any(answer->training_accuracy))
      readings.push_back(
          {"train accuracy", percent_text(answer->training_accuracy.raw[nearest].y)});
    if (any(answer->test_accuracy))
      readings.push_back({"test accuracy", percent_text(answer->test_accuracy.raw[nearest].y)});
    return readings;
  };
}

Table table(const LossCurves::Answer& answer) {
  Table table{{"step", "epoch", "loss", "test_loss", "accuracy", "test_accuracy"}, {}};
  const auto known = [](double value) { return std::isnan(value) ? "" : cell(value); };
  for (std::size_t i = 0; i < answer.steps.size(); ++i)
    table.rows.push_back({cell(static_cast<double>(answer.steps[i])),
                          cell(static_cast<double>(answer.steps[i]) / answer.steps_per_epoch),
                          known(answer.training.raw[i].y), known(answer.test.raw[i].y),
                          known(answer.training_accuracy.raw[i].y),
                          known(answer.test_accuracy.raw[i].y)});
  return table;
}

}  // namespace

Figure LossCurves::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  const auto kept = std::make_shared<const Answer>(answer);
  Figure figure;
  figure.name = std::string(title);
  figure.fact = loss_label(snapshot);
  if (smoothing > 1)
    figure.fact += fmt::format(", mean over {}", count_text(static_cast<std::size_t>(smoothing)));
  figure.table = [kept] { return table(*kept); };

  Panel loss;
  loss.x = time_axis(*this, answer);
  loss.y = axis_for({&answer.training, &answer.test}, log_loss);
  loss.share = 1.6;
  loss.readout = readout(kept);
  add_curve(loss, *this, answer.training, theme, false, "train");
  add_curve(loss, *this, answer.test, theme, true, "test");
  const bool has_accuracy = any(answer.training_accuracy);
  figure.panels.push_back(loss);
  if (!has_accuracy) return figure;

  Panel accuracy;
  accuracy.title = "Accuracy";
  accuracy.x = loss.x;
  accuracy.y = accuracy_axis({&answer.training_accuracy, &answer.test_accuracy});
  accuracy.readout = loss.readout;
  add_curve(accuracy, *this, answer.training_accuracy, theme, false, "");
  add_curve(accuracy, *this, answer.test_accuracy, theme, true, "");
  figure.panels.front().x.label.clear();  // said below the lower panel
  figure.panels.push_back(std::move(accuracy));
  return figure;
}

}  // namespace crease
