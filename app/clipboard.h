#pragma once
/// Pictures for other programs. (GLFW's own clipboard holds text only.)
#include <filesystem>

namespace crease::app {

/// Puts a PNG file on the system's clipboard; the file may be removed afterwards. Throws Problem
/// where that cannot be done.
void copy_png(const std::filesystem::path& file);

}  // namespace crease::app
