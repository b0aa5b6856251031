// The faces in assets/fonts: which glyph a character has, how wide it is, how tall a face is.
//
// Everything is read once, into tables that never change afterwards, so any thread may ask.
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <array>
#include <unordered_map>

#include "core/paths.h"
#include "core/problem.h"
#include "figure/text.h"

namespace crease {

namespace {

constexpr std::array all_faces = {Face::regular, Face::semibold, Face::italic, Face::mathematics};
constexpr double fixed_digit = 0.645;

struct Entry {
  unsigned index = 0;  ///< 0 where the face lacks the character
  float advance = 0;
};

class FaceTable {
 public:
  FaceTable(FT_Library library, const std::string& file) {
    FT_Face face = nullptr;
    if (FT_New_Face(library, file.c_str(), 0, &face) != 0)
      throw Problem(file,
                    "is missing or no font; the assets folder of Crease must hold it "
                    "(set CREASE_ASSETS to that folder)");
    const double em = face->units_per_EM;
    metrics_ = {face->ascender / em, -face->descender / em};
    FT_UInt index = 0;
    for (FT_ULong character = FT_Get_First_Char(face, &index); index != 0;
         character = FT_Get_Next_Char(face, character, &index))
      keep(character, {index, advance(face, index, em)});
    missing_ = {0, advance(face, 0, em)};
    FT_Done_Face(face);
  }

  Entry find(char32_t character) const {
    if (character < latin_.size()) return latin_[character];
    const auto found = others_.find(character);
    return found == others_.end() ? Entry{} : found->second;
  }
  Entry missing() const { return missing_; }
  FaceMetrics metrics() const { return metrics_; }

 private:
  static float advance(FT_Face face, FT_UInt index, double em) {
    FT_Fixed units = 0;
    FT_Get_Advance(face, index, FT_LOAD_NO_SCALE, &units);
    return static_cast<float>(static_cast<double>(units) / em);
  }
  void keep(FT_ULong character, Entry entry) {
    if (character < latin_.size())
      latin_[character] = entry;
    else
      others_[static_cast<char32_t>(character)] = entry;
  }

  std::array<Entry, 256> latin_ = {};
  std::unordered_map<char32_t, Entry> others_;
  Entry missing_;
  FaceMetrics metrics_;
};

/// Frees the library when the tables have been read.
struct Library {
  FT_Library handle = nullptr;
  Library() {
    if (FT_Init_FreeType(&handle) != 0) throw std::runtime_error("FreeType does not start");
  }
  ~Library() { FT_Done_FreeType(handle); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

const FaceTable& table(Face face) {
  static const std::vector<FaceTable> tables = [] {
    const Library library;
    std::vector<FaceTable> all;
    for (const Face each : all_faces) all.emplace_back(library.handle, font_file(each));
    return all;
  }();
  return tables[static_cast<std::size_t>(face)];
}

}  // namespace

std::string font_file(Face face) {
  constexpr std::array names = {"Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf",
                                "NotoSansMath-Regular.ttf"};
  return (assets_folder() / "fonts" / names[static_cast<std::size_t>(face)]).string();
}

FaceMetrics metrics(Face face) { return table(face).metrics(); }

Glyph glyph(char32_t character, Face face, bool fixed_digits) {
  if (character < U' ') character = U' ';
  const Face other = face == Face::mathematics ? Face::regular : Face::mathematics;
  Face holder = face;
  Entry entry = table(face).find(character);
  if (entry.index == 0) {
    entry = table(other).find(character);
    if (entry.index != 0)
      holder = other;
    else
      entry = table(face).missing();
  }
  Glyph glyph{holder, entry.index, entry.advance};
  if (fixed_digits && character >= U'0' && character <= U'9') {
    glyph.shift = (fixed_digit - glyph.advance) / 2;
    glyph.advance = fixed_digit;
  }
  return glyph;
}

double text_width(std::string_view text, Face face, double size, bool fixed_digits) {
  double em = 0;
  for (const char32_t character : code_points(text))
    em += glyph(character, face, fixed_digits).advance;
  return em * size;
}

std::u32string code_points(std::string_view text) {
  std::u32string all;
  all.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned first = byte(i);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    char32_t character = length <= 1 ? first : first & (0x7Fu >> length);
    bool good = length > 0 && i + length <= text.size();
    for (std::size_t k = i + 1; good && k < i + length; ++k) {
      good = (byte(k) & 0xC0) == 0x80;
      character = (character << 6) | (byte(k) & 0x3Fu);
    }
    if (good && ((length == 3 && character < 0x800) || (length == 4 && character < 0x10000) ||
                 (character >= 0xD800 && character < 0xE000) || character > 0x10FFFF))
      good = false;
    all.push_back(good ? character : U'\uFFFD');
    i += good ? length : 1;
  }
  return all;
}

std::string utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000)
    return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)),
          byte(0x80 | (c & 0x3F))};
}

}  // namespace crease
