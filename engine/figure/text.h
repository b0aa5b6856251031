#pragma once
/// Text and formulas set in type: what stands where, before anything is painted.
///
/// Markup: plain text, with formulas between dollar signs. In a formula letters (small Greek too)
/// are italic, digits, signs, capital Greek and names of several letters written \log upright; `_x`
/// and `^x`, or with braces, give sub- and superscripts; \frac{a}{b} a fraction, \hat{s} a letter
/// with a hat, \text{in} an upright word that is no sign. \eta, \nabla and the like are their
/// signs,
/// `\,` a thin space. `\$` is a dollar sign.
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

/// Thickness of a fraction bar in px.
inline constexpr double text_bar_thickness = 1.4;

/// A fraction bar: from `from`, the left end of its middle line, to the right.
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
  double shift = 0;  ///< to the right, in em: centres a digit in its fixed advance
};
Glyph glyph(char32_t character, Face face, bool fixed_digits = false);
/// Height above and below the baseline in em.
struct FaceMetrics {
  double ascent = 0, descent = 0;
};
FaceMetrics metrics(Face face);
/// The file of a face in assets/fonts.
std::string font_file(Face face);
/// The code points of UTF-8 text; what is malformed becomes U+FFFD.
std::u32string code_points(std::string_view text);
std::string utf8(char32_t character);

/// "0.0894", "4 800", "−1.25", "< 0.001", "1.2 × 10⁻⁵" never: three significant digits (whole
/// numbers in full, without decimals; from a thousand million on "5.86 × 10¹⁴"), true minus, thin
/// spaces (U+2009) in thousands; "not a number" and "∞" in words and sign.
std::string number_text(double value, int significant = 3);
/// The same where a small number must be told from another: "2.10 × 10⁻⁹", not "< 0.001".
std::string small_number_text(double value, int significant = 3);
/// 0.98 -> "98.0 %"; never rounded to all or nothing: "> 99.9 %", "< 0.1 %".
std::string percent_text(double share);

}  // namespace crease
