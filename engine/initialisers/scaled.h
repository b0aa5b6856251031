#pragma once
/// Initialisers scaled by the number of inputs (and outputs) of a unit.
#include "initialisers/initialiser.h"

namespace crease {

namespace initialiser {

/// A family of one formula: `Rule` fills the weights from the fan.
template <class Rule>
struct Scaled : Rule {
  static void fields(auto&, auto&&) {}
  bool operator==(const Scaled&) const { return true; }
};

/// Deck 001's "Xavier" (Glorot and Bengio 2010, eq. 1, the heuristic they improve on).
struct FanInUniformRule {
  static constexpr std::string_view name = "fan_in_uniform";
  static constexpr std::string_view formula = "w ~ U(-1/sqrt(n), 1/sqrt(n))";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_uniform(weights, 1 / std::sqrt(fan.in), random);
  }
};

/// PyTorch's default for dense and convolution layers: biases too.
struct TorchRule {
  static constexpr std::string_view name = "torch";
  static constexpr std::string_view formula = "w, b ~ U(-1/sqrt(n), 1/sqrt(n))";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_uniform(weights, 1 / std::sqrt(fan.in), random);
  }
  double bias(const Fan& fan, Random& random) const {
    return random.uniform(-1, 1) / std::sqrt(fan.in);
  }
};

/// Glorot and Bengio 2010, eq. 16.
struct XavierUniformRule {
  static constexpr std::string_view name = "xavier_uniform";
  static constexpr std::string_view formula = "w ~ U(-r, r), r = sqrt(6/(n_{in} + n_{out}))";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_uniform(weights, std::sqrt(6 / (fan.in + fan.out)), random);
  }
};

/// Glorot and Bengio 2010, eq. 12.
struct XavierNormalRule {
  static constexpr std::string_view name = "xavier_normal";
  static constexpr std::string_view formula = "w ~ N(0, 2/(n_{in} + n_{out}))";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_normal(weights, std::sqrt(2 / (fan.in + fan.out)), random);
  }
};

/// He et al. 2015, eq. 10, as a uniform distribution of the same variance.
struct HeUniformRule {
  static constexpr std::string_view name = "he_uniform";
  static constexpr std::string_view formula = "w ~ U(-r, r), r = sqrt(6/n)";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_uniform(weights, std::sqrt(6 / fan.in), random);
  }
};

/// He et al. 2015, eq. 10 (deck 002: keeps the variance through ReLU layers).
struct HeNormalRule {
  static constexpr std::string_view name = "he_normal";
  static constexpr std::string_view formula = "w ~ N(0, 2/n)";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_normal(weights, std::sqrt(2 / fan.in), random);
  }
};

/// LeCun et al. 1998, efficient backprop: variance 1/n, as a uniform distribution.
struct LecunUniformRule {
  static constexpr std::string_view name = "lecun_uniform";
  static constexpr std::string_view formula = "w ~ U(-r, r), r = sqrt(3/n)";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_uniform(weights, std::sqrt(3 / fan.in), random);
  }
};

/// LeCun et al. 1998: what selu is made for.
struct LecunNormalRule {
  static constexpr std::string_view name = "lecun_normal";
  static constexpr std::string_view formula = "w ~ N(0, 1/n)";
  void fill(std::span<double> weights, const Fan& fan, Random& random) const {
    fill_normal(weights, std::sqrt(1 / fan.in), random);
  }
};

}  // namespace initialiser

using LecunUniform = initialiser::Scaled<initialiser::LecunUniformRule>;
using LecunNormal = initialiser::Scaled<initialiser::LecunNormalRule>;
using FanInUniform = initialiser::Scaled<initialiser::FanInUniformRule>;
using Torch = initialiser::Scaled<initialiser::TorchRule>;
using XavierUniform = initialiser::Scaled<initialiser::XavierUniformRule>;
using XavierNormal = initialiser::Scaled<initialiser::XavierNormalRule>;
using HeUniform = initialiser::Scaled<initialiser::HeUniformRule>;
using HeNormal = initialiser::Scaled<initialiser::HeNormalRule>;

}  // namespace crease
