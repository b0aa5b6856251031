#include "file_list.h"

#include <algorithm>
#include <cctype>

namespace crease::app {

namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::vector<FileEntry> list_folder(const std::filesystem::path& folder,
                                   const std::vector<std::string>& endings) {
  std::vector<FileEntry> entries;
  std::error_code wrong;
  for (std::filesystem::directory_iterator at(folder, wrong), end; !wrong && at != end;
       at.increment(wrong)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code unreadable;
    const bool is_folder = at->is_directory(unreadable);
    const auto ends = [&](const std::string& ending) { return lower(name).ends_with(ending); };
    if (is_folder || endings.empty() || std::any_of(endings.begin(), endings.end(), ends))
      entries.push_back({name, is_folder});
  }
  std::sort(entries.begin(), entries.end(), [](const FileEntry& a, const FileEntry& b) {
    if (a.is_folder != b.is_folder) return a.is_folder;
    const std::string x = lower(a.name), y = lower(b.name);
    return x == y ? a.name < b.name : x < y;
  });
  if (folder.has_parent_path() && folder != folder.root_path())
    entries.insert(entries.begin(), {"..", true});
  return entries;
}

}  // namespace crease::app
