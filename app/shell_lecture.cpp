/// A presentation (F11): no controls, larger text, one picture a page with what a lecturer says
/// beside it, the ring around the pointer.
#include <algorithm>

#include "region.h"
#include "shell_parts.h"
#include "told_numbers.h"
#include "widgets/base.h"

namespace crease::app {

namespace {
constexpr double ring_radius = 34;                 // around the pointer, px
constexpr double dots_from = 12, dots_apart = 14;  // of the pages, at the lower left
}  // namespace

double Shell::Parts::text_scale() const {
  const double chosen = session.preferences.scale;
  if (!presenting) return chosen;
  // Read from the last row, as far as the network keeps its place above the tiles; a picture alone
  // has room for more.
  constexpr double most = 1.3, height_for_both = 620, most_alone = 1.67, height_for_one = 500;
  const double height = ImGui::GetIO().DisplaySize.y / (gui.display_scale() * chosen);
  return chosen * (page > 1 ? std::clamp(height / height_for_one, 1.0, most_alone)
                            : std::clamp(height / height_for_both, 1.0, most));
}

void Shell::Parts::draw_pointer() const {
  state_of(gui).pointer_ring = ring_radius;
  const ImVec2 at = ImGui::GetIO().MousePos;
  if (!ImGui::IsMousePosValid(&at)) return;
  constexpr double width = 4;
  ImGui::GetForegroundDrawList()->AddCircle(at, gui.exact(ring_radius), colour(gui.theme().accent),
                                            0, gui.exact(width));
}

void Shell::Parts::turn_page(int by) {
  page = std::clamp(page + by, 0, pages() - 1);
  if (page >= 2)
    workspace.maximise(static_cast<std::size_t>(page - 2));
  else
    workspace.restore();
}

void Shell::Parts::draw_lecture(const WindowLayout& layout) {
  if (layout.lecture.width > 0) draw_said(layout.lecture);
  if (layout.lecture_line.height > 0) draw_said_in_line(layout.lecture_line);
  draw_pages();
  draw_pointer();
}

void Shell::Parts::draw_said(Rect at) {
  constexpr double margin = 28, heading = 22, value = 24;
  Region region(gui, "lecture", at, {.ground = gui.theme().picture});
  const Theme& theme = gui.theme();
  const Run& run = session.run();
  const double width = at.width - 2 * margin;
  double y = at.y + margin;
  put_cursor(gui, at.x + margin, y);
  paragraph(gui, plain(session.title()), {.size = heading, .face = Face::semibold}, width, 1.3);
  y = (ImGui::GetCursorScreenPos().y) / gui.scale() + margin;
  const auto say = [&](const ToldNumber& told) {
    put_cursor(gui, at.x + margin, y);
    words(gui, told.value,
          {.size = value,
           .face = Face::semibold,
           .colour = told.is_old ? theme.ink3 : theme.ink,
           .fixed_digits = true,
           .height = value + 6});
    put_cursor(gui, at.x + margin, y + value + 6);
    words(gui, told.label, {.colour = theme.ink2, .height = 18});
    gui.named(told.name, told.label, told.value);
    y += value + 44;
  };
  // Three numbers at most: what a lecturer names aloud.
  for (const ToldNumber& told : told_numbers(run.snapshot()))
    if (told.in_lecture) say(told);
  if (run.running()) return;
  put_cursor(gui, at.x + margin, y);
  words(gui, "paused", {.colour = theme.ink2, .height = 18});
  gui.named("paused", "paused");
}

void Shell::Parts::draw_said_in_line(Rect at) {
  constexpr double margin = 16, apart = 26, label_gap = 7, size = 15;
  const TextStyle strong{.size = size, .face = Face::semibold, .fixed_digits = true},
      weak{.size = size - 1};
  Region region(gui, "lecture", at, {.ground = gui.theme().picture});
  const Theme& theme = gui.theme();
  const Run& run = session.run();
  double x = at.x + dots_from + dots_apart * pages() + margin;
  const auto width_of = [](const std::string& text, const TextStyle& style) {
    return typeset(text, style).width;
  };
  const auto say = [&](const std::string& text, const TextStyle& style, Colour ink) {
    put_cursor(gui, x, at.y);
    words(gui, text,
          {.size = style.size,
           .face = style.face,
           .colour = ink,
           .fixed_digits = style.fixed_digits,
           .height = at.height});
    x += width_of(text, style);
  };
  say(plain(shortened(session.title(), strong, at.width / 3)), strong, theme.ink);
  for (const ToldNumber& told : told_numbers(run.snapshot())) {
    if (!told.in_lecture) continue;
    const std::string label = plain(told.label), value = plain(told.value);
    const double width = width_of(label, weak) + label_gap + width_of(value, strong);
    if (x + apart + width > at.right() - margin) return;
    x += apart;
    say(label, weak, theme.ink2);
    x += label_gap;
    say(value, strong, told.is_old ? theme.ink3 : theme.ink);
    gui.named(told.name, told.label, told.value);
  }
  x += apart;
  if (run.running() || x + width_of("paused", weak) > at.right() - margin) return;
  say("paused", weak, theme.ink2);
  gui.named("paused", "paused");
}

void Shell::Parts::draw_pages() {
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  if (!ImGui::GetIO().WantTextInput) {
    if (pressed(ImGuiKey_RightArrow) || pressed(ImGuiKey_PageDown)) turn_page(1);
    if (pressed(ImGuiKey_LeftArrow) || pressed(ImGuiKey_PageUp)) turn_page(-1);
  }
  const Rect dots{dots_from, gui.size().height - 22, dots_apart * pages(), 14};
  Region region(gui, "pages", dots, {.overlay = true});
  for (int i = 0; i < pages(); ++i) {
    const Point at{gui.exact(dots.x + dots_apart * (i + 0.5)), gui.exact(dots.centre().y)};
    ImGui::GetWindowDrawList()->AddCircleFilled(
        place(at), gui.exact(i == page ? 4 : 2.5),
        colour(i == page ? gui.theme().ink : gui.theme().ink3));
  }
  gui.named_at(in_pixels(gui, dots), "page", "page", std::to_string(page + 1));
}

}  // namespace crease::app
