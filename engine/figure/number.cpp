// Numbers as people read them, and as files hold them.
#include <fmt/format.h>

#include <array>
#include <cmath>

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
    text += raised.at(static_cast<std::size_t>(digit - '0'));
  return text;
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
  significant = std::max(significant, 1);
  // Rounding may carry into another place: 9.996 is 10.0.
  const std::string rounded = fmt::format("{:.{}e}", size, significant - 1);
  const int power = std::stoi(rounded.substr(rounded.find('e') + 1));
  return sign + with_thousands(fmt::format("{:.{}f}", size, std::max(0, significant - 1 - power)));
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
