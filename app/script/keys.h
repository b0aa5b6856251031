#pragma once
/// Keys by the names that are written on them.
#include <imgui.h>

#include <optional>
#include <string>

namespace crease::app {

/// A key with what is held beside it.
struct Keys {
  ImGuiKeyChord held = 0;  ///< ImGuiMod_Ctrl, ..
  ImGuiKey key = ImGuiKey_None;
  std::string text;  ///< what it would type into a field; empty for keys that type nothing
};

/// "Ctrl+Shift+Z", "F11", "Space", ".", "Ctrl++"; nothing where there is no such key.
std::optional<Keys> keys_of_name(const std::string& name);

}  // namespace crease::app
