#include "train/trainer.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/random.h"
#include "core/subnormals.h"
#include "train/adapt.h"
#include "train/advice.h"

namespace crease {

void check_fit(const Plan& plan, const DataSet& data) {
  const bool same_size = plan.input.size() == data.shape.size();
  if (!same_size || (plan.input.is_image && data.shape.is_image && plan.input != data.shape))
    throw Problem("network.input", fmt::format("takes {}, and the data's samples are {}",
                                               sample_words(plan.input), sample_words(data.shape)));
}

namespace {

const Plan& fitting(const Plan& plan, const DataSet& data) {
  check_fit(plan, data);
  return plan;
}

/// The perceptron rule says what one unit is to do, and nothing about units before it.
void check_single_unit(const Plan& plan) {
  const auto* unit = std::get_if<Dense>(&plan.nodes.front().layer);
  if (plan.nodes.size() != 1 || !unit || unit->units != 1 ||
      !std::holds_alternative<Identity>(unit->activation))
    throw Problem("training.optimiser",
                  "the perceptron rule trains a single unit: one dense node with one unit and no "
                  "activation");
}

/// So many of them, one at random from each of as many equal runs: stored samples often alternate
/// between classes, and equal steps would meet the same one again and again.
std::vector<std::size_t> spread(const std::vector<std::size_t>& all, std::size_t count) {
  if (count == all.size()) return all;
  Random random(1, "curve");
  std::vector<std::size_t> some;
  some.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = i * all.size() / count, to = (i + 1) * all.size() / count;
    some.push_back(all[from + random.below(to - from)]);
  }
  return some;
}

}  // namespace

template <class T>
Trainer<T>::Trainer(const Document& document, std::shared_ptr<const DataSet> data, Tasks& tasks)
    : document_(document),
      data_(std::move(data)),
      plan_(compile_or_throw(document.network)),
      objective_(document.training, fitting(plan_, *data_)),
      samples_(data_, objective_),
      sampler_(data_->train, document.training, *data_),
      runner_(plan_, objective_, tasks),
      parameters_(initialise<T>(plan_, document.training.initialiser, document.training.seed)),
      gradient_(plan_.length, T{0}),
      steps_(document.state.step),
      began_at_(steps_) {
  SamplesOfCurve some{.training = spread(data_->train, samples_of_curve(data_->train.size())),
                      .test = spread(data_->test, samples_of_curve(data_->test.size()))};
  if (some.training.size() < data_->train.size() || some.test.size() < data_->test.size())
    for_curve_ = std::make_shared<const SamplesOfCurve>(std::move(some));
  try {
    unknown_weights_ = read_tensors(plan_, document.weights, parameters_);
  } catch (const Problem& problem) {
    throw problem.inside("weights");
  }
  sampler_.go_to(document.state.epoch, document.state.position);
  read_moments(document.state);
  if (plan_.across_batch)
    WholeBatch<T>::check(plan_, std::min(sampler_.batch_size(), sampler_.epoch_size()));
  if (!std::holds_alternative<Perceptron>(document.training.optimiser)) return;
  check_single_unit(plan_);
  rule_.emplace(PerceptronLoss{SignSettings{.reduction = Reduction::sum}}, plan_.output_shape());
  rule_runner_.emplace(plan_, *rule_, tasks);
}

template <class T>
void Trainer<T>::read_moments(const RunState& state) {
  std::visit(
      [&](const auto& optimiser) {
        bool any = false;
        for (std::size_t m = 0; m < optimiser.moments.size(); ++m) {
          moments_[m].assign(plan_.length, T{0});
          const auto found = state.moments.find(std::string(optimiser.moments[m]));
          if (found == state.moments.end()) continue;
          any = true;
          try {
            read_tensors(plan_, found->second, moments_[m]);
          } catch (const Problem& problem) {
            throw problem.inside(fmt::format("state.moments.{}", optimiser.moments[m]));
          }
        }
        // Moments of another optimiser are of no use: this one starts anew.
        updates_ = any ? state.updates : 0;
      },
      document_.training.optimiser);
}

namespace {

/// The transplant that takes back the removal of units which led from `after` to `before`.
Transplant plan_return(const Plan& before, const Plan& after,
                       const std::vector<RemovedUnit>& restored) {
  const Transplant removal = plan_transplant(after, before, restored);
  Transplant back{.source = std::vector(after.length, Transplant::fresh), .kept = removal.kept};
  for (std::size_t i = 0; i < removal.source.size(); ++i)
    if (removal.source[i] >= 0)
      back.source[static_cast<std::size_t>(removal.source[i])] = static_cast<std::ptrdiff_t>(i);
  return back;
}

}  // namespace

template <class T>
Transplant Trainer<T>::continue_from(const Trainer& before, const std::vector<RemovedUnit>& removed,
                                     const std::vector<RemovedUnit>& restored) {
  Transplant transplant = restored.empty() ? plan_transplant(before.plan_, plan_, removed)
                                           : plan_return(before.plan_, plan_, restored);
  parameters_ = carry_parameters(transplant, before.parameters_, parameters_);
  if (document_.training.optimiser.index() == before.document_.training.optimiser.index()) {
    for (std::size_t m = 0; m < moments_.size(); ++m)
      if (!before.moments_[m].empty() && !moments_[m].empty())
        moments_[m] = carry_moments(transplant, before.moments_[m]);
    updates_ = before.updates_;
  }
  steps_ = began_at_ = before.steps_;
  // An epoch that was complete stays so, however many samples there are now.
  const auto done = static_cast<std::size_t>(before.sampler_.position());
  if (done >= before.sampler_.epoch_size())
    sampler_.go_to(before.sampler_.epoch() + 1, 0);
  else
    sampler_.go_to(before.sampler_.epoch(), before.sampler_.position());
  return transplant;
}

template <class T>
void Trainer<T>::recall(const Plan& past, const AlignedVector<T>& parameters, Transplant& kept) {
  const Transplant from_past = plan_transplant(past, plan_);
  for (std::size_t i = 0; i < kept.source.size(); ++i) {
    const std::ptrdiff_t from = from_past.source[i];
    if (kept.source[i] >= 0 || from < 0) continue;
    parameters_[i] = parameters[static_cast<std::size_t>(from)];
    kept.source[i] = from;
    ++kept.kept;
  }
}

template <class T>
void Trainer<T>::go_back_to(const Plan& past, const AlignedVector<T>& parameters) {
  parameters_ = carry_parameters(
      plan_transplant(past, plan_), parameters,
      initialise<T>(plan_, document_.training.initialiser, document_.training.seed));
  for (auto& moment : moments_) std::fill(moment.begin(), moment.end(), T{0});
  updates_ = 0;
}

template <class T>
double Trainer<T>::epochs() const {
  return static_cast<double>(sampler_.epoch()) +
         static_cast<double>(sampler_.position()) / static_cast<double>(sampler_.epoch_size());
}

namespace {

/// The sum of squares: finite only if every number is, and small enough to be squared.
template <class T>
T squared_norm(const AlignedVector<T>& flat) {
  return ConstRun<T>(flat.data(), static_cast<std::ptrdiff_t>(flat.size())).square().sum();
}

}  // namespace

template <class T>
const Shaping& Trainer<T>::shaping() const {
  return std::visit([](const auto& o) -> const Shaping& { return o.shaping; },
                    document_.training.optimiser);
}

template <class T>
double Trainer<T>::rate() const {
  const double rate =
      std::visit([](const auto& o) { return o.rate; }, document_.training.optimiser);
  return rate_at(shaping().schedule, rate, steps_);
}

template <class T>
std::string Trainer<T>::divergence_sentence(std::span<const std::size_t> samples) {
  const std::string node = runner_.first_non_finite(samples_, samples, parameters_, occasion());
  const std::string what = std::isnan(last_loss_)   ? "The loss became not a number"
                           : std::isinf(last_loss_) ? "The loss became infinite"
                                                    : "The weights would become infinite";
  const std::string where =
      node.empty() ? "" : fmt::format(", first in the outputs of node \"{}\"", node);
  const std::string start = fmt::format("{} at step {}{}: ", what, steps_, where);
  if (steps_ == 0 && !node.empty())
    return start + fmt::format(
                       "its weights started too large (initialiser {}), or the rate {} is "
                       "too high",
                       name_of(document_.training.initialiser.family), rate());
  if (node.empty())
    if (const std::string advice = probability_advice(document_.network, document_.training);
        !advice.empty())
      return start + advice;
  constexpr double large = 1e3;  // for a weight that somebody set
  if (set_by_hand_ && set_by_hand_->step == steps_ && std::abs(set_by_hand_->value) > large)
    return start + fmt::format("a number of {} had just been set to {:g}", set_by_hand_->tensor,
                               set_by_hand_->value);
  // The rate is at fault only where the step itself was: not in what came before it.
  const bool before_the_step =
      !std::isfinite(last_loss_) || !std::isfinite(squared_norm(gradient_));
  if (steps_ > 0 && steps_ == began_at_ && before_the_step)
    return start + "the weights are too large already, whatever the rate is now";
  if (node.empty() && !std::isfinite(last_loss_))
    return start + fmt::format(
                       "the outputs are too large for the loss {}, and the rate {} may be too "
                       "high for this network",
                       name_of(objective_.first_loss()), rate());
  return start + fmt::format(
                     "the rate {} may be too high for this network, or its weights started "
                     "too large",
                     rate());
}

template <class T>
void Trainer<T>::step() {
  if (!divergence_.empty()) return;
  const long epoch = sampler_.epoch(), position = sampler_.position();
  const auto samples = sampler_.next();
  auto& runner = rule_runner_ ? *rule_runner_ : runner_;
  last_loss_ = runner.loss_and_gradient(samples_, samples, parameters_, gradient_, occasion());
  const WithoutSubnormals fast;  // not above: workers have modes of their own
  const T norm = squared_norm(gradient_);
  if (!std::isfinite(last_loss_) || !std::isfinite(norm) || !update_within_bounds(norm)) {
    divergence_ = divergence_sentence(samples);
    sampler_.go_to(epoch, position);
    return;
  }
  ++steps_;
}

template <class T>
bool Trainer<T>::update_within_bounds(T squared_gradient_norm) {
  // An ordinary step cannot leave the finite numbers; one that might is taken on trial.
  const double pull = shaping().weight_decay + shaping().l1;
  const bool is_safe =
      rate() < 1e3 && squared_gradient_norm < T(1e20) && rate() * pull < 1 && !plan_.across_batch;
  if (is_safe) {
    update(squared_gradient_norm);
    return true;
  }
  const AlignedVector<T> parameters = parameters_;
  const auto moments = moments_;
  update(squared_gradient_norm);
  runner_.move_statistics(parameters_);
  bool finite = std::isfinite(squared_norm(parameters_));
  for (const auto& moment : moments_) finite = finite && std::isfinite(squared_norm(moment));
  if (finite) return true;
  parameters_ = parameters;
  moments_ = moments;
  --updates_;
  return false;
}

template <class T>
void Trainer<T>::update(T squared_gradient_norm) {
  ++updates_;
  const double rate_now = rate();
  std::visit(
      [&]<class O>(const O& optimiser) {
        bool decoupled = false;
        if constexpr (requires { O::decoupled_decay; }) decoupled = O::decoupled_decay;
        const bool shapes = shaping().changes_gradient(decoupled);
        const double factor =
            shaping().clip_factor(std::sqrt(static_cast<double>(squared_gradient_norm)));
        if (shapes) shaped_.resize(plan_.length);
        // Segments lie one after the other: a run of trainable ones is one loop.
        std::size_t i = 0;
        while (i < plan_.segments.size()) {
          if (plan_.segments[i].frozen) {
            ++i;
            continue;
          }
          std::size_t last = i;
          while (last + 1 < plan_.segments.size() && !plan_.segments[last + 1].frozen) ++last;
          const std::size_t start = plan_.segments[i].offset;
          const std::size_t end =
              plan_.segments[last].offset + round_up_to_lanes(plan_.segments[last].size);
          Update<T> update{.size = static_cast<std::ptrdiff_t>(end - start),
                           .w = parameters_.data() + start,
                           .gradient = gradient_.data() + start,
                           .step = updates_,
                           .rate = rate_now};
          for (std::size_t m = 0; m < optimiser.moments.size(); ++m)
            update.moments[m] = moments_[m].data() + start;
          if (shapes) shaping().shape(update, factor, decoupled, shaped_.data() + start);
          optimiser.update(update);
          i = last + 1;
        }
      },
      document_.training.optimiser);
}

template <class T>
Score Trainer<T>::score_training() {
  return runner_.score(samples_, data_->train, parameters_);
}

template <class T>
Score Trainer<T>::score_test() {
  return runner_.score(samples_, data_->test, parameters_);
}

template <class T>
Scoring<T> Trainer<T>::begin_scoring(Measured measured) const {
  const bool is_part = measured == Measured::some && for_curve_;
  return {.step = steps_,
          .epoch = epochs(),
          .parameters = parameters_,
          .drawn = is_part ? for_curve_ : nullptr,
          .training = {.samples = is_part ? for_curve_->training : data_->train},
          .test = {.samples = is_part ? for_curve_->test : data_->test}};
}

template <class T>
void Trainer<T>::go_on(Scoring<T>& scoring, std::size_t count) {
  const std::size_t left = scoring.training.samples.size() - scoring.training.losses.size();
  if (left > 0) runner_.go_on(scoring.training, count, samples_, scoring.parameters);
  if (left < count) runner_.go_on(scoring.test, count - left, samples_, scoring.parameters);
}

template <class T>
CurvePoint Trainer<T>::finish(const Scoring<T>& scoring) const {
  return {.step = scoring.step,
          .training = runner_.finish(scoring.training, samples_),
          .test = runner_.finish(scoring.test, samples_),
          .epoch = scoring.epoch};
}

template <class T>
CurvePoint Trainer<T>::score(Measured measured) {
  Scoring<T> scoring = begin_scoring(measured);
  go_on(scoring, scoring.training.samples.size() + scoring.test.samples.size());
  return finish(scoring);
}

template <class T>
void Trainer<T>::set_parameter(const std::string& tensor, std::size_t index, double value) {
  const Segment* segment = plan_.find(tensor);
  if (!segment)
    throw Problem(fmt::format("this network has no parameters \"{}\" to change", tensor));
  if (index >= segment->size)
    throw Problem(fmt::format("{} has {} numbers: there is no number {} to change", tensor,
                              segment->size, index));
  const T number = static_cast<T>(value);
  if (!std::isfinite(number))
    throw Problem(fmt::format("{} cannot become {}: parameters are finite numbers up to {:.2g}",
                              tensor, value, static_cast<double>(std::numeric_limits<T>::max())));
  parameters_[segment->offset + index] = number;
  set_by_hand_ = {tensor, value, steps_};
  divergence_.clear();
}

template <class T>
Document Trainer<T>::document() const {
  Document document = document_;
  document.weights = write_tensors(plan_, parameters_);
  document.state = {.step = steps_,
                    .epoch = sampler_.epoch(),
                    .position = sampler_.position(),
                    .updates = updates_,
                    .moments = {}};
  std::visit(
      [&](const auto& optimiser) {
        for (std::size_t m = 0; m < optimiser.moments.size(); ++m)
          document.state.moments[std::string(optimiser.moments[m])] =
              write_tensors(plan_, moments_[m], Kinds::learned);
      },
      document_.training.optimiser);
  return document;
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace crease
