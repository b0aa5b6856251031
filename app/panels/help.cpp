#include "panels/help.h"

#include <algorithm>

#include "panels/dialog.h"
#include "widgets.h"

namespace crease::app {

namespace {

/// Keys as caps, one after the other.
void caps(Gui& gui, std::string_view keys) {
  bool first = true;
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (!first) ImGui::SameLine(0, gui.px(4));
    first = false;
    key_cap(gui, keys.substr(0, end));
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
}

}  // namespace

void draw_help(Gui& gui, bool& open) {
  Dialog dialog(gui, "help", "Keys", 560, open);
  if (!dialog) return;
  for (const Shortcut& shortcut : shortcuts()) {
    const float left = ImGui::GetCursorPosX();
    words(gui, shortcut.words, {.width = 350, .height = 26});
    ImGui::SameLine();
    ImGui::SetCursorPosX(left + gui.px(360));
    caps(gui, shortcut.keys);
  }
  gap(gui, 8);
  paragraph(gui,
            "Figures: the wheel zooms at the pointer, dragging moves, a double click shows the "
            "whole picture again, the right "
            "button opens the menu. Sliders: drag, arrow keys, wheel, or double-click and type. "
            "Files may be dropped on the window.",
            {.colour = gui.theme().ink2});
  gap(gui, 12);
  if (button(gui, "help.close", "Close", {.primary = true})) {
    open = false;
    ImGui::CloseCurrentPopup();
  }
}

}  // namespace crease::app
