#include "train/objective.h"

#include <fmt/format.h>

#include <cmath>

namespace crease {

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

Objective::Objective(const Loss& loss, const Shape& output) {
  add({.loss = loss, .where = "training.loss", .outputs = Outputs::of(output)});
}

Objective::Objective(const Training& training, const Plan& plan) {
  if (plan.outputs.size() == 1 && training.losses.empty()) {
    add({.loss = training.loss,
         .where = "training.loss",
         .outputs = Outputs::of(plan.output_shape())});
    return;
  }
  const auto is_output = [&](const std::string& id) {
    for (const int node : plan.outputs)
      if (plan.nodes[static_cast<std::size_t>(node)].id == id) return true;
    return false;
  };
  for (const auto& item : training.losses)
    if (!is_output(item.first))
      throw Problem("training.losses." + item.first,
                    "there is no output of this name: network.outputs names the nodes that have a "
                    "loss of their own");
  if (plan.outputs.size() > most_losses)
    throw Problem("network.outputs", fmt::format("at most {} are allowed", most_losses));
  for (const int node : plan.outputs) {
    const PlanNode& output = plan.nodes[static_cast<std::size_t>(node)];
    const auto own = training.losses.find(output.id);
    if (own == training.losses.end() && !training.losses.empty())
      throw Problem("training.losses", fmt::format("has no loss for the output \"{}\"", output.id));
    const bool has_own = own != training.losses.end();
    add({.loss = has_own ? own->second.loss : training.loss,
         .where = has_own ? "training.losses." + output.id : "training.loss",
         .outputs = Outputs::of(output.shape),
         .weight = has_own ? own->second.weight : 1});
  }
}

namespace {

template <class L>
void check_outputs(const L& loss, Outputs outputs) {
  if constexpr (requires { loss.check(outputs); }) loss.check(outputs);
}

template <class L>
int targets_for(const L& loss, Outputs outputs) {
  if constexpr (requires { loss.targets(outputs); })
    return loss.targets(outputs);
  else
    return outputs.size();
}

}  // namespace

void Objective::add(Term term) {
  try {
    std::visit([&](const auto& l) { check_outputs(l, term.outputs); }, term.loss);
  } catch (const Problem& problem) {
    throw problem.inside(term.where);
  }
  term.targets = std::visit([&](const auto& l) { return targets_for(l, term.outputs); }, term.loss);
  term.first_output = outputs_;
  term.first_target = targets_;
  outputs_ += term.outputs.size();
  targets_ += term.targets;
  terms_.push_back(std::move(term));
}

Targets Objective::code_classes(std::span<const int> classes, int class_count) const {
  Targets all = terms_.front().code_classes(classes, class_count);
  if (terms_.size() == 1) return all;
  all.coded.conservativeResize(targets_, Eigen::NoChange);
  for (const Term& term : terms_)
    all.coded.middleRows(term.first_target, term.targets) =
        term.code_classes(classes, class_count).coded;
  return all;
}

Targets Objective::code_values(const Eigen::MatrixXd& values, bool as_given) const {
  if (terms_.size() == 1) return terms_.front().code_values(values, as_given);
  // Each its own numbers, or each one number (a class), or all the same numbers.
  const bool all_own = values.rows() == targets_;
  const bool one_each = !all_own && values.rows() == static_cast<Eigen::Index>(terms_.size());
  Targets all{Eigen::MatrixXd(targets_, values.cols()), Decision::none};
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const Term& term = terms_[i];
    Eigen::MatrixXd own = values;
    if (all_own) own = values.middleRows(term.first_target, term.targets);
    if (one_each) own = values.middleRows(static_cast<Eigen::Index>(i), 1);
    const Targets coded = term.code_values(own, as_given);
    all.coded.middleRows(term.first_target, term.targets) = coded.coded;
    if (i == 0) all.decision = coded.decision;
  }
  return all;
}

Targets Objective::code(const DataSet& data) const {
  if (data.is_classification()) return code_classes(data.classes, data.class_count);
  return code_values(data.targets, data.targets_as_given);
}

Targets Objective::code(const DataSet& data, std::span<const std::size_t> samples) const {
  if (samples.empty()) return {Eigen::MatrixXd(targets_, 0), Decision::none};
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

PerLoss Objective::weights(const double* target) const {
  PerLoss shares{};
  for (std::size_t i = 0; i < terms_.size(); ++i)
    shares[i] = terms_[i].share(target + terms_[i].first_target);
  return shares;
}

double Objective::Term::share(const double* target) const {
  return std::visit(
      [&](const auto& l) -> double {
        if constexpr (requires { l.weight(outputs, target); }) return l.weight(outputs, target);
        if (l.averaging == Averaging::elements) return targets;
        return l.averaging == Averaging::places ? outputs.places : 1;
      },
      loss);
}

PerLoss Objective::divisors(std::size_t samples, const PerLoss& weights) const {
  PerLoss divisors{};
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const auto reduction = std::visit([](const auto& l) { return l.reduction; }, terms_[i].loss);
    divisors[i] = reduction == Reduction::sum           ? 1
                  : reduction == Reduction::sum_outputs ? static_cast<double>(samples)
                                                        : weights[i];
  }
  return divisors;
}

PerLoss Objective::undivided() {
  PerLoss ones{};
  ones.fill(1);
  return ones;
}

template <class T>
Lanes<T> Objective::apply(const T* y, const T* target, T* dy, int samples,
                          const PerLoss& divisors) const {
  Lanes<T> total{};
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const Term& term = terms_[i];
    const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(term.first_output) * lanes;
    T* slopes = dy + first;
    // A batch whose every class weighs nothing teaches nothing.
    const double share = divisors[i] == 0 ? 0 : term.weight / divisors[i];
    const Lanes<T> losses = std::visit(
        [&](const auto& l) {
          return l.apply(term.outputs, y + first,
                         target + static_cast<std::ptrdiff_t>(term.first_target) * lanes, slopes);
        },
        term.loss);
    Lanes<T> factor{};
    for (int s = 0; s < samples; ++s) factor[s] = static_cast<T>(share);
    for (int k = 0; k < term.outputs.size(); ++k) {
      // A dead lane may hold anything (0 logits under a cut logarithm): it must give nothing.
      const Lanes<T> slope = load(slopes + k * lanes);
      store<T>(slopes + k * lanes, factor != Lanes<T>{} ? slope * factor : Lanes<T>{});
    }
    total += losses * broadcast(static_cast<T>(share));
  }
  return total;
}

template <class T>
double Objective::right_share(Decision decision, const T* y, const T* target, int s) const {
  if (decision == Decision::none) return 0;
  const Term& term = terms_.front();
  const int places = term.outputs.places;
  // Targets are 0/1 or -1/+1: above one half is the positive class in both codings.
  const auto agrees = [&](int k) {
    return (y[k * lanes + s] > static_cast<T>(threshold(decision))) ==
           (target[k * lanes + s] > T(0.5));
  };
  int right = 0;
  for (int p = 0; p < places; ++p) {
    bool all = true;
    if (decision == Decision::largest)
      all = largest_class(term.outputs, y, p, s) == largest_class(term.outputs, target, p, s);
    else
      for (int k = p; k < term.targets; k += places) all = all && agrees(k);
    right += all ? 1 : 0;
  }
  return static_cast<double>(right) / places;
}

template <class T>
int Objective::chosen_class(Decision decision, const T* y, int s) const {
  const Term& term = terms_.front();
  if (decision == Decision::none || term.outputs.places != 1) return -1;
  if (decision == Decision::largest) return largest_class(term.outputs, y, 0, s);
  return term.targets == 1 ? y[s] > static_cast<T>(threshold(decision)) : -1;
}

template <class T>
int Objective::target_class(Decision decision, const T* target, int s) const {
  const Term& term = terms_.front();
  if (decision == Decision::none || term.outputs.places != 1) return -1;
  if (decision == Decision::largest) return largest_class(term.outputs, target, 0, s);
  return term.targets == 1 ? target[s] > T(0.5) : -1;
}

#define CREASE_INSTANTIATE(T)                                                            \
  template Lanes<T> Objective::apply(const T*, const T*, T*, int, const PerLoss&) const; \
  template double Objective::right_share(Decision, const T*, const T*, int) const;       \
  template int Objective::chosen_class(Decision, const T*, int) const;                   \
  template int Objective::target_class(Decision, const T*, int) const;
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
