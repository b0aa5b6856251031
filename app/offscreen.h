#pragma once
/// The window's frames drawn into a picture, without a display.
#include <memory>

#include "figure/colour.h"
#include "gui.h"

namespace crease::app {

class Offscreen {
 public:
  /// Throws Problem where OpenGL cannot be started.
  explicit Offscreen(Size pixels);
  ~Offscreen();

  /// Its Gui; frames of it must be begun and ended here.
  Gui& gui() { return *gui_; }
  void begin_frame(double seconds = 1.0 / 60);
  /// The size of the frames that follow.
  void resize(Size pixels);
  void end_frame();
  /// Ends a frame without drawing it.
  void skip_frame() { gui_->end_frame(); }
  /// What the last frame drew, opaque.
  Raster picture() const;
  /// The driver's name of what draws.
  std::string renderer() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::unique_ptr<Gui> gui_;
  Size size_;
};

}  // namespace crease::app
