#pragma once
/// What the widgets share: a place that can be pressed, its states, rings and grounds.
#include <imgui.h>
#include <imgui_internal.h>

#include <map>
#include <string>

#include "widgets.h"

namespace crease::app {

/// How a place that can be pressed would look: for pictures of all states at once.
enum class Pretence { none, hovered, held, focused };

/// What widgets remember between frames, beside Dear ImGui's own state.
struct WidgetState {
  std::map<ImGuiID, Rect> anchors;  ///< of menus, in pixels
  ImGuiID typing = 0;               ///< the number that is being typed
  std::string typed;
  ImGuiID refused = 0;  ///< the number of which something was typed that cannot be
  std::string refusal;  ///< and why
  double refused_until = 0;
  int refusal_frame = -2;   ///< the last in which a refusal was told: no tip beside it
  double pointer_ring = 0;  ///< radius of what is drawn around the pointer: tips keep off it, px
  bool typing_begins = false;
  Pretence pretence = Pretence::none;  ///< of the next place that can be pressed
  std::map<ImGuiID, float> shares;     ///< of what moves from one state to another
};
inline WidgetState& state_of(Gui& gui) { return gui.widgets(); }

/// A rectangle that has been laid out and asked for presses.
struct Press {
  ImGuiID id = 0;
  ImRect box;
  bool seen = false;  ///< else nothing needs to be drawn
  bool pressed = false, hovered = false, held = false;
  bool focused = false;  ///< by the keyboard
  bool disabled = false;
};
/// Lays out `size` pixels at the cursor.
Press press_area(Gui& gui, std::string_view name, ImVec2 size, ImGuiButtonFlags flags = 0);
/// At a place of its own, not moving the cursor.
Press press_at(Gui& gui, std::string_view name, const ImRect& box, ImGuiButtonFlags flags = 0);
/// Lays out `size` pixels that answer nothing; the box, and whether it can be seen.
Press space(ImVec2 size);

bool disabled_here();
/// From 0 to 1 and back within `seconds`, while `on`.
float ease(Gui& gui, ImGuiID id, bool on, double seconds = 0.08);

/// A ring 2 px wide, 2 px outside of `box` whose corners have `radius` px.
void focus_ring(Gui& gui, const ImRect& box, double radius);
/// A filled rectangle with a frame; `frame` px wide, inside `box`.
void ground(Gui& gui, ImDrawList& list, const ImRect& box, double radius, Colour fill,
            Colour frame = {0, 0, 0, 0}, double frame_width = 1);
/// The one shadow: 3 px down, 16 % (dark 50 %).
void shadow(Gui& gui, ImDrawList& list, const ImRect& box, double radius);
/// Shadow, ground and frame of the window that floats over the others: a menu, a dialog.
void window_ground(Gui& gui);

/// A typeset line, vertically in the middle of `box` (by the height of x and capitals).
void line_in(Gui& gui, ImDrawList& list, const ImRect& box, const Typeset& line, Colour ink,
             Align align = Align::left);
/// Where the baseline of text of that size lies in a box, so that it looks centred.
double middle_baseline(Gui& gui, const ImRect& box, double size);
/// The width in pixels.
float width_of(Gui& gui, const Typeset& line);
/// What is left of the line, in pixels.
float available();

/// Where a menu or a dialog is higher than the window: a bar that says how far it goes on, and a
/// fade where it does. At the end of its content.
void scroll_hint(Gui& gui);

/// The label before a field, if there is one; the field's width in pixels. The cursor then stands
/// where the field begins.
float field_place(Gui& gui, std::string_view label, const FieldLook& look);

/// An input for the words being typed, in `box`; `right`: aligned to the right.
bool type_in(Gui& gui, std::string_view name, const ImRect& box, std::string& words, bool begin,
             bool right, std::string_view hint = {}, double size = measure::text);

}  // namespace crease::app
