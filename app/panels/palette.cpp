#include "panels/palette.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "panels/dialog.h"
#include "widgets.h"

namespace crease::app {

namespace {

constexpr int most_rows = 10;

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

/// Every word that was typed stands in it, in any order.
bool answers(const PaletteEntry& entry, const std::string& typed) {
  std::istringstream all(typed);
  for (std::string word; all >> word;)
    if (!contains(entry.words, word) && !contains(entry.name, word)) return false;
  return true;
}

/// What the person rather means stands first: a name or its last part that is just the word.
int distance(const PaletteEntry& entry, const std::string& typed) {
  const std::string_view name = entry.name;
  if (name == typed || name.ends_with("." + typed)) return 0;
  return contains(entry.words, typed) ? 1 : 2;
}

}  // namespace

void Palette::ask() {
  open_ = true;
  typed_.clear();
  row_ = 0;
}

void Palette::draw(Gui& gui, const std::function<std::vector<PaletteEntry>()>& entries) {
  std::function<void()> chosen;
  {
    Dialog dialog(gui, "palette", "Find a command", 480, open_);
    if (!dialog) return;
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (text_field(gui, "palette.words", typed_, "add a layer, undo, export\u2026", {},
                   Icon::search))
      row_ = 0;
    gap(gui, 6);
    std::vector<PaletteEntry> found = entries();
    std::erase_if(found, [&](const PaletteEntry& entry) { return !answers(entry, typed_); });
    if (!typed_.empty())
      std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        return distance(a, typed_) < distance(b, typed_);
      });
    const int last = std::min(static_cast<int>(found.size()), most_rows) - 1;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++row_;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) --row_;
    row_ = std::clamp(row_, 0, std::max(0, last));
    const bool entered =
        ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
    for (int i = 0; i <= last; ++i) {
      const PaletteEntry& entry = found[static_cast<std::size_t>(i)];
      const bool pressed =
          menu_entry(gui, "palette." + entry.name, entry.words,
                     {.keys = entry.keys, .enabled = true, .checked = false, .in_use = i == row_});
      if (pressed || (entered && i == row_)) chosen = entry.act;
    }
    if (found.empty()) words(gui, "No command has these words.", {.colour = gui.theme().ink2});
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) || chosen) open_ = false;
    if (!open_) ImGui::CloseCurrentPopup();
  }
  if (chosen) chosen();
}

}  // namespace crease::app
