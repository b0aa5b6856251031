// Numbers as people read them, and as files hold them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "figure/figure.h"
#include "figure/text.h"

namespace crease {

namespace {

constexpr const char* minus = "\u2212";
constexpr const char* thin_space = "\u2009";

/// "4800.5" -> "4 800.5".
std::string with_thousands(const std::string& digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < point && (point - i) % 3 == 0) text += thin_space;
    text += digits[i];
  }
  return text;
}

/// 5.857e14 -> "5.86 × 10¹⁴".
std::string with_power(double size, int significant) {
  constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  const std::string rounded = fmt::format("{:.{}e}", size, significant - 1);
  const std::size_t e = rounded.find('e');
  std::string text = rounded.substr(0, e) + " × 10";
  for (const char digit : std::to_string(std::stoi(rounded.substr(e + 1))))
    text += digit == '-' ? "⁻" : raised.at(static_cast<std::size_t>(digit - '0'));
  return text;
}

/// Pictures hold hundreds of numbers that change with each frame: it is formatted once.
std::string rounded_to(double size, int significant) {
  std::array<char, 32> text{};  // "9.99e-03"
  const auto written = fmt::format_to_n(text.data(), text.size(), "{:.{}e}", size, significant - 1);
  const std::string_view all(text.data(), written.size);
  const std::size_t e = all.find('e');
  int power = 0;  // after rounding: 9.996 is 10.0
  std::from_chars(all.data() + e + 2, all.data() + all.size(), power);
  if (all[e + 1] == '-') power = -power;
  if (power >= significant) return fmt::format("{:.0f}", size);
  std::string digits(1, all[0]);
  if (e > 1) digits += all.substr(2, e - 2);
  if (power < 0) return "0." + std::string(static_cast<std::size_t>(-power - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(power) + 1;
  if (whole < digits.size()) digits.insert(whole, 1, '.');
  return digits;
}

}  // namespace

std::string number_text(double value, int significant) {
  if (std::isnan(value)) return "not a number";
  const std::string sign = value < 0 ? minus : "";
  const double size = std::abs(value);
  if (std::isinf(value)) return sign + "∞";
  if (size == 0) return "0";
  if (size < 0.001) return value > 0 ? "< 0.001" : fmt::format("> {}0.001", minus);
  if (size >= 1e9) return sign + with_power(size, std::max(significant, 1));
  if (size == std::floor(size)) return sign + with_thousands(fmt::format("{:.0f}", size));
  return sign + with_thousands(rounded_to(size, std::clamp(significant, 1, 17)));
}

std::string small_number_text(double value, int significant) {
  const double size = std::abs(value);
  if (!(size > 0 && size < 0.001)) return number_text(value, significant);
  return (value < 0 ? minus : "") + with_power(size, std::max(significant, 1));
}

std::string percent_text(double share) {
  if (std::isnan(share)) return "not a number";
  if (share == 0) return "0 %";
  if (share == 1) return "100 %";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  const std::string sign = share < 0 ? minus : "";
  return sign + with_thousands(fmt::format("{:.1f}", 100 * std::abs(share))) + " %";
}

namespace {

template <class Scalar>
std::string shortest_form(Scalar value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return fmt::format("{}", value);
}

}  // namespace

std::string cell(double value) { return shortest_form(value); }
std::string cell(float value) { return shortest_form(value); }

}  // namespace crease
