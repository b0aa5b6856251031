/// What the shell does when it is asked to: commands, files, exports, copies.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "clipboard.h"
#include "export/export.h"
#include "shell_parts.h"

namespace crease::app {

namespace {

std::string table_text(const Table& table) {
  std::string text;
  const auto line = [&text](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "\t" : "") + cells[i];
    text += '\n';
  };
  line(table.columns);
  for (const auto& row : table.rows) line(row);
  return text;
}

/// A file's name from a title: "Two spirals" -> "two_spirals".
std::string file_stem(const std::string& title) {
  std::string stem;
  for (const char c : title) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      stem += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!stem.empty() && stem.back() != '_')
      stem += '_';
  }
  while (!stem.empty() && stem.back() == '_') stem.pop_back();
  return stem.empty() ? "untitled" : stem;
}

}  // namespace

void Shell::Parts::set_scale(double scale) {
  session.preferences.scale = std::clamp(scale, Preferences::least_scale, Preferences::most_scale);
}

void Shell::Parts::open(const std::filesystem::path& file) { session.open(file, true); }

std::string Shell::Parts::view_to_save() const {
  Document with_tiles = session.run().document();
  workspace.save_in(with_tiles);
  return with_tiles.view;
}

void Shell::Parts::save_to(const std::filesystem::path& file) {
  session.save(file, view_to_save(), std::exchange(after_saving, {}));
}

void Shell::Parts::save(bool as) {
  if (!as && !session.file().empty()) {
    save_to(session.file());
    return;
  }
  const auto folder =
      session.file().empty() ? std::filesystem::path{} : session.file().parent_path();
  network_format.clear();
  files.ask_to_save(folder / (file_stem(session.run().document().title) + ".crease.json"),
                    "Save the document", ".crease.json");
}

void Shell::Parts::ask_to_export_network(const NetworkFormat& format) {
  network_format = format.name;
  files.ask_to_save(session.file().parent_path() /
                        (file_stem(session.run().document().title) + std::string(format.ending)),
                    "Export the network: " + std::string(format.title), std::string(format.ending));
}

void Shell::Parts::ask_to_export(Tile& tile) {
  if (!tile.figure()) return;
  exporting.ask(tile.name(), tile.figure()->name, file_stem(tile.figure()->name), {480, 420},
                session.file().parent_path());
}

std::string Shell::Parts::export_tile(Tile& tile, const ExportChoice& choice) {
  const auto figure = tile.figure_in(choice.dark ? dark_theme() : light_theme());
  if (!figure) return "The figure is not shown any more.";
  try {
    ExportOptions options;
    options.points = choice.points;
    options.dpi = choice.dpi;
    options.dark = choice.dark;
    options.layout = tile.window().options();
    options.layout.title = options.layout.ground = true;
    export_figure(*figure, choice.file, options);
    session.settle(Message::About::writing);
    session.say({Message::Kind::toast, "", "Exported " + choice.file.filename().string()});
    return "";
  } catch (const std::exception& wrong) {
    return wrong.what();
  }
}

void Shell::Parts::copy_numbers(const Tile& tile) {
  if (!tile.figure() || !tile.figure()->table) return;
  const Table table = tile.figure()->table();
  ImGui::SetClipboardText(table_text(table).c_str());
  session.say({Message::Kind::toast, "",
               number_text(static_cast<double>(table.rows.size()), 9) + " rows copied"});
}

void Shell::Parts::copy_picture(Tile& tile) {
  const auto figure = tile.figure_in(gui.theme());
  if (!figure) return;
  const auto file =
      std::filesystem::temp_directory_path() / fmt::format("crease-copy-{}.png", getpid());
  try {
    ExportOptions options;
    options.dark = gui.theme().dark;
    options.layout = tile.window().options();
    options.layout.title = options.layout.ground = true;
    export_figure(*figure, file, options);
    copy_png(file);
    session.say({Message::Kind::toast, "", "Picture copied"});
  } catch (const std::exception& wrong) {
    session.say_problem(Message::About::writing, "The picture was not copied", wrong.what());
  }
  std::error_code none;
  std::filesystem::remove(file, none);
}

void Shell::Parts::take_tile(const Workspace::Did& did) {
  if (!did.tile) return;
  if (did.what.export_figure) ask_to_export(*did.tile);
  if (did.what.copy_numbers) copy_numbers(*did.tile);
  if (did.what.copy_picture) copy_picture(*did.tile);
}

void Shell::Parts::take(Command command) {
  Run& run = session.run();
  switch (command) {
    case Command::none:
      return;
    case Command::run:
      return run.set_running(!run.running());
    case Command::step:
      return run.step();
    case Command::reset:
      return run.reset();
    case Command::new_seed:
      return run.new_seed();
    case Command::undo:
      return undo();
    case Command::redo:
      return run.redo();
    case Command::open:
      return files.ask_to_open(session.file().parent_path());
    case Command::save:
      return save(false);
    case Command::save_as:
      return save(true);
    case Command::export_figure:
      if (Tile* tile = workspace.chosen()) ask_to_export(*tile);
      return;
    case Command::copy_picture:
      if (Tile* tile = workspace.chosen()) copy_picture(*tile);
      return;
    case Command::copy_numbers:
      if (Tile* tile = workspace.chosen()) copy_numbers(*tile);
      return;
    case Command::larger:
      return set_scale(session.preferences.scale + text_scale_step);
    case Command::smaller:
      return set_scale(session.preferences.scale - text_scale_step);
    case Command::usual_size:
      return set_scale(1);
    case Command::theme:
      session.preferences.dark = !session.preferences.dark;
      return;
    case Command::lecture:
      presenting = !presenting;
      page = 0;
      if (!presenting) workspace.restore();
      return;
    case Command::help:
      help = true;
      return;
    case Command::palette:
      return palette.ask();
    case Command::leave:
      if (menu_was_open) return;  // Escape has closed that
      if (presenting && (page > 0 || !workspace.maximised())) presenting = false;
      page = 0;
      strip_open = false;
      session.pointed = {};
      workspace.restore();
      return;
    case Command::quit:
      if (session.unsaved())
        leaving = Leaving{"Quit without saving", [this] { closed = true; }};
      else
        closed = true;
      return;
  }
}

void Shell::drop(const std::filesystem::path& file) { parts_->open(file); }
void Shell::ask_to_close() { parts_->take(Command::quit); }
bool Shell::closed() const { return parts_->closed; }
bool Shell::full_screen() const { return parts_->presenting; }

}  // namespace crease::app
