#pragma once
/// The theme's colours and the design's measures, for what Dear ImGui draws itself.
#include "figure/theme.h"

namespace crease::app {

/// Heights and gaps of the design, in px at scale 1.
namespace measure {
inline constexpr double gap = 8;
inline constexpr double panel_margin = 20;
inline constexpr double control = 30;
inline constexpr double small_control = 26;
inline constexpr double slider_row = 43;
inline constexpr double menu_row = 29;
inline constexpr double check_box = 18;
inline constexpr double toggle_width = 34, toggle_height = 20;
inline constexpr double control_radius = 6;
inline constexpr double check_radius = 4;
inline constexpr double notice_radius = 8;
inline constexpr double focus_width = 2;
inline constexpr double caption = 12, label = 13, text = 14;
}  // namespace measure

/// Sets the current context's style for a theme and a number of pixels for each px.
void set_style(const Theme& theme, double scale);

}  // namespace crease::app
