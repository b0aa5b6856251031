#pragma once
/// Small pictures of data sources, for the data panel.
#include <optional>

#include "data/data.h"
#include "figure/scene.h"

namespace crease::app {

/// The samples of a source, as dots in a square of `side` px, or the first image of a set of
/// images; nothing where the source cannot be made without being told more (a table, points).
std::optional<Scene> data_thumbnail(const Source& source, double side, const Theme& theme);

}  // namespace crease::app
