#pragma once
/// Which key does what: one list for the keyboard, for the menus and for the help page.
#include <array>
#include <string_view>

#include "gui.h"

namespace crease::app {

enum class Command {
  none,
  run,
  step,
  reset,
  new_seed,
  undo,
  redo,
  open,
  save,
  save_as,
  export_figure,
  copy_picture,
  copy_numbers,
  larger,
  smaller,
  usual_size,
  theme,
  lecture,
  help,
  palette,
  leave,
  quit
};

struct Shortcut {
  Command command;
  std::string_view name;   ///< stable, for scripts: "undo"
  std::string_view words;  ///< for the help page and the palette
  std::string_view keys;   ///< as shown: "Ctrl Z"
  ImGuiKeyChord chord;
  bool while_typing = false;  ///< also while a text is being typed
};

/// In the order of the help page.
const std::array<Shortcut, 21>& shortcuts();
/// The command whose keys were pressed in this frame.
Command pressed_command();
/// As shown in a menu.
std::string_view keys_of(Command command);

}  // namespace crease::app
