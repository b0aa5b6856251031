// Round values for ticks, and how they are written.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "figure/layout.h"

namespace crease {

namespace {

std::string with_minus(std::string digits) {
  if (!digits.empty() && digits[0] == '-') digits.replace(0, 1, "\u2212");
  return digits;
}

/// 4800 -> "4 800", from four digits on.
std::string thousands(std::string digits) {
  std::size_t at = std::min(digits.find('.'), digits.size());
  const std::size_t start = digits[0] == '-' ? 1 : 0;
  while (at > start + 3) digits.insert(at -= 3, "\u2009");
  return digits;
}

std::string power_of_ten(int exponent) {
  constexpr std::array digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char c : std::to_string(std::abs(exponent)))
    text += digits[static_cast<std::size_t>(c - '0')];
  return text;
}

/// Decimals that tell multiples of `step` apart.
int decimals_of(double step) {
  int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  const double scaled = step * std::pow(10, decimals);
  if (std::abs(scaled - std::round(scaled)) > 1e-6 * scaled) ++decimals;
  return decimals;
}

/// A tick's text where its axis goes by `step` as far as `far` from zero.
std::string linear_label(double value, double step, double far, TickFormat format) {
  if (format == TickFormat::percent) {
    value *= 100;
    step *= 100;
    far *= 100;
  }
  std::string text;
  if (value != 0 && (far >= 1e7 || far < 1e-4)) {
    const int exponent = static_cast<int>(std::floor(std::log10(far)));
    const double unit = std::pow(10, exponent);
    text = fmt::format("{:.{}f}", value / unit, decimals_of(step / unit)) + "·" +
           power_of_ten(exponent);
  } else {
    text = thousands(fmt::format("{:.{}f}", value, value == 0 ? 0 : decimals_of(step)));
  }
  return with_minus(text) + (format == TickFormat::percent ? " %" : "");
}

struct Steps {
  double step = 0;
  std::int64_t first = 0, last = -1;  ///< multiples of the step inside the axis
  std::int64_t count() const { return last - first + 1; }
};

Steps steps_of(double low, double high, double step) {
  // A tick that rounding puts a hair outside belongs to the axis.
  const double slack = 1e-9 * (high - low) / step;
  return {step, static_cast<std::int64_t>(std::ceil(low / step - slack)),
          static_cast<std::int64_t>(std::floor(high / step + slack))};
}

/// The finest of 1, 2, 5 times a power of ten with at most `most` ticks inside.
Steps round_steps(double low, double high, int most) {
  const int start = static_cast<int>(std::floor(std::log10((high - low) / most))) - 1;
  for (int exponent = start; exponent < start + 5; ++exponent)
    for (const double factor : {1.0, 2.0, 5.0}) {
      const Steps steps = steps_of(low, high, factor * std::pow(10, exponent));
      if (steps.count() <= most) {
        if (steps.count() >= 2 || most < 2) return steps;
        // One tick tells no scale: a less round step may have two.
        for (const double other : {1.5, 2.5, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0})
          for (int lower = exponent; lower >= exponent - 1; --lower) {
            const Steps two = steps_of(low, high, other * std::pow(10, lower));
            if (two.count() >= 2 && two.count() <= most) return two;
          }
        return steps;
      }
    }
  return {};
}

std::vector<Tick> linear_ticks(double low, double high, int most, TickFormat format) {
  std::vector<Tick> all;
  const Steps steps = round_steps(low, high, most);
  const double far = std::max(std::abs(low), std::abs(high));
  for (std::int64_t i = steps.first; i <= steps.last; ++i) {
    const double at = std::clamp(static_cast<double>(i) * steps.step, low, high);
    all.push_back({i == 0 ? 0 : at, linear_label(i == 0 ? 0 : at, steps.step, far, format)});
  }
  return all;
}

std::string decade_label(double value, int exponent, TickFormat format) {
  if (format == TickFormat::percent) return linear_label(value, value, value, format);
  if (exponent < -3 || exponent > 4) {
    const auto digit = static_cast<int>(std::lround(value / std::pow(10, exponent)));
    return (digit == 1 ? "" : fmt::format("{}·", digit)) + power_of_ten(exponent);
  }
  return thousands(fmt::format("{:.{}f}", value, std::max(0, -exponent)));
}

/// All 1, 2, 5, or 1 alone in every `every`-th decade.
std::vector<Tick> decade_ticks(double low, double high, bool fine, int every, TickFormat format) {
  std::vector<Tick> all;
  const double slack = 1e-9;
  const int first = static_cast<int>(std::floor(std::log10(low)));
  const int last = static_cast<int>(std::ceil(std::log10(high)));
  for (int exponent = first; exponent <= last; ++exponent) {
    if (((exponent % every) + every) % every != 0) continue;
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value =
          exponent < 0 ? digit / std::pow(10, -exponent) : digit * std::pow(10, exponent);
      if ((fine || digit == 1) && value >= low * (1 - slack) && value <= high * (1 + slack))
        all.push_back({std::clamp(value, low, high), decade_label(value, exponent, format)});
    }
  }
  return all;
}

}  // namespace

namespace {

/// As many of an axis's own ticks between its ends.
std::vector<Tick> named_ticks(const Axis& axis, double low, double high, std::size_t most) {
  std::vector<Tick> inside, kept;
  for (const Tick& tick : axis.named)
    if (tick.at >= low && tick.at <= high) inside.push_back(tick);
  const std::size_t every = (inside.size() + most - 1) / most;
  for (std::size_t i = 0; i < inside.size(); i += every) kept.push_back(inside[i]);
  return kept;
}

}  // namespace

std::vector<Tick> ticks(const Axis& axis, int most) {
  const double low = std::min(axis.from, axis.to), high = std::max(axis.from, axis.to);
  if (most < 1 || !std::isfinite(low) || !std::isfinite(high)) return {};
  if (!axis.named.empty()) return named_ticks(axis, low, high, static_cast<std::size_t>(most));
  const bool logarithmic = axis.scale == Scale::logarithmic;
  if (logarithmic && low <= 0) return {};
  const double far = std::max(std::abs(low), std::abs(high));
  if (high - low <= 1e-12 * far || high - low < 1e-290)
    return {{low, linear_label(low, low == 0 ? 1 : std::abs(low) / 100, far, axis.format)}};
  if (!logarithmic) return linear_ticks(low, high, most, axis.format);

  const auto size = [](const auto& all) { return static_cast<int>(all.size()); };
  std::vector<Tick> best = decade_ticks(low, high, true, 1, axis.format);
  if (size(best) < 2 && most >= 2) return linear_ticks(low, high, most, axis.format);
  const std::vector<Tick> fine = best;
  for (int every = 1; size(best) > most && every < 700; ++every)
    best = decade_ticks(low, high, false, every, axis.format);
  if (size(best) >= 2 || most < 2) return best;
  // Only one decade begins in here: every other one of 1, 2, 5, or fewer.
  for (std::size_t stride = 2; stride < fine.size(); ++stride) {
    best.clear();
    for (std::size_t i = 0; i < fine.size(); i += stride) best.push_back(fine[i]);
    if (size(best) <= most) break;
  }
  return best;
}

}  // namespace crease
