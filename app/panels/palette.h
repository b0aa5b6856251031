#pragma once
/// The palette, which finds by its words anything that can be done.
#include <functional>
#include <string>
#include <vector>

#include "gui.h"

namespace crease::app {

struct PaletteEntry {
  std::string name;       ///< "undo", "example.04_xor"
  std::string words;      ///< as it is read
  std::string keys = {};  ///< "Ctrl Z", where it has some
  std::function<void()> act;
};

class Palette {
 public:
  void ask();
  bool open() const { return open_; }
  /// While it is open. The entry that is chosen acts after the palette has closed.
  void draw(Gui& gui, const std::function<std::vector<PaletteEntry>()>& entries);

 private:
  bool open_ = false;
  std::string typed_;
  int row_ = 0;
};

}  // namespace crease::app
