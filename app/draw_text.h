#pragma once
/// Text on a Dear ImGui draw list, placed by its baseline, with the advances of figure/text.h.
#include <string_view>

#include "figure/text.h"
#include "gui.h"

namespace crease::app {

struct TextLook {
  Face face = Face::regular;
  double size = 13;  ///< px at scale 1
  Colour colour;
  bool fixed_digits = false;
};

/// Plain text whose em is `em` pixels long, its start at `baseline` in pixels; `turn` quarter turns
/// counter-clockwise. The baseline is put on a whole pixel.
/// Returns the width in pixels.
double draw_glyphs(Gui& gui, ImDrawList& list, Point baseline, std::string_view text, Face face,
                   double em, Colour colour, bool fixed_digits = false, int turn = 0);
/// A typeset line (its lengths in px at scale 1), baseline in pixels.
void draw_typeset(Gui& gui, ImDrawList& list, Point baseline, const Typeset& line, Colour colour);

}  // namespace crease::app
