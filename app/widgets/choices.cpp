/// One of several: segments, tabs, combos; and heads of parts that fold.
#include <cmath>

#include "widgets/base.h"

namespace crease::app {

namespace {
std::string part(std::string_view name, std::string_view label) {
  return std::string(name) + "." + std::string(label);
}
}  // namespace

bool segments(Gui& gui, std::string_view name, const std::vector<std::string>& labels,
              int& chosen) {
  const Theme& theme = gui.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float high = gui.px(28), side = gui.px(9), rim = gui.px(2);
  std::vector<Typeset> lines;
  std::vector<float> widths;
  float all = 2 * rim;
  for (const std::string& label : labels) {
    lines.push_back(typeset(label, {.size = measure::text, .face = Face::semibold}));
    widths.push_back(std::ceil(width_of(gui, lines.back())) + 2 * side);
    all += widths.back();
  }
  const Press whole = space({all, high});
  gui.named(name, {}, labels.at(static_cast<std::size_t>(chosen)));
  const ImGuiLastItemData item = GImGui->LastItemData;
  if (whole.seen) ground(gui, list, whole.box, measure::control_radius, theme.hover);
  bool changed = false;
  float x = whole.box.Min.x + rim;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const ImRect box{{x, whole.box.Min.y + rim}, {x + widths[i], whole.box.Max.y - rim}};
    x += widths[i];
    const std::string own = part(name, labels[i]);
    const Press press = press_at(gui, own, box);
    const bool here = static_cast<int>(i) == chosen;
    if (press.pressed && !here) {
      chosen = static_cast<int>(i);
      changed = true;
    }
    gui.named(own, labels[i], here ? "on" : "off");
    if (!press.seen) continue;
    if (here)
      ground(gui, list, box, 5, theme.picture, theme.rule);
    else if (press.hovered)
      ground(gui, list, box, 5, theme.press);
    const Typeset line = here ? lines[i] : typeset(labels[i], {.size = measure::text});
    line_in(gui, list, box, line,
            press.disabled ? theme.ink3
            : here         ? theme.ink
                           : theme.ink2,
            Align::centre);
    if (press.focused) focus_ring(gui, box, 5);
  }
  GImGui->LastItemData = item;
  return changed;
}

bool tabs(Gui& gui, std::string_view name, const std::vector<std::string>& labels, int& chosen) {
  const Theme& theme = gui.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float high = gui.px(32), side = gui.px(8), apart = gui.px(8);
  const Press whole = space({available(), high});
  const ImGuiLastItemData item = GImGui->LastItemData;
  if (whole.seen)
    list.AddRectFilled({whole.box.Min.x, whole.box.Max.y - gui.px(1)}, whole.box.Max,
                       colour(theme.rule));
  bool changed = false;
  float x = whole.box.Min.x - side;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Typeset bold = typeset(labels[i], {.size = measure::text, .face = Face::semibold});
    const float wide = std::ceil(width_of(gui, bold)) + 2 * side;
    const ImRect box{{x, whole.box.Min.y}, {x + wide, whole.box.Max.y - gui.px(4)}};
    x += wide + apart;
    const std::string own = part(name, labels[i]);
    const Press press = press_at(gui, own, box);
    const bool here = static_cast<int>(i) == chosen;
    if (press.pressed && !here) {
      chosen = static_cast<int>(i);
      changed = true;
    }
    gui.named(own, labels[i], here ? "on" : "off");
    if (!press.seen) continue;
    if (!here && press.hovered)
      ground(gui, list, box, measure::control_radius, {0, 0, 0, 0}, theme.rule);
    line_in(gui, list, box, here ? bold : typeset(labels[i], {.size = measure::text}),
            here || press.hovered ? theme.ink : theme.ink2, Align::centre);
    if (here)
      list.AddRectFilled({box.Min.x + side, whole.box.Max.y - gui.px(2)},
                         {box.Max.x - side, whole.box.Max.y}, colour(theme.accent));
    if (press.focused) focus_ring(gui, box, measure::control_radius);
  }
  GImGui->LastItemData = item;
  return changed;
}

bool combo(Gui& gui, std::string_view name, std::string_view label,
           const std::vector<std::string>& labels, int& chosen, const FieldLook& look) {
  const Theme& theme = gui.theme();
  const TextStyle style{.size = look.small ? measure::label : measure::text};
  const float side = gui.px(10), arrow = gui.px(12),
              high = gui.px(look.small ? measure::small_control : measure::control);
  // A remark in brackets tells choices apart in the list; the closed field may do without.
  const auto without_remark = [](const std::string& text) {
    return text.substr(0, text.find(" ("));
  };
  // Beside its label where every choice has room there, else below it: no choice moves the others.
  // Measured once for these choices at this scale: setting them in type costs more than drawing.
  std::size_t lengths = labels.size();
  for (const std::string& each : labels) lengths = 31 * lengths + each.size();
  const std::string key = part(name, std::to_string(lengths) + "@" + std::to_string(gui.scale()));
  float& widest = *ImGui::GetStateStorage()->GetFloatRef(ImGui::GetID(key.c_str()), -1);
  if (widest < 0)
    for (const std::string& each : labels)
      widest = std::max(widest, width_of(gui, typeset(plain(without_remark(each)), style)));
  const float beside = look.width > 0 ? gui.px(look.width) : available() - gui.px(look.label_width);
  const bool is_below = !label.empty() && look.width == 0 && widest + 2 * side + arrow > beside;
  if (is_below)
    words(gui, label, {.size = measure::label, .colour = gui.theme().ink2, .height = 22});
  const float wide = field_place(gui, is_below ? "" : label, look);
  const Press press = press_area(gui, name, {wide, high}, ImGuiButtonFlags_PressedOnClick);
  const bool known = chosen >= 0 && chosen < static_cast<int>(labels.size());
  const std::string now = known ? labels[static_cast<std::size_t>(chosen)] : "";
  gui.named(name, label, now);
  const ImGuiLastItemData item = GImGui->LastItemData;
  if (press.pressed) open_menu(gui, name);

  bool changed = false;
  const bool open = begin_menu(gui, name, wide / gui.scale());
  if (open) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const bool here = static_cast<int>(i) == chosen;
      if (menu_entry(gui, part(name, labels[i]), labels[i],
                     {.checked = here, .tick_first = true}) &&
          !here) {
        chosen = static_cast<int>(i);
        changed = true;
      }
    }
    end_menu(gui);
  }
  GImGui->LastItemData = item;
  if (!press.seen) return changed;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float warm = ease(gui, press.id, press.hovered);
  const Colour ink = press.disabled ? theme.ink3 : theme.ink;
  ground(gui, list, press.box, measure::control_radius, mix(theme.picture, theme.hover, warm),
         open ? theme.accent : theme.frame, open ? measure::focus_width : 1);
  const double room = (wide - 2 * side - arrow) / gui.scale();
  const bool fits = width_of(gui, typeset(plain(now), style)) <= room * gui.scale();
  line_in(gui, list, {press.box.Min + ImVec2(side, 0), press.box.Max},
          typeset(plain(shortened(fits ? now : without_remark(now), style, room)), style), ink);
  draw_icon(gui, list, Icon::chevron_down,
            {press.box.Max.x - side - arrow / 2, press.box.GetCenter().y},
            press.disabled ? theme.ink3 : theme.ink2, 12);
  if (press.focused && !open) focus_ring(gui, press.box, measure::control_radius);
  return changed;
}

bool section(Gui& gui, std::string_view name, std::string_view label, bool& open,
             std::string_view fact) {
  const Theme& theme = gui.theme();
  const Press press = press_area(gui, name, {available(), gui.px(30)});
  if (press.pressed) open = !open;
  gui.named(name, label, open ? "open" : "folded");
  if (!press.seen) return open;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(gui, list, open ? Icon::chevron_down : Icon::chevron_right,
            {press.box.Min.x + gui.px(5), press.box.GetCenter().y},
            press.hovered ? theme.ink : theme.ink2, 12);
  line_in(gui, list, {press.box.Min + ImVec2(gui.px(16), 0), press.box.Max},
          typeset(label, {.size = measure::text, .face = Face::semibold}), theme.ink);
  if (!fact.empty())
    line_in(gui, list, press.box, typeset(fact, {.size = measure::label}), theme.ink2,
            Align::right);
  if (press.focused) focus_ring(gui, press.box, measure::control_radius);
  return open;
}

}  // namespace crease::app
