#pragma once
/// Icons: paths in a box of 16 px, stroke 1.5. Never glyphs.
#include <array>
#include <string_view>

#include "gui.h"

namespace crease::app {

enum class Icon {
  none,
  play,
  pause,
  step,
  reset,
  dice,
  undo,
  redo,
  plus,
  minus,
  check,
  cross,
  search,
  expand,
  shrink,
  split,
  export_out,
  pin,
  eye,
  branch,
  warning,
  info,
  sun,
  moon,
  screen,
  more,
  chevron_left,
  chevron_right,
  chevron_up,
  chevron_down,
  folder,
  save,
  copy,
  swap,
  trash,
  book,
  data,
  gear,
  logo,
};
inline constexpr int icon_count = static_cast<int>(Icon::logo) + 1;

/// Its name in the program ("play").
std::string_view icon_name(Icon icon);

/// Centred at `centre` (pixels); `size` is the side of its box in px,
/// `stroke` the width of its lines (0: 1.5 in a box of 16).
void draw_icon(Gui& gui, ImDrawList& list, Icon icon, Point centre, Colour colour, double size = 16,
               double stroke = 0);

}  // namespace crease::app
