#pragma once
/// The faces in assets/fonts, for Dear ImGui.
#include <imgui.h>

#include "figure/text.h"

namespace crease::app {

/// Adds a face, and behind it the one for mathematics, to the context's atlas. Problem when a file
/// is missing.
ImFont* add_font(Face face);

/// Dear ImGui's size of a font whose em is `em` long: its height from ascender to descender.
float font_size(Face face, double em);

}  // namespace crease::app
