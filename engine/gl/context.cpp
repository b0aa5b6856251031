#include "gl/context.h"

#include <epoxy/egl.h>
#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace crease::gl {

namespace {

struct Candidate {
  EGLDisplay display;
  const char* platform;
};

bool offers(EGLDisplay display, const char* extension) {
  return epoxy_has_egl_extension(display, extension);
}

// Without a display connection, in the order in which they are to be tried. Nothing is asked of
// libepoxy that it would answer by ending the program.
std::vector<Candidate> candidates() {
  std::vector<Candidate> found;
  const bool platforms = offers(EGL_NO_DISPLAY, "EGL_EXT_platform_base");
  const auto add = [&found](EGLDisplay display, const char* platform) {
    if (display != EGL_NO_DISPLAY) found.push_back({display, platform});
  };
  const bool devices = offers(EGL_NO_DISPLAY, "EGL_EXT_platform_device") &&
                       (offers(EGL_NO_DISPLAY, "EGL_EXT_device_base") ||
                        offers(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration"));
  if (platforms && devices) {
    std::array<EGLDeviceEXT, 16> listed{};
    EGLint count = 0;
    if (eglQueryDevicesEXT(static_cast<EGLint>(listed.size()), listed.data(), &count)) {
      for (EGLint i = 0; i < count; ++i)
        add(eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, listed[static_cast<std::size_t>(i)],
                                     nullptr),
            "device");
    }
  }
  if (platforms && offers(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    add(eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr),
        "surfaceless");
  add(eglGetDisplay(EGL_DEFAULT_DISPLAY), "default");
  return found;
}

constexpr std::array<std::pair<int, int>, 4> ladder{{{4, 5}, {4, 3}, {4, 1}, {3, 3}}};

}  // namespace

// A display belongs to all contexts of the program, so it is never terminated.
struct HiddenContext::Parts {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  const char* platform = "";

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    if (context == EGL_NO_CONTEXT) return;
    if (eglGetCurrentContext() == context)
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display, context);
  }

  bool current() {
    eglBindAPI(EGL_OPENGL_API);  // a setting of the thread
    return eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_TRUE;
  }

  // Fills in a context that has been made current, or says why there is none.
  std::string open(const Candidate& candidate) {
    display = candidate.display;
    platform = candidate.platform;
    if (!eglInitialize(display, nullptr, nullptr)) return "it does not start";
    if (!eglBindAPI(EGL_OPENGL_API)) return "it has no desktop OpenGL";
    if (!offers(display, "EGL_KHR_surfaceless_context")) return "it draws into windows only";
    EGLConfig config = nullptr;
    if (!offers(display, "EGL_KHR_no_config_context")) {
      const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
      EGLint count = 0;
      if (!eglChooseConfig(display, wanted, &config, 1, &count) || count == 0)
        return "it has no configuration for OpenGL";
    }
    for (const auto& [major, minor] : ladder) {
      const EGLint wanted[] = {EGL_CONTEXT_MAJOR_VERSION,
                               major,
                               EGL_CONTEXT_MINOR_VERSION,
                               minor,
                               EGL_CONTEXT_OPENGL_PROFILE_MASK,
                               EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                               EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE,
                               EGL_TRUE,
                               EGL_NONE};
      context = eglCreateContext(display, config, EGL_NO_CONTEXT, wanted);
      if (context != EGL_NO_CONTEXT) return current() ? "" : "it cannot be used without a window";
    }
    return "it has no OpenGL 3.3";
  }
};

HiddenContext::HiddenContext(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)), facts_(gl::facts()), platform_(parts_->platform) {}

HiddenContext::~HiddenContext() = default;

std::variant<std::unique_ptr<HiddenContext>, std::string> HiddenContext::create() {
  std::string why = "there is no driver";
  std::unique_ptr<HiddenContext> software;
  for (const Candidate& candidate : candidates()) {
    auto parts = std::make_unique<Parts>();
    std::string refusal = parts->open(candidate);
    if (!refusal.empty()) {
      why = std::move(refusal);
      continue;
    }
    std::unique_ptr<HiddenContext> made(new HiddenContext(std::move(parts)));
    if (!made->facts().software) return made;
    if (!software) software = std::move(made);
  }
  if (software) {
    software->make_current();
    return software;
  }
  return fmt::format(
      "OpenGL 3.3 or newer is needed, and none could be started without a display: {}", why);
}

void HiddenContext::make_current() {
  if (!parts_->current()) throw std::runtime_error("the hidden OpenGL context cannot be used");
}

void HiddenContext::release() {
  eglBindAPI(EGL_OPENGL_API);
  eglMakeCurrent(parts_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

}  // namespace crease::gl
