#pragma once
/// How the rate changes along a run: each is a described struct with
///   double at(double rate, double step) const     the rate of the step after `step` others
#include <cmath>
#include <numbers>
#include <variant>

#include "core/fields.h"

namespace crease {

struct ConstantRate {
  static constexpr std::string_view name = "constant";
  static constexpr std::string_view formula = "rate";
  static void fields(auto&, auto&&) {}
  double at(double rate, double) const { return rate; }
  bool operator==(const ConstantRate&) const = default;
};

/// A staircase (PyTorch's StepLR, counted in steps).
struct StepRate {
  static constexpr std::string_view name = "step";
  static constexpr std::string_view formula = "rate factor^{floor(t/every)}";
  int every = 1000;
  double factor = 0.5;
  static void fields(auto& self, auto&& visit) {
    visit(
        Field{.name = "every", .help = "steps between two falls", .least = 1, .logarithmic = true},
        self.every);
    visit(
        Field{
            .name = "factor", .help = "what is left of the rate after each", .least = 0, .most = 1},
        self.factor);
  }
  double at(double rate, double step) const {
    return rate * std::pow(factor, std::floor(step / every));
  }
  bool operator==(const StepRate&) const = default;
};

/// Half a cosine down to `floor`, which stays (Loshchilov and Hutter 2017 without restarts;
/// PyTorch's CosineAnnealingLR, counted in steps).
struct CosineRate {
  static constexpr std::string_view name = "cosine";
  static constexpr std::string_view formula = "floor + (rate - floor)(1 + cos(pi t/steps))/2";
  int steps = 10000;
  double floor = 0;
  static void fields(auto& self, auto&& visit) {
    visit(
        Field{.name = "steps", .help = "steps down to the floor", .least = 1, .logarithmic = true},
        self.steps);
    visit(Field{.name = "floor", .help = "the rate at the end", .least = 0}, self.floor);
  }
  double at(double rate, double step) const {
    const double share = step < steps ? step / steps : 1;
    return floor + (rate - floor) * (1 + std::cos(std::numbers::pi * share)) / 2;
  }
  bool operator==(const CosineRate&) const = default;
};

/// A straight rise over the first steps: rate/steps, 2 rate/steps, .. rate.
struct WarmupRate {
  static constexpr std::string_view name = "warmup";
  static constexpr std::string_view formula = "rate min(1, (t + 1)/steps)";
  int steps = 100;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "steps", .help = "steps of the rise", .least = 1, .logarithmic = true},
          self.steps);
  }
  double at(double rate, double step) const {
    return step + 1 < steps ? rate * (step + 1) / steps : rate;
  }
  bool operator==(const WarmupRate&) const = default;
};

/// Robbins and Monro 1951: the sum of the rates diverges, that of their squares does not.
struct InverseTimeRate {
  static constexpr std::string_view name = "inverse_time";
  static constexpr std::string_view formula = "rate/(1 + decay t)";
  double decay = 0.001;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "decay", .help = "how fast it falls", .least = 0, .logarithmic = true},
          self.decay);
  }
  double at(double rate, double step) const { return rate / (1 + decay * step); }
  bool operator==(const InverseTimeRate&) const = default;
};

using Schedule = std::variant<ConstantRate, StepRate, CosineRate, WarmupRate, InverseTimeRate>;

/// The rate of the step that follows `step` others.
inline double rate_at(const Schedule& schedule, double rate, long step) {
  return std::visit([&](const auto& s) { return s.at(rate, static_cast<double>(step)); }, schedule);
}

}  // namespace crease
