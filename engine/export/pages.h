#pragma once
/// Scenes through Cairo: PNG and PDF.
#include <string>
#include <string_view>

#include "figure/scene.h"

namespace crease {

/// A PNG of dpi / 96 pixels for each px of the scene; transparent where nothing is painted.
std::string png_of(const Scene& scene, Size pixels, double dpi);
/// The same as a raster, `scale` pixels for each px.
Raster raster_of(const Scene& scene, Size pixels, double scale);
/// A PDF of one page with text that can be found and copied. It holds no date.
std::string pdf_of(const Scene& scene, Size pixels, std::string_view title);

}  // namespace crease
