// Lines and paragraphs of text with formulas in them.
#include "figure/text.h"

#include "figure/markup.h"

namespace crease {

namespace {

using markup::Piece;

/// What stays together on a line: pieces without a space at which it may be broken.
using Word = std::vector<Piece>;

void append_piece(Typeset& line, const Piece& piece, const TextStyle& style) {
  if (piece.formula)
    markup::append_formula(line, piece.text, style);
  else
    markup::append(line, piece.text, style);
}

double width_of(const Word& word, const TextStyle& style) {
  Typeset line;
  for (const Piece& piece : word) append_piece(line, piece, style);
  return line.width;
}

/// The words of a paragraph, and an empty one for each break that was asked for.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  bool open = false;  // the last word may still grow
  for (const Piece& piece : markup::pieces(text)) {
    if (piece.formula) {
      if (!open) words.emplace_back();
      words.back().push_back(piece);
      open = true;
      continue;
    }
    for (std::size_t i = 0; i < piece.text.size();) {
      const char c = piece.text[i];
      if (c == '\n') words.emplace_back();
      if (c == '\n' || c == ' ') {
        open = false;
        ++i;
        continue;
      }
      const std::size_t end = std::min(piece.text.find_first_of(" \n", i), piece.text.size());
      const std::string part = piece.text.substr(i, end - i);
      const bool percent = part[0] == '%' && !words.empty() && !words.back().empty();
      if (!open && percent)  // "98.0 %" stays together
        words.back().push_back({false, " " + part});
      else if (open)
        words.back().push_back({false, part});
      else
        words.push_back({{false, part}});
      open = true;
      i = end;
    }
  }
  return words;
}

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// The bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) >> 6) == 2) ++at;
  }
  return at;
}

}  // namespace

Typeset typeset(std::string_view text, const TextStyle& style) {
  Typeset line;
  for (Piece& piece : markup::pieces(text)) {
    for (char& c : piece.text)
      if (c == '\n') c = ' ';
    append_piece(line, piece, style);
  }
  markup::finish(line, style);
  return line;
}

std::vector<Typeset> typeset_lines(std::string_view text, const TextStyle& style, double width) {
  const double space = text_width(" ", style.face, style.size);
  std::vector<Typeset> lines(1);
  for (const Word& word : words_of(text)) {
    if (word.empty()) {
      lines.emplace_back();
      continue;
    }
    if (lines.back().width > 0) {
      if (lines.back().width + space + width_of(word, style) > width)
        lines.emplace_back();
      else
        markup::append(lines.back(), " ", style);
    }
    for (const Piece& piece : word) append_piece(lines.back(), piece, style);
  }
  for (Typeset& line : lines) markup::finish(line, style);
  return lines;
}

std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '$') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string shortened(std::string_view text, const TextStyle& style, double width) {
  const auto measure = [&](std::string_view part) {
    return text_width(part, style.face, style.size, style.fixed_digits);
  };
  if (measure(text) <= width) return std::string(text);
  constexpr std::string_view ellipsis = "…";
  const std::u32string characters = code_points(text);
  double room = width - measure(ellipsis);
  if (room < 0) return "";
  std::size_t kept = 0;
  for (; kept < characters.size(); ++kept) {
    room -= glyph(characters[kept], style.face, style.fixed_digits).advance * style.size;
    if (room < 0) break;
  }
  // A number cut short is another number.
  if (digit(characters[kept]))
    while (kept > 0 && (digit(characters[kept - 1]) || characters[kept - 1] == U'.')) --kept;
  while (kept > 0 && characters[kept - 1] == U' ') --kept;
  return std::string(text.substr(0, bytes_of(text, kept))) + std::string(ellipsis);
}

}  // namespace crease
