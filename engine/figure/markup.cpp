// Formulas: a walk from left to right that puts each piece where it belongs.
#include "figure/markup.h"

#include <algorithm>
#include <map>

namespace crease::markup {

namespace {

constexpr double script_size = 0.74;
constexpr double sub_drop = 0.22, super_rise = 0.36;  // em
constexpr double stacked_apart = 0.03;                // em more each, one above the other
constexpr double script_gap = 0.03;                   // em, since italics lean over
constexpr double italic_lean = 0.06;                  // em, of a letter's top to the right
constexpr double fraction_size = 0.86;
constexpr double axis_height = 0.345;                   // em: where minus and fraction bars lie
constexpr double fraction_gap = 0.1;                    // em, between bar and ink
constexpr double fraction_side = 0.08;                  // em, the bar is longer than its parts
constexpr double ink_ascent = 0.74, ink_descent = 0.2;  // em, of most letters

/// Commands that are one sign. A letter among them is italic like any other.
const std::map<std::string_view, std::string_view>& signs() {
  static const std::map<std::string_view, std::string_view> all = {
      {"alpha", "α"},  {"beta", "β"},    {"gamma", "γ"},     {"delta", "δ"}, {"epsilon", "ε"},
      {"zeta", "ζ"},   {"eta", "η"},     {"theta", "θ"},     {"iota", "ι"},  {"kappa", "κ"},
      {"lambda", "λ"}, {"mu", "μ"},      {"nu", "ν"},        {"xi", "ξ"},    {"pi", "π"},
      {"rho", "ρ"},    {"sigma", "σ"},   {"tau", "τ"},       {"phi", "φ"},   {"chi", "χ"},
      {"psi", "ψ"},    {"omega", "ω"},   {"Delta", "Δ"},     {"Sigma", "Σ"}, {"Omega", "Ω"},
      {"Phi", "Φ"},    {"partial", "∂"}, {"nabla", "∇"},     {"sum", "∑"},   {"prod", "∏"},
      {"cdot", "·"},   {"times", "×"},   {"le", "≤"},        {"ge", "≥"},    {"ne", "≠"},
      {"approx", "≈"}, {"infty", "∞"},   {"in", "∈"},        {"to", "→"},    {"odot", "⊙"},
      {"circ", "∘"},   {"sqrt", "√"},    {"leftarrow", "←"}, {"R", "ℝ"}};
  return all;
}

bool italic(char32_t c) {
  const bool latin = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
                     (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
  return latin || (c >= 0x3B1 && c <= 0x3C9) || c == 0x3D1 || c == 0x3D5;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Extent {
  double top = 0, bottom = 0;  ///< y downwards, of about where there is ink
};

Extent ink(const Typeset& line) {
  Extent extent;
  for (const TextRun& run : line.runs) {
    extent.top = std::min(extent.top, run.offset.y - ink_ascent * run.size);
    extent.bottom = std::max(extent.bottom, run.offset.y + ink_descent * run.size);
  }
  return extent;
}

/// Puts `part` at the end of `line`, `gap` further and `down` lower, without moving the end.
void place(Typeset& line, Typeset part, double gap, double down) {
  for (TextRun& run : part.runs) {
    run.offset.x += line.width + gap;
    run.offset.y += down;
    line.runs.push_back(std::move(run));
  }
  for (TextBar& bar : part.bars) {
    bar.from.x += line.width + gap;
    bar.from.y += down;
    line.bars.push_back(bar);
  }
}

class Setter {
 public:
  Setter(std::string_view formula, const TextStyle& style)
      : text_(formula),
        upright_(style.face == Face::semibold ? Face::semibold : Face::regular),
        fixed_(style.fixed_digits) {}

  bool all(Typeset& line, double size) { return sequence(line, size) && at_ == text_.size(); }

 private:
  bool ended() const { return at_ >= text_.size(); }
  char next() const { return text_[at_]; }
  void put(Typeset& line, std::string_view text, Face face, double size) {
    append(line, text, {size, face, fixed_});
  }

  /// Up to the end or the closing brace, which is left.
  bool sequence(Typeset& line, double size) {
    while (!ended() && next() != '}')
      if (!(next() == '_' || next() == '^' ? scripts(line, size) : atom(line, size))) return false;
    return true;
  }

  /// One character, command or group.
  bool atom(Typeset& line, double size) {
    if (ended() || next() == '}' || next() == '_' || next() == '^') return false;
    if (next() == '{') return group(line, size);
    if (next() == '\\') return command(line, size);
    std::size_t length = 1;
    while (at_ + length < text_.size() &&
           (static_cast<unsigned char>(text_[at_ + length]) >> 6) == 2)
      ++length;
    character(line, text_.substr(at_, length), size);
    at_ += length;
    return true;
  }

  void character(Typeset& line, std::string_view bytes, double size) {
    if (bytes == "-") bytes = "−";
    if (bytes == "'") bytes = "′";
    Face face = italic(code_points(bytes)[0]) ? Face::italic : upright_;
    // Inter 3.019 draws these two bold.
    if (upright_ == Face::regular && (bytes == "δ" || bytes == "√")) face = Face::mathematics;
    put(line, bytes, face, size);
  }

  bool group(Typeset& line, double size) {
    if (ended() || next() != '{') return false;
    ++at_;
    if (!sequence(line, size) || ended()) return false;
    ++at_;
    return true;
  }

  bool command(Typeset& line, double size) {
    ++at_;
    std::size_t length = 0;
    while (at_ + length < text_.size() && letter(text_[at_ + length])) ++length;
    if (length == 0) {
      if (ended()) return false;
      const std::string_view one = text_.substr(at_++, 1);
      if (one == ",")
        put(line, "\u2009", upright_, size);
      else if (one.find_first_of("\\{}_^$") == 0)
        put(line, one, upright_, size);
      else
        return false;
      return true;
    }
    const std::string_view name = text_.substr(at_, length);
    at_ += length;
    if (name == "frac") return fraction(line, size);
    if (name == "hat") return hat(line, size);
    if (name == "text") return words(line, size);
    const auto sign = signs().find(name);
    if (sign != signs().end())
      character(line, sign->second, size);
    else
      put(line, name, upright_, size);
    return true;
  }

  /// Upright, up to the closing brace.
  bool words(Typeset& line, double size) {
    const std::size_t end = text_.find('}', at_);
    if (ended() || next() != '{' || end == std::string_view::npos) return false;
    put(line, text_.substr(at_ + 1, end - at_ - 1), upright_, size);
    at_ = end + 1;
    return true;
  }

  /// A circumflex in the middle above a letter.
  bool hat(Typeset& line, double size) {
    Typeset letter, sign;
    if (!group(letter, size)) return false;
    put(sign, "ˆ", upright_, size);
    const double width = letter.width;
    const double aside = (width - sign.width) / 2 + italic_lean * size;
    place(line, std::move(letter), 0, 0);
    place(line, std::move(sign), aside, 0);
    line.width += width;
    return true;
  }

  /// `_a`, `^b`, or both, one above the other.
  bool scripts(Typeset& line, double size) {
    Typeset low, high;
    bool has_low = false, has_high = false;
    while (!ended() && (next() == '_' || next() == '^')) {
      const bool down = next() == '_';
      if (down ? has_low : has_high) return false;
      (down ? has_low : has_high) = true;
      ++at_;
      if (ended() || next() == ' ' || !atom(down ? low : high, script_size * size)) return false;
    }
    const double gap = script_gap * size, width = std::max(low.width, high.width);
    const double apart = has_low && has_high ? stacked_apart * size : 0;
    place(line, std::move(low), gap, sub_drop * size + apart);
    place(line, std::move(high), gap, -super_rise * size - apart);
    line.width += gap + width;
    return true;
  }

  bool fraction(Typeset& line, double size) {
    Typeset above, below;
    if (!group(above, fraction_size * size) || !group(below, fraction_size * size)) return false;
    const double axis = -axis_height * size;
    const double gap = text_bar_thickness / 2 + fraction_gap * size, side = fraction_side * size;
    const double width = std::max(above.width, below.width) + 2 * side;
    const double rise = axis - gap - ink(above).bottom, drop = axis + gap - ink(below).top;
    const double above_in = (width - above.width) / 2, below_in = (width - below.width) / 2;
    line.width += side;
    line.bars.push_back({{line.width, axis}, width});
    place(line, std::move(above), above_in, rise);
    place(line, std::move(below), below_in, drop);
    line.width += width + side;
    return true;
  }

  std::string_view text_;
  Face upright_;
  bool fixed_;
  std::size_t at_ = 0;
};

/// The dollar sign that ends a formula, or npos.
std::size_t closing(std::string_view markup, std::size_t from) {
  for (std::size_t i = from; i < markup.size(); ++i) {
    if (markup[i] == '\\')
      ++i;
    else if (markup[i] == '$')
      return i;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<Piece> pieces(std::string_view markup) {
  std::vector<Piece> all;
  const auto plain_text = [&all](std::string_view text) {
    if (all.empty() || all.back().formula) all.push_back({});
    all.back().text += text;
  };
  for (std::size_t i = 0; i < markup.size(); ++i) {
    if (markup[i] == '\\' && i + 1 < markup.size() && markup[i + 1] == '$') {
      plain_text("$");
      ++i;
    } else if (markup[i] == '$') {
      const std::size_t end = closing(markup, i + 1);
      if (end == std::string_view::npos) {
        plain_text(markup.substr(i));
        break;
      }
      const std::string_view formula = markup.substr(i + 1, end - i - 1);
      Typeset trial;
      if (!formula.empty() && append_formula(trial, formula, {}))
        all.push_back({true, std::string(formula)});
      else
        plain_text(markup.substr(i, end + 1 - i));
      i = end;
    } else {
      plain_text(markup.substr(i, 1));
    }
  }
  return all;
}

void append(Typeset& line, std::string_view text, const TextStyle& style) {
  if (text.empty()) return;
  const double width = text_width(text, style.face, style.size, style.fixed_digits);
  if (!line.runs.empty()) {
    TextRun& last = line.runs.back();
    if (last.face == style.face && last.size == style.size && last.offset.y == 0 &&
        last.fixed_digits == style.fixed_digits && last.offset.x + last.width == line.width) {
      last.text += text;
      last.width += width;
      line.width = last.offset.x + last.width;
      return;
    }
  }
  line.runs.push_back(
      {std::string(text), style.face, style.size, {line.width, 0}, width, style.fixed_digits});
  line.width += width;
}

bool append_formula(Typeset& line, std::string_view formula, const TextStyle& style) {
  Typeset set = line;
  if (!Setter(formula, style).all(set, style.size)) return false;
  line = std::move(set);
  return true;
}

void finish(Typeset& line, const TextStyle& style) {
  const auto extend = [&line](Face face, double size, double down) {
    // Signs taken from the mathematical face sit in a line of text; its own height is for towers.
    const FaceMetrics height = metrics(face == Face::mathematics ? Face::regular : face);
    line.ascent = std::max(line.ascent, height.ascent * size - down);
    line.descent = std::max(line.descent, height.descent * size + down);
  };
  if (line.runs.empty()) extend(style.face, style.size, 0);
  for (const TextRun& run : line.runs) extend(run.face, run.size, run.offset.y);
}

}  // namespace crease::markup
