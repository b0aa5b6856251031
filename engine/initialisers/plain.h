#pragma once
/// Initialisers that do not look at the size of the layer.
#include "initialisers/initialiser.h"

namespace crease {

struct Zeros {
  static constexpr std::string_view name = "zeros";
  static constexpr std::string_view formula = "w = 0";
  static void fields(auto&, auto&&) {}
  void fill(std::span<double> weights, const Fan&, Random&) const {
    for (double& w : weights) w = 0;
  }
  bool operator==(const Zeros&) const = default;
};

/// All weights alike: the units of a layer stay identical for ever (decks 001, 002, 003: symmetry).
struct Constant {
  static constexpr std::string_view name = "constant";
  static constexpr std::string_view formula = "w = value";
  double value = 0.5;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "value", .help = "every weight starts here"}, self.value);
  }
  void fill(std::span<double> weights, const Fan&, Random&) const {
    for (double& w : weights) w = value;
  }
  bool operator==(const Constant&) const = default;
};

/// Deck 002's Gaussian(epsilon), deck 003's randn * 0.01.
struct Normal {
  static constexpr std::string_view name = "normal";
  static constexpr std::string_view formula = "w ~ N(0, std^2)";
  double std = 0.01;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "std",
                .help = "standard deviation of the weights",
                .least = 0,
                .logarithmic = true},
          self.std);
  }
  void fill(std::span<double> weights, const Fan&, Random& random) const {
    initialiser::fill_normal(weights, std, random);
  }
  bool operator==(const Normal&) const = default;
};

/// Deck 002's uniform(epsilon); range 0.5 is TensorFlow Playground's start.
struct Uniform {
  static constexpr std::string_view name = "uniform";
  static constexpr std::string_view formula = "w ~ U(-range, range)";
  double range = 0.5;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "range",
                .help = "weights lie between -range and range",
                .least = 0,
                .logarithmic = true},
          self.range);
  }
  void fill(std::span<double> weights, const Fan&, Random& random) const {
    initialiser::fill_uniform(weights, range, random);
  }
  bool operator==(const Uniform&) const = default;
};

}  // namespace crease
