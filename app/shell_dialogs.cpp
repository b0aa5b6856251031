/// What the shell shows over the window: notices, menus, dialogs.
#include <algorithm>
#include <cmath>
#include <utility>

#include "panels/dialog.h"
#include "panels/document_menu.h"
#include "region.h"
#include "shell_parts.h"
#include "shortcuts.h"
#include "train/advice.h"
#include "words.h"

namespace crease::app {

void Shell::Parts::draw_notices(const WindowLayout& layout) {
  auto& messages = session.messages();
  for (auto at = messages.begin(); at != messages.end();) {
    if (at->kind != Message::Kind::toast) {
      ++at;
      continue;
    }
    const long edit = at->edit;
    const auto undo = [this] { session.run().undo(); };
    // What another edit follows is no news any more.
    const auto stands = [this, edit] { return session.run().history().undo_number() == edit; };
    if (edit > 0)
      toasts.say(plain(at->text), {"undo_toast", "Undo"}, undo, stands);
    else
      toasts.say(plain(at->text));
    at = messages.erase(at);
  }
  const double centre_x = layout.left.right() + (gui.size().width - layout.left.right()) / 2;
  if (!messages.empty()) {
    constexpr double apart = 12;
    const Rect at{layout.left.right() + apart, layout.top + apart,
                  gui.size().width - layout.left.right() - 2 * apart,
                  gui.size().height - layout.top - 2 * apart};
    const double width = at.width;
    ImGui::SetNextWindowPos({gui.exact(at.x), gui.exact(at.y)});
    ImGui::SetNextWindowSize({gui.px(width), 0});
    ImGui::SetNextWindowSizeConstraints({0, 0}, {gui.px(width), gui.px(layout.most_told - apart)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 0));
    ImGui::Begin("notices", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    int number = 0;
    for (auto message = messages.begin(); message != messages.end(); ++number) {
      std::vector<MessageButton> actions;
      const std::string prefix = "notice" + std::to_string(number);
      const History& history = session.run().history();
      if (message->edit > 0 && history.undo_number() == message->edit)
        actions.push_back({prefix + ".undo", "Undo: " + plain(history.undo_name())});
      const Document& document = session.run().document();
      const std::optional<Loss> better =
          message->can_reset && document.training.losses.empty()
              ? loss_advice(document.network, document.training.loss).better
              : std::nullopt;
      if (better)
        actions.push_back({prefix + ".better_loss", "Use " + std::string(title_of(*better))});
      if (message->can_fit && document.data)
        actions.push_back({prefix + ".fit", "Fit network and loss to the data"});
      if (message->can_reset) actions.push_back({prefix + ".reset", "Reset"});
      actions.push_back({prefix + ".close", "Close"});
      const int pressed =
          notice(gui, message->kind == Message::Kind::error ? Severity::error : Severity::warn,
                 plain(message->title), plain(message->text), actions, width);
      gui.named(prefix, message->title, message->text);
      gap(gui, 8);
      const std::string did =
          pressed < 0 ? "" : actions[static_cast<std::size_t>(pressed)].name.substr(prefix.size());
      if (did == ".undo") undo();
      if (did == ".reset") session.run().reset();
      if (did == ".fit") session.fit_to_data();
      if (did == ".better_loss")
        session.run().edit("loss", [&](Document& d) { d.training.loss = *better; });
      message = pressed >= 0 ? messages.erase(message) : std::next(message);
    }
    constexpr double below = 4;
    const double height = (ImGui::GetCursorPosY() + ImGui::GetScrollY()) / gui.scale() + below;
    if (std::exchange(told_height, height) != height) gui.wake();
    ImGui::End();
  }
  if (session.busy()) {
    Region region(gui, "busy", {centre_x - 120, gui.size().height - 44, 240, 28},
                  {.overlay = true});
    busy(gui, plain(session.busy_with()));
  }
  toasts.draw(gui, {gui.exact(centre_x), gui.exact(gui.size().height - 24)});
}

void Shell::Parts::draw_dialogs(const TopBarDid& bar, const WindowLayout& layout) {
  Region region(gui, "menus", {0, 0, 1, 1}, {.overlay = true});
  const double below = layout.top - 8;
  if (bar.document_menu) open_menu_at(gui, "documents", in_pixels(gui, {12, below - 30, 100, 30}));
  if (bar.scale_menu)
    open_menu_at(gui, "text_sizes", in_pixels(gui, {gui.size().width - 190, below - 30, 34, 30}));
  const DocumentMenuDid menu = draw_document_menu(gui, session);
  if (menu.open) open(*menu.open);
  if (menu.network_format) ask_to_export_network(*menu.network_format);
  draw_scale_menu();
  if (const auto file = files.draw(gui)) {
    if (files.saving() && !network_format.empty()) {
      session.export_network(*file, network_format);
    } else if (files.saving()) {
      save_to(*file);
    } else {
      open(*file);
    }
  }
  exporting.draw(gui, [&](const ExportChoice& choice) -> std::string {
    Tile* tile = workspace.find(exporting.figure());
    return tile ? export_tile(*tile, choice) : "The figure is not shown any more.";
  });
  draw_help(gui, help);
  palette.draw(gui, [this] { return palette_entries(); });
  draw_leaving();
  draw_lost();
  if (!files.open()) after_saving = {};  // no name was given: nothing follows
  take(menu.command);
}

void Shell::Parts::draw_scale_menu() {
  if (!begin_menu(gui, "text_sizes", 180)) return;
  for (double scale = Preferences::least_scale; scale <= Preferences::most_scale + 1e-9;
       scale += text_scale_step) {
    const std::string label = number_text(std::round(scale * 100), 9) + " %";
    if (menu_entry(gui, "text_size." + number_text(scale, 3), label,
                   {.keys = {},
                    .enabled = true,
                    .checked = std::abs(scale - session.preferences.scale) < 0.01}))
      set_scale(scale);
  }
  menu_rule(gui);
  // Also here, since a narrow top bar leaves them out.
  const auto command = [this](const char* name, const char* label, Command which) {
    if (menu_entry(gui, name, label, {.keys = std::string(keys_of(which))})) take(which);
  };
  command("text_sizes.theme", gui.theme().dark ? "Light theme" : "Dark theme", Command::theme);
  command("text_sizes.lecture", "Fill the screen", Command::lecture);
  menu_rule(gui);
  bool less = session.preferences.less_motion;
  if (menu_entry(gui, "less_motion", "Less motion", {.keys = {}, .enabled = true, .checked = less}))
    session.preferences.less_motion = !less;
  end_menu(gui);
}

void Shell::Parts::draw_leaving() {
  if (!leaving)
    if (const auto file = session.take_waiting())
      leaving = Leaving{"Open without saving", [this, file] { session.replace_by(*file, true); }};
  bool open = leaving.has_value();
  Dialog dialog(gui, "unsaved", "Save the changes?", 440, open);
  if (!open) leaving.reset();
  if (!dialog || !leaving) return;
  const std::string& title = session.run().document().title;
  paragraph(gui,
            (title.empty() ? "The document" : "\u201c" + plain(title) + "\u201d") +
                " has been changed or trained since it was last saved.",
            {.colour = gui.theme().ink2});
  gap(gui, 16);
  const bool saves = button(gui, "unsaved.save", "Save", {.primary = true});
  ImGui::SameLine();
  const bool discards = button(gui, "unsaved.discard", leaving->without_saving);
  ImGui::SameLine();
  const bool stays = button(gui, "unsaved.cancel", "Stay here");
  if (!saves && !discards && !stays) return;
  const Leaving chosen = *std::exchange(leaving, {});
  ImGui::CloseCurrentPopup();
  if (discards) chosen.then();
  if (!saves) return;
  after_saving = chosen.then;
  save(false);
}

void Shell::Parts::draw_lost() {
  bool open = lost.has_value();
  Dialog dialog(gui, "lost", "Bring back what was not saved?", 440, open);
  if (!open) lost.reset();  // left with Esc: it is offered again at the next start
  if (!dialog || !lost) return;
  paragraph(gui,
            "Crease has ended without saving. The document is as it was a few seconds before, with "
            "what had been learned.",
            {.colour = gui.theme().ink2});
  gap(gui, 16);
  const bool back = button(gui, "lost.bring_back", "Bring back", {.primary = true});
  ImGui::SameLine();
  const bool away = button(gui, "lost.discard", "Discard");
  if (!back && !away) return;
  if (back)
    recovery->bring_back(session, *lost);
  else
    Recovery::discard(*lost);
  lost.reset();
  ImGui::CloseCurrentPopup();
}

}  // namespace crease::app
