#include "views/network_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "train/gather.h"
#include "views/plane.h"
#include "views/words.h"

namespace crease {

namespace {

/// Pixels along one side of a unit's picture and of the output's: fewer for large networks, so that
/// the picture keeps up with training.
struct Resolution {
  int unit, output;
};
Resolution resolution_of(const Plan& plan) {
  constexpr double affordable = 2e7;  // multiplications
  const auto side = [&](int wanted, int least) {
    const double cost = (plan.multiplications + 100) * wanted * wanted;
    const double share = std::sqrt(std::min(1.0, affordable / cost));
    return std::max(least, static_cast<int>(wanted * share));
  };
  if (plan.input.size() == 1) return {48, 160};
  return {side(48, 16), side(112, 32)};
}

/// Evenly chosen samples, as many as can be looked at quickly.
std::vector<std::size_t> samples_to_watch(const DataSet& data, const Plan& plan) {
  constexpr double affordable = 1e8, most = 1000, least = 64;
  const double count = std::clamp(affordable / (plan.multiplications + 100), least, most);
  const auto& all = data.train;
  const auto wanted = std::min(all.size(), static_cast<std::size_t>(count));
  std::vector<std::size_t> samples;
  for (std::size_t i = 0; i < wanted; ++i) samples.push_back(all[i * all.size() / wanted]);
  return samples;
}

std::vector<float> input_of(const DataSet& data, std::size_t sample) {
  std::vector<float> block(data.shape.size() * lanes), values(data.shape.size());
  gather_inputs(data, std::span(&sample, 1), block.data());
  for (std::size_t f = 0; f < values.size(); ++f) values[f] = block[f * lanes];
  return values;
}

}  // namespace

std::string NetworkView::refuses(const Snapshot& snapshot) const {
  if (!snapshot.plan) return "network needs a network that compiles";
  return {};
}

NetworkView::Answer NetworkView::compute(const Snapshot& snapshot, const Frame&,
                                         const Cancelled& cancelled) const {
  const Plan& plan = *snapshot.plan;
  const DataSet* data = snapshot.data.get();
  Answer answer;
  answer.model = network_picture::model_of(snapshot);
  answer.importance = network_picture::importance(snapshot, answer.model);
  answer.meaning = meaning_of(snapshot);
  const bool fits = data && data->shape == plan.input && data->size() > 0;
  if (answer.model.has_plane) {
    answer.domain = home_domain(plan.input.size() == 2 && fits ? data : nullptr).domain;
    if (plan.input.size() == 1 && fits) {
      std::vector<double> x;
      for (Eigen::Index i = 0; i < data->values.cols(); ++i) x.push_back(data->values(0, i));
      const Extremes range = extremes(x, 0.05);
      answer.domain = {range.low, range.high, 0, 1};
    }
    const Resolution pixels = resolution_of(plan);
    answer.units = unit_fields(plan, snapshot.parameters, answer.domain, pixels.unit, pixels.unit,
                               {}, cancelled);
    std::vector<bool> last(plan.nodes.size(), false);
    last.back() = true;
    answer.output = unit_fields(plan, snapshot.parameters, answer.domain, pixels.output,
                                pixels.output, last, cancelled);
    if (cancelled()) return answer;
    answer.output_shares =
        answer.meaning.shares_of_field(answer.output.nodes.back(), answer.output.pixels());
  } else if (fits) {
    const auto& first = part == Part::test ? data->test : data->train;
    const auto& samples = first.empty() ? data->train : first;
    if (!samples.empty()) {
      const auto at = std::min(samples.size(), static_cast<std::size_t>(std::max(1, sample)));
      answer.number = static_cast<int>(at);
      answer.is_test = &samples == &data->test;
      answer.sample = samples[at - 1];
      answer.values = activations_of(snapshot, answer.sample);
      answer.values.push_back(input_of(*data, answer.sample));
      if (!data->classes.empty()) answer.label = data->classes[answer.sample];
    }
  }
  if (fits)
    answer.activity =
        unit_activity(plan, snapshot.parameters, *data, samples_to_watch(*data, plan), cancelled);
  return answer;
}

namespace {

/// "h1.weight[3][1]": the tensor, and the place of its i-th number as the document nests them.
std::string place_in(const Segment& segment, std::size_t i) {
  std::string indices;
  for (auto length = segment.shape.rbegin(); length != segment.shape.rend(); ++length) {
    indices = fmt::format("[{}]", i % *length) + indices;
    i /= *length;
  }
  return segment.name + indices;
}

}  // namespace

Figure NetworkView::draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const {
  Figure figure;
  figure.name = title;
  figure.fact = fmt::format("{} parameters", count_text(snapshot.plan->parameter_count));
  // The picture is laid out when its size is known: what it needs goes along.
  struct Kept {
    Snapshot snapshot;
    Answer answer;
  };
  auto kept = std::make_shared<const Kept>(Kept{snapshot, answer});
  figure.compose = [kept, &theme](Size size) {
    return network_picture::compose(kept->snapshot, kept->answer, theme, size, {}).scene;
  };
  figure.table = [kept] {
    Table table{{"parameter", "value", "gradient"}, {}};
    const auto& parameters = kept->snapshot.parameters;
    const auto& gradient = kept->snapshot.gradient;
    // Before the first step nothing has been measured.
    const bool has_gradient =
        std::any_of(gradient.begin(), gradient.end(), [](float slope) { return slope != 0; });
    for (const Segment& segment : kept->snapshot.plan->segments)
      for (std::size_t i = 0; i < segment.size; ++i) {
        const std::size_t at = segment.offset + i;
        table.rows.push_back({place_in(segment, i), cell(parameters[at]),
                              has_gradient ? cell(gradient[at]) : std::string()});
      }
    return table;
  };
  return figure;
}

}  // namespace crease
