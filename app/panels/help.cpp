#include "panels/help.h"

#include <algorithm>
#include <cctype>

#include "panels/dialog.h"
#include "widgets.h"

namespace crease::app {

namespace {

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

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

void Palette::ask() {
  open_ = true;
  typed_.clear();
  row_ = 0;
}

Command Palette::draw(Gui& gui) {
  Command chosen = Command::none;
  Dialog dialog(gui, "palette", "Find a command", 480, open_);
  if (!dialog) return chosen;
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  if (text_field(gui, "palette.words", typed_, "add a layer, undo, export\u2026", {}, Icon::search))
    row_ = 0;
  gap(gui, 6);
  std::vector<const Shortcut*> found;
  for (const Shortcut& shortcut : shortcuts())
    if (contains(shortcut.words, typed_) || contains(shortcut.name, typed_))
      found.push_back(&shortcut);
  const int last = static_cast<int>(found.size()) - 1;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) row_ = std::min(row_ + 1, last);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) row_ = std::max(row_ - 1, 0);
  const bool entered =
      ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
  for (int i = 0; i <= last && i < 10; ++i) {
    const Shortcut& shortcut = *found[static_cast<std::size_t>(i)];
    const bool pressed = menu_entry(gui, "palette." + std::string(shortcut.name), shortcut.words,
                                    {.keys = std::string(shortcut.keys),
                                     .enabled = true,
                                     .checked = false,
                                     .in_use = i == row_});
    if (pressed || (entered && i == row_)) chosen = shortcut.command;
  }
  if (found.empty()) words(gui, "No command has these words.", {.colour = gui.theme().ink2});
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) open_ = false;
  if (chosen != Command::none) open_ = false;
  if (!open_) ImGui::CloseCurrentPopup();
  return chosen;
}

}  // namespace crease::app
