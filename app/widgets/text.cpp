/// Words, paragraphs, rules and gaps.
#include <cmath>

#include "widgets/base.h"

namespace crease::app {

namespace {
TextStyle style_of(const WordsLook& look) {
  return {.size = look.size, .face = look.face, .fixed_digits = look.fixed_digits};
}
Colour ink_of(Gui& gui, const WordsLook& look) {
  if (disabled_here()) return gui.theme().ink3;
  return look.colour.value_or(gui.theme().ink);
}
}  // namespace

void words(Gui& gui, std::string_view markup, const WordsLook& look) {
  Typeset line = typeset(markup, style_of(look));
  if (look.width > 0 && line.width > look.width + 0.5)
    line = typeset(plain(shortened(markup, style_of(look), look.width)), style_of(look));
  const float wide = look.width > 0 ? gui.px(look.width) : std::ceil(width_of(gui, line));
  const float high =
      look.height > 0 ? gui.px(look.height) : std::ceil(gui.exact(line.ascent + line.descent));
  const Press place = space({wide, high});
  if (place.seen)
    line_in(gui, *ImGui::GetWindowDrawList(), place.box, line, ink_of(gui, look), look.align);
}

void paragraph(Gui& gui, std::string_view markup, const WordsLook& look, double width,
               double line) {
  if (width <= 0) width = available() / gui.scale();
  const std::vector<Typeset> lines = typeset_lines(markup, style_of(look), width);
  const float pitch = gui.px(look.size * line);
  const Press place = space({gui.px(width), pitch * static_cast<float>(lines.size())});
  if (!place.seen) return;
  ImRect box = place.box;
  box.Max.y = box.Min.y + pitch;
  for (const Typeset& each : lines) {
    line_in(gui, *ImGui::GetWindowDrawList(), box, each, ink_of(gui, look), look.align);
    box.TranslateY(pitch);
  }
}

void rule(Gui& gui, double gap_before, double gap_after) {
  const float before = gui.px(gap_before), thick = gui.px(1);
  const Press place = space({available(), before + thick + gui.px(gap_after)});
  if (!place.seen) return;
  const ImVec2 from = place.box.Min + ImVec2(0, before);
  ImGui::GetWindowDrawList()->AddRectFilled(from, {place.box.Max.x, from.y + thick},
                                            colour(gui.theme().rule));
}

void gap(Gui& gui, double height) {
  const ImVec2 spacing = ImGui::GetStyle().ItemSpacing;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(spacing.x, 0));
  ImGui::Dummy({1, gui.px(height)});
  ImGui::PopStyleVar();
}

}  // namespace crease::app
