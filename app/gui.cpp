#include "gui.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "fonts.h"
#include "pictures.h"
#include "preferences.h"
#include "stamp_pictures.h"
#include "style.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

// What a renderer does with the textures it is given, without one.
void acknowledge_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_Destroyed) {
      texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
}

// A clipboard of the context's own; a window puts the system's in its place.
std::string& clipboard(ImGuiContext* context) {
  return *static_cast<std::string*>(context->PlatformIO.Platform_ClipboardUserData);
}

}  // namespace

ImU32 colour(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }

Gui::Gui(bool renderer) : theme_(&light_theme()), renderer_(renderer) {
  IMGUI_CHECKVERSION();
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigInputTextCursorBlink = false;  // a window that is idle draws nothing
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ConfigNavCaptureKeyboard = false;
  io.DeltaTime = 1.0F / 60;
  if (!renderer_) {
    io.BackendRendererName = "none";
    io.BackendFlags |=
        ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_ClipboardUserData = &clipboard_;
    platform.Platform_GetClipboardTextFn = [](ImGuiContext* c) { return clipboard(c).c_str(); };
    platform.Platform_SetClipboardTextFn = [](ImGuiContext* c, const char* text) {
      clipboard(c) = text;
    };
  }
  for (const Face face : {Face::regular, Face::semibold, Face::italic, Face::mathematics})
    fonts_[static_cast<int>(face)] = add_font(face);
  io.FontDefault = font(Face::regular);
  pictures_ = std::make_unique<Pictures>();
  stamps_ = std::make_unique<StampPictures>();
  widgets_ = std::make_unique<WidgetState>();
  restyle();
}

Gui::~Gui() {
  ImGui::SetCurrentContext(context_);
  if (!renderer_) {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
  pictures_.reset();
  ImGui::DestroyContext(context_);
}

void Gui::restyle() {
  ImGui::SetCurrentContext(context_);
  set_style(*theme_, scale());
  wake();
}

void Gui::set_theme(bool dark) {
  if (theme_->dark == dark) return;
  theme_ = dark ? &dark_theme() : &light_theme();
  restyle();
}

void Gui::set_display_scale(double scale) {
  scale = std::clamp(scale, 0.5, 8.0);
  if (scale == display_scale_) return;
  display_scale_ = scale;
  restyle();
}

void Gui::set_text_scale(double scale) {
  scale = std::clamp(scale, Preferences::least_scale, Preferences::most_scale);
  if (scale == text_scale_) return;
  text_scale_ = scale;
  restyle();
}

float Gui::px(double length) const {
  const double pixels = std::round(length * scale());
  return static_cast<float>(length > 0 ? std::max(1.0, pixels) : pixels);
}

void Gui::wake_in(double seconds) {
  seconds = std::max(0.0, seconds);
  wanted_in_ = wanted_in_ < 0 ? seconds : std::min(wanted_in_, seconds);
}

void Gui::begin_frame(Size pixels, double seconds) {
  ImGui::SetCurrentContext(context_);
  size_ = pixels;
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(pixels.width), static_cast<float>(pixels.height)};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = static_cast<float>(std::clamp(seconds, 1e-4, 1.0));
  // Dear ImGui spreads what has come in over several frames, so three follow the last event.
  const auto& events = context_->InputEventsQueue;
  frames_left_ = !events.empty() ? 3 : std::max(0, frames_left_ - 1);
  acted_ = std::any_of(events.begin(), events.end(), [](const ImGuiInputEvent& event) {
    return event.Type != ImGuiInputEventType_MousePos && event.Type != ImGuiInputEventType_Focus;
  });
  wanted_in_ = -1;
  ImGui::NewFrame();
  push_text(Face::regular, measure::text);
}

void Gui::end_frame() {
  pop_text();
  ImGui::Render();
  if (!renderer_) acknowledge_textures();
  items_.next_frame();
  pictures_->next_frame();
}

void Gui::push_text(Face face, double size) {
  ImGui::PushFont(font(face), font_size(face, size * scale()));
}

void Gui::pop_text() { ImGui::PopFont(); }

void Gui::named(std::string_view name, std::string_view label, std::string_view value) {
  const bool enabled = (ImGui::GetItemFlags() & ImGuiItemFlags_Disabled) == 0;
  named_at(rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()), name, label, value, enabled);
}

void Gui::named_at(Rect pixels, std::string_view name, std::string_view label,
                   std::string_view value, bool enabled) {
  if (name.empty()) return;
  // A window that has just opened is laid out unseen until it knows its size and place.
  if (ImGui::GetCurrentWindowRead()->Hidden) return;
  const ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = list->GetClipRectMin();
  const ImVec2 high = list->GetClipRectMax();
  const double x0 = std::max<double>(pixels.x, low.x);
  const double y0 = std::max<double>(pixels.y, low.y);
  const double x1 = std::min<double>(pixels.right(), high.x);
  const double y1 = std::min<double>(pixels.bottom(), high.y);
  const bool seen = x1 > x0 && y1 > y0;
  items_.add({std::string(name), std::string(label), pixels,
              seen ? Rect{x0, y0, x1 - x0, y1 - y0} : Rect{}, enabled, std::string(value)});
}

}  // namespace crease::app
