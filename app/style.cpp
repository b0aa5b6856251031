#include "style.h"

#include <imgui.h>

#include "gui.h"

namespace crease::app {

namespace {
ImVec4 vector(Colour c) { return ImGui::ColorConvertU32ToFloat4(colour(c)); }
}  // namespace

void set_style(const Theme& theme, double scale) {
  ImGuiStyle style;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = style.ChildBorderSize = 0;
  style.PopupBorderSize = style.FrameBorderSize = 1;
  style.WindowMinSize = {1, 1};
  style.FramePadding = {10, 6};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.FrameRounding = measure::control_radius;
  style.PopupRounding = measure::notice_radius;
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 5;
  style.GrabRounding = 5;
  style.HoverDelayNormal = style.HoverDelayShort = 0.35F;
  style.HoverStationaryDelay = 0;
  style.DisabledAlpha = 1;  // the widgets know how they look when they are switched off
  style.ScaleAllSizes(static_cast<float>(scale));

  const Colour none{0, 0, 0, 0};
  for (ImVec4& each : style.Colors) each = vector(none);
  const auto set = [&style](ImGuiCol which, Colour c) { style.Colors[which] = vector(c); };
  set(ImGuiCol_Text, theme.ink);
  set(ImGuiCol_TextDisabled, theme.ink3);
  set(ImGuiCol_WindowBg, theme.chrome);
  set(ImGuiCol_PopupBg, theme.picture);
  set(ImGuiCol_Border, theme.frame);
  set(ImGuiCol_FrameBg, theme.picture);
  set(ImGuiCol_ScrollbarGrab, theme.frame.faded(0.4));
  set(ImGuiCol_ScrollbarGrabHovered, theme.frame.faded(0.7));
  set(ImGuiCol_ScrollbarGrabActive, theme.frame);
  set(ImGuiCol_TextSelectedBg, theme.accent.faded(0.3));
  set(ImGuiCol_InputTextCursor, theme.accent);
  set(ImGuiCol_Separator, theme.rule);
  set(ImGuiCol_ModalWindowDimBg, Colour{0, 0, 0, 255}.faded(theme.dark ? 0.5 : 0.22));
  set(ImGuiCol_DragDropTarget, theme.accent);
  ImGui::GetStyle() = style;
}

}  // namespace crease::app
