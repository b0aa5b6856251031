#include "offscreen.h"

#include <imgui_impl_opengl3.h>

#include "core/problem.h"
#include "gl/context.h"
#include "gl/target.h"

namespace crease::app {

struct Offscreen::Parts {
  std::unique_ptr<gl::HiddenContext> context;
  std::unique_ptr<gl::Target> target;
};

Offscreen::Offscreen(Size pixels) : parts_(std::make_unique<Parts>()), size_(pixels) {
  auto made = gl::HiddenContext::create();
  if (const auto* why = std::get_if<std::string>(&made)) throw Problem(*why);
  parts_->context = std::move(std::get<0>(made));
  parts_->target =
      std::make_unique<gl::Target>(static_cast<int>(pixels.width), static_cast<int>(pixels.height));
  gui_ = std::make_unique<Gui>(true);
  ImGui_ImplOpenGL3_Init(parts_->context->facts().at_least(4, 1) ? "#version 410" : "#version 330");
}

Offscreen::~Offscreen() {
  ImGui::SetCurrentContext(gui_->context());
  ImGui_ImplOpenGL3_Shutdown();
  gui_.reset();
  parts_->target.reset();
}

void Offscreen::resize(Size pixels) {
  if (pixels == size_) return;
  size_ = pixels;
  parts_->target.reset();
  parts_->target =
      std::make_unique<gl::Target>(static_cast<int>(pixels.width), static_cast<int>(pixels.height));
}

void Offscreen::begin_frame(double seconds) {
  ImGui::SetCurrentContext(gui_->context());
  ImGui_ImplOpenGL3_NewFrame();
  gui_->begin_frame(size_, seconds);
}

void Offscreen::end_frame() {
  gui_->end_frame();
  parts_->target->bind();
  const Colour ground = gui_->ground();
  glClearColor(float(ground.r) / 255, float(ground.g) / 255, float(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Raster Offscreen::picture() const {
  const std::vector<std::uint8_t> bytes = parts_->target->read();
  Raster raster(parts_->target->width(), parts_->target->height());
  for (std::size_t i = 0; i < raster.pixels.size(); ++i)
    raster.pixels[i] = {bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], 255};
  return raster;
}

std::string Offscreen::renderer() const { return parts_->context->facts().renderer; }

}  // namespace crease::app
