#pragma once
/// A window over the window: its ground, its title, and leaving it with Esc.
#include "gui.h"

namespace crease::app {

class Dialog {
 public:
  /// `width` and the most height in px at scale 1; centred. `open` turns false when it is left.
  Dialog(Gui& gui, const char* name, const char* title, double width, bool& open);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;
  /// False while it does not show: then nothing may be drawn.
  explicit operator bool() const { return shown_; }

 private:
  Gui& gui_;
  bool shown_ = false;
};

}  // namespace crease::app
