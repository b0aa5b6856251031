#include "probe/predictions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "train/gather.h"

namespace crease {

namespace {

double sigmoid_of(double z) {
  const double e = std::exp(-std::abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

const DataSet& data_of(const Snapshot& snapshot) {
  if (!snapshot.data) throw Problem("the document has no data");
  return *snapshot.data;
}

}  // namespace

Meaning::Meaning(const Loss& loss, const Shape& output, Decision decision) {
  const Outputs outputs = Outputs::of(output);
  single_ = outputs.size() == 1;
  const bool chooses = outputs.places == 1 && (single_ || decision == Decision::largest);
  if (decision == Decision::none || !chooses) return;
  classes_ = single_ ? 2 : outputs.classes;
  switch (reads_of(loss)) {
    case Reads::logits:
      kind_ = Kind::logit;
      break;
    case Reads::probabilities:
      kind_ = Kind::probability;
      break;
    case Reads::numbers:
      kind_ = single_ ? Kind::sign : Kind::score;
      break;
  }
}

void Meaning::shares(const float* y, std::size_t stride, std::span<double> shares) const {
  const auto value = [&](std::size_t k) { return static_cast<double>(y[k * stride]); };
  if (kind_ == Kind::numbers) return;
  if (single_) {
    const double v = value(0);
    // std::clamp keeps what is not a number.
    const double share = kind_ == Kind::logit  ? sigmoid_of(v)
                         : kind_ == Kind::sign ? std::clamp((v + 1) / 2, 0.0, 1.0)
                                               : std::clamp(v, 0.0, 1.0);
    shares[0] = 1 - share;
    shares[1] = share;
    return;
  }
  double top = value(0), total = 0;
  for (std::size_t k = 1; k < shares.size(); ++k) top = std::max(top, value(k));
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double v = value(k);
    shares[k] = kind_ == Kind::logit ? std::exp(v - top) : v < 0 ? 0 : v;
    total += shares[k];
  }
  for (double& share : shares)
    share = total > 0 || std::isnan(total) ? share / total : 1 / static_cast<double>(shares.size());
}

std::vector<float> Meaning::shares_of_field(const std::vector<float>& outputs,
                                            std::size_t places) const {
  if (!decides()) return {};
  const auto classes = static_cast<std::size_t>(classes_);
  std::vector<float> field(classes * places);
  std::vector<double> at_place(classes);
  for (std::size_t i = 0; i < places; ++i) {
    shares(outputs.data() + i, places, at_place);
    for (std::size_t k = 0; k < classes; ++k)
      field[k * places + i] = static_cast<float>(at_place[k]);
  }
  return field;
}

std::vector<double> Predictions::shares(std::size_t i) const {
  std::vector<double> shares(static_cast<std::size_t>(meaning.classes()));
  meaning.shares(of(i), 1, shares);
  return shares;
}

std::size_t Predictions::wrong() const {
  if (!meaning.decides()) return 0;
  return static_cast<std::size_t>(std::count(right.begin(), right.end(), 0));
}

double Predictions::rmse() const {
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double e = static_cast<double>(values[i]) - static_cast<double>(targets[i]);
    total += e * e;
  }
  return std::sqrt(total / static_cast<double>(values.size()));
}

Meaning meaning_of(const Snapshot& snapshot) {
  const Shape& shape = snapshot.plan->output_shape();
  // Several losses see several outputs: none of them says what all the numbers together mean.
  if (snapshot.document->training.losses.size() > 1) return {Loss{}, shape, Decision::none};
  const Loss& loss = loss_of(snapshot.document->training);
  Decision decision = Decision::none;
  if (snapshot.data && snapshot.data->size() > 0) {
    const std::size_t any = 0;
    decision = Objective(snapshot.document->training, *snapshot.plan)
                   .code(*snapshot.data, std::span(&any, 1))
                   .decision;
  } else {
    decision = decision_of(loss);
  }
  return {loss, shape, decision};
}

Predictions predict(const Snapshot& snapshot, std::span<const std::size_t> samples,
                    const Cancelled& cancelled) {
  const DataSet& data = data_of(snapshot);
  const Plan& plan = *snapshot.plan;
  const Objective objective(snapshot.document->training, plan);
  const Targets targets = objective.code(data, samples);
  const auto outputs = static_cast<std::size_t>(objective.outputs());

  Predictions found;
  found.samples.assign(samples.begin(), samples.end());
  found.outputs = objective.outputs();
  found.values.resize(samples.size() * outputs);
  found.targets.resize(samples.size() * outputs);
  // There may be fewer targets than outputs (means and variances of one target): the rest is 0.
  for (Eigen::Index i = 0; i < targets.coded.cols(); ++i)
    for (Eigen::Index k = 0; k < targets.coded.rows(); ++k)
      found.targets[static_cast<std::size_t>(i) * outputs + static_cast<std::size_t>(k)] =
          static_cast<float>(targets.coded(k, i));
  found.losses.resize(samples.size());
  found.chosen.assign(samples.size(), -1);
  found.labels.assign(samples.size(), -1);
  found.right.assign(samples.size(), 0);
  found.meaning = meaning_of(snapshot);

  // The mean of a sample's own losses is told as their sum.
  const PerLoss once = Objective::undivided();
  AlignedVector<float> block(outputs * lanes), slopes(outputs * lanes);
  const auto fill = [&](std::size_t first, int live, float* x) {
    gather_inputs(data, samples.subspan(first, static_cast<std::size_t>(live)), x);
  };
  const auto take = [&](std::size_t first, int live, const Workspace<float>& workspace) {
    const float* y = workspace.output();
    std::fill(block.begin(), block.end(), 0.0F);
    for (int s = 0; s < live; ++s)
      for (std::size_t k = 0; k < outputs; ++k) {
        const std::size_t at = (first + static_cast<std::size_t>(s)) * outputs + k;
        found.values[at] = y[k * lanes + static_cast<std::size_t>(s)];
        block[k * lanes + static_cast<std::size_t>(s)] = found.targets[at];
      }
    const Lanes<float> losses = objective.apply(y, block.data(), slopes.data(), live, once);
    for (int s = 0; s < live; ++s) {
      const std::size_t i = first + static_cast<std::size_t>(s);
      found.losses[i] = static_cast<double>(losses[s]);
      found.chosen[i] = objective.chosen_class(targets.decision, y, s);
      found.labels[i] = objective.target_class(targets.decision, block.data(), s);
      found.right[i] = objective.is_right(targets.decision, y, block.data(), s) ? 1 : 0;
    }
  };
  run_blocks(plan, snapshot.parameters, samples.size(), cancelled, fill, take);
  return found;
}

std::vector<std::vector<float>> activations_of(const Snapshot& snapshot, std::size_t sample) {
  const DataSet& data = data_of(snapshot);
  std::vector<std::vector<float>> outputs;
  const auto fill = [&](std::size_t, int, float* x) {
    gather_inputs(data, std::span(&sample, 1), x);
  };
  const auto take = [&](std::size_t, int, const Workspace<float>& workspace) {
    for (std::size_t node = 0; node < snapshot.plan->nodes.size(); ++node) {
      std::vector<float> values(snapshot.plan->nodes[node].shape.size());
      for (std::size_t f = 0; f < values.size(); ++f) values[f] = workspace.output(node)[f * lanes];
      outputs.push_back(std::move(values));
    }
  };
  run_blocks(*snapshot.plan, snapshot.parameters, 1, never_cancelled, fill, take);
  return outputs;
}

}  // namespace crease
