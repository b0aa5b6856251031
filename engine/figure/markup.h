#pragma once
/// Markup cut into plain text and formulas, and formulas set in type. For text.cpp only.
#include <string>
#include <string_view>
#include <vector>

#include "figure/text.h"

namespace crease::markup {

struct Piece {
  bool formula = false;
  std::string text;  ///< of a formula without its dollar signs
  bool operator==(const Piece&) const = default;
};

/// The pieces in order; a formula that cannot be set is plain text, with its dollar signs.
std::vector<Piece> pieces(std::string_view markup);

/// Puts plain text at the end of `line`, joined to its last run where that looks the same.
void append(Typeset& line, std::string_view text, const TextStyle& style);

/// Sets a formula at the end of `line`; false, and `line` is as before, where it is broken.
bool append_formula(Typeset& line, std::string_view formula, const TextStyle& style);

/// Sets ascent and descent from the runs (of an empty line: from the style).
void finish(Typeset& line, const TextStyle& style);

}  // namespace crease::markup
