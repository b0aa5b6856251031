#pragma once
/// A loss put to work on a plan's output: target coding, averaging, accuracy.
#include <array>
#include <span>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "net/plan.h"
#include "train/training.h"

namespace crease {

/// The targets of samples, coded for one loss: one column a sample, as many rows as outputs.
struct Targets {
  Eigen::MatrixXd coded;
  Decision decision = Decision::none;  ///< what accuracy counts; none for real targets
};

/// One number for each loss of an objective.
inline constexpr int most_losses = 16;
using PerLoss = std::array<double, most_losses>;

class Objective {
 public:
  /// Throws Problem where the loss does not fit the output's shape.
  Objective(const Loss& loss, const Shape& output);
  /// The weighted sum of a loss for each output of a network (the losses of `training`).
  Objective(const Training& training, const Plan& plan);

  /// Class numbers as this loss wants them; throws Problem where the outputs do not fit the
  /// classes.
  Targets code_classes(std::span<const int> classes, int class_count) const;
  /// Real targets of a source, or targets given in the document: taken as they stand (for a cross
  /// entropy a single row of whole numbers means class numbers, also at each pixel). Several
  /// outputs share the numbers out in order, or all get the same.
  Targets code_values(const Eigen::MatrixXd& values, bool as_given) const;
  Targets code(const DataSet& data) const;
  /// The same for some of its samples.
  Targets code(const DataSet& data, std::span<const std::size_t> samples) const;

  /// A sample's shares in the averages (1 but for class weights).
  PerLoss weights(const double* target) const;
  /// What the sums over samples are divided by, for `samples` of total shares `weights`.
  PerLoss divisors(std::size_t samples, const PerLoss& weights) const;
  /// Sums that are not averaged.
  static PerLoss undivided();
  /// The losses of a block's samples, divided, and the gradient: dy = slope/divisor. Lanes from
  /// `samples` on get dy = 0.
  template <class T>
  Lanes<T> apply(const T* y, const T* target, T* dy, int samples, const PerLoss& divisors) const;
  /// Whether lane `s` of a block of outputs is decided rightly (by the first loss); for images the
  /// share of the pixels that are.
  template <class T>
  double right_share(Decision decision, const T* y, const T* target, int s) const;
  template <class T>
  bool is_right(Decision decision, const T* y, const T* target, int s) const {
    return right_share(decision, y, target, s) == 1;
  }

  /// The class that lane `s` of a block of outputs stands for; -1 where they do not choose one
  /// class (real targets, several yes/no outputs, pixels).
  template <class T>
  int chosen_class(Decision decision, const T* y, int s) const;
  /// The class that the coded target in lane `s` stands for, or -1.
  template <class T>
  int target_class(Decision decision, const T* target, int s) const;

  /// Numbers per sample: of the network's output, and of a target.
  int outputs() const { return outputs_; }
  int targets() const { return targets_; }
  /// The loss that decides what accuracy counts: the first.
  const Loss& first_loss() const { return terms_.front().loss; }

 private:
  struct Term {
    Loss loss;
    std::string where;  ///< "training.loss"
    Outputs outputs;
    double weight = 1;
    int first_output = 0;
    int targets = 1, first_target = 0;

    Targets code_classes(std::span<const int> classes, int class_count) const;
    Targets code_values(const Eigen::MatrixXd& values, bool as_given) const;
    double share(const double* target) const;
  };
  void add(Term term);

  std::vector<Term> terms_;
  int outputs_ = 0, targets_ = 0;
};

}  // namespace crease
