/// Menus and their entries.
#include <cmath>

#include "widgets/base.h"

namespace crease::app {

namespace {

constexpr ImGuiWindowFlags popup_flags = ImGuiWindowFlags_AlwaysAutoResize |
                                         ImGuiWindowFlags_NoTitleBar |
                                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove;

ImGuiID id_of(std::string_view name) { return ImHashStr(name.data(), name.size()); }

void push_look(Gui& gui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(gui.px(5), gui.px(5)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
  ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
}
void pop_look() {
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
}

// The ground of a menu, with its shadow: drawn in its own list, before its entries.
// Below the anchor, or above where there is more room; inside the window.
void place_menu(Gui& gui, ImGuiID id, ImGuiID popup, double width) {
  const Rect anchor = state_of(gui).anchors[popup];
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImVec2 size{gui.px(width), gui.px(200)};
  char name[32];
  ImFormatString(name, sizeof name, "##Popup_%08x", id);
  if (const ImGuiWindow* known = ImGui::FindWindowByName(name); known && known->SizeFull.y > 1)
    size = known->SizeFull;
  const float gap = gui.px(4);
  float y = static_cast<float>(anchor.bottom()) + gap;
  // Below the anchor, else above it; where neither holds it all, over it.
  if (y + size.y > screen.y - gap)
    y = anchor.y - gap - size.y > gap ? static_cast<float>(anchor.y) - gap - size.y
                                      : std::max(gap, screen.y - gap - size.y);
  const float x =
      std::clamp(static_cast<float>(anchor.x), gap, std::max(gap, screen.x - size.x - gap));
  ImGui::SetNextWindowPos({std::round(x), std::round(y)});
  ImGui::SetNextWindowSizeConstraints({gui.px(width), 0}, {FLT_MAX, screen.y - 2 * gap});
}

}  // namespace

void open_menu(Gui& gui, std::string_view name) {
  open_menu_at(gui, name, rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()));
}

void open_menu_at(Gui& gui, std::string_view name, Rect pixels) {
  state_of(gui).anchors[id_of(name)] = pixels;
  ImGui::OpenPopup(id_of(name));
  gui.wake();
}

bool begin_menu(Gui& gui, std::string_view name, double width) {
  const ImGuiID id = id_of(name);
  if (!ImGui::IsPopupOpen(id, 0)) return false;
  place_menu(gui, id, id, std::max(width, 120.0));
  push_look(gui);
  const bool open = ImGui::BeginPopupEx(id, popup_flags);
  pop_look();
  if (!open) return false;
  window_ground(gui);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  return true;
}

void end_menu(Gui& gui) {
  scroll_hint(gui);
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

namespace {

struct Row {
  Press press;
  ImRect words;
};

// A row as wide as the menu, but no narrower than its words.
Row row(Gui& gui, std::string_view name, const Typeset& line, float right, bool tick_first,
        ImGuiButtonFlags flags = 0) {
  const float left = gui.px(tick_first ? 28 : 12);
  const float needed = left + std::ceil(width_of(gui, line)) + right + gui.px(12);
  const float wide =
      std::max(needed, ImGui::GetWindowSize().x - 2 * ImGui::GetCurrentWindow()->WindowPadding.x);
  // The width of rows must not keep a menu wide whose words have become shorter.
  Row made;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const ImVec2 size{wide, gui.px(measure::menu_row)};
  ImGui::ItemSize(ImVec2(needed, size.y));
  made.press = press_at(gui, name, {from, from + size}, flags);
  made.words = {{made.press.box.Min.x + left, made.press.box.Min.y}, made.press.box.Max};
  return made;
}

}  // namespace

bool menu_entry(Gui& gui, std::string_view name, std::string_view label, const EntryLook& look) {
  const Theme& theme = gui.theme();
  if (!look.enabled) ImGui::BeginDisabled();
  const TextStyle style{.size = measure::text};
  const Typeset line = typeset(label, style);
  const Typeset keys = typeset(plain(look.keys), {.size = measure::label});
  const bool tick_after = look.checked && !look.tick_first;
  float right = look.keys.empty() ? 0 : std::ceil(width_of(gui, keys)) + gui.px(24);
  if (!look.tick_first) right = std::max(right, gui.px(32));
  const Row made = row(gui, name, line, right, look.tick_first);
  const Press& press = made.press;
  gui.named(name, label, look.checked ? "on" : "");
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (look.in_use)
      ground(gui, list, press.box, 5, theme.accent_soft);
    else if (press.held || press.hovered || press.focused)
      ground(gui, list, press.box, 5, press.held ? theme.press : theme.hover);
    line_in(gui, list, made.words, line, press.disabled ? theme.ink3 : theme.ink);
    ImRect inner = press.box;
    inner.Max.x -= gui.px(12);
    if (!look.keys.empty())
      line_in(gui, list, inner, keys, press.disabled ? theme.ink3 : theme.ink2, Align::right);
    if (look.checked) {
      const float x = tick_after ? inner.Max.x - gui.px(6) : press.box.Min.x + gui.px(13);
      draw_icon(gui, list, Icon::check, {x, press.box.GetCenter().y},
                press.disabled ? theme.ink3 : theme.accent, 13, 1.8);
    }
  }
  if (!look.enabled) ImGui::EndDisabled();
  if (press.pressed) {
    // The whole chain of menus closes.
    ImGui::ClosePopupsOverWindow(nullptr, true);
    gui.wake();
  }
  return press.pressed;
}

bool begin_submenu(Gui& gui, std::string_view name, std::string_view label) {
  const Theme& theme = gui.theme();
  const Typeset line = typeset(label, {.size = measure::text});
  const Row made = row(gui, name, line, gui.px(32), false, ImGuiButtonFlags_PressedOnClick);
  const Press& press = made.press;
  const ImGuiID id = id_of(name);
  const bool was_open = ImGui::IsPopupOpen(id, 0);
  gui.named(name, label, was_open ? "open" : "");
  const bool rests = press.hovered && GImGui->HoveredIdTimer > 0.2F;
  if (press.hovered && !rests) gui.wake_in(0.2);
  if ((press.pressed || rests) && !was_open) {
    Rect anchor = rect(press.box.Min, press.box.Max);
    anchor.x = anchor.right();
    anchor.y -= gui.px(9) + anchor.height;  // its first row beside this one
    state_of(gui).anchors[id] = anchor;
    ImGui::OpenPopup(id);
    gui.wake();
  }
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (press.hovered || press.focused || was_open) ground(gui, list, press.box, 5, theme.hover);
    line_in(gui, list, made.words, line, press.disabled ? theme.ink3 : theme.ink);
    draw_icon(gui, list, Icon::chevron_right,
              {press.box.Max.x - gui.px(17), press.box.GetCenter().y}, theme.ink2, 12);
  }
  return begin_menu(gui, name);
}

void end_submenu(Gui& gui) { end_menu(gui); }

namespace {
constexpr double inset = 12;

void move_right_edge(float by) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  window->ContentRegionRect.Max.x += by;
  window->WorkRect.Max.x += by;
}
}  // namespace

void begin_menu_controls(Gui& gui) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gui.px(8), gui.px(6)));
  ImGui::Indent(gui.px(inset));
  move_right_edge(-gui.px(inset));
  gap(gui, 2);
}

void end_menu_controls(Gui& gui) {
  gap(gui, 4);
  move_right_edge(gui.px(inset));
  ImGui::Unindent(gui.px(inset));
  ImGui::PopStyleVar();
}

void menu_rule(Gui& gui) {
  const Press place = space({gui.px(20), gui.px(11)});
  if (!place.seen) return;
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x - gui.px(10);
  const float y = std::round(place.box.GetCenter().y);
  ImGui::GetWindowDrawList()->AddRectFilled({place.box.Min.x + gui.px(5), y},
                                            {right, y + gui.px(1)}, colour(gui.theme().rule));
}

}  // namespace crease::app
