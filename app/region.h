#pragma once
/// A part of the window: a ground, a margin, and scrolling upright where that is wanted.
#include "gui.h"

namespace crease::app {

struct RegionLook {
  Colour ground = {0, 0, 0, 0};
  double margin_x = 0, margin_y = 0;
  bool scrolls = false;
  bool overlay = false;  ///< lies over the others
};

class Region {
 public:
  /// `at` in px at scale 1. Until it is destroyed, widgets are drawn in it.
  Region(Gui& gui, const char* name, Rect at, const RegionLook& look);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;
};

/// `at` (px at scale 1) in pixels.
Rect in_pixels(const Gui& gui, Rect at);
/// Puts the cursor at a place of the window, px at scale 1.
void put_cursor(const Gui& gui, double x, double y);

}  // namespace crease::app
