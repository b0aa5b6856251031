// The faces of assets/fonts as Cairo fonts, and text as glyphs with the characters they stand for.
#include "export/cairo_fonts.h"

#include <cairo-ft.h>

#include <array>

#include "core/problem.h"

namespace crease {

namespace {

/// Made on first use and never freed: Cairo keeps scaled fonts until the program ends.
cairo_font_face_t* font_of(Face face) {
  static FT_Library library = nullptr;
  static std::array<cairo_font_face_t*, 4> fonts = {};
  cairo_font_face_t*& font = fonts[static_cast<std::size_t>(face)];
  if (font != nullptr) return font;
  if (library == nullptr && FT_Init_FreeType(&library) != 0)
    throw std::runtime_error("FreeType does not start");
  FT_Face loaded = nullptr;
  const std::string file = font_file(face);
  if (FT_New_Face(library, file.c_str(), 0, &loaded) != 0)
    throw Problem(file, "is missing or no font");
  font = cairo_ft_font_face_create_for_ft_face(loaded, FT_LOAD_NO_HINTING);
  return font;
}

/// Glyphs of one face in a row, and the bytes they stand for.
struct Row {
  Face face = Face::regular;
  std::string bytes;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;

  void show(cairo_t* cairo, double size) {
    if (glyphs.empty()) return;
    cairo_set_font_face(cairo, font_of(face));
    cairo_set_font_size(cairo, size);
    cairo_show_text_glyphs(cairo, bytes.data(), static_cast<int>(bytes.size()), glyphs.data(),
                           static_cast<int>(glyphs.size()), clusters.data(),
                           static_cast<int>(clusters.size()), cairo_text_cluster_flags_t{});
    *this = {};
  }
};

}  // namespace

std::unique_lock<std::mutex> hold_cairo() {
  static std::mutex mutex;
  return std::unique_lock(mutex);
}

void show_text(cairo_t* cairo, const Text& text) {
  Row row;
  double x = 0;
  for (const char32_t character : code_points(text.text)) {
    const Glyph shape = glyph(character, text.face, text.fixed_digits);
    if (shape.face != row.face) row.show(cairo, text.size);
    row.face = shape.face;
    const std::string bytes = utf8(character);
    row.glyphs.push_back({shape.index, x + shape.shift * text.size, 0});
    row.clusters.push_back({static_cast<int>(bytes.size()), 1});
    row.bytes += bytes;
    x += shape.advance * text.size;
  }
  row.show(cairo, text.size);
}

}  // namespace crease
