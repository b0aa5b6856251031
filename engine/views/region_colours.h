#pragma once
/// Colours of linear regions: calm tints that stay with a pattern from frame to frame.
#include <cstdint>

#include "figure/theme.h"

namespace crease {

/// From lightness (0 to 1), chroma and hue (degrees) of OKLCH (Ottosson 2020).
Colour oklch(double lightness, double chroma, double hue);
/// A tint from a hash: never pink or red.
Colour tint_of(const Theme& theme, std::uint64_t hash);
/// A tint from a direction (radians) and a strength from 0 to 1.
Colour tint_of_direction(const Theme& theme, double direction, double strength);

}  // namespace crease
