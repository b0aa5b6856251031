#include "panels/dialog.h"

#include <algorithm>

#include "style.h"
#include "widgets/base.h"

namespace crease::app {

Dialog::Dialog(Gui& gui, const char* name, const char* title, double width, bool& open)
    : gui_(gui) {
  if (!open) return;
  if (!ImGui::IsPopupOpen(name)) ImGui::OpenPopup(name);
  const Size size = gui.size();
  const double shown_width = std::min(width, size.width - 32);
  ImGui::SetNextWindowPos({gui.exact(size.width / 2), gui.exact(size.height / 2)}, ImGuiCond_Always,
                          {0.5F, 0.5F});
  ImGui::SetNextWindowSizeConstraints({gui.px(shown_width), 0},
                                      {gui.px(shown_width), gui.px(size.height - 32)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {gui.px(24), gui.px(20)});
  ImGui::PushStyleColor(ImGuiCol_PopupBg, 0);
  shown_ = ImGui::BeginPopupModal(name, nullptr,
                                  ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (!shown_) return;
  window_ground(gui);
  words(gui, title, {.size = 20, .face = Face::semibold, .height = 28});
  gui.named(name, title);
  gap(gui, 8);
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::GetIO().WantTextInput) {
    open = false;
    ImGui::CloseCurrentPopup();
  }
}

Dialog::~Dialog() {
  if (!shown_) return;
  scroll_hint(gui_);
  ImGui::EndPopup();
}

}  // namespace crease::app
