#include "panels/top_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "region.h"
#include "told_numbers.h"
#include "widgets.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

/// The slider goes from 1 to 10 000 steps a second; its last bit is flat out.
constexpr double decades = 4, flat_out_from = 0.97;
constexpr double margin = 16, small_width = 36;
/// Of the title's text, before anything else gives way; more where there is room.
constexpr double title_width = 130;
/// The whole of it, where it is shorter: what follows stands still.
constexpr double title_slot = 276;

/// What is left out where the bar is too narrow, the least important first; it can be done by key
/// or from the palette.
enum class GivesWay {
  step_count,
  train_loss,
  device_text,
  speed_label,
  test_loss,
  device,
  speed,
  full_screen,
  theme,
  new_seed,
  title_text,
  epoch,
  main_score,
  run_text,
  step,
  never,
};

/// A piece of the bar, as wide as it says; where it has to give way, `narrow` stands for it, if
/// there is one.
struct Piece {
  double width = 0;
  GivesWay gives_way = GivesWay::never;
  std::function<void(double x)> draw;
  std::shared_ptr<Piece> narrow = {};
};

Piece space_of(double width) {
  return {width, GivesWay::never, [](double) {}};
}

GivesWay rank_of(const ToldNumber& told) {
  const std::string_view number = told.name;
  return told.is_main             ? GivesWay::main_score
         : number == "epoch"      ? GivesWay::epoch
         : number == "steps"      ? GivesWay::step_count
         : number == "train_loss" ? GivesWay::train_loss
                                  : GivesWay::test_loss;
}

struct Bar {
  Gui& gui;
  Session& session;
  double height;
  TopBarDid did;

  const Theme& theme() const { return gui.theme(); }
  void put(double x, double item_height) const { put_cursor(gui, x, (height - item_height) / 2); }

  /// The way to documents: the logo, and the title where there is room for it.
  Piece title(double text_width) {
    const std::string name = session.title();
    const TextStyle style{15, Face::semibold, false};
    const std::string shown = text_width > 0 ? plain(shortened(name, style, text_width)) : "";
    const Typeset line = typeset(shown, style);
    const double width = 34 + line.width + 24;
    return {width, GivesWay::title_text,
            [this, line, width, name](double x) {
              put(x, 36);
              const Press press = press_area(gui, "document", {gui.px(width), gui.px(36)});
              gui.named("document", name);
              ImDrawList& list = *ImGui::GetWindowDrawList();
              if (press.hovered || press.held)
                ground(gui, list, press.box, measure::control_radius,
                       press.held ? theme().press : theme().hover);
              if (press.focused) focus_ring(gui, press.box, measure::control_radius);
              const Point middle{press.box.Min.x + gui.exact(14), press.box.GetCenter().y};
              draw_icon(gui, list, Icon::logo, middle, theme().accent, 22);
              ImRect words = press.box;
              words.Min.x += gui.exact(34);
              line_in(gui, list, words, line, theme().ink);
              draw_icon(gui, list, Icon::chevron_down,
                        {press.box.Max.x - gui.exact(12), press.box.GetCenter().y}, theme().ink2,
                        12);
              tip(gui, "Documents, examples, export");
              did.document_menu = press.pressed;
            },
            text_width > 0 ? std::make_shared<Piece>(title(0)) : nullptr};
  }

  Piece run(bool with_text) {
    const double width = with_text ? 90 : measure::control;
    return {width + 8, GivesWay::run_text,
            [this, width, with_text](double x) {
              put(x, measure::control);
              const bool running = session.run().running();
              const char* says = running ? "Pause" : "Run";
              if (button(gui, "run", says,
                         {.primary = true,
                          .icon = running ? Icon::pause : Icon::play,
                          .width = width,
                          .icon_only = !with_text}))
                did.command = Command::run;
              tip(gui, says, "Space");
            },
            with_text ? std::make_shared<Piece>(run(false)) : nullptr};
  }

  Piece small_button(const char* name, Icon which, const char* label, Command command,
                     GivesWay gives_way) {
    return {small_width, gives_way, [this, name, which, label, command](double x) {
              put(x, measure::control);
              if (icon_button(gui, name, which, label, {}, keys_of(command))) did.command = command;
            }};
  }

  Piece speed_label() {
    return {48, GivesWay::speed_label, [this](double x) {
              put(x, measure::control);
              words(gui, "Speed", {.colour = theme().ink2, .height = measure::control});
            }};
  }

  Piece speed() {
    constexpr double track = 130, label = 96;
    return {
        track + label, GivesWay::speed, [this](double x) {
          Run& run = session.run();
          put(x, measure::control);
          double share = share_of(run.steps_per_second());
          const NumberLook look{.least = 0, .most = 1, .step = 0.025};
          if (slider_track(gui, "speed", share, look, track))
            run.set_steps_per_second(speed_of(share));
          tip(gui,
              Tip{.title = "Speed",
                  .fact = speed_words(run.steps_per_second()),
                  .formulas = {},
                  .readings = {},
                  .text =
                      "Optimiser steps each second. At the far right as fast as this machine can.",
                  .keys = {}});
          put(x + track + 10, measure::control);
          words(gui, speed_words(run.steps_per_second()),
                {.fixed_digits = false, .width = label - 10, .height = measure::control});
        }};
  }

  Piece number(const ToldNumber& told) {
    // A number is never cut: one that is longer than usual has its room.
    constexpr double apart = 12;
    const TextStyle style{.size = 16, .face = Face::semibold, .fixed_digits = true};
    const double width = std::max(told.width, typeset(plain(told.value), style).width + apart);
    return {width, rank_of(told), [this, told, width](double x) {
              put_cursor(gui, x, height / 2 - 19);
              words(gui, told.label,
                    {.size = 12, .colour = theme().ink2, .width = width, .height = 17});
              put_cursor(gui, x, height / 2 - 2);
              words(gui, told.value,
                    {.size = 16,
                     .face = Face::semibold,
                     .colour = told.is_old ? theme().ink3 : theme().ink,
                     .fixed_digits = true,
                     .width = width,
                     .height = 20});
              gui.named(told.name, told.label, told.value);
              if (!told.tip.empty()) tip(gui, told.tip);
            }};
  }

  std::vector<Piece> numbers() {
    std::vector<Piece> all;
    for (const ToldNumber& told : told_numbers(session.run().snapshot()))
      all.push_back(number(told));
    return all;
  }

  /// A line between what is set and what is read.
  Piece divider() {
    return {24, GivesWay::speed_label,
            [this](double x) {
              const Rect line = in_pixels(gui, {x + 8, (height - 24) / 2, 1, 24});
              ImGui::GetWindowDrawList()->AddRectFilled(place({line.x, line.y}),
                                                        place({line.right(), line.bottom()}),
                                                        colour(theme().rule));
            },
            std::make_shared<Piece>(space_of(4))};
  }

  Piece device_text() {
    return {36, GivesWay::device_text, [this](double x) {
              put(x, measure::control);
              words(gui, "CPU", {.height = measure::control});
            }};
  }
  Piece device_dot() {
    return {
        18, GivesWay::device, [this](double x) {
          put(x, 24);
          const Press dot = space({gui.px(14), gui.px(24)});
          ImGui::GetWindowDrawList()->AddCircleFilled(dot.box.GetCenter(), gui.exact(3.5),
                                                      colour(theme().accent));
          gui.named("device", "device", "CPU");
          tip(gui,
              Tip{.title = "Training runs on the CPU",
                  .fact = {},
                  .formulas = {},
                  .readings = {},
                  .text = "Networks of this size are at least as fast there as on a graphics card.",
                  .keys = {}});
        }};
  }
  Piece text_size() {
    return {
        small_width, GivesWay::never, [this](double x) {
          put(x, measure::control);
          const Press press = press_area(gui, "text_size", {gui.px(34), gui.px(measure::control)});
          gui.named("text_size", "Text size", number_text(gui.text_scale()));
          ImDrawList& list = *ImGui::GetWindowDrawList();
          if (press.hovered || press.held)
            ground(gui, list, press.box, measure::control_radius,
                   press.held ? theme().press : theme().hover);
          if (press.focused) focus_ring(gui, press.box, measure::control_radius);
          line_in(gui, list, press.box, typeset("Aa", {15, Face::semibold, false}), theme().ink,
                  Align::centre);
          did.scale_menu = press.pressed;
          tip(gui, "Text size", "Ctrl + / −");
        }};
  }
};

double total(const std::vector<Piece>& pieces) {
  double width = 0;
  for (const Piece& piece : pieces) width += piece.width;
  return width;
}

/// Leaves out pieces, or narrows them, so that the others have room: the more important a piece,
/// the earlier it is given its place.
std::vector<Piece> that_fit(std::vector<Piece> pieces, double room) {
  std::vector<Piece> least;  // one for each: what is there in any case
  for (const Piece& piece : pieces)
    least.push_back(piece.gives_way == GivesWay::never ? piece
                    : piece.narrow                     ? *piece.narrow
                                                       : Piece{});
  double left = room - total(least);
  bool has_speed = false;  // its label stands with it only
  for (int rank = static_cast<int>(GivesWay::never) - 1; rank >= 0; --rank)
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const double more = pieces[i].width - least[i].width;
      if (pieces[i].gives_way != static_cast<GivesWay>(rank) || more > left) continue;
      if (rank == static_cast<int>(GivesWay::speed_label) && !has_speed) continue;
      has_speed |= rank == static_cast<int>(GivesWay::speed);
      least[i] = std::move(pieces[i]);
      left -= more;
    }
  return least;
}

}  // namespace

double speed_of(double share) {
  if (share >= flat_out_from) return 0;
  const double raw = std::pow(10.0, decades * std::max(0.0, share) / flat_out_from);
  const double decade = std::pow(10.0, std::floor(std::log10(raw) + 1e-9));
  return std::round(raw / decade * 10) / 10 * decade < 10
             ? std::round(raw)
             : std::round(raw / decade * 10) / 10 * decade;
}

double share_of(double steps_per_second) {
  if (steps_per_second <= 0) return 1;
  return std::clamp(flat_out_from * std::log10(steps_per_second) / decades, 0.0,
                    flat_out_from - 1e-6);
}

std::string speed_words(double steps_per_second) {
  if (steps_per_second <= 0) return "flat out";
  return number_text(steps_per_second, 9) + (steps_per_second == 1 ? " step/s" : " steps/s");
}

TopBarDid draw_top_bar(Gui& gui, Session& session, double height) {
  const double width = gui.size().width;
  Region region(gui, "top_bar", {0, 0, width, height}, {.ground = gui.theme().chrome});
  Bar bar{gui, session, height, {}};
  const double room = width - 2 * margin;
  std::vector<Piece> pieces{
      bar.title(title_width),
      space_of(12),
      bar.run(true),
      bar.small_button("step", Icon::step, "One step", Command::step, GivesWay::step),
      bar.small_button("reset", Icon::reset, "Back to the start, same weights", Command::reset,
                       GivesWay::never),
      bar.small_button("new_seed", Icon::dice, "Start again from another seed", Command::new_seed,
                       GivesWay::new_seed),
      space_of(12),
      bar.speed_label(),
      bar.speed(),
      bar.divider()};
  for (Piece& piece : bar.numbers()) pieces.push_back(std::move(piece));
  const std::size_t first_right = pieces.size();
  for (const Piece& piece : {bar.device_dot(), bar.device_text(), bar.text_size(),
                             bar.small_button("theme", gui.theme().dark ? Icon::sun : Icon::moon,
                                              gui.theme().dark ? "Light theme" : "Dark theme",
                                              Command::theme, GivesWay::theme),
                             bar.small_button("lecture", Icon::screen, "Fill the screen",
                                              Command::lecture, GivesWay::full_screen)})
    pieces.push_back(piece);
  pieces = that_fit(std::move(pieces), room);
  double spare = room - total(pieces);
  if (pieces.front().narrow) {
    spare += pieces.front().width;
    pieces.front() = bar.title(title_width + room - total(pieces));
    spare -= pieces.front().width;
  }
  // Controls keep their place from document to document, where there is room.
  const double kept = std::clamp(title_slot - pieces.front().width, 0.0, spare);
  pieces.front().width += kept;
  spare -= kept;
  double x = margin - 6;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == first_right) x += spare + 6;
    if (pieces[i].draw) pieces[i].draw(x);
    x += pieces[i].width;
  }
  const Rect below = in_pixels(gui, {0, height - 1, width, 1});
  ImGui::GetWindowDrawList()->AddRectFilled(
      place({below.x, below.y}), place({below.right(), below.bottom()}), colour(gui.theme().rule));
  return bar.did;
}

}  // namespace crease::app
