#include "probe/regions/bounds.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "probe/regions/piecewise.h"

namespace crease::regions {

namespace {

/// prod over all but the last layer of (floor(n_l / n_0) + more)^n_0, times sum of n_L over j.
WholeNumber folded(const Bounds& bounds, std::size_t more) {
  WholeNumber product = sum_of_binomials(bounds.hidden.back(), bounds.inputs);
  for (std::size_t l = 0; l + 1 < bounds.hidden.size(); ++l)
    product *= power(bounds.hidden[l] / bounds.inputs + more, bounds.inputs);
  return product;
}

/// sum over j_1 .. j_L of prod n_l over j_l, with j_l at most the inputs and the n_k - j_k before.
WholeNumber serra_upper(const Bounds& bounds) {
  std::vector<WholeNumber> ways(bounds.inputs + 1);  // by the dimension that is left
  ways[bounds.inputs] = 1;
  for (const std::size_t n : bounds.hidden) {
    std::vector<WholeNumber> next(ways.size());
    for (std::size_t d = 0; d < ways.size(); ++d) {
      if (ways[d] == WholeNumber()) continue;
      WholeNumber each = ways[d];  // times n over j
      for (std::size_t j = 0; j <= std::min(d, n); ++j) {
        next[std::min(d, n - j)] += each;
        each *= WholeNumber(n - j);
        each /= static_cast<std::uint32_t>(j + 1);
      }
    }
    ways = std::move(next);
  }
  WholeNumber sum;
  for (const WholeNumber& w : ways) sum += w;
  return sum;
}

}  // namespace

Bounds bounds_of(std::size_t inputs, std::vector<std::size_t> hidden, std::size_t outputs) {
  Bounds bounds;
  bounds.inputs = inputs;
  bounds.hidden = std::move(hidden);
  std::size_t before = inputs, units = 0;
  for (const std::size_t n : bounds.hidden) {
    bounds.parameters += (before + 1) * n;
    before = n;
    units += n;
  }
  bounds.parameters += (before + 1) * outputs;
  bounds.all_patterns = power(2, units);
  bounds.zaslavsky = bounds.product_upper = bounds.montufar17_upper = bounds.serra18_upper = 1;
  if (bounds.hidden.empty()) return bounds;
  const auto [narrowest, widest] = std::minmax_element(bounds.hidden.begin(), bounds.hidden.end());
  bounds.zaslavsky = sum_of_binomials(bounds.hidden[0], inputs);
  if (*narrowest >= inputs) bounds.montufar14_lower = folded(bounds, 0);
  if (*narrowest >= 3 * inputs) bounds.serra18_lower = folded(bounds, 1);
  if (*narrowest == *widest && *narrowest % inputs == 0) bounds.udl_formula = folded(bounds, 1);
  std::size_t dimension = inputs;
  for (const std::size_t n : bounds.hidden) {
    dimension = std::min(dimension, n);
    bounds.product_upper *= sum_of_binomials(n, inputs);
    bounds.montufar17_upper *= sum_of_binomials(n, dimension);
  }
  bounds.serra18_upper = serra_upper(bounds);
  // N^n_0 itself may be too large for a double: then there is no number to name.
  long double gauge = 1;
  for (std::size_t i = 0; i < inputs; ++i) gauge *= static_cast<long double>(units);
  if (std::isfinite(static_cast<double>(gauge))) {
    for (std::size_t i = 1; i <= inputs; ++i) gauge /= static_cast<long double>(i);
    bounds.hanin_rolnick = static_cast<double>(gauge);
  }
  return bounds;
}

double log10_of_udl_formula(std::size_t inputs, std::size_t width, std::size_t depth) {
  // The sum of width over j, relative to its largest term.
  const auto log_choose = [width](std::size_t j) {
    const auto n = static_cast<double>(width), k = static_cast<double>(j);
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  };
  const std::size_t most = std::min(inputs, width);
  const double largest = log_choose(std::min(most, width / 2));
  double sum = 0;
  for (std::size_t j = 0; j <= most; ++j) sum += std::exp(log_choose(j) - largest);
  const double folds = static_cast<double>(depth - 1) * static_cast<double>(inputs) *
                       std::log(static_cast<double>(width / inputs + 1));
  return (folds + largest + std::log(sum)) / std::log(10.0);
}

std::optional<Bounds> bounds_of(const Plan& plan) {
  // Slopes do not matter here: any parameters will do.
  const std::vector<double> parameters(plan.length, 0.25);
  std::vector<std::size_t> hidden;
  constexpr std::size_t most_units = 2048, most_inputs = 4096;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    if (node.inputs.size() != 1 || node.inputs[0] != static_cast<int>(i) - 1) return {};
    const Parts parts = parts_of(plan, i, parameters.data());
    const bool is_last = i + 1 == plan.nodes.size();
    const bool is_dense = std::holds_alternative<Dense>(node.layer);
    if (!is_dense && !parts.is_view && !std::holds_alternative<ActivationLayer>(node.layer))
      return {};
    // A smooth end only squashes what the regions are counted of.
    if (!parts.is_piecewise_linear) {
      if (!is_last) return {};
      continue;
    }
    if (parts.bend.thresholds.size() > 1) return {};
    if (parts.bend.thresholds.size() == 1) hidden.push_back(node.shape.size());
  }
  const std::size_t units = std::accumulate(hidden.begin(), hidden.end(), std::size_t{0});
  if (units > most_units || plan.input.size() > most_inputs) return {};
  Bounds bounds = bounds_of(plan.input.size(), hidden);
  bounds.parameters = plan.parameter_count;
  return bounds;
}

}  // namespace crease::regions
