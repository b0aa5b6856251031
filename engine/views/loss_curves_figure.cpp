// Loss curves as a figure: axes that hold what is drawn, curves with their labels, the table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "figure/text.h"
#include "views/loss_curves.h"
#include "views/words.h"

namespace crease {

namespace {

using Path = LossCurves::Path;
constexpr std::size_t few = LossCurves::few;

bool any(const Path& path) {
  return std::any_of(path.begin(), path.end(), [](Point p) { return std::isfinite(p.y); });
}

/// The axis that holds some curves; logarithmic only if they have positive numbers and no negative.
Axis axis_for(std::initializer_list<const Path*> paths, bool logarithmic) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Path* path : paths)
    for (const Point& point : *path) {
      if (logarithmic && point.y < 0) return axis_for(paths, false);
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

/// The losses of single batches that the panel must hold: all but the outliers of many.
Path usual_of(Path batches) {
  constexpr std::size_t many = 40;
  constexpr double left_out = 0.02;  // at each end
  std::erase_if(batches, [](Point p) { return !std::isfinite(p.y); });
  if (batches.size() < many) return batches;
  std::sort(batches.begin(), batches.end(), [](Point a, Point b) { return a.y < b.y; });
  const auto skipped =
      static_cast<std::ptrdiff_t>(left_out * static_cast<double>(batches.size())) + 1;
  return {batches.begin() + skipped, batches.end() - skipped};
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
  double first = std::numeric_limits<double>::infinity(), last = -first;
  for (const Path* path : {&answer.training, &answer.batches})
    for (const Point& point : *path) {
      if (std::isnan(point.x)) continue;
      first = std::min(first, point.x);
      last = std::max(last, point.x);
    }
  axis.from = first <= last ? first : answer.now;
  axis.to = first <= last ? last : answer.now;
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

void add_points(Panel& panel, const Path& path, const Theme& theme, bool is_test) {
  if (path.empty()) return;
  panel.marks.push_back(PointsMark{.key = is_test ? "test" : "train",
                                   .points = placed(path, panel),
                                   .marker = Marker::disc,
                                   .radius = 2.4,
                                   .fill = theme.ink,
                                   .hollow = is_test,
                                   .edge = {theme.picture, 0.9, {}}});
}

/// The points that no line reaches, since their neighbours are missing: the first after a change.
Path alone_in(const Path& path) {
  Path alone;
  const auto known = [&](std::size_t i) { return i < path.size() && std::isfinite(path[i].y); };
  for (std::size_t i = 0; i < path.size(); ++i)
    if (known(i) && !known(i + 1) && (i == 0 || !known(i - 1))) alone.push_back(path[i]);
  return alone;
}

/// The line of one part, with its points where they are few.
void add_curve(Panel& panel, const Path& path, const Theme& theme, bool is_test,
               const std::string& label, double opacity = 1) {
  if (!any(path)) return;
  const std::string key = is_test ? "test" : "train";
  // A label stands at the end of the panel: a curve that ends long before has it beside its end.
  const auto last =
      std::find_if(path.rbegin(), path.rend(), [](Point p) { return std::isfinite(p.y); });
  constexpr double near_the_end = 0.8;
  const bool ends_early =
      last->x < panel.x.from + near_the_end * (panel.x.to - panel.x.from) && !label.empty();
  panel.marks.push_back(LinesMark{.key = key,
                                  .paths = {placed(path, panel)},
                                  .stroke = is_test ? Stroke{theme.ink.faded(opacity), 1.6, {4, 3}}
                                                    : Stroke{theme.ink.faded(opacity), 1.8, {}},
                                  .label = ends_early ? "" : label});
  if (ends_early)
    panel.marks.push_back(TextMark{.key = key,
                                   .at = {last->x + 0.02 * (panel.x.to - panel.x.from), last->y},
                                   .markup = label,
                                   .colour = theme.ink2,
                                   .ground = true});
  add_points(panel, path.size() < few ? path : alone_in(path), theme, is_test);
}

void add_raw(Panel& panel, const Path& path, const Theme& theme) {
  panel.marks.push_back(LinesMark{.key = "train",
                                  .paths = {placed(path, panel)},
                                  .stroke = {theme.ink.faded(0.25), 0.9, {}},
                                  .label = ""});
}

/// The number of the point nearest in time; the size of the list where it has none.
std::size_t nearest_to(const Path& points, double x) {
  std::size_t nearest = points.size();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isnan(points[i].x)) continue;
    if (nearest == points.size() || std::abs(points[i].x - x) < std::abs(points[nearest].x - x))
      nearest = i;
  }
  return nearest;
}

/// The numbers at the point of the curves nearest in time.
std::function<std::vector<Reading>(Point)> readout(
    const std::shared_ptr<const LossCurves::Answer>& answer) {
  return [answer](Point at) {
    std::vector<Reading> readings;
    const std::size_t i = nearest_to(answer->training, at.x);
    if (i == answer->training.size()) return readings;
    const auto add = [&](const char* label, const Path& path, bool percent) {
      if (any(path) && std::isfinite(path[i].y))
        readings.push_back({label, percent ? percent_text(path[i].y) : number_text(path[i].y)});
    };
    readings.push_back({"epoch", number_text(answer->epochs[i])});
    readings.push_back({"step", number_text(static_cast<double>(answer->steps[i]))});
    add("train loss", answer->training, false);
    add("test loss", answer->test, false);
    add("train loss then", answer->other_training, false);
    add("test loss then", answer->other_test, false);
    add("train accuracy", answer->training_accuracy, true);
    add("test accuracy", answer->test_accuracy, true);
    return readings;
  };
}

/// The points of these curves nearest in time.
std::function<std::vector<Point>(Point)> on_curves(std::vector<Path> paths) {
  return [paths = std::move(paths)](Point at) {
    std::vector<Point> found;
    for (const Path& path : paths)
      if (const std::size_t i = nearest_to(path, at.x); i < path.size()) found.push_back(path[i]);
    return found;
  };
}

/// A row for each point that is drawn: of the curves, of single batches, or of both.
Table table(const LossCurves::Answer& answer) {
  Table table{{"step", "epoch", "loss", "test_loss", "accuracy", "test_accuracy"}, {}};
  const bool has_batches = !answer.batches.empty();
  if (has_batches) table.columns.emplace_back("batch_loss");
  if (!answer.smoothed.empty()) table.columns.emplace_back("mean_loss");
  const auto known = [](double value) { return std::isnan(value) ? "" : cell(value); };
  const auto either = [&](double a, double b) { return known(std::isnan(a) ? b : a); };
  const auto point = [&](std::size_t i) {
    return std::vector<std::string>{cell(answer.steps[i]),
                                    cell(answer.epochs[i]),
                                    either(answer.training[i].y, answer.other_training[i].y),
                                    either(answer.test[i].y, answer.other_test[i].y),
                                    known(answer.training_accuracy[i].y),
                                    known(answer.test_accuracy[i].y)};
  };
  std::size_t b = 0;
  const auto batch = [&](std::vector<std::string>& row) {
    row.push_back(known(answer.batches[b].y));
    row.push_back(known(answer.smoothed[b++].y));
  };
  const auto batches_before = [&](long step) {
    while (b < answer.batches.size() && answer.batch_steps[b] < step) {
      std::vector<std::string> row{
          cell(answer.batch_steps[b]), cell(answer.batch_epochs[b]), "", "", "", ""};
      batch(row);
      table.rows.push_back(std::move(row));
    }
  };
  for (std::size_t i = 0; i < answer.steps.size(); ++i) {
    if (answer.steps[i] < 0) continue;
    batches_before(answer.steps[i]);
    std::vector<std::string> row = point(i);
    if (b < answer.batches.size() && answer.batch_steps[b] == answer.steps[i])
      batch(row);
    else if (!has_batches && !answer.smoothed.empty())
      row.push_back(known(answer.smoothed[i].y));
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  batches_before(std::numeric_limits<long>::max());
  return table;
}

/// Where the data or the loss became another one.
void add_changes(Panel& panel, const LossCurves::Answer& answer, const Theme& theme,
                 bool with_words) {
  // The newest first: where words would lie on each other, its own stay.
  for (auto change = answer.changes.rbegin(); change != answer.changes.rend(); ++change)
    panel.marks.push_back(RuleMark{.key = "",
                                   .upright = true,
                                   .at = change->at,
                                   .stroke = {theme.ink3, 1, {1, 3}},
                                   .label = !with_words          ? ""
                                            : change->other_loss ? "new loss"
                                                                 : "new data"});
}

/// ", of 600 + 500 samples" where the points do not measure every sample of both parts.
std::string measured_part(const Snapshot& snapshot) {
  if (snapshot.curve.empty() || !snapshot.data) return "";
  const CurvePoint& newest = snapshot.curve.back();
  const std::size_t training = newest.training.samples, test = newest.test.samples;
  if (training >= snapshot.data->train.size() && test >= snapshot.data->test.size()) return "";
  if (test == 0) return fmt::format(", of {} samples", count_text(training));
  return fmt::format(", of {} + {} samples", count_text(training), count_text(test));
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
  else
    figure.fact += ", each epoch";
  figure.fact += measured_part(snapshot);
  figure.table = [kept] { return table(*kept); };

  Panel loss;
  loss.x = time_axis(*this, answer);
  const Path& drawn = answer.smoothed.empty() ? answer.training : answer.smoothed;
  const Path nothing;
  const Path& train = show_train ? answer.training : nothing;
  const Path& test = show_test ? answer.test : nothing;
  const Path& mean = show_train ? drawn : nothing;
  const Path batches = show_train ? usual_of(answer.batches) : nothing;
  loss.y = axis_for({&train, &test, &mean, &batches, show_train ? &answer.other_training : &nothing,
                     show_test ? &answer.other_test : &nothing},
                    log_loss);
  loss.share = 1.6;
  loss.readout = readout(kept);
  add_changes(loss, answer, theme, true);
  constexpr double back = 0.35;
  if (show_train) {
    if (!answer.smoothed.empty())
      add_raw(loss, answer.batches.empty() ? answer.training : answer.batches, theme);
    add_curve(loss, answer.other_training, theme, false, "", back);
    add_curve(loss, drawn, theme, false, "train");
    if (!answer.batches.empty()) add_points(loss, answer.training, theme, false);
  }
  // Between two points an epoch apart the loss was hardly on the straight line: it stays in the
  // back.
  if (show_test) {
    add_curve(loss, answer.other_test, theme, true, "", back);
    add_curve(loss, answer.test, theme, true, "test", answer.batches.empty() ? 1 : back);
  }
  loss.on_curves = on_curves({train, test});
  const bool has_accuracy =
      any(answer.training_accuracy) && std::isfinite(answer.training_accuracy.back().y);
  figure.panels.push_back(std::move(loss));
  if (!has_accuracy) return figure;

  Panel accuracy;
  accuracy.title = "Accuracy";
  accuracy.x = figure.panels[0].x;
  accuracy.y = accuracy_axis({&answer.training_accuracy, &answer.test_accuracy});
  accuracy.readout = figure.panels[0].readout;
  add_changes(accuracy, answer, theme, false);
  if (show_train) add_curve(accuracy, answer.training_accuracy, theme, false, "");
  if (show_test) add_curve(accuracy, answer.test_accuracy, theme, true, "");
  accuracy.on_curves = on_curves({show_train ? answer.training_accuracy : nothing,
                                  show_test ? answer.test_accuracy : nothing});
  figure.panels[0].x.label.clear();  // said below the lower panel
  figure.panels.push_back(std::move(accuracy));
  return figure;
}

}  // namespace crease
