#include "gl/opengl.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace crease::gl {

namespace {

std::string text_of(GLenum what) {
  const GLubyte* text = glGetString(what);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

bool is_software(std::string renderer) {
  std::transform(renderer.begin(), renderer.end(), renderer.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<const char*, 4> known{"llvmpipe", "softpipe", "swrast", "software"};
  return std::any_of(known.begin(), known.end(),
                     [&](const char* name) { return renderer.find(name) != std::string::npos; });
}

}  // namespace

Facts facts() {
  Facts found;
  const int version = epoxy_gl_version();
  found.major = version / 10;
  found.minor = version % 10;
  found.renderer = text_of(GL_RENDERER);
  found.software = is_software(found.renderer);
  return found;
}

std::string no_compute(const Facts& facts) {
  if (facts.at_least(4, 3)) return "";
  return fmt::format("compute shaders need OpenGL 4.3, and {} has {}.{}",
                     facts.renderer.empty() ? "this machine" : facts.renderer, facts.major,
                     facts.minor);
}

void check(const char* doing) {
  const GLenum error = glGetError();
  if (error == GL_NO_ERROR) return;
  // A lost context reports errors for ever.
  for (int more = 0; more < 16 && glGetError() != GL_NO_ERROR; ++more) {
  }
  throw std::runtime_error(fmt::format("OpenGL failed at {} (error {:#06x})", doing, error));
}

}  // namespace crease::gl
