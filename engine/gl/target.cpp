#include "gl/target.h"

#include <algorithm>
#include <stdexcept>

namespace crease::gl {

Target::Target(int width, int height) : width_(width), height_(height) {
  GLuint name = 0;
  glGenRenderbuffers(1, &name);
  colours_ = Handle<DeleteRenderbuffer>(name);
  glBindRenderbuffer(GL_RENDERBUFFER, name);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glGenFramebuffers(1, &name);
  frame_ = Handle<DeleteFramebuffer>(name);
  glBindFramebuffer(GL_FRAMEBUFFER, name);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours_.get());
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw std::runtime_error("OpenGL cannot draw into a picture of that size");
  check("making a picture to draw into");
}

void Target::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, frame_.get());
  glViewport(0, 0, width_, height_);
}

std::vector<std::uint8_t> Target::read() const {
  const auto row = static_cast<std::size_t>(width_) * 4;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height_));
  glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_.get());
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  check("reading a picture back");
  std::vector<std::uint8_t> pixels(upside_down.size());
  for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y)
    std::copy_n(upside_down.begin() +
                    static_cast<std::ptrdiff_t>((static_cast<std::size_t>(height_) - 1 - y) * row),
                row, pixels.begin() + static_cast<std::ptrdiff_t>(y * row));
  return pixels;
}

}  // namespace crease::gl
