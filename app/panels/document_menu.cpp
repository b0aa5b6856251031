#include "panels/document_menu.h"

#include "widgets.h"

namespace crease::app {

DocumentMenuDid draw_document_menu(Gui& gui, const Session& session) {
  DocumentMenuDid did;
  if (!begin_menu(gui, "documents", 320)) return did;
  const auto command = [&](const char* name, const char* label, Command which,
                           bool enabled = true) {
    if (menu_entry(gui, name, label, {.keys = std::string(keys_of(which)), .enabled = enabled}))
      did.command = which;
  };
  command("menu.open", "Open\u2026", Command::open);
  command("menu.save", "Save", Command::save);
  command("menu.save_as", "Save as\u2026", Command::save_as);
  if (begin_submenu(gui, "menu.network", "Export the network")) {
    for (const NetworkFormat& format : network_formats)
      if (menu_entry(gui, "menu.network." + std::string(format.name), format.title))
        did.network_format = format;
    end_submenu(gui);
  }
  const History& history = session.run().history();
  menu_rule(gui);
  const auto named = [](const char* verb, const std::string& what) {
    return what.empty() ? std::string(verb) : std::string(verb) + ": " + plain(what);
  };
  if (menu_entry(gui, "menu.undo", named("Undo", history.undo_name()),
                 {.keys = "Ctrl Z", .enabled = history.can_undo()}))
    did.command = Command::undo;
  if (menu_entry(gui, "menu.redo", named("Redo", history.redo_name()),
                 {.keys = "Ctrl Shift Z", .enabled = history.can_redo()}))
    did.command = Command::redo;
  menu_rule(gui);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + gui.px(12));
  words(gui, "Examples", {.size = 12, .colour = gui.theme().ink2, .height = 24});
  for (const Session::Example& example : session.examples()) {
    const std::string name = example.file.filename().string();
    if (menu_entry(gui, "example." + name.substr(0, name.find('.')), plain(example.title)))
      did.open = example.file;
  }
  if (!session.preferences.recent.empty() && begin_submenu(gui, "menu.recent", "Opened last")) {
    for (const std::string& recent : session.preferences.recent)
      if (menu_entry(gui, "recent." + recent,
                     plain(std::filesystem::path(recent).filename().string())))
        did.open = recent;
    end_submenu(gui);
  }
  menu_rule(gui);
  command("menu.palette", "Find a command\u2026", Command::palette);
  command("menu.help", "Keys and help", Command::help);
  command("menu.quit", "Quit", Command::quit);
  end_menu(gui);
  return did;
}

}  // namespace crease::app
