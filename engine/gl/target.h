#pragma once
/// A picture that is drawn into, and read back.
#include "gl/opengl.h"

#include <cstdint>
#include <vector>

namespace crease::gl {

class Target {
 public:
  Target(int width, int height);

  /// What is drawn from now on goes here.
  void bind() const;
  /// Four bytes a pixel (red, green, blue, opacity), row by row from the top.
  std::vector<std::uint8_t> read() const;
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  int width_, height_;
  Handle<DeleteFramebuffer> frame_;
  Handle<DeleteRenderbuffer> colours_;
};

}  // namespace crease::gl
