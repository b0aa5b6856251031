#include "views/images.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "figure/text.h"
#include "views/words.h"

namespace crease {

std::string Images::refuses(const Snapshot& snapshot) const {
  if (!snapshot.data) return fmt::format("{} needs samples, this document has none", name);
  const Shape& shape = snapshot.data->shape;
  if (shape.is_image && shape.height * shape.width > 1) return "";
  return fmt::format("{} needs samples that are images, these are {} {}", name, shape.size(),
                     shape.size() == 1 ? "number" : "numbers");
}

namespace {

/// Each sample's loss as it would be alone in a batch.
void average_losses(const Snapshot& snapshot, Predictions& all) {
  const Objective objective(snapshot.document->training, *snapshot.plan);
  if (snapshot.document->training.losses.size() > 1) return;
  std::vector<double> target(static_cast<std::size_t>(all.outputs));
  for (std::size_t i = 0; i < all.samples.size(); ++i) {
    std::copy_n(all.target_of(i), target.size(), target.begin());
    const double divisor = objective.divisors(1, objective.weights(target.data()))[0];
    if (divisor > 0) all.losses[i] /= divisor;
  }
}

/// Two pictures of the same height with a gap between them.
std::shared_ptr<const Raster> beside(const Raster& left, const Raster& right) {
  const int apart = std::max(1, left.width / 16);
  auto both =
      std::make_shared<Raster>(left.width + apart + right.width, left.height, Colour{0, 0, 0, 0});
  for (int y = 0; y < left.height; ++y) {
    for (int x = 0; x < left.width; ++x) both->at(x, y) = left.at(x, y);
    for (int x = 0; x < right.width; ++x) both->at(left.width + apart + x, y) = right.at(x, y);
  }
  return both;
}

/// Whether the network answers an image with an image that can be shown beside it.
bool answers_with_image(const Snapshot& snapshot) {
  const Shape& in = snapshot.data->shape;
  const Shape& out = snapshot.plan->output_shape();
  return out.is_image && out.height == in.height && out.width == in.width && in.height > 1 &&
         (out.channels == 1 || out.channels == 3);
}

}  // namespace

Images::Answer Images::compute(const Snapshot& snapshot, const Frame&,
                               const Cancelled& cancelled) const {
  Answer answer;
  answer.all = predict(snapshot, samples_of(*snapshot.data, part), cancelled);
  average_losses(snapshot, answer.all);
  std::vector<std::size_t> order(answer.all.samples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (which == Selection::wrong && answer.all.meaning.decides())
    std::erase_if(order, [&](std::size_t i) { return answer.all.right[i] != 0; });
  if (which == Selection::worst) {
    // What is not a number is worst of all.
    const auto loss = [&](std::size_t i) {
      const double value = answer.all.losses[i];
      return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return loss(a) > loss(b); });
  }
  order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
  answer.shown = std::move(order);
  return answer;
}

namespace {

/// What is said about one sample.
struct Sample {
  std::size_t number = 0;  ///< in its part, from 1
  bool decided = false, right = false;
  std::string label, taken_for;  ///< classes' names, plain markup
  std::string value;             ///< probability of the class it is taken for, or the loss
  std::vector<Reading> readings;
  std::shared_ptr<const Raster> picture;
};

constexpr double gap = 12, caption = 17, least_side = 40, most_side = 140;
const TextStyle small{.size = 12};

std::string words_of(const Sample& sample) {
  if (!sample.decided) return "";
  return sample.right ? sample.label : sample.label + " → " + sample.taken_for;
}

bool is_wrong(const Sample& sample) { return sample.decided && !sample.right; }
TextStyle style_of(const Sample& sample) {
  return {.size = 12, .face = is_wrong(sample) ? Face::semibold : Face::regular};
}

/// How many fit in a row and how large they are.
struct SheetPlan {
  std::size_t columns = 1, rows = 1;
  double side = least_side;
  int lines = 1;  ///< of a caption
};

SheetPlan plan_sheet(Size size, std::size_t count, double proportion, double words, double values) {
  SheetPlan best;
  best.side = 0;
  for (std::size_t columns = 1; columns <= count; ++columns) {
    const auto n = static_cast<double>(columns);
    double side = std::min(most_side, (size.width - gap * (n - 1)) / n);
    if (side < least_side && columns > 1) break;
    const std::size_t rows = (count + columns - 1) / columns;
    const auto m = static_cast<double>(rows);
    const auto with = [&](int lines) {
      return std::min(side, ((size.height - gap * (m - 1)) / m - lines * caption) / proportion);
    };
    const int lines = words + 8 + values <= with(1) ? 1 : 2;
    side = with(lines);
    if (side > best.side) best = {columns, rows, side, lines};
  }
  if (best.side >= least_side) return best;
  // Not all of them: as many as there is room for.
  best.side = least_side;
  best.lines = words + 6 + values <= least_side ? 1 : 2;
  const double across = (size.width + gap) / (best.side + gap);
  const double down = (size.height + gap) / (best.side * proportion + best.lines * caption + gap);
  best.columns = static_cast<std::size_t>(std::max(1.0, across));
  best.rows = static_cast<std::size_t>(std::max(1.0, down));
  return best;
}

Scene sheet(Size size, const std::vector<Sample>& samples, const std::string& nothing,
            const Theme& theme) {
  Scene scene;
  if (samples.empty()) {
    add_message(scene, size, nothing, theme);
    return scene;
  }
  const Raster& any = *samples.front().picture;
  const double proportion = static_cast<double>(any.height) / any.width;
  // Room for any of them to be wrong: a sample keeps its place while others are learned.
  const TextStyle bold{.size = 12, .face = Face::semibold};
  double name = 0, values = typeset("0.000", small).width;
  for (const Sample& sample : samples) {
    if (sample.decided)
      for (const std::string& each : {sample.label, sample.taken_for})
        name = std::max(name, typeset(each, bold).width);
    values = std::max(values, typeset(sample.value, small).width);
  }
  const double words = name > 0 ? 2 * name + typeset(" → ", bold).width : 0;
  const SheetPlan plan = plan_sheet(size, samples.size(), proportion, words, values);
  const double pitch_y = plan.side * proportion + plan.lines * caption + gap;
  // Equal gaps over the whole width, but not so wide that rows fall apart.
  const auto n = static_cast<double>(plan.columns);
  const double free = plan.columns > 1 ? (size.width - n * plan.side) / (n - 1) : 0;
  const double pitch_x = plan.side + std::min(free, 3 * gap);
  for (std::size_t i = 0; i < std::min(samples.size(), plan.columns * plan.rows); ++i) {
    const Sample& sample = samples[i];
    const bool wrong = is_wrong(sample);
    const Rect cell{static_cast<double>(i % plan.columns) * pitch_x,
                    static_cast<double>(i / plan.columns) * pitch_y, plan.side,
                    plan.side * proportion};
    const Stroke frame = wrong ? Stroke{theme.ink, 2, {}} : Stroke{theme.rule, 1, {}};
    add_picture(scene, cell.inset(1), sample.picture, frame);
    const TextStyle style = style_of(sample);
    const double baseline = cell.bottom() + 13;
    const double room = plan.lines == 1 ? plan.side : plan.side + gap - 4;
    Typeset line = typeset(words_of(sample), style);
    if (line.width > room && sample.decided) {
      // Both names cannot be read: the one that is said about it can.
      line = typeset((sample.right ? "" : "→ ") + sample.taken_for, style);
      if (line.width > room) line = typeset(sample.right ? "right" : "wrong", style);
    }
    add_text(scene, line, {cell.x, baseline}, wrong ? theme.ink : theme.ink2);
    const Typeset value = typeset(sample.value, small);
    if (plan.lines == 1)
      add_text(scene, value, {cell.right(), baseline}, theme.ink3, Align::right);
    else
      add_text(scene, value, {cell.x, baseline + 15}, theme.ink3);
    scene.hot.push_back({.at = {cell.x, cell.y, cell.width, pitch_y - gap},
                         .id = fmt::format("{}{}", Images::place, sample.number),
                         .title = fmt::format("sample {}", count_text(sample.number)),
                         .fact = wrong ? "wrong" : "",
                         .formulas = {},
                         .readings = sample.readings});
  }
  return scene;
}

Sample describe_sample(const Snapshot& snapshot, const Predictions& all, std::size_t i,
                       const Theme& theme) {
  Sample sample;
  sample.number = i + 1;
  sample.picture =
      picture_of(snapshot.data->shape, inputs_of(*snapshot.data, all.samples[i]), theme);
  if (answers_with_image(snapshot)) {
    const Shape& out = snapshot.plan->output_shape();
    const std::span<const float> values(all.of(i), out.size());
    sample.picture = beside(*sample.picture, *picture_of(out, values, theme));
  }
  sample.readings.push_back({"loss", number_text(all.losses[i])});
  sample.value = "loss " + number_text(all.losses[i]);
  sample.decided = all.meaning.decides() && all.chosen[i] >= 0;
  if (!sample.decided) return sample;
  sample.right = all.right[i] != 0;
  sample.label = class_label(snapshot, all.labels[i]);
  sample.taken_for = class_label(snapshot, all.chosen[i]);
  // "class 3" under every picture says "class" too often.
  if (snapshot.data->class_names.empty()) {
    sample.label = count_text(static_cast<std::size_t>(all.labels[i]));
    sample.taken_for = count_text(static_cast<std::size_t>(all.chosen[i]));
  }
  const std::vector<double> shares = all.shares(i);
  sample.value = number_text(shares[static_cast<std::size_t>(all.chosen[i])]);
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  constexpr std::size_t most = 3;
  for (std::size_t k = 0; k < std::min(most, order.size()); ++k)
    sample.readings.push_back(
        {class_label(snapshot, static_cast<int>(order[k])), number_text(shares[order[k]])});
  sample.readings.push_back({"label", class_label(snapshot, all.labels[i])});
  return sample;
}

Table table(const Predictions& all) {
  Table table{{"sample", "label", "prediction", "loss"}, {}};
  for (int k = 0; k < all.outputs; ++k) table.columns.push_back(fmt::format("output{}", k + 1));
  const bool has_shares = all.meaning.has_probabilities();
  if (has_shares)
    for (int k = 0; k < all.meaning.classes(); ++k)
      table.columns.push_back(fmt::format("p_class{}", k));
  for (std::size_t i = 0; i < all.samples.size(); ++i) {
    table.rows.push_back(
        {cell(i + 1), cell(all.labels[i]), cell(all.chosen[i]), cell(all.losses[i])});
    auto& row = table.rows.back();
    for (int k = 0; k < all.outputs; ++k) row.push_back(cell(all.of(i)[k]));
    if (has_shares)
      for (const double share : all.shares(i)) row.push_back(cell(static_cast<float>(share)));
  }
  return table;
}

}  // namespace

Figure Images::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  const std::size_t all = answer.all.samples.size();
  const std::string part_name(name_of_part(*snapshot.data, part));
  std::vector<Sample> samples;
  for (const std::size_t i : answer.shown)
    samples.push_back(describe_sample(snapshot, answer.all, i, theme));
  Figure figure;
  figure.name = std::string(title);
  figure.fact = answer.all.meaning.decides()
                    ? fmt::format("{}, {}", part_name, wrong_text(answer.all.wrong(), all))
                    : fmt::format("{}, {} in all{}", part_name, count_text(all),
                                  answers_with_image(snapshot) ? "; output at the right" : "");
  const std::string nothing = fmt::format("None of {} is wrong", count_text(all));
  figure.compose = with_margin([samples = std::move(samples), nothing, theme](Size size) {
    return sheet(size, samples, nothing, theme);
  });
  figure.table = [kept = std::make_shared<const Predictions>(answer.all)] { return table(*kept); };
  return figure;
}

}  // namespace crease
