#include "probe/numerical_gradient.h"

#include <cmath>

#include "train/batch_runner.h"
#include "train/trainer.h"

namespace crease {

namespace {

double norm(double squared) { return std::sqrt(squared); }

}  // namespace

template <class T>
GradientComparison compare_gradients(const Document& document,
                                     const std::shared_ptr<const DataSet>& data,
                                     std::span<const std::size_t> samples,
                                     const Differences& settings, const Cancelled& cancelled) {
  if (!(settings.step > 0)) throw Problem("step", "must be above 0");
  Tasks tasks(1);
  const Trainer<T> start(document, data, tasks);
  const Plan& plan = start.plan();
  const Objective objective(document.training, plan);
  const Samples<T> coded(data, objective);
  BatchRunner<T> runner(plan, objective, tasks);
  AlignedVector<T> parameters = start.parameters(), gradient(plan.length), ignored(plan.length);
  const Occasion occasion{.seed = document.training.seed, .step = document.state.step};

  GradientComparison found;
  const auto loss = [&] {
    ++found.evaluations;
    return runner.loss_and_gradient(coded, samples, parameters, ignored, occasion);
  };
  const double here = runner.loss_and_gradient(coded, samples, parameters, gradient, occasion);
  if (!settings.central) ++found.evaluations;
  double apart = 0, size = 0, other_size = 0;
  for (const Segment& segment : plan.segments) {
    if (segment.frozen) continue;
    if (cancelled()) break;
    Tensor automatic{segment.shape, {}}, numerical{segment.shape, {}};
    for (std::size_t i = segment.offset; i < segment.offset + segment.size; ++i) {
      const T w = parameters[i];
      parameters[i] = static_cast<T>(static_cast<double>(w) + settings.step);
      const double above = loss(), right = static_cast<double>(parameters[i]);
      double below = here, left = static_cast<double>(w);
      if (settings.central) {
        parameters[i] = static_cast<T>(static_cast<double>(w) - settings.step);
        below = loss();
        left = static_cast<double>(parameters[i]);
      }
      parameters[i] = w;
      // A step that rounding swallows gives 0/0: the difference is 0, and the error says it.
      const double difference = right > left ? (above - below) / (right - left) : 0;
      const auto exact = static_cast<double>(gradient[i]);
      automatic.data.push_back(exact);
      numerical.data.push_back(difference);
      const double error = std::abs(exact - difference);
      found.worst = std::max(found.worst, error / (1 + std::abs(exact)));
      apart += error * error;
      size += exact * exact;
      other_size += difference * difference;
    }
    found.automatic[segment.name] = std::move(automatic);
    found.numerical[segment.name] = std::move(numerical);
  }
  const double sizes = norm(size) + norm(other_size);
  found.relative = sizes > 0 ? norm(apart) / sizes : 0;
  return found;
}

#define CREASE_INSTANTIATE(T)                                                               \
  template GradientComparison compare_gradients<T>(                                         \
      const Document&, const std::shared_ptr<const DataSet>&, std::span<const std::size_t>, \
      const Differences&, const Cancelled&);
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
