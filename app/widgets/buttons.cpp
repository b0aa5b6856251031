/// Buttons, check boxes, toggles.
#include <cmath>

#include "widgets/base.h"

namespace crease::app {

namespace {

struct Face2 {
  Colour fill, ink, frame;
};

Face2 face_of(Gui& gui, const Press& press, bool primary) {
  const Theme& theme = gui.theme();
  const Colour none{0, 0, 0, 0};
  if (primary) {
    if (press.disabled) return {theme.press, theme.ink3, none};
    const float warm = ease(gui, press.id, press.hovered || press.held);
    return {mix(theme.accent, theme.accent_hover, press.held ? 1.0 : warm), theme.on_accent, none};
  }
  if (press.disabled) return {theme.picture, theme.ink3, theme.frame};
  const float warm = ease(gui, press.id, press.hovered);
  return {press.held ? theme.press : mix(theme.picture, theme.hover, warm), theme.ink, theme.frame};
}

}  // namespace

bool button(Gui& gui, std::string_view name, std::string_view label, const ButtonLook& look) {
  const double size = look.small ? measure::label : measure::text;
  const bool bold = look.plain || look.primary;
  const Typeset line = typeset(look.icon_only ? std::string_view{} : label,
                               {.size = size, .face = bold ? Face::semibold : Face::regular});
  const float high = gui.px(look.small ? measure::small_control : measure::control);
  const float side = gui.px(look.plain ? 4 : look.small ? 10 : 12);
  const float icon = look.icon == Icon::none ? 0 : gui.px(look.icon_only ? 16 : 16 + 8);
  const float trailing = look.trailing == Icon::none ? 0 : gui.px(16 + 8);
  const float own = std::ceil(width_of(gui, line)) + icon + trailing + 2 * side;
  const float wide = look.width > 0 ? gui.px(look.width) : own;
  const Press press = press_area(gui, name, {wide, high});
  gui.named(name, label);
  if (!press.seen) return false;

  ImDrawList& list = *ImGui::GetWindowDrawList();
  Face2 face = face_of(gui, press, look.primary);
  if (look.plain) {
    face = {press.held      ? gui.theme().press
            : press.hovered ? gui.theme().hover
                            : Colour{0, 0, 0, 0},
            press.disabled ? gui.theme().ink3 : gui.theme().accent,
            {0, 0, 0, 0}};
  }
  ground(gui, list, press.box, measure::control_radius, face.fill, face.frame);
  float x = std::round((press.box.Min.x + press.box.Max.x - (own - 2 * side)) / 2);
  const float middle = (press.box.Min.y + press.box.Max.y) / 2;
  if (icon > 0) {
    draw_icon(gui, list, look.icon, {x + gui.exact(8), middle}, face.ink);
    x += icon;
  }
  line_in(gui, list, {{x, press.box.Min.y}, press.box.Max}, line, face.ink);
  if (trailing > 0)
    draw_icon(gui, list, look.trailing, {press.box.Max.x - side - gui.exact(8), middle}, face.ink);
  if (press.focused) focus_ring(gui, press.box, measure::control_radius);
  return press.pressed;
}

bool icon_button(Gui& gui, std::string_view name, Icon icon, std::string_view label,
                 const IconLook& look, std::string_view keys) {
  const float side = gui.px(look.size);
  const Press press = press_area(gui, name, {side, side});
  gui.named(name, label, look.on ? "on" : "");
  if (press.seen) {
    const Theme& theme = gui.theme();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float warm = ease(gui, press.id, press.hovered);
    Colour fill = press.held ? theme.press : theme.hover.faded(warm);
    Colour ink = press.disabled ? theme.ink3.faded(0.6)
                                : mix(look.quiet ? theme.ink3 : theme.ink, theme.ink, warm);
    if (look.on) {
      fill = theme.accent_soft;
      ink = theme.accent;
    }
    const ImVec2 middle = press.box.GetCenter();
    double radius = measure::control_radius;
    if (look.round) {
      radius = look.size / 2;
      const bool hot = press.hovered || press.held;
      ink = press.disabled ? theme.ink3 : hot ? theme.on_accent : theme.ink2;
      const float r = gui.exact(9);
      list.AddCircleFilled(middle, r, colour(hot ? theme.accent : theme.picture));
      if (!hot) list.AddCircle(middle, r - gui.px(1) / 2, colour(theme.frame), 0, gui.px(1));
    } else {
      ground(gui, list, press.box, radius, fill);
    }
    draw_icon(gui, list, icon, {middle.x, middle.y}, ink, look.round ? 12 : 16);
    if (press.focused) focus_ring(gui, press.box, radius);
  }
  if (!label.empty()) tip(gui, label, keys);
  return press.pressed;
}

bool check_box(Gui& gui, std::string_view name, std::string_view label, bool& on) {
  const Typeset line = typeset(label, {.size = measure::text});
  const float side = gui.px(measure::check_box), high = gui.px(24);
  const float wide = side + (label.empty() ? 0 : gui.px(8) + std::ceil(width_of(gui, line)));
  const Press press = press_area(gui, name, {wide, high});
  if (press.pressed) on = !on;
  gui.named(name, label, on ? "on" : "off");
  if (!press.seen) return press.pressed;

  const Theme& theme = gui.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = std::round((press.box.Min.y + press.box.Max.y - side) / 2);
  const ImRect box{{press.box.Min.x, top}, {press.box.Min.x + side, top + side}};
  if (on) {
    ground(gui, list, box, measure::check_radius,
           press.disabled  ? theme.ink3
           : press.hovered ? theme.accent_hover
                           : theme.accent);
    draw_icon(gui, list, Icon::check, {box.GetCenter().x, box.GetCenter().y}, theme.on_accent, 14,
              2);
  } else {
    ground(gui, list, box, measure::check_radius,
           press.disabled  ? theme.press
           : press.hovered ? theme.hover
                           : theme.picture,
           theme.frame);
  }
  if (!label.empty())
    line_in(gui, list, {{box.Max.x + gui.px(8), press.box.Min.y}, press.box.Max}, line,
            press.disabled ? theme.ink3 : theme.ink);
  if (press.focused) focus_ring(gui, box, measure::check_radius);
  return press.pressed;
}

bool toggle(Gui& gui, std::string_view name, std::string_view label, bool& on) {
  const Typeset line = typeset(label, {.size = measure::text});
  const float wide = gui.px(measure::toggle_width), high = gui.px(measure::toggle_height);
  const float all = wide + (label.empty() ? 0 : gui.px(8) + std::ceil(width_of(gui, line)));
  const Press press = press_area(gui, name, {all, gui.px(24)});
  if (press.pressed) on = !on;
  gui.named(name, label, on ? "on" : "off");
  if (!press.seen) return press.pressed;

  const Theme& theme = gui.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = std::round((press.box.Min.y + press.box.Max.y - high) / 2);
  const ImRect box{{press.box.Min.x, top}, {press.box.Min.x + wide, top + high}};
  constexpr double round = measure::toggle_height / 2;
  Colour knob = on ? theme.on_accent : theme.ink2;
  if (press.disabled) {
    ground(gui, list, box, round, theme.press, theme.frame);
    knob = theme.frame;
  } else if (on) {
    ground(gui, list, box, round, press.hovered ? theme.accent_hover : theme.accent);
  } else {
    ground(gui, list, box, round, press.hovered ? theme.hover : theme.picture, theme.frame);
  }
  const float share = ease(gui, press.id, on);
  const float radius = gui.exact(on ? 7 : 6);
  const float travel = wide - high;
  list.AddCircleFilled({box.Min.x + high / 2 + travel * share, box.GetCenter().y}, radius,
                       colour(knob));
  if (!label.empty())
    line_in(gui, list, {{box.Max.x + gui.px(8), press.box.Min.y}, press.box.Max}, line,
            press.disabled ? theme.ink3 : theme.ink);
  if (press.focused) focus_ring(gui, box, round);
  return press.pressed;
}

}  // namespace crease::app
