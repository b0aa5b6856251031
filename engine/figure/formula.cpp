#include "figure/formula.h"

#include <cctype>

namespace crease {

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// A word of several letters. Some are names here that are signs to the markup.
std::string word_markup(std::string_view word) {
  if (word == "sum") return "Σ";
  if (word == "in" || word == "to") return "\\text{" + std::string(word) + "}";
  return "\\" + std::string(word);
}

}  // namespace

std::string formula_markup(std::string_view formula) {
  std::string markup = "$";
  for (std::size_t i = 0; i < formula.size();) {
    std::size_t end = i;
    while (end < formula.size() && is_letter(formula[end])) ++end;
    if (end > i + 1)
      markup += word_markup(formula.substr(i, end - i));
    else if (end > i)
      markup += formula[i];
    else if (formula.substr(i, 2) == "<=")
      markup += "≤", end = i + 2;
    else if (formula.substr(i, 2) == "!=")
      markup += "≠", end = i + 2;
    else
      markup += formula[i], end = i + 1;
    i = end;
  }
  return markup + "$";
}

}  // namespace crease
