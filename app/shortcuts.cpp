#include "shortcuts.h"

#include <algorithm>

namespace crease::app {

const std::array<Shortcut, 21>& shortcuts() {
  using enum Command;
  static const std::array<Shortcut, 21> all{{
      {run, "run", "Run or pause", "Space", ImGuiKey_Space},
      {step, "step", "One step", ".", ImGuiKey_Period},
      {reset, "reset", "Back to the start, same weights", "R", ImGuiKey_R},
      {new_seed, "new_seed", "Start again from another seed", "N", ImGuiKey_N},
      {undo, "undo", "Undo", "Ctrl Z", ImGuiMod_Ctrl | ImGuiKey_Z},
      {redo, "redo", "Redo", "Ctrl Shift Z", ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z},
      {open, "open", "Open a document or data", "Ctrl O", ImGuiMod_Ctrl | ImGuiKey_O, true},
      {save, "save", "Save", "Ctrl S", ImGuiMod_Ctrl | ImGuiKey_S, true},
      {save_as, "save_as", "Save under another name", "Ctrl Shift S",
       ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_S, true},
      {export_figure, "export", "Export the figure under the pointer", "Ctrl E",
       ImGuiMod_Ctrl | ImGuiKey_E, true},
      {copy_picture, "copy_picture", "Copy the figure under the pointer as a picture", "Ctrl C",
       ImGuiMod_Ctrl | ImGuiKey_C},
      {copy_numbers, "copy_numbers", "Copy the figure's numbers as a table", "Ctrl Shift C",
       ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_C},
      {larger, "larger", "Larger text", "Ctrl +", ImGuiMod_Ctrl | ImGuiKey_Equal, true},
      {smaller, "smaller", "Smaller text", "Ctrl −", ImGuiMod_Ctrl | ImGuiKey_Minus, true},
      {usual_size, "usual_size", "Usual text size", "Ctrl 0", ImGuiMod_Ctrl | ImGuiKey_0, true},
      {theme, "theme", "Light or dark", "D", ImGuiKey_D},
      {lecture, "lecture", "Present: fills the screen, larger text", "F11", ImGuiKey_F11, true},
      {help, "help", "This page", "F1", ImGuiKey_F1, true},
      {palette, "palette", "Find a command", "Ctrl K", ImGuiMod_Ctrl | ImGuiKey_K, true},
      {leave, "leave", "Close what is open, let go of a selection", "Esc", ImGuiKey_Escape, true},
      {quit, "quit", "Quit", "Ctrl Q", ImGuiMod_Ctrl | ImGuiKey_Q, true},
  }};
  return all;
}

Command pressed_command() {
  const ImGuiIO& io = ImGui::GetIO();
  const auto also = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  for (const Shortcut& shortcut : shortcuts()) {
    if (io.WantTextInput && !shortcut.while_typing) continue;
    const auto mods = shortcut.chord & ImGuiMod_Mask_;
    const auto key = static_cast<ImGuiKey>(shortcut.chord & ~ImGuiMod_Mask_);
    // "+" is Shift "=" on many keyboards, and both signs are also on the number pad.
    const auto held =
        shortcut.command == Command::larger ? io.KeyMods & ~ImGuiMod_Shift : io.KeyMods;
    if (held != mods) continue;
    bool pressed = also(key);
    if (shortcut.command == Command::larger) pressed = pressed || also(ImGuiKey_KeypadAdd);
    if (shortcut.command == Command::smaller) pressed = pressed || also(ImGuiKey_KeypadSubtract);
    if (shortcut.command == Command::usual_size) pressed = pressed || also(ImGuiKey_Keypad0);
    if (pressed) return shortcut.command;
  }
  return Command::none;
}

std::string_view keys_of(Command command) {
  const auto found = std::find_if(shortcuts().begin(), shortcuts().end(),
                                  [&](const Shortcut& s) { return s.command == command; });
  return found == shortcuts().end() ? "" : found->keys;
}

}  // namespace crease::app
