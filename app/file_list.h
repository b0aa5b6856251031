#pragma once
/// The contents of a folder, for choosing a file in the window.
#include <filesystem>
#include <string>
#include <vector>

namespace crease::app {

struct FileEntry {
  std::string name;  ///< without its folder; ".." leads up
  bool is_folder = false;
};

/// Folders first, then files whose name ends in one of `endings` (all where it is empty), each by
/// name; hidden ones are left out. A folder that cannot be read holds only "..".
std::vector<FileEntry> list_folder(const std::filesystem::path& folder,
                                   const std::vector<std::string>& endings);

}  // namespace crease::app
