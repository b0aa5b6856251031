// How a decision boundary is drawn: the field, the lines, the samples over them.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "figure/text.h"
#include "views/class_colours.h"
#include "views/decision_boundary.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = DecisionBoundary::Answer;

/// Puts one answer into a figure.
class Drawing {
 public:
  Drawing(const DecisionBoundary& view, const Snapshot& snapshot, const Answer& answer,
          const Theme& theme)
      : view_(view),
        snapshot_(snapshot),
        answer_(std::make_shared<const Answer>(answer)),
        theme_(theme) {}

  Figure figure() {
    figure_.name = decides() ? std::string(DecisionBoundary::title) : "Surface";
    const Domain& home = answer_->home.domain;
    panel_.x = {.label = input_label(snapshot_, 0), .from = home.x0, .to = home.x1};
    panel_.y = {.label = input_label(snapshot_, 1), .from = home.y0, .to = home.y1};
    panel_.equal = answer_->home.equal;
    panel_.framed = true;
    add_field();
    if (view_.contours) add_lines();
    if (answer_->meaning.decides())
      add_classes();
    else
      add_values();
    panel_.readout = readout();
    figure_.table = table();
    figure_.panels.push_back(std::move(panel_));
    return std::move(figure_);
  }

 private:
  bool decides() const { return answer_->meaning.decides(); }

  void add_field() {
    const OutputField& field = answer_->field;
    auto raster = std::make_shared<Raster>(field.grid.columns, field.grid.rows);
    const ClassColours colours(theme_, answer_->meaning.classes(), view_.discretise);
    const ColourTable table(value_map(theme_, answer_->range.low < 0, true));
    std::vector<double> shares(static_cast<std::size_t>(answer_->meaning.classes()));
    for (std::size_t i = 0; i < field.grid.size(); ++i) {
      if (decides()) {
        for (std::size_t k = 0; k < shares.size(); ++k)
          shares[k] = static_cast<double>(answer_->shares[k * field.grid.size() + i]);
        raster->pixels[i] = colours.of(shares);
      } else {
        const auto value = static_cast<double>(field.of_output(answer_->output)[i]);
        raster->pixels[i] =
            std::isfinite(value) ? table.at(share_in(answer_->range, value)) : Colour{0, 0, 0, 0};
      }
    }
    panel_.marks.push_back(ImageMark{.key = "",
                                     .at = field.grid.picture(),
                                     .raster = std::move(raster),
                                     .smooth = !view_.discretise});
  }

  void add_lines() {
    panel_.marks.push_back(LinesMark{
        .key = "", .paths = answer_->boundary, .stroke = {theme_.ink, 1.8, {}}, .label = ""});
    for (const Answer::Level& level : answer_->levels)
      panel_.marks.push_back(LinesMark{.key = "",
                                       .paths = level.lines,
                                       .stroke = {theme_.ink.faded(level.height == 0 ? 1 : 0.55),
                                                  level.height == 0 ? 1.6 : 0.8,
                                                  {}},
                                       .label = ""});
  }

  std::size_t drawn() const {
    return std::min(most_points, answer_->training.samples.size()) +
           std::min(most_points, answer_->held_back.samples.size());
  }

  void add_classes() {
    const std::size_t wrong = answer_->training.wrong() + answer_->held_back.wrong();
    PointsMark rings = wrong_rings(theme_, wrong);
    for (const Predictions* part : {&answer_->training, &answer_->held_back})
      for (std::size_t i = 0; i < part->samples.size(); ++i)
        if (part->right[i] == 0 && is_drawn(i, part->samples.size()))
          rings.points.push_back(place_of(*snapshot_.data, part->samples[i]));
    const std::size_t all = answer_->training.samples.size() + answer_->held_back.samples.size();
    if (all > 0) figure_.fact = wrong_text(wrong, all);
    add_legend(!rings.points.empty());
    // Under the wrong ones, whose colours and markers stay in sight, and over all others.
    for (const bool hollow : {false, true}) add_class_points(hollow, true);
    if (!rings.points.empty()) panel_.marks.push_back(std::move(rings));
    for (const bool hollow : {false, true}) add_class_points(hollow, false);
    if (answer_->meaning.classes() != 2) return;
    const bool probable = answer_->meaning.has_probabilities();
    ColourBar bar{
        .label = probable ? "$p$" : output_label(snapshot_, 0), .map = theme_.field, .ticks = {}};
    if (probable)
      bar.ticks = {{0, "0"}, {1, "1"}};
    else
      bar.ticks = {{0, number_text(-1)}, {0.5, "0"}, {1, "1"}};
    figure_.bars.push_back(std::move(bar));
  }

  void add_class_points(bool hollow, bool right) {
    const Predictions& part = hollow ? answer_->held_back : answer_->training;
    for (int k = 0; k < answer_->meaning.classes(); ++k) {
      PointsMark mark = sample_points(theme_, class_style(theme_, k), hollow, drawn());
      mark.key = hollow ? "test" : fmt::format("class {}", k);
      for (std::size_t i = 0; i < part.samples.size(); ++i)
        if (part.labels[i] == k && (part.right[i] != 0) == right &&
            is_drawn(i, part.samples.size()))
          mark.points.push_back(place_of(*snapshot_.data, part.samples[i]));
      if (!mark.points.empty()) panel_.marks.push_back(std::move(mark));
    }
  }

  void add_legend(bool any_wrong) {
    constexpr int most_entries = 10;
    const int classes = answer_->meaning.classes();
    const auto entry = [&](std::string key, std::string label, const PointsMark& like) {
      figure_.legend.push_back({.key = std::move(key),
                                .label = std::move(label),
                                .marker = like.marker,
                                .fill = like.fill,
                                .hollow = like.hollow,
                                .stroke = like.edge});
    };
    const int shown = classes > most_entries ? most_entries - 1 : classes;
    for (int k = 0; k < shown; ++k)
      entry(fmt::format("class {}", k), class_label(snapshot_, k),
            sample_points(theme_, class_style(theme_, k), false, 1));
    if (classes > shown) {
      PointsMark like = sample_points(theme_, class_style(theme_, shown), false, 1);
      entry("", fmt::format("{} more", classes - shown), like);
    }
    if (!answer_->held_back.samples.empty()) {
      ClassStyle style;
      style.colour = theme_.ink2;
      entry("test", held_back_label(*snapshot_.data), sample_points(theme_, style, true, 1));
    }
    if (any_wrong) entry("wrong", "wrong", wrong_rings(theme_, 1));
  }

  /// A sample of a real target: its colour is its value, so that hollow would say nothing. What is
  /// held back is a diamond.
  PointsMark value_points(Colour colour, bool is_held_back, std::size_t how_many) const {
    ClassStyle style;
    style.colour = colour;
    style.marker = is_held_back ? Marker::diamond : Marker::disc;
    PointsMark mark = sample_points(theme_, style, false, how_many);
    mark.edge = {theme_.ink2, 0.7, {}};
    mark.key = is_held_back ? "test" : "train";
    return mark;
  }

  void add_value_points(const Predictions& part, bool is_held_back) {
    if (part.samples.empty()) return;
    // One mark a step of the colours: a mark has one colour.
    constexpr int steps = 24;
    const ColourMap full = value_map(theme_, answer_->range.low < 0, false);
    std::array<PointsMark, steps> marks;
    for (int step = 0; step < steps; ++step)
      marks[static_cast<std::size_t>(step)] =
          value_points(full.at((step + 0.5) / steps), is_held_back, drawn());
    for (std::size_t i = 0; i < part.samples.size(); ++i) {
      if (!is_drawn(i, part.samples.size())) continue;
      const double share =
          share_in(answer_->range, static_cast<double>(part.target_of(i)[answer_->output]));
      const auto step = static_cast<std::size_t>(std::clamp(share * steps, 0.0, steps - 1.0));
      marks[step].points.push_back(place_of(*snapshot_.data, part.samples[i]));
    }
    for (PointsMark& mark : marks)
      if (!mark.points.empty()) panel_.marks.push_back(std::move(mark));
    const PointsMark like = value_points(theme_.ink2, is_held_back, 1);
    figure_.legend.push_back({.key = like.key,
                              .label = is_held_back ? held_back_label(*snapshot_.data) : "train",
                              .marker = like.marker,
                              .fill = like.fill,
                              .hollow = false,
                              .stroke = {}});
  }

  void add_values() {
    add_value_points(answer_->training, false);
    add_value_points(answer_->held_back, true);
    const bool has_test = !answer_->held_back.samples.empty();
    const Predictions& judged = has_test ? answer_->held_back : answer_->training;
    if (!judged.samples.empty())
      figure_.fact = fmt::format("rms error {}{}", number_text(judged.rmse()),
                                 has_test ? " on " + held_back_label(*snapshot_.data) : "");
    ColourBar bar{.label = output_label(snapshot_, answer_->output),
                  .map = value_map(theme_, answer_->range.low < 0, true),
                  .ticks = {{0, number_text(answer_->range.low)}}};
    if (answer_->range.low < 0) bar.ticks.push_back({0.5, "0"});
    bar.ticks.push_back({1, number_text(answer_->range.high)});
    figure_.bars.push_back(std::move(bar));
  }

  std::function<std::vector<Reading>(Point)> readout() const {
    std::vector<std::string> outputs, classes;
    for (int k = 0; k < answer_->field.outputs; ++k) outputs.push_back(output_label(snapshot_, k));
    for (int k = 0; k < answer_->meaning.classes(); ++k)
      classes.push_back(class_label(snapshot_, k));
    return [answer = answer_, outputs, classes, across = panel_.x.label,
            upwards = panel_.y.label](Point at) {
      std::vector<Reading> readings{{across, number_text(at.x)}, {upwards, number_text(at.y)}};
      std::vector<float> values;
      for (int k = 0; k < answer->field.outputs; ++k)
        values.push_back(static_cast<float>(answer->field.between(k, at)));
      if (!answer->meaning.decides()) {
        const auto k = static_cast<std::size_t>(answer->output);
        readings.push_back({outputs[k], number_text(static_cast<double>(values[k]))});
        return readings;
      }
      std::vector<double> shares(classes.size());
      answer->meaning.shares(values.data(), 1, shares);
      if (!answer->meaning.has_probabilities()) {
        for (std::size_t k = 0; k < values.size() && k < 4; ++k)
          readings.push_back({outputs[k], number_text(static_cast<double>(values[k]))});
      } else if (classes.size() == 2) {
        readings.push_back({"$p$", number_text(shares[1])});
      } else {
        const auto top = static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) -
                                                  shares.begin());
        readings.push_back({classes[top], number_text(shares[top])});
      }
      return readings;
    };
  }

  /// Samples first, then the field; of each the outputs, and where they mean probabilities those.
  std::function<Table()> table() const {
    return [answer = answer_, data = snapshot_.data] {
      const Meaning& meaning = answer->meaning;
      Table table{{"part", "x1", "x2", "target"}, {}};
      for (int k = 0; k < answer->field.outputs; ++k)
        table.columns.push_back(fmt::format("output{}", k + 1));
      const int classes = meaning.has_probabilities() ? meaning.classes() : 0;
      for (int k = 0; k < classes; ++k) table.columns.push_back(fmt::format("p_class{}", k));
      std::vector<double> shares(static_cast<std::size_t>(classes));
      const auto add_outputs = [&](const float* y, std::size_t stride) {
        for (int k = 0; k < answer->field.outputs; ++k)
          table.rows.back().push_back(cell(y[static_cast<std::size_t>(k) * stride]));
        if (classes == 0) return;
        meaning.shares(y, stride, shares);
        for (const double share : shares)
          table.rows.back().push_back(cell(static_cast<float>(share)));
      };
      const auto part = [&](const char* label, const Predictions& found) {
        for (std::size_t i = 0; i < found.samples.size(); ++i) {
          const Point at = place_of(*data, found.samples[i]);
          table.rows.push_back({label, cell(at.x), cell(at.y),
                                meaning.decides() ? cell(found.labels[i])
                                                  : cell(found.target_of(i)[answer->output])});
          add_outputs(found.of(i), 1);
        }
      };
      part("train", answer->training);
      part("test", answer->held_back);
      const Grid& grid = answer->field.grid;
      for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column) {
          const Point at = grid.place(row, column);
          table.rows.push_back({"field", cell(at.x), cell(at.y), ""});
          add_outputs(answer->field.values.data() + grid.index(row, column), grid.size());
        }
      return table;
    };
  }

  const DecisionBoundary& view_;
  const Snapshot& snapshot_;
  std::shared_ptr<const Answer> answer_;
  const Theme& theme_;
  Figure figure_;
  Panel panel_;
};

}  // namespace

Figure DecisionBoundary::draw(const Snapshot& snapshot, const Answer& answer,
                              const Theme& theme) const {
  return Drawing(*this, snapshot, answer, theme).figure();
}

Emphasis DecisionBoundary::emphasis(const Snapshot&, const Answer&, const Pointed& pointed,
                                    const Theme& theme) const {
  if (!pointed.place) return {};
  Emphasis made;
  made.marks.push_back(PointsMark{.key = "pointed",
                                  .points = {*pointed.place},
                                  .marker = Marker::disc,
                                  .radius = 6,
                                  .fill = {0, 0, 0, 0},
                                  .hollow = true,
                                  .edge = {theme.accent, 2, {}}});
  return made;
}

}  // namespace crease
