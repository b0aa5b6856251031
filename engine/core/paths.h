#pragma once
/// Folders outside the program.
#include <filesystem>

namespace crease {

/// What comes with the program: $CREASE_ASSETS, else the folder known when it was built.
std::filesystem::path assets_folder();

/// What a person has installed for it: ${CREASE_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crease}.
std::filesystem::path data_folder();

}  // namespace crease
