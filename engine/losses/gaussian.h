#pragma once
#include <cmath>
#include <numbers>
#include <optional>

#include "losses/loss.h"

namespace crease {

/// Minus the log likelihood of a normal distribution, e^2/(2 s^2) + ln(s sqrt(2 pi)): with a given
/// sigma, or with the first half of the outputs (or channels) as means and the second half as
/// ln sigma^2 (deck 001; UDL chapter 5). Below ln sigma^2 = -50 the precision 1/s^2 leaves the
/// exponential along its tangent and grows like a logarithm: with errors up to 1e7 the loss stays
/// finite in float for any ln sigma^2, and its derivative its own. (PyTorch cuts the variance at
/// 1e-6 instead, and keeps the derivative as if it had not.)
struct GaussianNll {
  static constexpr std::string_view name = "gaussian_nll";
  static constexpr std::string_view title = "Gaussian neg. log-likelihood";
  static constexpr std::string_view formula = "e^2/(2 s^2) + ln(s sqrt(2 pi))";
  static constexpr Averaging averaging = Averaging::elements;
  static constexpr Coding coding = Coding::plus_minus;
  /// Small enough for every sigma that data can ask for; e^50 leaves room for squares and sums.
  static constexpr double least_log_variance = -50;
  Reduction reduction = Reduction::mean;
  std::optional<double> sigma;

  static void fields(auto& self, auto&& visit) {
    loss::reduction_field(self, visit);
    visit(Field{.name = "sigma",
                .help = "standard deviation; if not given the network says it",
                .least = 1e-6},
          self.sigma);
  }
  void check(Outputs outputs) const {
    if (!sigma && outputs.classes % 2 != 0)
      throw Problem(
          "gaussian_nll without a sigma needs an even number of outputs: means, then ln sigma^2");
  }
  int targets(Outputs outputs) const { return sigma ? outputs.size() : outputs.size() / 2; }

  template <class T>
  Lanes<T> apply(Outputs outputs, const T* y, const T* t, T* dy) const {
    using V = Lanes<T>;
    const int means = targets(outputs);
    const V half_log_2_pi = all<V>(0.5 * std::log(2 * std::numbers::pi));
    V total{};
    for (int k = 0; k < means; ++k) {
      const V e = load(y + k * lanes) - load(t + k * lanes);
      if (sigma) {
        const V precision = all<V>(1 / (*sigma * *sigma));
        total += e * e * precision / 2 + all<V>(std::log(*sigma)) + half_log_2_pi;
        store<T>(dy + k * lanes, e * precision);
        continue;
      }
      const V log_variance = load(y + (means + k) * lanes);
      const V floor = all<V>(least_log_variance);
      const V below = larger(V(floor - log_variance), V{});
      const V within = exp(V(-larger(log_variance, floor)));
      const V precision = within * (1 + log(V(1 + below)));
      const V fall = within / (1 + below);  // minus the precision's derivative
      const V half_squares = e * e / 2;
      total += half_squares * precision + log_variance / 2 + half_log_2_pi;
      store<T>(dy + k * lanes, e * precision);
      store<T>(dy + (means + k) * lanes, all<V>(0.5) - half_squares * fall);
    }
    return total;
  }
  bool operator==(const GaussianNll&) const = default;
};

}  // namespace crease
