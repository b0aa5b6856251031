#pragma once
/// Training without a thread of its own: a document and a data set become steps.
#include <memory>
#include <optional>

#include "net/transplant.h"
#include "train/batch_runner.h"
#include "train/curve.h"
#include "train/document.h"
#include "train/sampler.h"

namespace crease {

/// Compares a plan with a data set; throws Problem where the shapes do not fit.
void check_fit(const Plan& plan, const DataSet& data);

/// The samples that a point of a learning curve is measured on.
struct SamplesOfCurve {
  std::vector<std::size_t> training, test;
};

/// Scores of both parts, worked out a slice at a time, of parameters as they were when it began.
template <class T>
struct Scoring {
  long step = 0;
  double epoch = 0;
  AlignedVector<T> parameters = {};
  std::shared_ptr<const SamplesOfCurve> drawn = {};  ///< where it is not all of both parts
  PartialScore training = {}, test = {};

  bool done() const { return training.done() && test.done(); }
};

template <class T>
class Trainer {
 public:
  /// Starts from the document's weights and state. Throws Problem where anything does not fit.
  Trainer(const Document& document, std::shared_ptr<const DataSet> data, Tasks& tasks);

  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// Takes over what `before` has learned, its moments (of an optimiser of the same kind) and its
  /// progress, as far as the networks have nodes in common. `removed` are units that `before` has
  /// and this has not; `restored` are units that this has again and `before` has not.
  Transplant continue_from(const Trainer& before, const std::vector<RemovedUnit>& removed = {},
                           const std::vector<RemovedUnit>& restored = {});
  /// Gives the parameters that were not carried over (`kept`) what they were in a network of the
  /// past that had them, and counts them as kept.
  void recall(const Plan& past, const AlignedVector<T>& parameters, Transplant& kept);

  /// Gives all parameters what they were in a network of the past, as an edit of that one would,
  /// with no moments; the progress stays what was taken over.
  void go_back_to(const Plan& past, const AlignedVector<T>& parameters);

  /// One optimiser step. Does nothing once the loss, its gradient or the weights would have become
  /// non-finite: everything stays as it was before that step.
  void step();

  long steps() const { return steps_; }
  /// Whether it has done a step of its own, not only taken over those of another.
  bool has_moved() const { return steps_ != began_at_; }
  /// Completed passes over the training part.
  double epochs() const;
  std::size_t samples_per_epoch() const { return sampler_.epoch_size(); }
  long steps_per_epoch() const { return sampler_.steps_per_epoch(); }
  double last_loss() const { return last_loss_; }
  /// The sentence that says what happened when the loss became non-finite; empty while it is
  /// finite.
  const std::string& divergence() const { return divergence_; }

  Score score_training();
  Score score_test();

  /// What is measured of each part.
  enum class Measured {
    all,
    some,  ///< `samples_of_curve`, drawn once: the points of a learning curve
  };
  /// Of a part of so many samples. A tenth, which takes a small part of the time of an epoch, since
  /// training also needs the gradient; small parts are measured whole.
  static constexpr std::size_t samples_of_curve(std::size_t all) {
    constexpr std::size_t least = 500;
    return std::min(all, std::max(least, all / 10));
  }
  /// A score of both parts, of the parameters as they are now; steps may go on meanwhile.
  Scoring<T> begin_scoring(Measured measured) const;
  /// Works on it for `count` samples, rounded up to whole blocks of sixteen. Any trainer of the
  /// same network, loss and data may do it.
  void go_on(Scoring<T>& scoring, std::size_t count);
  /// The point of the learning curve that a scoring has come to; it must be done.
  CurvePoint finish(const Scoring<T>& scoring) const;
  /// All of it at once.
  CurvePoint score(Measured measured);

  /// Gives one number of one tensor ("h1.weight", row after row) another value, and lets a run that
  /// had diverged go on. Throws Problem where there is no such number, or it is too large.
  void set_parameter(const std::string& tensor, std::size_t index, double value);

  /// The document with these weights and this state.
  Document document() const;
  std::string weights_hash() const { return hash_of(plan_, parameters_); }
  const Plan& plan() const { return plan_; }
  const AlignedVector<T>& parameters() const { return parameters_; }
  const AlignedVector<T>& gradient() const { return gradient_; }
  /// Names in the document's weights that the network does not have.
  const std::vector<std::string>& unknown_weights() const { return unknown_weights_; }

 private:
  void read_moments(const RunState& state);
  void update(T squared_gradient_norm);
  bool update_within_bounds(T squared_gradient_norm);
  double rate() const;
  const Shaping& shaping() const;
  Occasion occasion() const {
    return {.seed = document_.training.seed, .step = steps_, .block = 0};
  }
  std::string divergence_sentence(std::span<const std::size_t> samples);

  Document document_;
  std::shared_ptr<const DataSet> data_;
  Plan plan_;
  Objective objective_;
  Samples<T> samples_;
  Sampler sampler_;
  BatchRunner<T> runner_;
  std::optional<Objective> rule_;  ///< what the perceptron rule descends on
  std::optional<BatchRunner<T>> rule_runner_;
  AlignedVector<T> parameters_, gradient_, shaped_;
  std::array<AlignedVector<T>, 2> moments_;
  std::vector<std::string> unknown_weights_;
  std::shared_ptr<const SamplesOfCurve> for_curve_;  ///< null: all of both parts
  long steps_ = 0;
  long began_at_ = 0;  ///< the step before the first one with these settings
  long updates_ = 0;
  double last_loss_ = 0;
  std::string divergence_;
  struct SetByHand {
    std::string tensor;
    double value = 0;
    long step = 0;  ///< after which it was set
  };
  std::optional<SetByHand> set_by_hand_;
};

}  // namespace crease
