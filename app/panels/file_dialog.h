#pragma once
/// Choosing a file to open, or a place and a name to save.
#include <functional>
#include <optional>

#include "file_list.h"
#include "session.h"
#include "widgets.h"

namespace crease::app {

class FileDialog {
 public:
  void ask_to_open(const std::filesystem::path& folder);
  /// `ending` is added where the name that is typed has none.
  void ask_to_save(const std::filesystem::path& suggestion, std::string title, std::string ending);
  /// Draws it while it is open; the chosen file once it has been chosen.
  std::optional<std::filesystem::path> draw(Gui& gui);
  bool open() const { return open_; }
  bool saving() const { return saving_; }

 private:
  void enter(const std::filesystem::path& folder);
  std::optional<std::filesystem::path> choose(const std::filesystem::path& file);

  bool open_ = false, saving_ = false, replacing_ = false;
  std::filesystem::path folder_;
  std::vector<FileEntry> entries_;
  std::string typed_, title_, ending_;
};

}  // namespace crease::app
