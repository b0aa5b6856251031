/// How class numbers and given targets become what one loss compares the outputs with.
#include <fmt/format.h>

#include <cmath>

#include "train/objective.h"

namespace crease {

namespace {

Coding coding_of(const Loss& loss) {
  return std::visit([](const auto& l) { return l.coding; }, loss);
}

}  // namespace

Targets Objective::Term::code_classes(std::span<const int> classes, int class_count) const {
  const bool single = targets == 1;
  const Coding coding = coding_of(loss);
  if (outputs.places != 1)
    throw Problem(where, "one class per sample needs an output of features, not an image");
  if (single ? class_count > 2 : class_count > targets)
    throw Problem(
        where, fmt::format("the data has {} classes but the network has {} output{}", class_count,
                           targets, single ? ", which tells two classes apart" : "s"));
  const bool is_signed = coding == Coding::signs || (single && coding == Coding::plus_minus);
  Targets made{Eigen::MatrixXd::Constant(targets, static_cast<Eigen::Index>(classes.size()),
                                         is_signed ? -1 : 0),
               decision_of(loss)};
  // A squared error has no decision of its own: the sign of one output, the largest of several.
  if (made.decision == Decision::none && coding == Coding::plus_minus)
    made.decision = Decision::sign;
  if (!single && made.decision != Decision::none) made.decision = Decision::largest;
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (!single)
      made.coded(classes[i], static_cast<Eigen::Index>(i)) = 1;
    else if (classes[i] != 0)
      made.coded(0, static_cast<Eigen::Index>(i)) = 1;
  return made;
}

Targets Objective::Term::code_values(const Eigen::MatrixXd& values, bool as_given) const {
  const Coding coding = coding_of(loss);
  const bool are_classes = coding == Coding::one_hot && outputs.classes > 1 &&
                           values.rows() == outputs.places && values.rows() != targets;
  if (as_given && are_classes) {
    Targets made{Eigen::MatrixXd::Zero(targets, values.cols()), decision_of(loss)};
    for (Eigen::Index i = 0; i < values.cols(); ++i)
      for (int p = 0; p < outputs.places; ++p) {
        const double value = values(p, i);
        if (value < 0 || value >= outputs.classes || std::floor(value) != value)
          throw Problem("targets",
                        fmt::format("class {} of sample {} must be a whole number from 0 to {}",
                                    value, i, outputs.classes - 1));
        made.coded(static_cast<Eigen::Index>(value) * outputs.places + p, i) = 1;
      }
    return made;
  }
  if (values.rows() != targets)
    throw Problem(
        where, fmt::format("the targets have {} {} per sample but the network "
                           "has {} outputs{}",
                           values.rows(), values.rows() == 1 ? "number" : "numbers", outputs.size(),
                           targets == outputs.size()
                               ? ""
                               : fmt::format(", and this loss wants {} targets", targets)));
  const bool are_probabilities = coding == Coding::zero_one || coding == Coding::one_hot;
  if (are_probabilities && values.size() > 0 && (values.minCoeff() < 0 || values.maxCoeff() > 1))
    throw Problem(where, fmt::format("{} needs targets from 0 to 1", name_of(loss)));
  Targets made{values, Decision::none};
  if (as_given) made.decision = decision_of(loss);
  return made;
}

}  // namespace crease
