#pragma once
/// What the program remembers about a person between starts.
#include <filesystem>
#include <string>
#include <vector>

#include "core/fields.h"

namespace crease::app {

struct Preferences {
  bool dark = false;
  double scale = 1;  ///< of text and everything measured by it
  bool less_motion = false;
  int width = 1600, height = 900;   ///< of the window
  std::vector<std::string> recent;  ///< documents, the newest first

  static constexpr double least_scale = 1, most_scale = 2.5;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "dark", .help = "dark theme"}, self.dark);
    visit(Field{.name = "scale", .help = "text scale", .least = least_scale, .most = most_scale},
          self.scale);
    visit(Field{.name = "less_motion", .help = "nothing moves but what is learned"},
          self.less_motion);
    visit(Field{.name = "width", .help = "of the window", .least = 640, .most = 20000}, self.width);
    visit(Field{.name = "height", .help = "of the window", .least = 400, .most = 20000},
          self.height);
    visit(Field{.name = "recent", .help = "documents opened last"}, self.recent);
  }
  bool operator==(const Preferences&) const = default;

  void remember(const std::filesystem::path& document);
};

/// ${CREASE_CONFIG:-${XDG_CONFIG_HOME:-$HOME/.config}/crease}/preferences.json.
std::filesystem::path preferences_file();
/// The defaults where there is no such file or it cannot be read.
Preferences load_preferences();
/// Silent where the file cannot be written: nothing else depends on it.
void save_preferences(const Preferences& preferences);

}  // namespace crease::app
