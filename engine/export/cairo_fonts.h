#pragma once
/// Text with Cairo: glyphs where the tables of figure/text.h put them.
#include <cairo.h>

#include <mutex>

#include "figure/scene.h"

namespace crease {

/// Cairo's fonts share one FreeType library, which is for one thread at a time: hold this while
/// text is painted or a surface with text is finished.
std::unique_lock<std::mutex> hold_cairo();

/// Shows the glyphs of a text with its start at the origin, in the source that is set.
void show_text(cairo_t* cairo, const Text& text);

}  // namespace crease
