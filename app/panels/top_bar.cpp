#include "panels/top_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "region.h"
#include "widgets.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

/// The slider goes from 1 to 10 000 steps a second; its last bit is flat out.
constexpr double decades = 4, flat_out_from = 0.97;
constexpr double margin = 16, group_gap = 24;

/// A piece of the bar: as wide as it says, and left out in the order of `drop` (never where that is
/// 0).
struct Piece {
  double width = 0;
  int drop = 0;
  std::function<void(double x)> draw;
};

struct Bar {
  Gui& gui;
  Session& session;
  double height;
  TopBarDid did;

  const Theme& theme() const { return gui.theme(); }
  void put(double x, double item_height) const { put_cursor(gui, x, (height - item_height) / 2); }

  /// The way to documents: the logo, and the title where there is room for it.
  Piece title(bool compact) {
    const std::string name =
        session.run().document().title.empty() ? "Untitled" : session.run().document().title;
    const TextStyle style{15, Face::semibold, false};
    const std::string shown = compact ? "" : plain(shortened(name, style, 260));
    const Typeset line = typeset(shown, style);
    const double width = 34 + line.width + 24;
    return {width, 0, [this, line, width, name](double x) {
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
            }};
  }

  Piece controls() {
    constexpr double run_width = 90, icon = 34;
    return {run_width + 3 * icon + 8, 0, [this](double x) {
              Run& run = session.run();
              put(x, measure::control);
              const bool running = run.running();
              if (button(gui, "run", running ? "Pause" : "Run",
                         {.primary = true,
                          .icon = running ? Icon::pause : Icon::play,
                          .width = run_width}))
                did.command = Command::run;
              tip(gui, running ? "Pause" : "Run", "Space");
              const auto small = [&](double at, const char* name, Icon which, const char* label,
                                     Command command) {
                put(at, measure::control);
                if (icon_button(gui, name, which, label, {}, keys_of(command)))
                  did.command = command;
              };
              x += run_width + 8;
              small(x, "step", Icon::step, "One step", Command::step);
              small(x + icon, "reset", Icon::reset, "Back to the start, same weights",
                    Command::reset);
              small(x + 2 * icon, "new_seed", Icon::dice, "Start again from another seed",
                    Command::new_seed);
            }};
  }

  Piece speed_label() {
    return {48, 4, [this](double x) {
              put(x, measure::control);
              words(gui, "Speed", {.colour = theme().ink2, .height = measure::control});
            }};
  }

  Piece speed() {
    constexpr double track = 130, label = 96;
    return {
        track + label, 0, [this](double x) {
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

  Piece number(const char* name, const char* label, const std::string& value, double width,
               int drop) {
    return {width, drop, [this, name, label, value, width](double x) {
              put_cursor(gui, x, height / 2 - 19);
              words(gui, label, {.size = 12, .colour = theme().ink2, .width = width, .height = 17});
              put_cursor(gui, x, height / 2 - 2);
              words(gui, value,
                    {.size = 16,
                     .face = Face::semibold,
                     .fixed_digits = true,
                     .width = width,
                     .height = 20});
              gui.named(name, label, value);
            }};
  }

  std::vector<Piece> numbers() {
    const auto& snapshot = session.run().snapshot();
    if (!snapshot || !snapshot->plan) return {};
    const auto text = [](double value) {
      return std::isnan(value) ? std::string("–") : number_text(value);
    };
    std::vector<Piece> all;
    all.push_back(number("epoch", "epoch", number_text(std::floor(snapshot->epochs), 9), 64, 0));
    all.push_back(
        number("steps", "step", number_text(static_cast<double>(snapshot->step), 12), 92, 1));
    if (snapshot->scored.step < 0) return all;
    const Score& training = snapshot->scored.training;
    const Score& test = snapshot->scored.test;
    const bool tested = !snapshot->data->test.empty();
    all.push_back(number("train_loss", "train loss", text(training.loss), 82, 2));
    if (tested) all.push_back(number("test_loss", "test loss", text(test.loss), 82, 5));
    if (training.has_accuracy)
      all.push_back(number("test_accuracy", tested ? "test accuracy" : "accuracy",
                           percent_text(tested ? test.accuracy : training.accuracy), 96, 0));
    return all;
  }

  Piece device_text() {
    return {36, 3, [this](double x) {
              put(x, measure::control);
              words(gui, "CPU", {.height = measure::control});
            }};
  }
  Piece device_dot() {
    return {
        18, 0, [this](double x) {
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
  Piece switches() {
    return {
        3 * 36, 0, [this](double x) {
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
          put(x + 36, measure::control);
          if (icon_button(gui, "theme", theme().dark ? Icon::sun : Icon::moon,
                          theme().dark ? "Light theme" : "Dark theme", {}, "D"))
            did.command = Command::theme;
          put(x + 72, measure::control);
          if (icon_button(gui, "lecture", Icon::screen, "Fill the screen", {}, "F11"))
            did.command = Command::lecture;
        }};
  }
};

double total(const std::vector<Piece>& pieces) {
  double width = 0;
  for (const Piece& piece : pieces) width += piece.width;
  return width;
}

/// Leaves out pieces, the first to go first, until what is left is narrow enough.
void drop_until(std::vector<Piece>& left, std::vector<Piece>& right, double room) {
  for (int drop = 1; drop <= 5 && total(left) + total(right) > room; ++drop)
    for (auto* pieces : {&left, &right})
      std::erase_if(*pieces, [&](const Piece& piece) { return piece.drop == drop; });
}

Piece space_of(double width) {
  return {width, 0, [](double) {}};
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
  std::vector<Piece> left{bar.title(false),  space_of(group_gap), bar.controls(), space_of(16),
                          bar.speed_label(), bar.speed(),         space_of(8)};
  for (Piece& piece : bar.numbers()) left.push_back(std::move(piece));
  std::vector<Piece> right{bar.device_dot(), bar.device_text(), space_of(8), bar.switches()};
  drop_until(left, right, width - 2 * margin);
  if (total(left) + total(right) > width - 2 * margin) left.front() = bar.title(true);
  double x = margin - 6;
  for (const Piece& piece : left) {
    piece.draw(x);
    x += piece.width;
  }
  x = width - margin - total(right);
  for (const Piece& piece : right) {
    piece.draw(x);
    x += piece.width;
  }
  const Rect below = in_pixels(gui, {0, height - 1, width, 1});
  ImGui::GetWindowDrawList()->AddRectFilled(
      place({below.x, below.y}), place({below.right(), below.bottom()}), colour(gui.theme().rule));
  return bar.did;
}

}  // namespace crease::app
