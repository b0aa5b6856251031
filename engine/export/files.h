#pragma once
/// Files that appear complete or not at all.
#include <filesystem>
#include <string_view>

namespace crease {

/// Writes beside the file under another name, then renames; a Problem where that fails.
void write_whole(const std::filesystem::path& file, std::string_view bytes);

}  // namespace crease
