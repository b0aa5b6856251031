#pragma once
/// Rasters as PNG.
#include <filesystem>
#include <string>

#include "figure/colour.h"

namespace crease {

/// The bytes of a PNG; `dpi` is written into it where it is above zero.
std::string encode_png(const Raster& raster, double dpi = 0);
/// Writes a PNG, complete or not at all; a Problem where that fails.
void write_png(const std::filesystem::path& file, const Raster& raster);

}  // namespace crease
