#include "train/objective.h"

#include <fmt/format.h>

#include <cmath>

namespace crease {

namespace {

template <class L>
constexpr Decision decision_of() {
  if constexpr (requires { L::decision; })
    return L::decision;
  else
    return Decision::none;
}

bool is_one_hot_coded(const Loss& loss) {
  return std::visit([](const auto& l) { return l.coding == Coding::one_hot; }, loss);
}

}  // namespace

Objective::Objective(const Loss& loss, const Shape& output)
    : loss_(loss), outputs_(Outputs::of(output)) {
  std::visit(
      [&](const auto& l) {
        if constexpr (requires { l.check(outputs_); }) {
          try {
            l.check(outputs_);
          } catch (const Problem& problem) {
            throw problem.inside("training.loss");
          }
        }
      },
      loss_);
}

Targets Objective::code_classes(std::span<const int> classes, int class_count) const {
  const int rows = outputs_.size();
  const bool single = rows == 1;
  const Coding coding = std::visit([](const auto& l) { return l.coding; }, loss_);
  if (outputs_.places != 1)
    throw Problem("training.loss",
                  "one class per sample needs an output of features, not an image");
  if (single ? class_count > 2 : class_count > rows)
    throw Problem("training.loss",
                  fmt::format("the data has {} classes but the network has {} output{}",
                              class_count, rows, single ? ", which tells two classes apart" : "s"));
  Targets targets{Eigen::MatrixXd::Zero(rows, static_cast<Eigen::Index>(classes.size())),
                  std::visit([]<class L>(const L&) { return decision_of<L>(); }, loss_)};
  // A squared error has no decision of its own: the sign of one output, the largest of several.
  if (targets.decision == Decision::none && coding == Coding::plus_minus)
    targets.decision = Decision::sign;
  if (!single && targets.decision != Decision::none) targets.decision = Decision::largest;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    if (!single)
      targets.coded(classes[i], column) = 1;
    else if (coding == Coding::plus_minus)
      targets.coded(0, column) = classes[i] == 0 ? -1 : 1;
    else
      targets.coded(0, column) = classes[i];
  }
  return targets;
}

Targets Objective::code_values(const Eigen::MatrixXd& values, bool as_given) const {
  const int rows = outputs_.size();
  if (as_given && is_one_hot_coded(loss_) && values.rows() == 1 && rows > 1) {
    std::vector<int> classes;
    for (Eigen::Index i = 0; i < values.cols(); ++i) {
      const double value = values(0, i);
      if (value < 0 || value >= rows || std::floor(value) != value)
        throw Problem("targets",
                      fmt::format("class {} of sample {} must be a whole number from 0 to {}",
                                  value, i, rows - 1));
      classes.push_back(static_cast<int>(value));
    }
    return code_classes(classes, rows);
  }
  if (values.rows() != rows)
    throw Problem("training.loss",
                  fmt::format("the targets have {} numbers per sample but the network "
                              "has {} outputs",
                              values.rows(), rows));
  const bool are_probabilities =
      std::visit([](const auto& l) { return l.coding != Coding::plus_minus; }, loss_);
  if (are_probabilities && (values.minCoeff() < 0 || values.maxCoeff() > 1))
    throw Problem("training.loss", "cross entropy needs targets from 0 to 1");
  Targets targets{values, Decision::none};
  if (as_given)
    targets.decision = std::visit([]<class L>(const L&) { return decision_of<L>(); }, loss_);
  return targets;
}

Targets Objective::code(const DataSet& data) const {
  if (data.is_classification()) return code_classes(data.classes, data.class_count);
  return code_values(data.targets, data.targets_as_given);
}

Targets Objective::code(const DataSet& data, std::span<const std::size_t> samples) const {
  if (samples.empty()) return {Eigen::MatrixXd(outputs_.size(), 0), Decision::none};
  if (data.is_classification()) {
    std::vector<int> classes;
    for (const std::size_t i : samples) classes.push_back(data.classes[i]);
    return code_classes(classes, data.class_count);
  }
  Eigen::MatrixXd values(data.targets.rows(), static_cast<Eigen::Index>(samples.size()));
  for (Eigen::Index i = 0; i < values.cols(); ++i)
    values.col(i) =
        data.targets.col(static_cast<Eigen::Index>(samples[static_cast<std::size_t>(i)]));
  return code_values(values, data.targets_as_given);
}

double Objective::weight(const double* target) const {
  return std::visit(
      [&](const auto& l) {
        if constexpr (requires { l.weight(outputs_, target); })
          return l.weight(outputs_, target);
        else
          return l.averaging == Averaging::elements ? static_cast<double>(outputs_.size()) : 1.0;
      },
      loss_);
}

double Objective::divisor(std::size_t samples, double weights) const {
  const Reduction reduction = std::visit([](const auto& l) { return l.reduction; }, loss_);
  switch (reduction) {
    case Reduction::sum:
      return 1;
    case Reduction::sum_outputs:
      return static_cast<double>(samples);
    case Reduction::mean:
      break;
  }
  return weights;
}

template <class T>
Lanes<T> Objective::apply(const T* y, const T* target, T* dy, int samples, double divisor) const {
  return std::visit(
      [&](const auto& l) {
        const Lanes<T> losses = l.apply(outputs_, y, target, dy);
        Lanes<T> factor{};
        for (int s = 0; s < samples; ++s) factor[s] = static_cast<T>(1 / divisor);
        for (int k = 0; k < outputs_.size(); ++k) {
          // A dead lane may hold anything (0 logits under a cut logarithm): it must give nothing.
          const Lanes<T> slope = load(dy + k * lanes);
          store<T>(dy + k * lanes, factor != Lanes<T>{} ? slope * factor : Lanes<T>{});
        }
        return losses;
      },
      loss_);
}

namespace {

/// What an output must exceed to say yes.
double threshold(Decision decision) { return decision == Decision::probability ? 0.5 : 0; }

/// The class with the largest value at place `p`, the first of equals.
template <class T>
int largest_class(const Outputs& outputs, const T* y, int p, int s) {
  const auto at = [&](int k) { return y[(k * outputs.places + p) * lanes + s]; };
  int largest = 0;
  for (int k = 1; k < outputs.classes; ++k)
    if (at(k) > at(largest)) largest = k;
  return largest;
}

}  // namespace

template <class T>
bool Objective::is_right(Decision decision, const T* y, const T* target, int s) const {
  if (decision == Decision::none) return false;
  if (decision == Decision::largest) {
    for (int p = 0; p < outputs_.places; ++p)
      if (largest_class(outputs_, y, p, s) != largest_class(outputs_, target, p, s)) return false;
    return true;
  }
  // Targets are 0/1 or -1/+1: above one half is the positive class in both codings.
  for (int k = 0; k < outputs_.size(); ++k)
    if ((y[k * lanes + s] > static_cast<T>(threshold(decision))) !=
        (target[k * lanes + s] > T(0.5)))
      return false;
  return true;
}

template <class T>
int Objective::chosen_class(Decision decision, const T* y, int s) const {
  if (decision == Decision::none || outputs_.places != 1) return -1;
  if (decision == Decision::largest) return largest_class(outputs_, y, 0, s);
  return outputs_.classes == 1 ? y[s] > static_cast<T>(threshold(decision)) : -1;
}

template <class T>
int Objective::target_class(Decision decision, const T* target, int s) const {
  if (decision == Decision::none || outputs_.places != 1) return -1;
  if (decision == Decision::largest) return largest_class(outputs_, target, 0, s);
  return outputs_.classes == 1 ? target[s] > T(0.5) : -1;
}

#define CREASE_INSTANTIATE(T)                                                    \
  template Lanes<T> Objective::apply(const T*, const T*, T*, int, double) const; \
  template bool Objective::is_right(Decision, const T*, const T*, int) const;    \
  template int Objective::chosen_class(Decision, const T*, int) const;           \
  template int Objective::target_class(Decision, const T*, int) const;
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
