#include "views/function_1d.h"

#include <fmt/format.h>

#include <cmath>

#include "figure/text.h"
#include "views/class_colours.h"
#include "views/function_1d_pieces.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = Function1d::Answer;

double input_of(const DataSet& data, std::size_t sample) {
  if (!data.bytes.empty()) return data.bytes[sample] / 255.0;
  return data.values(0, static_cast<Eigen::Index>(sample));
}

std::vector<double> inputs_of(const DataSet& data, const std::vector<std::size_t>& samples) {
  std::vector<double> inputs;
  for (const std::size_t i : samples) inputs.push_back(input_of(data, i));
  return inputs;
}

/// One number a line: the outputs as they are, the probability of class 1, or of each class.
void lines_at(const Meaning& meaning, const float* y, std::size_t stride, std::vector<double>& to) {
  if (meaning.has_probabilities()) {
    std::vector<double> shares(static_cast<std::size_t>(meaning.classes()));
    meaning.shares(y, stride, shares);
    if (shares.size() == 2 && to.size() == 1)
      to[0] = shares[1];
    else
      to = shares;
    return;
  }
  for (std::size_t k = 0; k < to.size(); ++k) to[k] = static_cast<double>(y[k * stride]);
}

/// Where sample `i` stands over line `k`; nothing where it has no place there.
std::optional<double> height_of(const Answer& answer, const Predictions& part, std::size_t i,
                                std::size_t k) {
  const int label = part.labels[i];
  if (!answer.meaning.decides()) return static_cast<double>(part.target_of(i)[k]);
  if (answer.y.size() == 1) return answer.meaning.has_probabilities() ? label : 2 * label - 1;
  if (label != static_cast<int>(k)) return {};
  return 1;
}

}  // namespace

std::string Function1d::refuses(const Snapshot& snapshot) const {
  const std::size_t inputs = snapshot.plan->input.size();
  if (inputs == 1) return "";
  return fmt::format("{} needs a network with 1 input, this one has {}", name, inputs);
}

Answer Function1d::compute(const Snapshot& snapshot, const Frame& frame,
                           const Cancelled& cancelled) const {
  Answer answer;
  answer.meaning = meaning_of(snapshot);
  std::vector<double> all_x;
  if (snapshot.data) {
    const DataSet& data = *snapshot.data;
    answer.training = predict(snapshot, data.train, cancelled);
    answer.training_x = inputs_of(data, data.train);
    for (std::size_t i = 0; i < data.size(); ++i) all_x.push_back(input_of(data, i));
    if (show_test) {
      const auto others = held_back(data);
      answer.held_back = predict(snapshot, others, cancelled);
      answer.held_back_x = inputs_of(data, others);
    }
  }
  const Extremes across = extremes(all_x, 0.06);
  double from = across.low, to = across.high;
  if (frame.window) {
    const double beyond = 0.25 * (frame.window->x1 - frame.window->x0);
    from = frame.window->x0 - beyond;
    to = frame.window->x1 + beyond;
  }
  const auto count = static_cast<std::size_t>(std::clamp(4 * frame.pixels, 2, 8192)) + 1;
  const std::size_t lines = snapshot.plan->output_shape().size();
  answer.x.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    answer.x[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
  answer.y.assign(lines, std::vector<double>(count, std::numeric_limits<double>::quiet_NaN()));
  const auto fill = [&](std::size_t first, int live, float* x) {
    for (int s = 0; s < live; ++s)
      x[s] = static_cast<float>(answer.x[first + static_cast<std::size_t>(s)]);
  };
  std::vector<double> values(lines);
  const auto take = [&](std::size_t first, int live, const Workspace<float>& workspace) {
    for (int s = 0; s < live; ++s) {
      lines_at(answer.meaning, workspace.output() + s, lanes, values);
      for (std::size_t k = 0; k < lines; ++k)
        answer.y[k][first + static_cast<std::size_t>(s)] = values[k];
    }
  };
  run_blocks(*snapshot.plan, snapshot.parameters, count, cancelled, fill, take);

  std::vector<double> heights;
  for (const Predictions* part : {&answer.training, &answer.held_back})
    for (std::size_t i = 0; i < part->samples.size(); ++i)
      for (std::size_t k = 0; k < lines; ++k)
        if (const auto height = height_of(answer, *part, i, k)) heights.push_back(*height);
  const bool is_signed = lines == 1 && !answer.meaning.has_probabilities();
  if (answer.meaning.decides()) heights.insert(heights.end(), {is_signed ? -1.0 : 0.0, 1.0});
  if (heights.empty())
    for (const auto& line : answer.y) heights.insert(heights.end(), line.begin(), line.end());
  const Extremes upwards = extremes(heights, 0.1);
  if (pieces) answer.found = pieces_of(snapshot, {from, to}, cancelled);
  answer.home = {across.low, across.high, upwards.low, upwards.high};
  return answer;
}

namespace {

std::size_t nearest(const std::vector<double>& places, double x) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < places.size(); ++i)
    if (std::abs(places[i] - x) < std::abs(places[best] - x)) best = i;
  return best;
}

class Drawing {
 public:
  Drawing(const Function1d& view, const Snapshot& snapshot, const Answer& answer,
          const Theme& theme)
      : view_(view),
        snapshot_(snapshot),
        answer_(std::make_shared<const Answer>(answer)),
        theme_(theme) {}

  Figure figure() {
    figure_.name = std::string(Function1d::title);
    const Domain& home = answer_->home;
    panel_.x = {.label = input_label(snapshot_, 0), .from = home.x0, .to = home.x1};
    panel_.y = {.label = height_label(), .from = home.y0, .to = home.y1};
    panel_.framed = true;
    if (view_.residuals) add_residuals();
    add_points(answer_->training, answer_->training_x, false);
    add_points(answer_->held_back, answer_->held_back_x, true);
    add_lines();
    if (answer_->found) add_joints(snapshot_, *answer_, theme_, panel_, figure_);
    add_fact();
    if (answer_->found) add_piece_count(*answer_, figure_.fact);
    panel_.readout = readout();
    figure_.table = table();
    figure_.panels.push_back(std::move(panel_));
    return std::move(figure_);
  }

 private:
  bool decides() const { return answer_->meaning.decides(); }
  std::size_t lines() const { return answer_->y.size(); }

  std::string height_label() const {
    if (answer_->meaning.has_probabilities()) return "$p$";
    return lines() == 1 ? output_label(snapshot_, 0) : "$y$";
  }
  std::string line_label(std::size_t k) const {
    const int number = static_cast<int>(k);
    if (decides() && lines() > 1) return class_label(snapshot_, number);
    return answer_->meaning.has_probabilities() ? "$p$" : output_label(snapshot_, number);
  }
  /// Of a real output its own; of a decision the class's.
  ClassStyle style_of(std::size_t k) const {
    if (decides() || lines() > 1) return class_style(theme_, static_cast<int>(k));
    return {theme_.positive, Marker::disc, false};
  }

  void add_residuals() {
    LinesMark mark{
        .key = "train", .paths = {}, .stroke = {theme_.ink2.faded(0.6), 0.8, {}}, .label = ""};
    const Predictions& part = answer_->training;
    for (std::size_t i = 0; i < part.samples.size(); ++i)
      for (std::size_t k = 0; k < lines(); ++k) {
        const auto height = height_of(*answer_, part, i, k);
        if (!height || !is_drawn(i, part.samples.size())) continue;
        std::vector<double> fit(lines());
        lines_at(answer_->meaning, part.of(i), 1, fit);
        const double x = answer_->training_x[i];
        mark.paths.push_back({{x, *height}, {x, fit[k]}});
      }
    panel_.marks.push_back(std::move(mark));
  }

  void add_points(const Predictions& part, const std::vector<double>& x, bool hollow) {
    if (part.samples.empty()) return;
    const std::size_t drawn = std::min(most_points, part.samples.size());
    const std::size_t groups =
        decides() ? static_cast<std::size_t>(answer_->meaning.classes()) : lines();
    for (std::size_t g = 0; g < groups; ++g) {
      PointsMark mark = sample_points(theme_, style_of(g), hollow, 2 * drawn);
      mark.key = hollow ? "test" : "train";
      for (std::size_t i = 0; i < part.samples.size(); ++i) {
        if (!is_drawn(i, part.samples.size())) continue;
        if (decides() && part.labels[i] != static_cast<int>(g)) continue;
        const std::size_t line = lines() == 1 ? 0 : g;
        if (const auto height = height_of(*answer_, part, i, line))
          mark.points.push_back({x[i], *height});
      }
      if (!mark.points.empty()) panel_.marks.push_back(std::move(mark));
    }
    ClassStyle style =
        lines() == 1 && !decides() ? style_of(0) : ClassStyle{theme_.ink2, {}, false};
    style.marker = Marker::disc;
    const PointsMark like = sample_points(theme_, style, hollow, 1);
    figure_.legend.push_back({.key = hollow ? "test" : "train",
                              .label = hollow ? held_back_label(*snapshot_.data) : "train",
                              .marker = like.marker,
                              .fill = like.fill,
                              .hollow = hollow,
                              .stroke = like.edge});
  }

  void add_lines() {
    constexpr std::size_t most_labels = 12;
    for (std::size_t k = 0; k < lines(); ++k) {
      std::vector<Point> path;
      for (std::size_t i = 0; i < answer_->x.size(); ++i)
        path.push_back({answer_->x[i], answer_->y[k][i]});
      const bool single = lines() == 1;
      panel_.marks.push_back(
          LinesMark{.key = fmt::format("line {}", k),
                    .paths = {std::move(path)},
                    .stroke = {single ? theme_.ink : style_of(k).colour, single ? 2.0 : 1.8, {}},
                    .label = single || lines() > most_labels ? "" : line_label(k)});
    }
    if (lines() == 1)
      figure_.legend.push_back({.key = "line 0",
                                .label = "network",
                                .marker = {},
                                .fill = {},
                                .hollow = false,
                                .stroke = {theme_.ink, 2.0, {}}});
  }

  void add_fact() {
    const bool has_test = !answer_->held_back.samples.empty();
    const Predictions& judged = has_test ? answer_->held_back : answer_->training;
    if (judged.samples.empty()) return;
    if (decides()) {
      figure_.fact =
          wrong_text(answer_->training.wrong() + answer_->held_back.wrong(),
                     answer_->training.samples.size() + answer_->held_back.samples.size());
      return;
    }
    figure_.fact = fmt::format("rms error {}{}", number_text(judged.rmse()),
                               has_test ? " on " + held_back_label(*snapshot_.data) : "");
  }

  std::function<std::vector<Reading>(Point)> readout() const {
    std::vector<std::string> labels;
    for (std::size_t k = 0; k < lines(); ++k) labels.push_back(line_label(k));
    return [answer = answer_, plan = snapshot_.plan, labels, across = panel_.x.label](Point at) {
      constexpr std::size_t most_lines = 6;
      std::vector<Reading> readings{{across, number_text(at.x)}};
      const std::size_t here = nearest(answer->x, at.x);
      for (std::size_t k = 0; k < labels.size() && k < most_lines; ++k)
        readings.push_back({labels[k], number_text(answer->y[k][here])});
      if (answer->found) read_piece(*answer->found, *plan, at.x, readings);
      if (answer->training_x.empty() || answer->y.size() > 1 || answer->meaning.decides())
        return readings;
      const std::size_t i = nearest(answer->training_x, at.x);
      const auto target = static_cast<double>(answer->training.target_of(i)[0]);
      const auto fit = static_cast<double>(answer->training.of(i)[0]);
      readings.push_back({"nearest sample", number_text(target)});
      readings.push_back({"residual", number_text(target - fit)});
      return readings;
    };
  }

  /// Samples first, then the lines, then their joints.
  std::function<Table()> table() const {
    return [answer = answer_] {
      Table table{{"part", "x"}, {}};
      const std::size_t lines = answer->y.size();
      for (std::size_t k = 0; k < lines; ++k)
        table.columns.push_back(fmt::format("target{}", k + 1));
      for (std::size_t k = 0; k < lines; ++k) table.columns.push_back(fmt::format("line{}", k + 1));
      const auto part = [&](const char* label, const Predictions& found,
                            const std::vector<double>& x) {
        std::vector<double> fit(lines);
        for (std::size_t i = 0; i < found.samples.size(); ++i) {
          table.rows.push_back({label, cell(x[i])});
          for (std::size_t k = 0; k < lines; ++k)
            table.rows.back().push_back(cell(found.target_of(i)[k]));
          lines_at(answer->meaning, found.of(i), 1, fit);
          for (const double y : fit) table.rows.back().push_back(cell(y));
        }
      };
      part("train", answer->training, answer->training_x);
      part("test", answer->held_back, answer->held_back_x);
      for (std::size_t i = 0; i < answer->x.size(); ++i) {
        table.rows.push_back({"line", cell(answer->x[i])});
        table.rows.back().resize(2 + lines);
        for (std::size_t k = 0; k < lines; ++k) table.rows.back().push_back(cell(answer->y[k][i]));
      }
      if (answer->found) add_joints(*answer, table);
      return table;
    };
  }

  const Function1d& view_;
  const Snapshot& snapshot_;
  std::shared_ptr<const Answer> answer_;
  const Theme& theme_;
  Figure figure_;
  Panel panel_;
};

}  // namespace

Figure Function1d::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  return Drawing(*this, snapshot, answer, theme).figure();
}

}  // namespace crease
