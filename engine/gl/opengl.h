#pragma once
/// OpenGL, as much of it as the machine has: libepoxy finds each function when it is first called.
#include <epoxy/gl.h>

#include <string>

#include "gl/handle.h"

namespace crease::gl {

/// What the context that is current on this thread can do.
struct Facts {
  int major = 0, minor = 0;
  std::string renderer;   ///< as the driver calls it
  bool software = false;  ///< drawn by the processor

  bool at_least(int wanted_major, int wanted_minor) const {
    return major > wanted_major || (major == wanted_major && minor >= wanted_minor);
  }
};
Facts facts();

/// Empty where compute shaders can be used; else the sentence that says why not.
std::string no_compute(const Facts& facts);

/// Throws what OpenGL reports as failed since the last call; `doing` says at what.
void check(const char* doing);

}  // namespace crease::gl
