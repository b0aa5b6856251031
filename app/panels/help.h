#pragma once
/// The page that lists the keys.

#include "shortcuts.h"

namespace crease::app {

/// The list of keys, while `open`.
void draw_help(Gui& gui, bool& open);

}  // namespace crease::app
