#include "draw_text.h"

#include <imgui_internal.h>

#include <cmath>

#include "fonts.h"

namespace crease::app {

namespace {

bool is_digit(unsigned character) { return character >= '0' && character <= '9'; }
constexpr double digit_cell = 0.645;  // em

}  // namespace

double draw_glyphs(Gui& gui, ImDrawList& list, Point baseline, std::string_view text, Face face,
                   double em, Colour ink, bool fixed_digits, int turn) {
  if (em <= 0) return 0;
  ImFont* font = gui.font(face);
  // Dear ImGui rounds sizes of fonts to whole pixels. A density makes up for what is rounded, so
  // that glyphs are rasterised at exactly their size and shown unscaled.
  const float wanted = font_size(face, em);
  const float rounded = std::max(1.0F, std::round(wanted));
  const float density = wanted / rounded;
  const auto turned = [&](double along, double down) {
    return turn == 0 ? ImVec2(static_cast<float>(along), static_cast<float>(down))
                     : ImVec2(static_cast<float>(down), static_cast<float>(-along));
  };
  const Point start = turn == 0 ? Point{baseline.x, std::round(baseline.y)}
                                : Point{std::round(baseline.x), baseline.y};
  const ImU32 tint = colour(ink);
  double along = 0;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    unsigned character = 0;
    at += std::max(1, ImTextCharFromUtf8(&character, at, end));
    ImFontBaked* baked = font->GetFontBaked(rounded, density);
    const ImFontGlyph* glyph = baked->FindGlyph(static_cast<ImWchar>(character));
    const double advance = double(glyph->AdvanceX) * density;
    const double step = fixed_digits && is_digit(character) ? digit_cell * em : advance;
    if (glyph->Visible) {
      const double left = along + (step - advance) / 2;
      const double rise = std::round(baked->Ascent);
      const double x0 = left + double(glyph->X0) * density;
      const double x1 = left + double(glyph->X1) * density;
      const double y0 = (glyph->Y0 - rise) * density;
      const double y1 = (glyph->Y1 - rise) * density;
      const auto corner = [&](double x, double y) {
        const ImVec2 by = turned(x, y);
        return ImVec2(static_cast<float>(start.x) + by.x, static_cast<float>(start.y) + by.y);
      };
      const ImFontGlyph g = *glyph;
      list.PrimReserve(6, 4);
      list.PrimQuadUV(corner(x0, y0), corner(x1, y0), corner(x1, y1), corner(x0, y1), {g.U0, g.V0},
                      {g.U1, g.V0}, {g.U1, g.V1}, {g.U0, g.V1}, tint);
    }
    along += step;
  }
  return along;
}

void draw_typeset(Gui& gui, ImDrawList& list, Point baseline, const Typeset& line, Colour ink) {
  const double scale = gui.scale();
  for (const TextRun& run : line.runs)
    draw_glyphs(gui, list, {baseline.x + run.offset.x * scale, baseline.y + run.offset.y * scale},
                run.text, run.face, run.size * scale, ink, run.fixed_digits);
  const float thick = std::max(1.0F, std::round(gui.exact(1.4)));
  for (const TextBar& bar : line.bars) {
    const auto x = static_cast<float>(baseline.x + bar.from.x * scale);
    const auto y = static_cast<float>(std::round(baseline.y + bar.from.y * scale - thick / 2));
    list.AddRectFilled({x, y}, {x + static_cast<float>(bar.width * scale), y + thick}, colour(ink));
  }
}

}  // namespace crease::app
