#pragma once
/// Text and formulas set in type: what stands where, before anything is painted.
///
/// Markup: plain text, with formulas between dollar signs. In a formula letters (Greek too) are
/// italic, digits, signs and names of several letters written \log upright; `_x` and `^x`, or with
/// braces, give sub- and superscripts; \frac{a}{b} a fraction. `\$` is a dollar sign.
#include <string>
#include <string_view>
#include <vector>

#include "figure/geometry.h"

namespace crease {

/// The faces in assets/fonts. A glyph that a face lacks is taken from `mathematics`.
enum class Face { regular, semibold, italic, mathematics };

/// A piece of text in one face and size.
struct TextRun {
  std::string text;  ///< UTF-8
  Face face = Face::regular;
  double size = 13;
  Point offset;  ///< of its start on the baseline, from the start of the whole
  double width = 0;
  bool fixed_digits = false;  ///< digits all 0.645 em wide, so that numbers do not jitter
};

/// A fraction bar: from `from` to the right.
struct TextBar {
  Point from;
  double width = 0;
};

struct Typeset {
  std::vector<TextRun> runs;
  std::vector<TextBar> bars;
  double width = 0;
  double ascent = 0;   ///< above the baseline, of the faces used (not of the ink)
  double descent = 0;  ///< below it, positive
};

struct TextStyle {
  double size = 13;
  Face face = Face::regular;
  bool fixed_digits = false;
};

/// Sets one line. Markup that is not closed is taken as it stands.
Typeset typeset(std::string_view markup, const TextStyle& style = {});
/// Sets a paragraph in lines of at most `width`, broken at spaces.
std::vector<Typeset> typeset_lines(std::string_view markup, const TextStyle& style, double width);
/// Takes a name as it stands: no sign in it is markup.
std::string plain(std::string_view text);
/// Plain text in one face, shortened in the middle of nothing but at its end, with an ellipsis.
std::string shortened(std::string_view text, const TextStyle& style, double width);

/// Width of UTF-8 text in one face (unhinted advances, no kerning, missing glyphs from
/// mathematics).
double text_width(std::string_view text, Face face, double size, bool fixed_digits = false);
/// The advance of one glyph in em, and the face that has it.
struct Glyph {
  Face face = Face::regular;
  unsigned index = 0;
  double advance = 0;
};
Glyph glyph(char32_t character, Face face, bool fixed_digits = false);
/// Height above and below the baseline in em.
struct FaceMetrics {
  double ascent = 0, descent = 0;
};
FaceMetrics metrics(Face face);
/// The file of a face in assets/fonts.
std::string font_file(Face face);

/// "0.0894", "4 800", "−1.25", "< 0.001", "1.2 × 10⁻⁵" never: three significant digits, true minus,
/// thin spaces in thousands; "not a number" and "∞" in words and sign.
std::string number_text(double value, int significant = 3);
/// 0.98 -> "98.0 %".
std::string percent_text(double share);

}  // namespace crease
