#include "region.h"

#include <cmath>

namespace crease::app {

Region::Region(Gui& gui, const char* name, Rect at, const RegionLook& look) {
  const Rect pixels = in_pixels(gui, at);
  ImGui::SetNextWindowPos(place({pixels.x, pixels.y}));
  ImGui::SetNextWindowSize({static_cast<float>(pixels.width), static_cast<float>(pixels.height)});
  const bool is_cleared = !look.overlay && look.ground == gui.ground();
  ImGui::PushStyleColor(ImGuiCol_WindowBg, is_cleared ? 0 : colour(look.ground));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {gui.px(look.margin_x), gui.px(look.margin_y)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1.0F, 1.0F});
  // What appears beside the work does not take the keys from a field that is being typed in.
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                           ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing;
  if (!look.overlay) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
  if (look.scrolls) flags &= ~ImGuiWindowFlags_NoScrollbar;
  if (!look.scrolls) flags |= ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::Begin(name, nullptr, flags);
  ImGui::PopStyleVar(4);
  ImGui::PopStyleColor();
}

Region::~Region() { ImGui::End(); }

Rect in_pixels(const Gui& gui, Rect at) {
  const double x = gui.exact(at.x), y = gui.exact(at.y);
  // Both edges on whole pixels, so that neighbours meet.
  const auto whole = [](double v) { return std::floor(v + 0.5); };
  return {whole(x), whole(y), whole(gui.exact(at.right())) - whole(x),
          whole(gui.exact(at.bottom())) - whole(y)};
}

void put_cursor(const Gui& gui, double x, double y) {
  ImGui::SetCursorScreenPos({gui.exact(x), gui.exact(y)});
}

}  // namespace crease::app
