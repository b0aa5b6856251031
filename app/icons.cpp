#include "icons.h"

#include <cmath>
#include <cstdlib>
#include <vector>

namespace crease::app {

namespace {

struct Drawing {
  std::string_view name;
  /// M x y, L x y, C x1 y1 x2 y2 x y begin and go on a path; Z closes it; S strokes, F fills it.
  /// O x y r strokes a circle, D x y r fills one.
  const char* path;
};

constexpr std::array<Drawing, icon_count> drawings{{
    {"none", ""},
    {"play", "M 4 2.6 L 13.2 8 L 4 13.4 Z F"},
    {"pause",
     "M 3.6 2.8 L 6.6 2.8 L 6.6 13.2 L 3.6 13.2 Z F M 9.4 2.8 L 12.4 2.8 L 12.4 13.2 "
     "L 9.4 13.2 Z F"},
    {"step", "M 2.6 2.8 L 10 8 L 2.6 13.2 Z F M 11.2 2.8 L 13.2 2.8 L 13.2 13.2 L 11.2 13.2 Z F"},
    {"reset",
     "M 4.2 4.4 C 6.4 2.2 10 2.3 12 4.5 C 14 6.7 13.9 10.2 11.7 12.2 C 9.5 14.2 6 14 4 "
     "11.8 C 3 10.7 2.6 9.4 2.7 8 S M 3.4 1.4 L 3.8 5 L 7.4 4.6 S"},
    {"dice",
     "M 4 1.75 L 12 1.75 C 13.2 1.75 14.25 2.8 14.25 4 L 14.25 12 C 14.25 13.2 13.2 14.25 "
     "12 14.25 L 4 14.25 C 2.8 14.25 1.75 13.2 1.75 12 L 1.75 4 C 1.75 2.8 2.8 1.75 4 1.75 "
     "Z S D 5 5 1 D 11 5 1 D 8 8 1 D 5 11 1 D 11 11 1"},
    {"undo",
     "M 6 2.6 L 2.6 5.8 L 6 9 S M 2.8 5.8 L 9.6 5.8 C 11.7 5.8 13.3 7.4 13.3 9.4 C 13.3 "
     "11.4 11.7 13 9.6 13 L 6 13 S"},
    {"redo",
     "M 10 2.6 L 13.4 5.8 L 10 9 S M 13.2 5.8 L 6.4 5.8 C 4.3 5.8 2.7 7.4 2.7 9.4 C 2.7 "
     "11.4 4.3 13 6.4 13 L 10 13 S"},
    {"plus", "M 8 2.4 L 8 13.6 S M 2.4 8 L 13.6 8 S"},
    {"minus", "M 2.4 8 L 13.6 8 S"},
    {"check", "M 2.6 8.4 L 6.2 12 L 13.4 4 S"},
    {"cross", "M 3.4 3.4 L 12.6 12.6 S M 12.6 3.4 L 3.4 12.6 S"},
    {"search", "O 6.8 6.8 4.3 M 10 10 L 14 14 S"},
    {"expand",
     "M 2.2 6.4 L 2.2 2.2 L 6.4 2.2 S M 2.4 2.4 L 7 7 S M 13.8 9.6 L 13.8 13.8 L 9.6 "
     "13.8 S M 13.6 13.6 L 9 9 S"},
    {"shrink",
     "M 2.6 7 L 7 7 L 7 2.6 S M 6.8 6.8 L 2.2 2.2 S M 13.4 9 L 9 9 L 9 13.4 S M 9.2 9.2 "
     "L 13.8 13.8 S"},
    {"split", "M 2 2.75 L 14 2.75 L 14 13.25 L 2 13.25 Z S M 8 2.75 L 8 13.25 S"},
    {"export",
     "M 2.4 10 L 2.4 13.25 L 13.6 13.25 L 13.6 10 S M 8 10.2 L 8 2.4 S M 4.6 5.6 L 8 2.2 "
     "L 11.4 5.6 S"},
    {"pin",
     "M 4.4 2.2 L 11.6 2.2 S M 5.6 2.4 L 5.6 6.2 L 3.8 9.2 L 12.2 9.2 L 10.4 6.2 L 10.4 2.4 "
     "S M 8 9.4 L 8 14.4 S"},
    {"eye",
     "M 1.4 8 C 3.4 4.6 5.6 3.2 8 3.2 C 10.4 3.2 12.6 4.6 14.6 8 C 12.6 11.4 10.4 12.8 8 "
     "12.8 C 5.6 12.8 3.4 11.4 1.4 8 Z S O 8 8 2"},
    {"branch", "M 3.6 2 L 3.6 14 S M 3.6 10.4 C 5 7.4 8 7.8 10.2 7 C 11.8 6.4 12.4 5 12.6 2.4 S"},
    {"warning", "M 8 2.4 L 14.4 13.4 L 1.6 13.4 Z S M 8 6.4 L 8 9.6 S D 8 11.4 .9"},
    {"info", "O 8 8 6.25 M 8 7.4 L 8 11.4 S D 8 4.9 .9"},
    {"sun",
     "O 8 8 2.9 M 8 .8 L 8 2.4 S M 8 13.6 L 8 15.2 S M .8 8 L 2.4 8 S M 13.6 8 L 15.2 8 S M "
     "2.9 2.9 L 4 4 S M 12 12 L 13.1 13.1 S M 2.9 13.1 L 4 12 S M 12 4 L 13.1 2.9 S"},
    {"moon",
     "M 6.4 2.2 C 3.8 3 2.2 5.4 2.3 8.1 C 2.5 11.3 5.1 13.8 8.3 13.8 C 10.7 13.8 12.8 12.4 "
     "13.7 10.2 C 11.8 10.9 9.6 10.5 8 8.9 C 6.2 7.1 5.6 4.5 6.4 2.2 Z S"},
    {"screen", "M 1.6 2.75 L 14.4 2.75 L 14.4 11.25 L 1.6 11.25 Z S M 5.6 14 L 10.4 14 S"},
    {"more", "D 3 8 1.2 D 8 8 1.2 D 13 8 1.2"},
    {"chevron_left", "M 10 3.6 L 5.6 8 L 10 12.4 S"},
    {"chevron_right", "M 6 3.6 L 10.4 8 L 6 12.4 S"},
    {"chevron_up", "M 3.6 10 L 8 5.6 L 12.4 10 S"},
    {"chevron_down", "M 3.6 6 L 8 10.4 L 12.4 6 S"},
    {"folder", "M 1.75 3.4 L 6.2 3.4 L 7.8 5.2 L 14.25 5.2 L 14.25 13 L 1.75 13 Z S"},
    {"save",
     "M 2.25 2.25 L 11 2.25 L 13.75 5 L 13.75 13.75 L 2.25 13.75 Z S M 5 2.4 L 5 6 L 10 6 "
     "L 10 2.4 S M 4.8 13.6 L 4.8 9.4 L 11.2 9.4 L 11.2 13.6 S"},
    {"copy",
     "M 5.5 5.5 L 13.75 5.5 L 13.75 13.75 L 5.5 13.75 Z S M 10.5 5.4 L 10.5 2.25 L 2.25 "
     "2.25 L 2.25 10.5 L 5.4 10.5 S"},
    {"swap", "M 11 2 L 14 5 L 11 8 S M 13.8 5 L 3 5 S M 5 8 L 2 11 L 5 14 S M 2.2 11 L 13 11 S"},
    {"trash",
     "M 2.4 4.25 L 13.6 4.25 S M 6 4 L 6 2.25 L 10 2.25 L 10 4 S M 3.8 4.4 L 4.6 13.75 L "
     "11.4 13.75 L 12.2 4.4 S M 6.8 7 L 6.9 11 S M 9.2 7 L 9.1 11 S"},
    {"book",
     "M 8 4 C 6.4 2.8 4.2 2.4 1.75 2.6 L 1.75 12.6 C 4.2 12.4 6.4 12.8 8 14 C 9.6 12.8 "
     "11.8 12.4 14.25 12.6 L 14.25 2.6 C 11.8 2.4 9.6 2.8 8 4 Z S M 8 4 L 8 13.8 S"},
    {"data",
     "D 4 11.4 1.5 D 6.4 6 1.5 D 11.8 4 1.5 D 10.4 9.6 1.5 M 2 14.2 L 14.4 14.2 S M 1.75 "
     "1.8 L 1.75 14.2 S"},
    {"gear", "M 2 4.5 L 14 4.5 S M 2 11.5 L 14 11.5 S D 5.5 4.5 2.1 D 10.5 11.5 2.1"},
    {"logo", "M 1.2 12.4 L 4.6 3.8 L 8.8 12 L 14.8 3.6 S"},
}};

constexpr bool all_drawn() {
  for (const Drawing& drawing : drawings)
    if (drawing.name.empty()) return false;
  return true;
}
static_assert(all_drawn());

class Pen {
 public:
  Pen(Gui& gui, ImDrawList& list, Point centre, ImU32 tint, double size, double stroke)
      : list_(list),
        unit_(gui.exact(size) / 16),
        tint_(tint),
        width_(std::max(1.0F, gui.exact(stroke))) {
    // The box begins on whole pixels, so that equal icons are equally sharp.
    const double half = gui.exact(size) / 2;
    left_ = static_cast<float>(std::round(centre.x - half));
    top_ = static_cast<float>(std::round(centre.y - half));
  }

  void draw(const char* path) {
    at_ = path;
    while (*at_ != 0) {
      const char verb = *at_++;
      if (verb == 'M' || verb == 'L') list_.PathLineTo(place());
      if (verb == 'C') {
        const ImVec2 first = place(), second = place(), to = place();
        list_.PathBezierCubicCurveTo(first, second, to);
      }
      if (verb == 'Z') close();
      if (verb == 'S') list_.PathStroke(tint_, closed_ ? ImDrawFlags_Closed : 0, width_);
      if (verb == 'F') list_.PathFillConvex(tint_);
      if (verb == 'S' || verb == 'F') closed_ = false;
      if (verb == 'O' || verb == 'D') {
        const ImVec2 centre = place();
        const float radius = number() * unit_;
        if (verb == 'O')
          list_.AddCircle(centre, radius, tint_, 0, width_);
        else
          list_.AddCircleFilled(centre, radius, tint_);
      }
    }
  }

 private:
  // A path that has come back to its start would otherwise end in a side without a direction.
  void close() {
    ImVector<ImVec2>& path = list_._Path;
    const ImVec2 gap{path.back().x - path.front().x, path.back().y - path.front().y};
    if (path.Size > 1 && std::abs(gap.x) + std::abs(gap.y) < 0.01F) path.pop_back();
    closed_ = true;
  }
  float number() {
    char* end = nullptr;
    const float value = std::strtof(at_, &end);
    at_ = end;
    return value;
  }
  ImVec2 place() {
    const float x = number();
    const float y = number();
    return {left_ + x * unit_, top_ + y * unit_};
  }

  ImDrawList& list_;
  const char* at_ = nullptr;
  float left_ = 0, top_ = 0, unit_ = 1;
  ImU32 tint_;
  float width_ = 1;
  bool closed_ = false;
};

}  // namespace

std::string_view icon_name(Icon icon) { return drawings[static_cast<std::size_t>(icon)].name; }

void draw_icon(Gui& gui, ImDrawList& list, Icon icon, Point centre, Colour ink, double size,
               double stroke) {
  if (icon == Icon::none || ink.a == 0) return;
  Pen(gui, list, centre, colour(ink), size, stroke > 0 ? stroke : 1.5 * size / 16)
      .draw(drawings[static_cast<std::size_t>(icon)].path);
}

}  // namespace crease::app
