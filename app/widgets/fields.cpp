/// Fields for numbers and words.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "widgets/base.h"
#include "widgets/numbers.h"

namespace crease::app {

namespace {

// The shortest form: a setting is what was chosen, not a measurement.
int least_decimals(double value, const NumberLook& look) {
  if (look.integer) return 0;
  if (look.logarithmic)  // two significant digits
    return value == 0 ? 0 : 1 - static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
  double grain = look.step > 0 ? look.step : (look.most - look.least) / 100;
  grain *= look.times;
  if (!std::isfinite(grain) || grain <= 0) return 0;
  return std::max(0, -static_cast<int>(std::floor(std::log10(grain) + 1e-9)));
}

std::string setting_text(double value, const NumberLook& look) {
  if (!std::isfinite(value) || look.integer || (value == 0 && look.logarithmic))
    return number_text(value);
  if (value == std::round(value) && least_decimals(value, look) <= 0) return number_text(value);
  std::string text = fmt::format("{:.{}g}", std::abs(value), look.significant);
  if (text.find('e') != std::string::npos) {
    constexpr double too_long = 1e-5;  // to be read, and for a field: "1e-8" can be typed, too
    if (const std::size_t zero = text.find("e-0"); std::abs(value) < too_long) {
      if (zero != std::string::npos) text.erase(zero + 2, 1);
      return (value < 0 ? "−" : "") + text;
    }
    text = fmt::format("{:.12f}", std::abs(value));
    text.erase(text.find_last_not_of('0') + 1);
  }
  // As many decimals as its neighbours on the track have, so that a number does not jitter.
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t decimals = text.size() - point - (point < text.size() ? 1 : 0);
  const int wanted = least_decimals(value, look);
  if (static_cast<int>(decimals) < wanted) text = fmt::format("{:.{}f}", std::abs(value), wanted);
  return (value < 0 ? "−" : "") + text;
}

}  // namespace

std::string number_label(double value, const NumberLook& look) {
  if (value == 0 && !look.zero.empty()) return look.zero;
  std::string text = setting_text(value * look.times, look);
  if (!look.unit.empty()) text += " " + look.unit;
  return text;
}

std::string read_number(const std::string& typed, const NumberLook& look, double& value) {
  // A comma is a decimal point, a true minus is a minus; spaces between thousands are allowed.
  std::string text;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const std::string_view rest = std::string_view(typed).substr(i);
    if (rest.starts_with("−")) {
      text += '-';
      i += 2;
    } else if (rest.starts_with("\u2009") || rest.starts_with("\u202F")) {
      i += 2;
    } else if (rest.starts_with(" ")) {
      continue;
    } else {
      text += rest[0] == ',' ? '.' : rest[0];
    }
  }
  if (!look.unit.empty() && text.ends_with(look.unit)) text.resize(text.size() - look.unit.size());
  if (!look.zero.empty() && typed == look.zero) text = "0";
  if (!look.endless.empty() && typed == look.endless) {
    value = std::numeric_limits<double>::infinity();
    return "";
  }
  double number = 0;
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return look.endless.empty() ? "must be a number"
                                : fmt::format("must be a number or \"{}\"", look.endless);
  number /= look.times;
  if (look.integer && number != std::round(number)) return "must be a whole number";
  NumberLook bound = look;
  bound.zero.clear();
  const double least = look.typed_least.value_or(look.least);
  const double most = look.typed_most.value_or(look.most);
  if (number < least || (look.above_least && number == least))
    return fmt::format("must be {} {}", look.above_least ? "above" : "at least",
                       number_label(least, bound));
  if (number > most || (look.below_most && number == most))
    return fmt::format("must be {} {}", look.below_most ? "below" : "at most",
                       number_label(most, bound));
  value = number;
  return "";
}

void begin_typing(Gui& gui, ImGuiID id, double value, const NumberLook& look) {
  WidgetState& state = state_of(gui);
  state.typing = id;
  state.typed = fmt::format("{:.12g}", value * look.times);
  state.typing_begins = true;
  gui.wake();
}

bool type_number(Gui& gui, std::string_view name, const ImRect& box, double& value,
                 const NumberLook& look) {
  WidgetState& state = state_of(gui);
  const bool begins = state.typing_begins;
  state.typing_begins = false;
  type_in(gui, name, box, state.typed, begins, true);
  if (begins || ImGui::IsItemActive()) return false;
  if (!ImGui::IsItemDeactivated()) {
    // The first frame after the focus was asked for; or the focus never came.
    if (GImGui->NavMoveSubmitted || GImGui->NavActivateId != 0) return false;
  }
  const ImGuiID id = std::exchange(state.typing, 0);
  gui.wake();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return false;
  double number = value;
  if (const std::string wrong = read_number(state.typed, look, number); !wrong.empty()) {
    constexpr double seconds = 4;
    state.refused = id;
    state.refusal = "\u201c" + state.typed + "\u201d is not taken: it " + wrong;
    state.refused_until = ImGui::GetTime() + seconds;
  } else if (state.refused == id) {
    state.refused = 0;
  }
  if (number == value) return false;
  value = number;
  return true;
}

void show_refusal(Gui& gui, ImGuiID id, const ImRect& box, const NumberLook& look) {
  WidgetState& state = state_of(gui);
  Tip tip;
  double unused = 0;
  if (id == 0) return;
  if (state.typing == id) {
    const std::string wrong = read_number(state.typed, look, unused);
    if (!wrong.empty()) tip.title = "It " + wrong + ".";
  } else if (const double left = state.refused_until - ImGui::GetTime();
             state.refused == id && left > 0) {
    tip.title = plain(state.refusal) + ".";
    gui.wake_in(left);
  }
  if (tip.title.empty()) return;
  state.refusal_frame = ImGui::GetFrameCount();
  show_tip(gui, tip, rect(box.Min, box.Max));
}

bool number_field(Gui& gui, std::string_view name, std::string_view label, double& value,
                  const NumberLook& look, const FieldLook& field) {
  const Theme& theme = gui.theme();
  WidgetState& state = state_of(gui);
  const float wide = field_place(gui, label, field);
  const float high = gui.px(field.small ? measure::small_control : measure::control);
  const Press press = press_area(gui, name, {wide, high}, ImGuiButtonFlags_PressedOnClick);
  gui.named(name, label, number_label(value, look));
  if (press.pressed) begin_typing(gui, press.id, value, look);
  const bool typing = press.id != 0 && state.typing == press.id;
  double unused = value;
  const std::string wrong = typing ? read_number(state.typed, look, unused) : "";
  const ImGuiLastItemData item = GImGui->LastItemData;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (press.seen) {
    const float warm = ease(gui, press.id, press.hovered && !typing);
    const Colour frame = !wrong.empty() ? theme.error : typing ? theme.accent : theme.frame;
    ground(gui, list, press.box, measure::control_radius,
           mix(theme.picture, theme.hover, press.disabled ? 0 : warm), frame,
           typing ? measure::focus_width : 1);
  }
  bool changed = false;
  if (typing) {
    changed = type_number(gui, name, press.box, value, look);
  } else if (press.seen) {
    const double size = field.small ? measure::label : measure::text;
    ImRect inner = press.box;
    inner.Max.x -= gui.px(10);
    NumberLook bare = look;
    bare.unit.clear();
    if (!look.unit.empty()) {
      const Typeset unit = typeset(plain(look.unit), {.size = measure::label});
      line_in(gui, list, inner, unit, theme.ink3, Align::right);
      inner.Max.x -= std::ceil(width_of(gui, unit)) + gui.px(6);
    }
    line_in(gui, list, inner,
            typeset(plain(number_label(value, bare)), {.size = size, .fixed_digits = true}),
            press.disabled ? theme.ink3 : theme.ink, Align::right);
    if (press.focused) focus_ring(gui, press.box, measure::control_radius);
  }
  show_refusal(gui, press.id, press.box, look);
  GImGui->LastItemData = item;
  return changed;
}

bool text_field(Gui& gui, std::string_view name, std::string& written, std::string_view hint,
                const FieldLook& look, Icon icon) {
  const Theme& theme = gui.theme();
  const float wide = field_place(gui, {}, look);
  const float high = gui.px(look.small ? measure::small_control : measure::control);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const ImRect box{from, from + ImVec2(wide, high)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  ImRect inner = box;
  if (icon != Icon::none) inner.Min.x += gui.px(26);
  const bool changed = type_in(gui, name, inner, written, false, false, hint);
  const bool active = ImGui::IsItemActive();
  const bool focused = GImGui->NavCursorVisible && GImGui->NavId == ImGui::GetItemID();
  list.ChannelsSetCurrent(0);
  ground(gui, list, box, measure::control_radius, theme.picture,
         active ? theme.accent : theme.frame, active ? measure::focus_width : 1);
  if (icon != Icon::none)
    draw_icon(gui, list, icon, {box.Min.x + gui.px(18), box.GetCenter().y}, theme.ink2);
  list.ChannelsMerge();
  if (focused && !active) focus_ring(gui, box, measure::control_radius);
  gui.named(name, hint, written);
  const ImGuiLastItemData item = GImGui->LastItemData;
  ImGui::ItemSize(ImVec2(wide, high));
  GImGui->LastItemData = item;
  return changed;
}

}  // namespace crease::app
