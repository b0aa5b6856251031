#pragma once
/// A loss put to work on a plan's output: target coding, averaging, accuracy.
#include <span>
#include <vector>

#include "data/dataset.h"
#include "losses/losses.h"

namespace crease {

/// The targets of samples, coded for one loss: one column a sample, as many rows as outputs.
struct Targets {
  Eigen::MatrixXd coded;
  Decision decision = Decision::none;  ///< what accuracy counts; none for real targets
};

class Objective {
 public:
  /// Throws Problem where the loss does not fit the output's shape.
  Objective(const Loss& loss, const Shape& output);

  /// Class numbers as this loss wants them; throws Problem where the outputs do not fit the
  /// classes.
  Targets code_classes(std::span<const int> classes, int class_count) const;
  /// Real targets of a source, or targets given in the document: taken as they stand (for a cross
  /// entropy a single row of whole numbers means class numbers).
  Targets code_values(const Eigen::MatrixXd& values, bool as_given) const;
  Targets code(const DataSet& data) const;
  /// The same for some of its samples.
  Targets code(const DataSet& data, std::span<const std::size_t> samples) const;

  /// A sample's share in the average (1 but for class weights).
  double weight(const double* target) const;
  /// What the sum over samples is divided by, for `samples` of total share `weights`.
  double divisor(std::size_t samples, double weights) const;
  /// Adds up the unaveraged losses of a block and writes the gradient of the average: dy =
  /// slope/divisor. Lanes from `samples` on get dy = 0.
  template <class T>
  Lanes<T> apply(const T* y, const T* target, T* dy, int samples, double divisor) const;
  /// Whether lane `s` of a block of outputs is decided rightly.
  template <class T>
  bool is_right(Decision decision, const T* y, const T* target, int s) const;

  /// The class that lane `s` of a block of outputs stands for; -1 where they do not choose one
  /// class (real targets, several yes/no outputs, pixels).
  template <class T>
  int chosen_class(Decision decision, const T* y, int s) const;
  /// The class that the coded target in lane `s` stands for, or -1.
  template <class T>
  int target_class(Decision decision, const T* target, int s) const;

  int outputs() const { return outputs_.size(); }

 private:
  Loss loss_;
  Outputs outputs_;
};

}  // namespace crease
