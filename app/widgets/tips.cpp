/// Tips: what a thing is called, its formula, its numbers, what it does.
#include <cmath>
#include <utility>

#include "widgets/base.h"

namespace crease::app {

namespace {

constexpr double widest = 300, side = 16, top = 12;

struct Line {
  Typeset words;
  Colour ink;
  double x = 0, baseline = 0;  // px from the corner
};

struct Laid {
  std::vector<Line> lines;
  Size size;
};

/// Names and numbers below each other, the numbers in a column of their own.
void add_list(Laid& laid, const Tip& tip, const Theme& theme, double& y, double& wide) {
  constexpr double widest_name = 130, gap = 12;
  struct Entry {
    Typeset name, number;
  };
  std::vector<Entry> entries;
  double column = 0;
  for (const Reading& reading : tip.readings) {
    entries.push_back({typeset(reading.label, {.size = measure::label}),
                       typeset(reading.value, {.size = measure::label, .fixed_digits = true})});
    const double name = entries.back().name.width;
    if (!reading.value.empty() && name <= widest_name) column = std::max(column, name + gap);
  }
  y -= 1;
  for (const Entry& entry : entries) {
    y += 19;
    const double x = std::max(column, entry.name.width + gap);
    laid.lines.push_back({entry.name, theme.tip_text2, side, y - 4});
    laid.lines.push_back({entry.number, theme.tip_text, side + x, y - 4});
    wide = std::max(wide, entry.number.width > 0 ? x + entry.number.width : entry.name.width);
  }
}

/// "b = −0.416   dL/db = 0.0213", as many beside each other as there is room for.
void add_readings(Laid& laid, const Tip& tip, const Theme& theme, double& y, double& wide) {
  double x = 0;
  bool begun = false;
  for (const Reading& reading : tip.readings) {
    const bool is_relation = reading.value.starts_with("<") || reading.value.starts_with(">");
    const std::string sign = is_relation ? " " : " = ";
    const Typeset label = typeset(reading.label, {.size = measure::label});
    const Typeset value =
        typeset(plain(sign) + reading.value, {.size = measure::label, .fixed_digits = true});
    const double own = label.width + value.width;
    if (begun && x + own > widest - 2 * side) x = 0;
    if (x == 0) y += begun ? 19 : 18;
    begun = true;
    laid.lines.push_back({label, theme.tip_text, side + x, y - 4});
    laid.lines.push_back({value, theme.tip_text, side + x + label.width, y - 4});
    wide = std::max(wide, x + own);
    x += own + 28;
  }
}

Laid lay(const Theme& theme, const Tip& tip) {
  Laid laid;
  double y = top, wide = 0;
  const std::string fact = tip.fact.empty() ? plain(tip.keys) : tip.fact;
  std::size_t fact_line = 0;
  Typeset right;
  if (!tip.title.empty()) {
    const auto titles = typeset_lines(tip.title, {.size = measure::label, .face = Face::semibold},
                                      widest - 2 * side);
    right = typeset(fact, {.size = measure::label});
    for (const Typeset& title : titles) {
      y += 18;
      laid.lines.push_back({title, theme.tip_text, side, y - 5});
      wide = std::max(wide, title.width);
    }
    if (!fact.empty()) {
      fact_line = laid.lines.size();
      laid.lines.push_back({right, theme.tip_text2, 0, y - 5});
      wide = std::max(wide, titles.back().width + 24 + right.width);
    }
  }
  for (const std::string& formula : tip.formulas) {
    const Typeset line = typeset(formula, {.size = 17});
    y += line.ascent + line.descent + 8;
    laid.lines.push_back({line, theme.tip_text, side, y - line.descent - 3});
    wide = std::max(wide, line.width);
  }
  if (!tip.readings.empty()) {
    const bool alone = tip.title.empty() && tip.text.empty() && tip.formulas.empty();
    if (y > top) y += 4;
    (alone ? add_list : add_readings)(laid, tip, theme, y, wide);
  }
  if (!tip.text.empty()) {
    if (y > top) y += 4;
    const double room = std::max(wide, widest - 2 * side);
    for (const Typeset& line : typeset_lines(tip.text, {.size = measure::label}, room)) {
      y += 19;
      laid.lines.push_back({line, theme.tip_text2, side, y - 5});
      wide = std::max(wide, line.width);
    }
  }
  laid.size = {wide + 2 * side, y + top - 2};
  if (!fact.empty() && !tip.title.empty())
    laid.lines[fact_line].x = laid.size.width - side - right.width;
  return laid;
}

std::string in_words(const Tip& tip) {
  std::string all = tip.title;
  const auto add = [&all](const std::string& more) {
    if (!more.empty()) all += (all.empty() ? "" : "; ") + more;
  };
  add(tip.fact);
  for (const std::string& formula : tip.formulas) add(formula);
  for (const Reading& reading : tip.readings) add(reading.label + " " + reading.value);
  add(tip.text);
  add(tip.keys);
  return all;
}

}  // namespace

namespace {

/// A tip's box and the end of its pointer, beside or below (or above) `at`.
struct Stand {
  ImRect box;
  ImVec2 tipped;
  ImVec2 across;  // along the edge that the pointer grows from
};

Stand stand(Gui& gui, Rect at, ImVec2 size, bool beside) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float gap = gui.px(10) + gui.exact(state_of(gui).pointer_ring), rim = gui.px(4),
              half = gui.px(6), corner = gui.px(14);
  const float upper = static_cast<float>(at.y), lower = static_cast<float>(at.bottom());
  const float left = static_cast<float>(at.x), right = static_cast<float>(at.right());
  const ImVec2 middle{static_cast<float>(at.centre().x), static_cast<float>(at.centre().y)};
  const auto kept = [rim](float v, float length, float whole) {
    return std::round(std::clamp(v, rim, std::max(rim, whole - length - rim)));
  };
  const bool at_right = right + gap + size.x + rim <= screen.x;
  if (beside && (at_right || left - gap - size.x >= rim)) {
    const float x = std::round(at_right ? right + gap : left - gap - size.x);
    const float y = kept(middle.y - gui.px(38), size.y, screen.y);
    const ImRect box{{x, y}, {x + size.x, y + size.y}};
    const float point = std::clamp(middle.y, y + corner, std::max(y + corner, box.Max.y - corner));
    return {box, {at_right ? x - half : box.Max.x + half, point}, {0, half}};
  }
  const bool below = lower + gap + size.y + rim <= screen.y || upper - gap - size.y < rim;
  const float x = kept(middle.x - gui.px(38), size.x, screen.x);
  const float y = std::round(below ? lower + gap : upper - gap - size.y);
  const ImRect box{{x, y}, {x + size.x, y + size.y}};
  const float point = std::clamp(middle.x, x + corner, std::max(x + corner, box.Max.x - corner));
  return {box, {point, below ? y - half : box.Max.y + half}, {half, 0}};
}

}  // namespace

void show_tip(Gui& gui, const Tip& tip, Rect at, bool beside) {
  const Laid laid = lay(gui.theme(), tip);
  const auto [box, tipped, across] =
      stand(gui, at, {gui.px(laid.size.width), gui.px(laid.size.height)}, beside);
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  shadow(gui, list, box, measure::notice_radius);
  ground(gui, list, box, measure::notice_radius, gui.theme().tip);
  const ImVec2 foot{std::clamp(tipped.x, box.Min.x, box.Max.x),
                    std::clamp(tipped.y, box.Min.y, box.Max.y)};
  ImVec2 corners[] = {foot - across, tipped, foot + across};
  // Clockwise, or its edge would show a seam.
  const ImVec2 u = corners[1] - corners[0], v = corners[2] - corners[0];
  if (u.x * v.y - u.y * v.x < 0) std::swap(corners[0], corners[2]);
  list.AddTriangleFilled(corners[0], corners[1], corners[2], colour(gui.theme().tip));
  for (const Line& line : laid.lines)
    draw_typeset(gui, list, {box.Min.x + gui.exact(line.x), box.Min.y + gui.exact(line.baseline)},
                 line.words, line.ink);
  gui.items().add(
      {"tip", tip.title, rect(box.Min, box.Max), rect(box.Min, box.Max), true, in_words(tip)});
}

void tip(Gui& gui, const Tip& tip) {
  constexpr ImGuiHoveredFlags patient = ImGuiHoveredFlags_DelayNormal |
                                        ImGuiHoveredFlags_AllowWhenDisabled |
                                        ImGuiHoveredFlags_NoNavOverride;
  const ImGuiContext& g = *GImGui;
  if (ImGui::GetFrameCount() - state_of(gui).refusal_frame <= 1) return;
  const bool focused = g.NavCursorVisible && g.NavId != 0 && g.NavId == g.LastItemData.ID;
  if (!focused) {
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled |
                              ImGuiHoveredFlags_NoNavOverride))
      return;
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left) || g.OpenPopupStack.Size > g.BeginPopupStack.Size)
      return;
    if (!ImGui::IsItemHovered(patient)) {
      gui.wake_in(g.Style.HoverDelayNormal);
      return;
    }
  }
  show_tip(gui, tip, rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()));
}

void tip(Gui& gui, std::string_view title, std::string_view keys) {
  if (title.empty()) return;
  Tip made;
  made.title = title;
  made.keys = keys;
  tip(gui, made);
}

Tip tip_of(const Hot& hot) { return {hot.title, hot.fact, hot.formulas, hot.readings, "", ""}; }

}  // namespace crease::app
