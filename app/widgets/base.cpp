#include "widgets/base.h"

#include <cmath>
#include <utility>

namespace crease::app {

bool disabled_here() { return (GImGui->CurrentItemFlags & ImGuiItemFlags_Disabled) != 0; }

Press press_at(Gui& gui, std::string_view name, const ImRect& box, ImGuiButtonFlags flags) {
  Press press;
  const Pretence pretence = std::exchange(state_of(gui).pretence, Pretence::none);
  press.id = ImGui::GetID(name.data(), name.data() + name.size());
  press.box = box;
  press.disabled = disabled_here();
  press.seen = ImGui::ItemAdd(box, press.id);
  if (!press.seen) return press;
  press.pressed = ImGui::ButtonBehavior(box, press.id, &press.hovered, &press.held, flags);
  press.focused = GImGui->NavCursorVisible && GImGui->NavId == press.id;
  press.hovered |= pretence == Pretence::hovered || pretence == Pretence::held;
  press.held |= pretence == Pretence::held;
  press.focused |= pretence == Pretence::focused;
  return press;
}

Press press_area(Gui& gui, std::string_view name, ImVec2 size, ImGuiButtonFlags flags) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  ImGui::ItemSize(size);
  return press_at(gui, name, {from, from + size}, flags);
}

Press space(ImVec2 size) {
  Press press;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  press.box = {from, from + size};
  press.disabled = disabled_here();
  ImGui::ItemSize(size);
  press.seen = ImGui::ItemAdd(press.box, 0);
  return press;
}

float ease(Gui& gui, ImGuiID id, bool on, double seconds) {
  auto& shares = state_of(gui).shares;
  const float aim = on ? 1.0F : 0.0F;
  const auto found = shares.find(id);
  if (found == shares.end()) {
    if (on) shares[id] = aim;  // as it first appears, so it stands
    return aim;
  }
  float& share = found->second;
  const auto step = static_cast<float>(ImGui::GetIO().DeltaTime / std::max(1e-6, seconds));
  share = gui.less_motion() ? aim : share + std::clamp(aim - share, -step, step);
  if (share != aim) gui.wake();
  const float now = share;
  if (share == 0) shares.erase(found);
  return now;
}

void focus_ring(Gui& gui, const ImRect& box, double radius) {
  ImRect ring = box;
  ring.Expand(gui.px(3));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRect(ring.Min, ring.Max, colour(gui.theme().accent), gui.exact(radius + 3), 0,
               gui.px(measure::focus_width));
}

void ground(Gui& gui, ImDrawList& list, const ImRect& box, double radius, Colour fill, Colour frame,
            double frame_width) {
  const float round = gui.exact(radius);
  if (frame.a == 0 || frame_width <= 0) {
    if (fill.a > 0) list.AddRectFilled(box.Min, box.Max, colour(fill), round);
    return;
  }
  const float width = gui.px(frame_width);
  ImRect inner = box;
  inner.Expand(-width / 2);
  if (fill.a > 0) list.AddRectFilled(inner.Min, inner.Max, colour(fill), round);
  list.PathRect(inner.Min, inner.Max, std::max(0.0F, round - width / 2));
  list.PathStroke(colour(frame), ImDrawFlags_Closed, width);
}

void shadow(Gui& gui, ImDrawList& list, const ImRect& box, double radius) {
  const float down = gui.px(3);
  const Colour black{0, 0, 0, 255};
  list.AddRectFilled(box.Min + ImVec2(0, down), box.Max + ImVec2(0, down),
                     colour(black.faded(gui.theme().dark ? 0.5 : 0.16)), gui.exact(radius));
}

void window_ground(Gui& gui) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImDrawList& list = *window->DrawList;
  const ImRect box = window->Rect();
  list.PushClipRectFullScreen();
  shadow(gui, list, box, measure::notice_radius);
  ground(gui, list, box, measure::notice_radius, gui.theme().picture, gui.theme().frame);
  list.PopClipRect();
}

void scroll_hint(Gui& gui) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const float most = ImGui::GetScrollMaxY(), at = ImGui::GetScrollY();
  if (most < 1) return;
  ImDrawList& list = *window->DrawList;
  const ImRect box = window->Rect();
  const float inset = gui.px(2), radius = gui.exact(measure::notice_radius);
  list.PushClipRect(box.Min, box.Max);
  const Colour ground = gui.theme().picture;
  const ImU32 full = colour(ground), clear = colour(ground.faded(0));
  const float deep = gui.px(28);
  const float left = box.Min.x + inset, right = box.Max.x - inset;
  if (at < most - 1)
    list.AddRectFilledMultiColor({left, box.Max.y - inset - deep}, {right, box.Max.y - inset},
                                 clear, clear, full, full);
  if (at > 1)
    list.AddRectFilledMultiColor({left, box.Min.y + inset}, {right, box.Min.y + inset + deep}, full,
                                 full, clear, clear);
  const float track = box.GetHeight() - 2 * radius;
  const float seen = window->InnerRect.GetHeight();
  const float thumb = std::max(gui.px(24), track * seen / (seen + most));
  const float y = box.Min.y + radius + (track - thumb) * at / most;
  list.AddRectFilled({box.Max.x - inset - gui.px(5), y}, {box.Max.x - inset - gui.px(1), y + thumb},
                     colour(gui.theme().frame), gui.exact(2));
  list.PopClipRect();
}

double middle_baseline(Gui& gui, const ImRect& box, double size) {
  constexpr double height_of_capitals = 0.727;  // of Inter, in em
  return std::round((box.Min.y + box.Max.y) / 2 + size * height_of_capitals / 2 * gui.scale());
}

float width_of(Gui& gui, const Typeset& line) { return gui.exact(line.width); }

float available() { return ImGui::GetContentRegionAvail().x; }

void line_in(Gui& gui, ImDrawList& list, const ImRect& box, const Typeset& line, Colour ink,
             Align align) {
  double size = 0;
  for (const TextRun& run : line.runs) size = std::max(size, run.size);
  const float wide = width_of(gui, line);
  float x = box.Min.x;
  if (align == Align::centre) x = (box.Min.x + box.Max.x - wide) / 2;
  if (align == Align::right) x = box.Max.x - wide;
  draw_typeset(gui, list, {x, middle_baseline(gui, box, size)}, line, ink);
}

float field_place(Gui& gui, std::string_view label, const FieldLook& look) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float all = available();
  float at = 0;
  if (!label.empty()) {
    at = gui.px(look.label_width);
    const float high = gui.px(look.small ? measure::small_control : measure::control);
    const Typeset line = typeset(label, {.size = measure::label});
    const ImRect box{from, from + ImVec2(at, high)};
    if (ImGui::IsRectVisible(box.Min, box.Max))
      line_in(gui, *ImGui::GetWindowDrawList(), box, line,
              disabled_here() ? gui.theme().ink3 : gui.theme().ink2);
    ImGui::SetCursorScreenPos(from + ImVec2(at, 0));
  }
  return look.width > 0 ? gui.px(look.width) : std::max(gui.px(40), all - at);
}

namespace {
int resize(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto& words = *static_cast<std::string*>(data->UserData);
    words.resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = words.data();
  }
  return 0;
}
}  // namespace

bool type_in(Gui& gui, std::string_view name, const ImRect& box, std::string& words, bool begin,
             bool right, std::string_view hint, double size) {
  gui.push_text(Face::regular, size);
  const float line = ImGui::GetFontSize();
  float side = gui.px(11);
  if (right)
    side = std::max(gui.px(4), box.GetWidth() - ImGui::CalcTextSize(words.c_str()).x - gui.px(11));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(side, std::max(0.0F, (box.GetHeight() - line) / 2)));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  const ImVec2 back = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(box.Min);
  ImGui::SetNextItemWidth(box.GetWidth());
  if (begin) ImGui::SetKeyboardFocusHere();
  const std::string id = "##" + std::string(name);
  const bool changed = ImGui::InputTextWithHint(
      id.c_str(), std::string(hint).c_str(), words.data(), words.capacity() + 1,
      ImGuiInputTextFlags_CallbackResize | (right ? ImGuiInputTextFlags_AutoSelectAll : 0), resize,
      &words);
  const ImGuiLastItemData item = GImGui->LastItemData;
  ImGui::SetCursorScreenPos(back);
  GImGui->LastItemData = item;
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  gui.pop_text();
  return changed;
}

}  // namespace crease::app
