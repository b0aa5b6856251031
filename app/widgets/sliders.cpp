/// Sliders: a value dragged along a track, typed, or moved by keys and the wheel.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "widgets/base.h"
#include "widgets/numbers.h"

namespace crease::app {

namespace {

// Where a value lies on its track, and back; 0 to 1.
struct Track {
  double least, most;
  bool logarithmic;

  double share(double value) const {
    if (!(most > least)) return 0;
    value = std::clamp(value, least, most);
    if (logarithmic) return std::log(value / least) / std::log(most / least);
    return (value - least) / (most - least);
  }
  double value(double share) const {
    share = std::clamp(share, 0.0, 1.0);
    if (logarithmic) return least * std::pow(most / least, share);
    return least + share * (most - least);
  }
};

Track track_of(const NumberLook& look) {
  Track track{look.least, look.most, look.logarithmic};
  if (!std::isfinite(track.least)) track.least = 0;
  if (!std::isfinite(track.most)) track.most = track.least + 1;
  if (track.logarithmic && track.least <= 0) track.least = track.most / 10000;
  return track;
}

// Values a hand can mean: whole numbers, hundredths of the range, two digits on a logarithmic
// track.
double neat(double value, const Track& track, const NumberLook& look) {
  if (look.integer) return std::round(value);
  double grain = look.step;
  if (track.logarithmic)
    grain = std::pow(10, std::floor(std::log10(value)) - 1);
  else if (grain <= 0)
    grain = std::pow(10, std::floor(std::log10((track.most - track.least) / 100) + 1e-9));
  // Division by a whole number gives 0.35 where a multiplication would give 0.35000000000000003.
  const double per = std::round(1 / grain);
  value = per >= 1 ? std::round(value * per) / per : std::round(value / grain) * grain;
  return std::clamp(value, track.least, track.most);
}

// One step of the arrow keys or the wheel.
double stepped(double value, int by, const Track& track, const NumberLook& look) {
  if (look.integer && !look.logarithmic)
    return std::clamp(value + by * std::max(1.0, look.step), track.least, track.most);
  if (track.logarithmic) {
    double next = neat(track.value(track.share(value) + by * 0.02), track, look);
    if (next == value) next = value + by * (look.integer ? 1 : value / 100);
    return std::clamp(next, track.least, track.most);
  }
  const double step = look.step > 0 ? look.step : (track.most - track.least) / 100;
  return neat(value + by * step, track, look);
}

bool move_by_keys(const Press& press, double& value, const Track& track, const NumberLook& look) {
  int by = 0;
  if (press.focused) {
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow}) {
      // Owned, so that the focus does not move on.
      ImGui::SetKeyOwner(key, press.id);
      if (ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, press.id))
        by += key == ImGuiKey_LeftArrow ? -1 : 1;
    }
  }
  // The pointer has rested here: a panel that is being scrolled past does not change its sliders.
  if (press.hovered && GImGui->HoveredIdTimer > 0.25F) {
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, press.id);
    const float wheel = ImGui::GetIO().MouseWheel;
    if (wheel != 0) by += wheel > 0 ? 1 : -1;
  }
  if (by == 0) return false;
  if (ImGui::GetIO().KeyShift) by *= 10;
  const double before = value;
  value = stepped(value, by, track, look);
  return value != before;
}

bool drag(Gui& gui, const Press& press, float from, float to, double& value, const Track& track,
          const NumberLook& look) {
  if (!press.held || GImGui->ActiveIdSource != ImGuiInputSource_Mouse) return false;
  const double knob = from + (to - from) * track.share(value);
  const double pointer = ImGui::GetIO().MousePos.x;
  auto& grip = *ImGui::GetStateStorage()->GetFloatRef(press.id, 0);
  if (GImGui->ActiveIdIsJustActivated) {
    // Taken by the knob it stays where it is; taken beside it, it jumps to the pointer.
    grip = std::abs(pointer - knob) <= gui.px(8) ? static_cast<float>(knob - pointer) : 0.0F;
    if (grip != 0) return false;
  } else if (ImGui::GetIO().MouseDelta.x == 0) {
    return false;
  }
  const double before = value;
  value = neat(track.value((pointer + grip - from) / std::max(1.0F, to - from)), track, look);
  return value != before;
}

void draw_track(Gui& gui, const Press& press, float from, float to, float y, double value,
                const Track& track, const NumberLook& look) {
  const Theme& theme = gui.theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto at = [&](double share) { return from + (to - from) * static_cast<float>(share); };
  const float thin = gui.px(2) / 2, thick = gui.px(3) / 2;
  const Colour filled = press.disabled ? theme.frame : theme.accent;
  const Colour rest = theme.frame.faded(0.6);
  list.AddRectFilled({from, y - thin}, {to, y + thin}, colour(rest), thin);
  const auto tick = [&](float x) {
    list.AddRectFilled({std::round(x), y - gui.px(4)}, {std::round(x) + gui.px(1), y + gui.px(4)},
                       colour(theme.frame));
  };
  const float knob = at(track.share(value));
  float begin = from;
  if (look.from_zero) {
    begin = at(track.share(0));
    tick(begin);
  }
  list.AddRectFilled({std::min(begin, knob), y - thick}, {std::max(begin, knob), y + thick},
                     colour(filled), thick);
  if (track.logarithmic) {
    for (int decade = static_cast<int>(std::ceil(std::log10(track.least) - 1e-9));
         decade <= std::log10(track.most) + 1e-9; ++decade)
      tick(std::min(at(track.share(std::pow(10, decade))), to - gui.px(1)));
  }
  const float radius = gui.exact(press.held ? 8 : 6.5);
  list.AddCircleFilled({knob, y}, radius + gui.exact(0.5), colour(theme.picture));
  list.AddCircle({knob, y}, radius - gui.exact(0.5), colour(filled), 0, gui.exact(2));
  if (press.focused && !press.held)
    list.AddCircle({knob, y}, gui.exact(10.5), colour(theme.accent), 0, gui.exact(2));
}

constexpr double overhang = 1;  // of the track beyond the text's edges, so that they look flush

}  // namespace

bool slider_track(Gui& gui, std::string_view name, double& value, const NumberLook& look,
                  double width) {
  const Track track = track_of(look);
  const Press press = press_area(gui, name, {gui.px(width), gui.px(measure::control)});
  const float from = press.box.Min.x + gui.px(7), to = press.box.Max.x - gui.px(7);
  bool changed = drag(gui, press, from, to, value, track, look);
  changed |= move_by_keys(press, value, track, look);
  gui.named(name, {}, number_label(value, look));
  if (press.seen)
    draw_track(gui, press, from, to, std::round(press.box.GetCenter().y), value, track, look);
  return changed;
}

bool slider(Gui& gui, std::string_view name, std::string_view label, double& value,
            const NumberLook& look, double width) {
  const Theme& theme = gui.theme();
  WidgetState& state = state_of(gui);
  const Track track = track_of(look);
  const float wide = width > 0 ? gui.px(width) : available();
  const double row_height = measure::slider_row + (look.logarithmic ? 15 : 0);
  const ImVec2 spacing = ImGui::GetStyle().ItemSpacing;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(spacing.x, 0));
  const Press press =
      press_area(gui, name, {wide, gui.px(row_height)}, ImGuiButtonFlags_PressedOnClickRelease);
  ImGui::PopStyleVar();
  gui.named(name, label, number_label(value, look));
  const ImGuiLastItemData item = GImGui->LastItemData;
  const float from = press.box.Min.x - gui.exact(overhang);
  const float to = press.box.Max.x + gui.exact(overhang);
  const ImRect head{press.box.Min, {press.box.Max.x, press.box.Min.y + gui.px(20)}};
  const float y = std::round(press.box.Min.y + gui.exact(30));

  // Not on the track: the first press of a double click would have moved it.
  const bool on_track = ImGui::GetIO().MouseClickedPos[0].y >= head.Max.y;
  const bool wants_typing =
      !press.disabled && press.seen &&
      ((press.hovered && !on_track && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) ||
       (press.hovered && ImGui::GetIO().KeyCtrl && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ||
       (press.focused && ImGui::IsKeyPressed(ImGuiKey_Enter, false)));
  bool changed = false;
  if (wants_typing) begin_typing(gui, press.id, value, look);
  const bool typing = state.typing == press.id && press.id != 0;
  if (typing) {
    const ImRect field{{head.Max.x - gui.px(86), head.Min.y - gui.px(4)},
                       {head.Max.x, head.Min.y + gui.px(22)}};
    if (press.seen)
      ground(gui, *ImGui::GetWindowDrawList(), field, measure::control_radius, theme.picture,
             theme.accent, measure::focus_width);
    changed |= type_number(gui, name, field, value, look);
  } else {
    if (on_track && !ImGui::GetIO().KeyCtrl)
      changed |= drag(gui, press, from, to, value, track, look);
    changed |= move_by_keys(press, value, track, look);
  }
  show_refusal(gui, press.id, head, look);
  GImGui->LastItemData = item;
  if (!press.seen) return changed;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  line_in(gui, list, head, typeset(label, {.size = measure::label}),
          press.disabled ? theme.ink3 : theme.ink2);
  if (!typing)
    line_in(
        gui, list, head,
        typeset(plain(number_label(value, look)), {.size = measure::text, .fixed_digits = true}),
        press.disabled ? theme.ink3 : theme.ink, Align::right);
  draw_track(gui, press, from, to, y, value, track, look);
  if (look.logarithmic) {
    const ImRect ends{{press.box.Min.x, y + gui.px(5)}, {press.box.Max.x, y + gui.px(22)}};
    const TextStyle style{.size = measure::caption};
    const auto end = [&](double v) {
      NumberLook bare = look;
      bare.zero.clear();
      bare.logarithmic = false;
      bare.step = std::abs(v);  // as many decimals as the end itself has
      return typeset(plain(number_label(v, bare)), style);
    };
    line_in(gui, list, ends, end(track.least), theme.ink3);
    line_in(gui, list, ends, end(track.most), theme.ink3, Align::right);
  }
  return changed;
}

}  // namespace crease::app
