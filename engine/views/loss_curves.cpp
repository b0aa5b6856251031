#include "views/loss_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "train/sampler.h"

namespace crease {

namespace {

using Path = LossCurves::Path;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The exponential mean over a window, as if `start` had come before for long; without one it
/// begins with the first number. Numbers that are not finite are passed on and forgotten; a break
/// (no place in time) begins anew.
Path smoothed(Path path, int window, double start = none) {
  const double keep = 1 - 2 / (window + 1.0);
  double sum = 0, weight = 0;
  if (std::isfinite(start)) {
    weight = 1 / (1 - keep);
    sum = weight * start;
  }
  for (Point& point : path) {
    if (std::isnan(point.x)) sum = weight = 0;
    if (!std::isfinite(point.y)) continue;
    sum = keep * sum + point.y;
    weight = keep * weight + 1;
    point.y = sum / weight;
  }
  return path;
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
  const bool has_test = !snapshot.data->test.empty();
  const auto time = [&](const auto& point) {
    return answer.in_epochs ? point.epoch : static_cast<double>(point.step);
  };
  answer.now = answer.in_epochs ? snapshot.epochs : static_cast<double>(snapshot.step);
  const auto& eras = snapshot.eras;
  for (std::size_t e = 1; e < eras.size(); ++e)
    answer.changes.push_back({time(eras[e]), eras[e].loss != eras[e - 1].loss});
  int era = 0;
  const auto add_point = [&](const CurvePoint& point) {
    if (point.era != era) {
      era = point.era;
      answer.steps.push_back(-1);
      answer.epochs.push_back(none);
      for (Path* path : {&answer.training, &answer.test, &answer.training_accuracy,
                         &answer.test_accuracy, &answer.other_training, &answer.other_test})
        path->push_back({none, none});
    }
    const bool other = eras[static_cast<std::size_t>(point.era)].loss != eras.back().loss;
    const auto add = [&](Path& path, bool known, double value) {
      path.push_back({time(point), known ? value : none});
    };
    answer.steps.push_back(point.step);
    answer.epochs.push_back(point.epoch);
    add(answer.training, !other, point.training.loss);
    add(answer.test, has_test && !other, point.test.loss);
    add(answer.training_accuracy, point.training.has_accuracy, point.training.accuracy);
    add(answer.test_accuracy, has_test && point.test.has_accuracy, point.test.accuracy);
    add(answer.other_training, other, point.training.loss);
    add(answer.other_test, has_test && other, point.test.loss);
  };
  // The curves end with the numbers that are told elsewhere: those of all samples, once training
  // rests.
  const CurvePoint& newest = snapshot.scored;
  const CurvePoint last = snapshot.curve.empty() ? CurvePoint{.step = -1} : snapshot.curve.back();
  const bool is_told =
      newest.step >= std::max(last.step, 0L) && newest.era >= era && newest.era >= last.era;
  for (const CurvePoint& point : snapshot.curve)
    if (!is_told || point.step < newest.step) add_point(point);
  if (is_told) add_point(newest);
  const bool is_young = eras.size() == 1 && snapshot.curve.size() < LossCurves::few;
  if (is_young && snapshot.batch_curve.size() > snapshot.curve.size()) {
    constexpr int least_window = 20;
    for (const BatchPoint& point : snapshot.batch_curve) {
      answer.batches.push_back({time(point), point.loss});
      answer.batch_steps.push_back(point.step);
      answer.batch_epochs.push_back(point.epoch);
    }
    answer.window = std::max(smoothing, least_window);
    const double start = snapshot.curve.empty() ? none : snapshot.curve.front().training.loss;
    answer.smoothed = smoothed(answer.batches, answer.window, start);
  } else if (smoothing > 1) {
    answer.window = smoothing;
    answer.smoothed = smoothed(answer.training, smoothing);
  }
  return answer;
}

}  // namespace crease
