#pragma once
/// The keys, and the palette that finds a command by its words.
#include <optional>
#include <string>

#include "shortcuts.h"

namespace crease::app {

/// The list of keys, while `open`.
void draw_help(Gui& gui, bool& open);

class Palette {
 public:
  void ask();
  bool open() const { return open_; }
  Command draw(Gui& gui);

 private:
  bool open_ = false;
  std::string typed_;
  int row_ = 0;
};

}  // namespace crease::app
