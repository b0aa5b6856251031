#pragma once
/// A sheet of all widgets in all states, to compare with the design.
#include "gui.h"

namespace crease::app {

/// Fills the whole window; between Gui::begin_frame and end_frame.
void draw_components(Gui& gui);

}  // namespace crease::app
