#pragma once
/// What a network says about samples, as its document's loss understands it.
#include <memory>
#include <span>
#include <vector>

#include "probe/run.h"
#include "train/objective.h"
#include "train/snapshot.h"

namespace crease {

/// How outputs speak about classes.
class Meaning {
 public:
  Meaning() = default;
  Meaning(const Loss& loss, const Shape& output, Decision decision);

  /// Whether outputs choose one class of a sample; else they are real numbers.
  bool decides() const { return kind_ != Kind::numbers; }
  /// Whether the shares are probabilities; else they only say how clear the choice is.
  bool has_probabilities() const {
    return decides() && kind_ != Kind::sign && kind_ != Kind::score;
  }
  /// Whether the loss squashes the outputs itself before they are probabilities.
  bool is_squashed() const { return kind_ == Kind::logit; }
  /// Two for a single output.
  int classes() const { return classes_; }
  /// The value of a single output between class 0 and class 1.
  double threshold() const { return kind_ == Kind::probability && single_ ? 0.5 : 0; }
  /// The share of each class, from 0 to 1 and 1 together, from outputs `stride` apart. Not a number
  /// where the outputs are not.
  void shares(const float* y, std::size_t stride, std::span<double> shares) const;
  /// The same at every place of a field: of outputs, output after output, shares, class after
  /// class. Empty where nothing is decided.
  std::vector<float> shares_of_field(const std::vector<float>& outputs, std::size_t places) const;

 private:
  enum class Kind { numbers, sign, score, probability, logit };
  Kind kind_ = Kind::numbers;
  int classes_ = 0;
  bool single_ = false;
};

struct Predictions {
  std::vector<std::size_t> samples;
  int outputs = 0;
  std::vector<float> values;   ///< one sample after the other
  std::vector<float> targets;  ///< coded for the loss
  std::vector<double> losses;  ///< of each sample, not averaged
  std::vector<int> chosen;     ///< class numbers; -1 where the outputs choose none
  std::vector<int> labels;     ///< the right ones, or -1
  std::vector<char> right;
  Meaning meaning;

  const float* of(std::size_t i) const {
    return values.data() + i * static_cast<std::size_t>(outputs);
  }
  const float* target_of(std::size_t i) const {
    return targets.data() + i * static_cast<std::size_t>(outputs);
  }
  std::vector<double> shares(std::size_t i) const;
  /// How many are wrong; 0 where nothing is decided.
  std::size_t wrong() const;
  /// The root of the mean squared difference from the targets; not a number without samples.
  double rmse() const;
};

/// What the outputs mean: by the data where there are any, else by the loss alone.
Meaning meaning_of(const Snapshot& snapshot);

/// Runs samples of the snapshot's data. What is cut short by `cancelled` is not a prediction.
Predictions predict(const Snapshot& snapshot, std::span<const std::size_t> samples,
                    const Cancelled& cancelled = never_cancelled);

/// The outputs of every node for one sample.
std::vector<std::vector<float>> activations_of(const Snapshot& snapshot, std::size_t sample);

}  // namespace crease
