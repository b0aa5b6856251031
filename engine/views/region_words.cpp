#include "views/region_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/words.h"

namespace crease {

std::string fact_on(const regions::Regions& found, bool is_costly) {
  const std::size_t patterns = found.patterns(), joined = found.joined.regions;
  if (!found.cells.is_complete)
    return fmt::format("\u2265 {} patterns: {}", count_text(found.cells.at_least),
                       is_costly ? "more would take too long" : "not all were cut");
  std::string text = fmt::format("{} {}", count_text(joined),
                                 found.cells.is_line ? (joined == 1 ? "piece" : "pieces")
                                                     : (joined == 1 ? "region" : "regions"));
  if (patterns != joined) text += fmt::format(", {} patterns", count_text(patterns));
  if (found.is_exact) return text + ", exact";
  if (found.cells.ambiguous > 0)
    return text + fmt::format(", {} close {}", count_text(found.cells.ambiguous),
                              found.cells.ambiguous == 1 ? "call" : "calls");
  return text + ", not certain";
}

std::string_view certainty_of(const regions::Regions& found) {
  if (!found.cells.is_complete) return "coarser";
  if (found.is_exact) return "exact";
  return found.cells.ambiguous > 0 ? "close calls" : "not certain";
}

Figure no_regions(const std::string& title) {
  Figure figure;
  figure.name = title;
  figure.fact = "a weight is not finite: there are no regions";
  figure.panels.emplace_back().framed = true;
  return figure;
}

std::string code_of(const std::vector<std::uint32_t>& states, std::size_t most,
                    std::string_view between) {
  if (states.size() > most) {
    const auto off = static_cast<std::size_t>(std::count(states.begin(), states.end(), 0U));
    return fmt::format("{} of {} on", states.size() - off, states.size());
  }
  return fmt::format("{}", fmt::join(states, between));
}

std::vector<Reading> pattern_readings(const regions::Regions& found, const Plan& plan, Point at) {
  constexpr std::size_t most_units = 24, most_layers = 8;
  std::vector<Reading> readings;
  const regions::Pattern pattern = pattern_at(found.program, at);
  for (std::size_t f = 0; f < pattern.size() && f < most_layers; ++f)
    readings.push_back(
        {layer_label(plan, found.program.folds[f].node), code_of(pattern[f], most_units)});
  return readings;
}

std::array<double, 3> map_in_slice(const regions::Regions& found, std::size_t cell,
                                   std::size_t output) {
  const double* map = found.cells.map(cell, output);
  const Domain& w = found.program.slice.window;
  const double x = 2 * map[0] / (w.x1 - w.x0);
  if (found.cells.is_line) return {x, 0, map[2] - x * (w.x0 + w.x1) / 2};
  const double y = 2 * map[1] / (w.y1 - w.y0);
  return {x, y, map[2] - x * (w.x0 + w.x1) / 2 - y * (w.y0 + w.y1) / 2};
}

std::string map_text(const regions::Regions& found, std::size_t cell, std::size_t output,
                     const std::string& across, const std::string& upwards) {
  auto map = map_in_slice(found, cell, output);
  // What only rounding left is nothing; what is small is said all the same.
  const double rounding = 1e-12 * (std::abs(map[0]) + std::abs(map[1]) + std::abs(map[2]));
  std::string text;
  const auto add = [&](double value, const std::string& of) {
    if (std::abs(value) <= rounding) return;
    const std::string sign = value < 0 ? "\u2212" : "+";
    if (!text.empty()) text += " " + sign + " ";
    if (text.empty() && value < 0) text += sign;
    text += small_number_text(std::abs(value)) + (of.empty() ? "" : " " + of);
  };
  add(map[0], across);
  if (!found.cells.is_line) add(map[1], upwards);
  add(map[2], "");
  return text.empty() ? "0" : text;
}

}  // namespace crease
