#include "views/region_terms.h"

#include <cmath>

#include "figure/text.h"

namespace crease {

std::vector<RegionFigure> figures_of(const regions::Bounds& bounds) {
  using namespace region_terms;
  std::vector<RegionFigure> figures;
  const auto add = [&](const RegionTerm& term, const std::optional<regions::WholeNumber>& number,
                       bool is_best = true) {
    if (number) figures.push_back({term, number->text(), number->log10(), is_best});
  };
  add(first_layer, bounds.zaslavsky, bounds.hidden.size() > 1);
  add(lower_2014, bounds.montufar14_lower, !bounds.serra18_lower);
  add(lower_2018, bounds.serra18_lower);
  add(deck_formula, bounds.udl_formula, false);
  add(upper_2017, bounds.montufar17_upper, false);
  add(upper_2018, bounds.serra18_upper);
  if (bounds.hanin_rolnick)
    figures.push_back({gauge, cell(*bounds.hanin_rolnick), std::log10(*bounds.hanin_rolnick)});
  return figures;
}

std::vector<Reading> explanation_of(const RegionTerm& term) {
  constexpr std::size_t most_characters = 44;
  std::vector<Reading> lines;
  std::string line;
  const auto end_line = [&] {
    if (!line.empty()) lines.push_back({plain(line), ""});
    line.clear();
  };
  std::string_view rest = term.meaning;
  while (!rest.empty()) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    if (!line.empty() && line.size() + 1 + space > most_characters) end_line();
    line += (line.empty() ? "" : " ") + std::string(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  end_line();
  if (!term.source.empty()) lines.push_back({plain("(" + std::string(term.source) + ")"), ""});
  return lines;
}

}  // namespace crease
