#pragma once
/// Rasters in other sizes, so that a vector file looks alike in every viewer: some smooth what they
/// enlarge, some do not.
#include "figure/colour.h"
#include "figure/geometry.h"

namespace crease {

/// `part` of a raster (empty: all; in whole pixels).
Raster cropped(const Raster& raster, const Rect& part);
/// Enlarged to at least `width` x `height` pixels: by a whole factor with hard edges, or smoothly
/// to that size. What is large enough already stays as it is.
Raster enlarged(Raster raster, int width, int height, bool smooth);

}  // namespace crease
