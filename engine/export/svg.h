#pragma once
/// Scenes as SVG, written by hand: text stays text, which Cairo would turn into outlines.
#include <string>
#include <string_view>

#include "figure/scene.h"

namespace crease {

/// A document of that size (px; written in pt). Text names Inter and Noto Sans Math and keeps its
/// widths where they are missing.
std::string svg_of(const Scene& scene, Size pixels, std::string_view title);

}  // namespace crease
