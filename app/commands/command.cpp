#include "commands/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace crease::commands {

Document open(const std::string& file) {
  Document document = load_document(file);
  for (const std::string& warning : document.warnings) warn(file, warning);
  return document;
}

void warn(const std::string& file, const std::string& sentence) {
  fmt::print(stderr, "warning: {}\n", one_line(fmt::format("{}: {}", file, sentence)));
}

std::string no_such_parameter(const std::string& name) {
  return fmt::format("weights.{}: the network has no such parameter", name);
}

std::string one_line(std::string sentence) {
  const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7F; };
  std::replace_if(sentence.begin(), sentence.end(), is_control, ' ');
  return sentence;
}

namespace {

template <class T>
CLI::Validator range(T least, T most) {
  const std::string allowed = fmt::format("from {} to {}", least, most);
  return {[=](const std::string& text) -> std::string {
            T value{};
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), value);
            const bool is_read = error == std::errc() && end == text.data() + text.size();
            if (is_read && value >= least && value <= most) return "";
            return fmt::format("must be a {}number {}, not {}",
                               std::is_integral_v<T> ? "whole " : "", allowed, text);
          },
          allowed, ""};
}

}  // namespace

CLI::Validator from_to(double least, double most) { return range(least, most); }
CLI::Validator from_to(long least, long most) { return range(least, most); }

Size window_size(const std::string& text) {
  int width = 0, height = 0, used = 0;
  const bool read = std::sscanf(text.c_str(), "%6dx%6d%n", &width, &height, &used) == 2;
  constexpr int least = 320, most = 16384;
  if (!read || static_cast<std::size_t>(used) != text.size() || std::min(width, height) < least ||
      std::max(width, height) > most)
    throw Problem("--size", fmt::format("\"{}\" is no size: write 1600x900, from {} to {} pixels",
                                        text, least, most));
  return {static_cast<double>(width), static_cast<double>(height)};
}

void print(const Json& json) { fmt::print("{}", write_json(json)); }

std::string thousands(double value) {
  std::string text = fmt::format("{:.0f}", value);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), 1, ' ');
  return text;
}

std::string digits(double value) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  if (value != 0 && std::abs(value) < 0.001) return fmt::format("{:.2e}", value);
  return fmt::format("{:.3g}", value);
}

}  // namespace crease::commands
