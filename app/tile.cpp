#include "tile.h"

#include <cmath>

#include "field_editor.h"
#include "figure/fact.h"
#include "region.h"
#include "tile_layout.h"
#include "widgets.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

constexpr double margin = 12;

/// How finely a field is computed for a picture of so many pixels.
int resolution(double pixels) {
  if (pixels < 220) return 96;
  return pixels < 500 ? 160 : 224;
}

std::string key_of(const View& view, const Frame& frame) {
  std::string key =
      std::string(name_of(view)) + settings_of(view).dump() + std::to_string(frame.pixels);
  if (frame.window)
    for (const double end :
         {frame.window->x0, frame.window->x1, frame.window->y0, frame.window->y1})
      key += " " + cell(end);
  return key;
}

}  // namespace

std::vector<View> fitting_views(const Snapshot& snapshot) {
  std::vector<View> fitting;
  for_each_alternative<View>([&](const auto& view) {
    if (view.name != "network" && refuses(view, snapshot).empty()) fitting.emplace_back(view);
  });
  return fitting;
}

void Tile::ask(Session& session, double pixels) {
  Run& run = session.run();
  if (!session.sample) session.sample = sample_of(view);
  if (session.sample) show_sample(view, *session.sample);
  const auto& snapshot = run.snapshot();
  if (!snapshot || !snapshot->plan) return;
  refusal_ = refuses(view, *snapshot);
  if (!refusal_.empty()) {
    figure_.reset();
    drawn_.reset();
    return;
  }
  Frame frame;
  frame.pixels = resolution(pixels);
  if (square())
    if (const auto zoom = window_.zoom().find(0); zoom != window_.zoom().end())
      frame.window = zoom->second;
  run.ask(name_, Analysis{key_of(view, frame),
                          [view = view, frame](const Snapshot& seen,
                                               const Cancelled& cancelled) -> std::any {
                            // The document may have become another one since this was asked.
                            if (!refuses(view, seen).empty()) return {};
                            return compute(view, seen, frame, cancelled);
                          },
                          [view = view](std::any now, const std::any& before) {
                            return follow(view, std::move(now), before);
                          }});
}

void Tile::refresh(const Run& run, const Pointed& pointed, const Theme& theme) {
  if (!refusal_.empty()) return;
  const auto answer = run.answer(name_);
  const bool pointed_elsewhere = !(pointed_ == pointed);
  const bool current =
      answer && answer->value.has_value() && answer->settings.starts_with(name_of(view));
  if (!current || (answer == drawn_ && drawn_dark_ == theme.dark && !pointed_elsewhere)) return;
  try {
    figure_ = crease::draw(view, *answer->snapshot, answer->value, theme);
    pointed_ = pointed;
  } catch (const std::bad_any_cast&) {
    return;  // an answer to the view that stood here before
  }
  drawn_ = answer;
  emphasise(*figure_, theme);
  drawn_dark_ = theme.dark;
  ++version_;
}

std::optional<Figure> Tile::figure_in(const Theme& theme) const {
  if (!figure_ || !drawn_) return {};
  Figure figure = crease::draw(view, *drawn_->snapshot, drawn_->value, theme);
  emphasise(figure, theme);
  return figure;
}

void Tile::emphasise(Figure& figure, const Theme& theme) const {
  emphasis(view, *drawn_->snapshot, drawn_->value, pointed_, theme).add_to(figure);
}

void Tile::choose(Session& session, Point at) const {
  if (!drawn_) return;
  const Chosen now = chosen_at(view, *drawn_->snapshot, drawn_->value, at);
  if (!now.place && !now.sample) return;
  Pointed& pointed = session.pointed;
  const auto& [x, y] = std::pair{figure_->panels[0].x, figure_->panels[0].y};
  constexpr double near = 0.02;
  const bool is_near = !now.sample && pointed.place &&
                       std::abs(pointed.place->x - now.place->x) < near * (x.to - x.from) &&
                       std::abs(pointed.place->y - now.place->y) < near * (y.to - y.from);
  // Chosen once more, it is given up.
  const bool again = is_near || (now.sample && now.sample == pointed.sample);
  pointed.place = again ? std::nullopt : now.place;
  pointed.sample = again ? std::nullopt : now.sample;
}

TileDid Tile::draw(Gui& gui, Session& session, Rect at, const TileLook& look) {
  refresh(session.run(), session.pointed, gui.theme());
  const Rect body{at.x + margin, at.y + tile_title, at.width - 2 * margin,
                  at.height - tile_title - margin};
  FigureWindow::Did window_did;
  if (figure_) {
    if (points_.on() && !takes_points(session.run())) points_.set_on(false);
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const Rect pixels = in_pixels(gui, body);
    if (const PlacedPanel* panel = window_.first_panel())
      window_.hold(
          points_.follow(gui, session, *panel, pixels,
                         ImGui::IsWindowHovered() && pixels.contains({pointer.x, pointer.y})));
    window_did =
        window_.draw(gui, name_ + "." + std::string(name_of(view)), *figure_, version_,
                     in_pixels(gui, body), session.sample ? place_of(view, *session.sample) : "");
  } else {
    if (!refusal_.empty()) {
      const std::string sentence = refusal_in_words(refusal_);
      const double width = std::min(420.0, 0.9 * body.width);
      put_cursor(gui, body.x + (body.width - width) / 2, body.y + body.height / 2 - 40);
      paragraph(gui, plain(sentence), {.colour = gui.theme().ink2, .align = Align::centre}, width);
      gui.named_at(in_pixels(gui, body), name_ + ".empty", sentence);
    }
  }
  // The first press of a double click was not meant to choose.
  if (window_did.reset && !points_.on()) session.pointed.place.reset();
  if (window_did.clicked && points_.on())
    points_.add(session, *window_did.clicked);
  else if (window_did.clicked)
    choose(session, *window_did.clicked);
  if (window_did.hot)
    if (const auto chosen = sample_at(view, *window_did.hot)) session.sample = chosen;
  TileDid did = title(gui, session, at, look);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  hovered_ = in_pixels(gui, at).contains({mouse.x, mouse.y});
  if (window_did.menu) open_menu_at(gui, name_ + ".menu", {mouse.x, mouse.y, 1, 1});
  menu(gui, session, look, did);
  return did;
}

TileDid Tile::title(Gui& gui, Session& session, Rect at, const TileLook& look) {
  TileDid did;
  const Theme& theme = gui.theme();
  constexpr double tools = 2 * 28, high = 26;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // Its figure may call itself otherwise: there is no boundary between real numbers.
  const bool drawn = figure_ && drawn_ && look.tabs.empty();
  const std::string shown = drawn ? figure_->name : std::string(title_of(view));
  const Typeset heading = typeset(shown, {14, Face::semibold, false});
  const double chevron = look.has_controls ? 16 : 0;
  const double end = at.right() - margin - (look.has_controls ? tools : 0);
  double x = at.x + margin - 4;
  // The title is the way to another view.
  const auto name = [&] {
    const double width = heading.width + 8 + chevron;
    put_cursor(gui, x, at.y + 2);
    ImGui::BeginDisabled(!look.has_controls);
    const Press press = press_area(gui, name_ + ".view", {gui.px(width), gui.px(high)});
    ImGui::EndDisabled();
    gui.named(name_ + ".view", shown, name_of(view));
    if (press.hovered) ground(gui, list, press.box, measure::check_radius, theme.hover);
    if (press.focused) focus_ring(gui, press.box, measure::check_radius);
    ImRect box = press.box;
    box.Min.x += gui.exact(4);
    line_in(gui, list, box, heading, theme.ink);
    if (look.has_controls)
      draw_icon(gui, list, Icon::chevron_down,
                {press.box.Max.x - gui.exact(10), press.box.GetCenter().y},
                press.hovered ? theme.ink : theme.ink3, 10);
    // A fact that has no room beside the name is said by the tip.
    if (look.has_controls)
      tip(gui, Tip{.title = figure_ ? figure_->fact : "",
                   .fact = {},
                   .formulas = {},
                   .readings = {},
                   .text = "Press it for another view.",
                   .keys = {}});
    if (press.pressed) open_menu(gui, name_ + ".views");
    x += width;
  };
  const auto tab = [&](std::size_t number) {
    const Typeset words = typeset(look.tabs[number], {.size = 14});
    const double width = words.width + 16;
    if (x + width > end) return;  // the menu of views has it
    put_cursor(gui, x, at.y + 2);
    const std::string id = name_ + ".tab" + std::to_string(number + 1);
    const Press press = press_area(gui, id, {gui.px(width), gui.px(high)});
    gui.named(id, look.tabs[number]);
    if (press.hovered) ground(gui, list, press.box, measure::check_radius, theme.hover);
    if (press.focused) focus_ring(gui, press.box, measure::check_radius);
    line_in(gui, list, press.box, words, theme.ink2, Align::centre);
    if (press.pressed) did.tab = number;
    x += width;
  };
  if (look.tabs.empty()) name();
  for (std::size_t i = 0; i < look.tabs.size(); ++i)
    if (i == look.tab)
      name();
    else
      tab(i);
  views_menu(gui, session, look, did);
  if (points_.on() && look.has_controls) {
    const bool done = points_.draw_classes(gui, name_, session.run(), x + 4, at.y + 2, end - x - 4);
    if (done) draw_points(false);
  } else if (figure_ && !figure_->fact.empty() && look.tabs.empty()) {
    if (const std::string fact = fitting_parts(figure_->fact, {.size = 13}, end - x - 12);
        !fact.empty()) {
      put_cursor(gui, x + 8, at.y + 2);
      words(gui, fact, {.colour = theme.ink2, .height = high});
      gui.named(name_ + ".fact", fact);
    }
  }
  if (!look.has_controls) return did;
  put_cursor(gui, end + 4, at.y + 2);
  const IconLook quiet{.size = high, .quiet = !hovered_};
  // In a narrow tile the title needs the room; the menu has it too.
  if (x <= end &&
      icon_button(gui, name_ + ".maximise", look.maximised ? Icon::shrink : Icon::expand,
                  look.maximised ? "Back to the others" : "As large as possible", quiet))
    did.maximise = true;
  put_cursor(gui, end + tools / 2 + 4, at.y + 2);
  if (icon_button(gui, name_ + ".more", Icon::more, "Settings, copy, export", quiet))
    open_menu(gui, name_ + ".menu");
  return did;
}

void Tile::draw_points(bool on) {
  points_.set_on(on);
  // A sample at the edge must not move the others away from the hand.
  if (on)
    window_.keep_place();
  else
    window_.reset_zoom();
}

void Tile::views_menu(Gui& gui, const Session& session, const TileLook& look, TileDid& did) {
  if (!begin_menu(gui, name_ + ".views")) return;
  for (std::size_t i = 0; i < look.tabs.size(); ++i)
    if (i != look.tab &&
        menu_entry(gui, name_ + ".views.tab" + std::to_string(i + 1), "Go to " + look.tabs[i]))
      did.tab = i;
  if (look.tabs.size() > 1) menu_rule(gui);
  const auto& snapshot = session.run().snapshot();
  for_each_alternative<View>([&](const auto& candidate) {
    if (candidate.name == "network") return;
    const std::string refusal = snapshot && snapshot->plan ? refuses(candidate, *snapshot) : "";
    const bool in_use = candidate.name == name_of(view);
    if (menu_entry(gui, name_ + ".views." + std::string(candidate.name), title_of(candidate),
                   {.keys = {}, .enabled = refusal.empty(), .checked = in_use}))
      did.replace = candidate;
    if (!refusal.empty())
      tip(gui, Tip{.title = std::string(title_of(candidate)),
                   .fact = {},
                   .formulas = {},
                   .readings = {},
                   .text = plain(refusal_in_words(refusal)),
                   .keys = {}});
  });
  end_menu(gui);
}

bool Tile::takes_points(const Run& run) const {
  return std::holds_alternative<DecisionBoundary>(view) && PointEditor::serves(run);
}

void Tile::menu(Gui& gui, Session& session, const TileLook& look, TileDid& did) {
  if (!begin_menu(gui, name_ + ".menu", 260)) return;
  const std::string prefix = name_ + ".menu";
  const bool drawn = figure_.has_value();
  const auto entry = [&](const char* name, const char* label, bool enabled,
                         std::string_view keys = {}) {
    return menu_entry(gui, prefix + "." + name, label,
                      {.keys = std::string(keys), .enabled = enabled});
  };
  if (entry("copy_picture", "Copy picture", drawn, "Ctrl C")) did.copy_picture = true;
  if (entry("copy_numbers", "Copy numbers", drawn && figure_->table, "Ctrl Shift C"))
    did.copy_numbers = true;
  if (entry("export", "Export\u2026", drawn, "Ctrl E")) did.export_figure = true;
  menu_rule(gui);
  if (takes_points(session.run()) &&
      entry("draw", points_.on() ? "Done drawing samples" : "Draw samples by hand", true))
    draw_points(!points_.on());
  if (entry("reset_view", "Whole picture again", !window_.zoom().empty(), "2 \u00d7 click"))
    window_.reset_zoom();
  if (entry("maximise", look.maximised ? "Back to the others" : "As large as possible", true))
    did.maximise = true;
  if (!look.can_split) {
    entry("split", "Another tile: four is the most", false);
  } else if (begin_submenu(gui, prefix + ".split", "Another tile beside it")) {
    if (const auto& snapshot = session.run().snapshot(); snapshot && snapshot->plan)
      for (const View& other : fitting_views(*snapshot))
        if (menu_entry(gui, prefix + ".split." + std::string(name_of(other)), title_of(other)))
          did.split = other;
    end_submenu(gui);
  }
  if (entry("close", "Close this tile", look.can_close)) did.close = true;
  bool has_settings = false;
  std::visit(
      [&](const auto& own) {
        own.fields(own, [&](const Field&, const auto&) { has_settings = true; });
      },
      view);
  if (has_settings) {
    menu_rule(gui);
    const auto before = sample_of(view);
    begin_menu_controls(gui);
    EditorLook fields;
    if (const auto& snapshot = session.run().snapshot()) {
      fields.skip = idle_settings(view, *snapshot);
      fields.most = limits_of_settings(*snapshot);
    }
    fields.field.label_width = 108;
    std::visit([&](auto& own) { edit_fields(gui, prefix, own, fields); }, view);
    end_menu_controls(gui);
    if (const auto now = sample_of(view); now != before) session.sample = now;
  }
  end_menu(gui);
}

}  // namespace crease::app
