#include "window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <array>
#include <chrono>
#include <cmath>
#include <ctime>

#include "core/problem.h"
#include "gl/opengl.h"
#include "recovery.h"
#include "shell.h"
#include "window_state.h"

namespace crease::app {

namespace {

using Clock = std::chrono::steady_clock;

std::string last_error;  // of GLFW, in words

/// What this thread has used of the processor.
double processor_seconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

struct Library {
  Library() {
    glfwSetErrorCallback([](int, const char* words) { last_error = words; });
    if (!glfwInit())
      throw Problem(
          fmt::format("no window can be opened here, as there is no display ({}); crease "
                      "screenshot draws it into a file",
                      last_error));
  }
  ~Library() { glfwTerminate(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

// The newest OpenGL there is; compute shaders need 4.3, the pictures 3.3.
GLFWwindow* make_window(int width, int height) {
  constexpr std::array<std::pair<int, int>, 4> ladder{{{4, 5}, {4, 3}, {4, 1}, {3, 3}}};
  for (const auto& [major, minor] : ladder) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "crease");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "crease");
    if (GLFWwindow* made = glfwCreateWindow(width, height, "Crease", nullptr, nullptr)) return made;
  }
  throw Problem(fmt::format("the window needs OpenGL 3.3, which this display does not have ({})",
                            last_error));
}

class Window {
 public:
  explicit Window(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  void run();

 private:
  struct Place {
    int x = 0, y = 0, width = 0, height = 0;
  };
  static Window& of(GLFWwindow* handle) {
    return *static_cast<Window*>(glfwGetWindowUserPointer(handle));
  }
  void set_callbacks();
  void wait();
  void lay_out(Size size, double seconds);
  void draw();
  void follow_shell();
  void set_full_screen(bool full);
  Size pixels() const;

  Library library_;
  Preferences preferences_ = load_preferences();
  GLFWwindow* handle_ = nullptr;
  std::unique_ptr<Gui> gui_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Shell> shell_;
  StateFile state_;
  std::string title_;
  Place place_;  // before the window filled the screen
  bool full_screen_ = false;
  Clock::time_point last_frame_ = Clock::now();
};

Window::Window(const WindowOptions& options) : state_(options.state_file) {
  std::optional<Document> document;
  if (!options.file.empty()) document = document_at(options.file);
  handle_ = make_window(preferences_.width, preferences_.height);
  glfwSetWindowUserPointer(handle_, this);
  glfwSetWindowSizeLimits(handle_, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(handle_);
  glfwSwapInterval(1);

  gui_ = std::make_unique<Gui>(true);
  ImGui_ImplGlfw_InitForOpenGL(handle_, true);
  ImGui_ImplOpenGL3_Init("#version 330");
  set_callbacks();
  float scale_x = 1, scale_y = 1;
  glfwGetWindowContentScale(handle_, &scale_x, &scale_y);
  gui_->set_display_scale(scale_x);

  session_ = std::make_unique<Session>([] { glfwPostEmptyEvent(); });
  session_->preferences = preferences_;
  if (document) {
    const bool is_document = options.file.string().ends_with(".json");
    session_->show(std::move(*document), is_document ? options.file : std::filesystem::path{},
                   false);
  }
  shell_ = std::make_unique<Shell>(*gui_, *session_);
  shell_->keep_unsaved_in(recovery_folder());
}

Window::~Window() {
  if (session_) {
    Preferences last = session_->preferences;
    if (!full_screen_ && handle_) glfwGetWindowSize(handle_, &last.width, &last.height);
    if (full_screen_) {
      last.width = place_.width;
      last.height = place_.height;
    }
    save_preferences(last);
  }
  shell_.reset();
  session_.reset();  // its threads wake the window, so they end before it
  if (gui_) {
    ImGui::SetCurrentContext(gui_->context());
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    gui_.reset();
  }
  if (handle_) glfwDestroyWindow(handle_);
}

void Window::set_callbacks() {
  glfwSetDropCallback(handle_, [](GLFWwindow* handle, int count, const char** paths) {
    for (int i = 0; i < count; ++i) of(handle).shell_->drop(paths[i]);
    of(handle).gui_->wake();
  });
  glfwSetWindowContentScaleCallback(
      handle_, [](GLFWwindow* handle, float x, float) { of(handle).gui_->set_display_scale(x); });
  glfwSetWindowCloseCallback(handle_, [](GLFWwindow* handle) {
    glfwSetWindowShouldClose(handle, GLFW_FALSE);
    of(handle).shell_->ask_to_close();
    of(handle).gui_->wake();
  });
  // Dear ImGui counts in pixels here, GLFW's pointer in units of the screen: on some displays these
  // differ.
  glfwSetCursorPosCallback(handle_, [](GLFWwindow* handle, double x, double y) {
    int width = 1, height = 1;
    glfwGetWindowSize(handle, &width, &height);
    const Size pixels = of(handle).pixels();
    ImGui_ImplGlfw_CursorPosCallback(handle, x * pixels.width / std::max(1, width),
                                     y * pixels.height / std::max(1, height));
  });
  // While a border is dragged some systems hold the loop: the picture follows all the same.
  glfwSetWindowRefreshCallback(handle_, [](GLFWwindow* handle) { of(handle).gui_->wake(); });
  glfwSetFramebufferSizeCallback(handle_,
                                 [](GLFWwindow* handle, int, int) { of(handle).gui_->wake(); });
}

Size Window::pixels() const {
  int width = 0, height = 0;
  glfwGetFramebufferSize(handle_, &width, &height);
  return {static_cast<double>(width), static_cast<double>(height)};
}

void Window::run() {
  bool shown = false;
  while (!shell_->closed()) {
    draw();
    if (!shown) {
      shown = true;
      glfwShowWindow(handle_);
    }
    follow_shell();
    wait();
  }
}

void Window::wait() {
  const double wanted = gui_->wanted_in();
  const bool is_seen = glfwGetWindowAttrib(handle_, GLFW_ICONIFIED) == GLFW_FALSE;
  if (is_seen && gui_->awake())
    glfwPollEvents();
  else if (is_seen && wanted >= 0)
    glfwWaitEventsTimeout(std::max(0.001, wanted));
  else
    glfwWaitEvents();
}

void Window::lay_out(Size size, double seconds) {
  gui_->begin_frame(size, seconds);
  shell_->draw();
  gui_->end_frame();
}

void Window::draw() {
  const Size size = pixels();
  if (size.width < 1 || size.height < 1) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - last_frame_).count();
  last_frame_ = now;
  const double processor = processor_seconds();
  ImGui::SetCurrentContext(gui_->context());
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  lay_out(size, seconds);
  constexpr int most = 4;  // Dear ImGui answers one press or release in each
  for (int again = 1; gui_->acted() && again < most; ++again) lay_out(size, 0);
  StateFile::Cost cost{.processor = processor_seconds() - processor};
  glViewport(0, 0, static_cast<int>(size.width), static_cast<int>(size.height));
  const Colour ground = gui_->ground();
  glClearColor(float(ground.r) / 255, float(ground.g) / 255, float(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(handle_);
  cost.whole = std::chrono::duration<double>(Clock::now() - now).count();
  state_.write(*shell_, *gui_, cost);
}

void Window::follow_shell() {
  if (std::string title = shell_->title(); title != title_) {
    title_ = std::move(title);
    glfwSetWindowTitle(handle_, (title_.empty() ? "Crease" : title_ + " – Crease").c_str());
  }
  if (shell_->full_screen() != full_screen_) set_full_screen(shell_->full_screen());
}

void Window::set_full_screen(bool full) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  full_screen_ = full;
  if (full && mode != nullptr) {
    glfwGetWindowPos(handle_, &place_.x, &place_.y);
    glfwGetWindowSize(handle_, &place_.width, &place_.height);
    glfwSetWindowMonitor(handle_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else if (!full && place_.width > 0) {
    glfwSetWindowMonitor(handle_, nullptr, place_.x, place_.y, place_.width, place_.height, 0);
  }
  gui_->wake();
}

}  // namespace

void run_window(const WindowOptions& options) { Window(options).run(); }

Document document_at(const std::filesystem::path& file) {
  if (file.string().ends_with(".json")) return load_document(file);
  return document_for_data(file);
}

}  // namespace crease::app
