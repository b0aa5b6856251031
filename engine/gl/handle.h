#pragma once
/// The name of an OpenGL object, deleted with its owner.
#include <epoxy/gl.h>

#include <utility>

namespace crease::gl {

/// `Delete` is a struct with void operator()(GLuint). The context must be current when it runs.
template <class Delete>
class Handle {
 public:
  Handle() = default;
  explicit Handle(GLuint name) : name_(name) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(name_, other.name_);
    return *this;
  }

  GLuint get() const { return name_; }
  void reset() {
    if (name_ != 0) Delete{}(std::exchange(name_, 0));
  }

 private:
  GLuint name_ = 0;
};

struct DeleteProgram {
  void operator()(GLuint name) const { glDeleteProgram(name); }
};
struct DeleteShader {
  void operator()(GLuint name) const { glDeleteShader(name); }
};
struct DeleteBuffer {
  void operator()(GLuint name) const { glDeleteBuffers(1, &name); }
};
struct DeleteFramebuffer {
  void operator()(GLuint name) const { glDeleteFramebuffers(1, &name); }
};
struct DeleteRenderbuffer {
  void operator()(GLuint name) const { glDeleteRenderbuffers(1, &name); }
};

}  // namespace crease::gl
