/// Notices, chips, progress, keys, toasts.
#include <cmath>

#include "widgets/base.h"

namespace crease::app {

int notice(Gui& gui, Severity severity, std::string_view title, std::string_view text,
           const std::vector<MessageButton>& actions, double width) {
  const Theme& theme = gui.theme();
  const bool bad = severity == Severity::error;
  if (width <= 0) width = available() / gui.scale();
  const double inner = width - 40 - 16;
  const TextStyle title_style{.size = measure::text, .face = Face::semibold};
  const auto head =
      title.empty() ? std::vector<Typeset>{} : typeset_lines(title, title_style, inner);
  const auto body =
      text.empty() ? std::vector<Typeset>{} : typeset_lines(text, {.size = measure::label}, inner);
  const float pitch = gui.px(19);
  const float pad = gui.px(11);
  float high = 2 * pad + pitch * static_cast<float>(head.size() + body.size());
  if (!actions.empty()) high += gui.px(8 + measure::small_control + 2);

  const ImVec2 from = ImGui::GetCursorScreenPos();
  const Press place = space({gui.px(width), high});
  const ImGuiLastItemData item = GImGui->LastItemData;
  if (place.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Colour mark = bad ? theme.error : theme.warn;
    list.AddRectFilled(place.box.Min, place.box.Max,
                       colour(bad ? theme.error_ground : theme.warn_ground),
                       gui.exact(measure::notice_radius), ImDrawFlags_RoundCornersRight);
    list.AddRectFilled(place.box.Min, {place.box.Min.x + gui.px(4), place.box.Max.y}, colour(mark),
                       gui.exact(2));
    ImRect row{{place.box.Min.x + gui.px(42), place.box.Min.y + pad},
               {place.box.Max.x, place.box.Min.y + pad + pitch}};
    draw_icon(gui, list, Icon::warning, {place.box.Min.x + gui.px(24), row.GetCenter().y}, mark);
    for (const Typeset& line : head) {
      line_in(gui, list, row, line, theme.ink);
      row.TranslateY(pitch);
    }
    for (const Typeset& line : body) {
      line_in(gui, list, row, line, theme.ink);
      row.TranslateY(pitch);
    }
  }
  int pressed = -1;
  if (!actions.empty()) {
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(
        {from.x + gui.px(42), from.y + high - pad - gui.px(measure::small_control)});
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (i > 0) ImGui::SameLine(0, gui.px(8));
      if (button(gui, actions[i].name, actions[i].label, {.small = true}))
        pressed = static_cast<int>(i);
    }
    ImGui::SetCursorScreenPos(after);
    ImGui::Dummy({0, 0});
  }
  GImGui->LastItemData = item;
  return pressed;
}

void chip(Gui& gui, std::string_view words) {
  const Typeset line = typeset(words, {.size = measure::caption});
  const Press place = space({std::ceil(width_of(gui, line)) + gui.px(20), gui.px(24)});
  if (!place.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ground(gui, list, place.box, 5, gui.theme().hover);
  line_in(gui, list, place.box, line, gui.theme().ink2, Align::centre);
}

void progress(Gui& gui, std::string_view label, double share, double width) {
  const Theme& theme = gui.theme();
  share = std::clamp(share, 0.0, 1.0);
  const float wide = width > 0 ? gui.px(width) : available();
  const Press place = space({wide, gui.px(28)});
  if (!place.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImRect head{place.box.Min, {place.box.Max.x, place.box.Min.y + gui.px(20)}};
  line_in(gui, list, head, typeset(label, {.size = measure::label}), theme.ink2);
  line_in(gui, list, head,
          typeset(plain(number_text(std::round(share * 100)) + " %"),
                  {.size = measure::label, .fixed_digits = true}),
          theme.ink, Align::right);
  const float y = place.box.Max.y - gui.px(3);
  const float x = place.box.Min.x + wide * static_cast<float>(share);
  list.AddRectFilled({place.box.Min.x, y - gui.px(1)}, {place.box.Max.x, y + gui.px(1)},
                     colour(theme.frame.faded(0.5)), gui.px(1));
  list.AddRectFilled({place.box.Min.x, y - gui.px(1)}, {x, y + gui.px(2)}, colour(theme.accent),
                     gui.px(1));
}

void busy(Gui& gui, std::string_view words) {
  const Theme& theme = gui.theme();
  const Typeset line = typeset(words, {.size = measure::label});
  const float round = gui.px(16);
  const Press place = space({round + gui.px(8) + std::ceil(width_of(gui, line)), gui.px(24)});
  if (!place.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 centre{place.box.Min.x + round / 2, place.box.GetCenter().y};
  const float turn =
      gui.less_motion() ? 0 : static_cast<float>(std::fmod(ImGui::GetTime(), 1.0)) * 2 * IM_PI;
  list.AddCircle(centre, gui.exact(6), colour(theme.press), 0, gui.exact(2));
  list.PathArcTo(centre, gui.exact(6), turn - IM_PI / 2, turn);
  list.PathStroke(colour(theme.accent), 0, gui.exact(2));
  line_in(gui, list, {{place.box.Min.x + round + gui.px(8), place.box.Min.y}, place.box.Max}, line,
          theme.ink2);
  if (!gui.less_motion()) gui.wake_in(1.0 / 30);
}

void key_cap(Gui& gui, std::string_view key) {
  const Typeset line = typeset(plain(key), {.size = measure::label});
  const Press place = space({std::ceil(width_of(gui, line)) + gui.px(16), gui.px(24)});
  if (!place.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ground(gui, list, place.box, 4, gui.theme().picture, gui.theme().frame);
  line_in(gui, list, place.box, line, gui.theme().ink, Align::centre);
}

void Toasts::say(std::string text, MessageButton action, std::function<void()> pressed,
                 std::function<bool()> stands) {
  shown_ = Toast{std::move(text), std::move(action), std::move(pressed), std::move(stands), 0};
}

void Toasts::draw(Gui& gui, Point bottom_centre) {
  constexpr double shown_for = 6, appears_in = 0.16;
  if (shown_ && shown_->stands && !shown_->stands()) shown_.reset();
  if (!shown_) return;
  const Theme& theme = gui.theme();
  Toast& toast = *shown_;
  const Typeset line = typeset(toast.text, {.size = measure::text});
  const Typeset act = typeset(toast.action.label, {.size = measure::text, .face = Face::semibold});
  const bool acts = !toast.action.name.empty();
  const float wide = std::ceil(width_of(gui, line)) + gui.px(32) +
                     (acts ? std::ceil(width_of(gui, act)) + gui.px(40) : 0.0F);
  const float high = gui.px(44);
  const double share = gui.less_motion() ? 1 : std::min(1.0, toast.age / appears_in);
  const float x = std::round(static_cast<float>(bottom_centre.x) - wide / 2);
  const float y = static_cast<float>(bottom_centre.y) - high * static_cast<float>(share);
  ImGui::SetNextWindowPos({x, std::round(y)});
  ImGui::SetNextWindowSize({wide, high + gui.px(4)});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, 0);
  ImGui::Begin("##toast", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PopStyleColor();
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from = ImGui::GetWindowPos();
  const ImRect box{from, from + ImVec2(wide, high)};
  shadow(gui, list, box, measure::notice_radius);
  ground(gui, list, box, measure::notice_radius, theme.tip);
  line_in(gui, list, {box.Min + ImVec2(gui.px(16), 0), box.Max}, line, theme.tip_text);
  std::function<void()> pressed;
  if (acts) {
    const float reach = std::ceil(width_of(gui, act)) + gui.px(16);
    const ImRect area{{box.Max.x - reach - gui.px(8), box.Min.y + gui.px(7)},
                      {box.Max.x - gui.px(8), box.Max.y - gui.px(7)}};
    const Press press = press_at(gui, toast.action.name, area);
    gui.named(toast.action.name, toast.action.label);
    // The tip's ground is the other theme's, so its accent is too.
    const Theme& other = theme.dark ? light_theme() : dark_theme();
    if (press.hovered) ground(gui, list, area, measure::control_radius, theme.tip_text.faded(0.12));
    line_in(gui, list, area, act, other.accent, Align::centre);
    if (press.pressed) {
      pressed = toast.pressed;
      toast.age = shown_for;
    }
  }
  gui.named_at(rect(box.Min, box.Max), "toast", toast.text);
  if (!ImGui::IsWindowHovered()) toast.age += ImGui::GetIO().DeltaTime;
  ImGui::End();
  if (toast.age < appears_in) gui.wake();
  gui.wake_in(std::max(0.05, shown_for - toast.age));
  if (toast.age >= shown_for) shown_.reset();
  if (pressed) pressed();
}

}  // namespace crease::app
