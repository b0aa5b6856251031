#include "panels/help.h"

#include <algorithm>

#include "panels/dialog.h"
#include "widgets.h"

namespace crease::app {

namespace {

constexpr double row_height = 32, cap_height = 24;

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
  constexpr double column = 460, words_width = 300;
  const bool two = gui.size().width > 2 * column + 80;
  Dialog dialog(gui, "help", "Keys", two ? 2 * column + 48 : column + 48, open);
  if (!dialog) return;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const auto rows = static_cast<int>(two ? (shortcuts().size() + 1) / 2 : shortcuts().size());
  for (int i = 0; i < static_cast<int>(shortcuts().size()); ++i) {
    const Shortcut& shortcut = shortcuts()[static_cast<std::size_t>(i)];
    const double x = i / rows * column, y = i % rows * row_height;
    ImGui::SetCursorScreenPos(from + ImVec2(gui.px(x), gui.px(y)));
    words(gui, shortcut.words, {.width = words_width, .height = cap_height});
    ImGui::SetCursorScreenPos(from + ImVec2(gui.px(x + words_width + 8), gui.px(y)));
    caps(gui, shortcut.keys);
  }
  ImGui::SetCursorScreenPos(from + ImVec2(0, gui.px(rows * row_height)));
  gap(gui, 8);
  paragraph(gui,
            "Figures: the wheel zooms at the pointer, dragging moves, a double click shows the "
            "whole picture again, the right "
            "button opens the menu. Sliders: drag, arrow keys, wheel, or double-click the number "
            "and type. "
            "A presentation: the arrow keys turn its pages. Delete removes the selected layer, "
            "unit or sample. "
            "Files may be dropped on the window.",
            {.colour = gui.theme().ink2});
  gap(gui, 12);
  if (button(gui, "help.close", "Close", {.primary = true})) {
    open = false;
    ImGui::CloseCurrentPopup();
  }
}

}  // namespace crease::app
