#include "shell.h"

#include <algorithm>
#include <cmath>

#include "export/export.h"
#include "panels/data_panel.h"
#include "panels/dialog.h"
#include "panels/document_menu.h"
#include "panels/export_dialog.h"
#include "panels/file_dialog.h"
#include "panels/help.h"
#include "panels/top_bar.h"
#include "panels/training_panel.h"
#include "region.h"
#include "shortcuts.h"
#include "widgets.h"
#include "window_layout.h"
#include "workspace.h"

namespace crease::app {

struct Shell::Parts {
  Parts(Gui& g, Session& s) : gui(g), session(s) {}

  Gui& gui;
  Session& session;

  DataPanel data;
  TrainingPanel training;
  Workspace workspace;
  Tile network{0, NetworkView{}};
  FileDialog files;
  ExportDialog exporting;
  Palette palette;
  Toasts toasts;
  LayoutWish wish;

  bool help = false, strip_open = false, full_screen = false, closing = false, closed = false;
  const Run* shown_run = nullptr;  // whose document the tiles belong to
  std::string told_divergence, told_problem;
  std::function<void()> after_saving;
  std::string texts;

  void draw();
  void draw_left(const WindowLayout& layout);
  void draw_panels();
  void draw_centre(const WindowLayout& layout);
  void draw_tabs(const WindowLayout& layout);
  void draw_splitter(const WindowLayout& layout);
  void draw_notices(const WindowLayout& layout);
  void draw_dialogs(const TopBarDid& bar, const WindowLayout& layout);
  void draw_scale_menu();
  void draw_closing();
  void take(Command command);
  void take_tile(const Workspace::Did& did);
  void follow_document();
  void follow_trouble();
  void ask_to_export(Tile& tile);
  void export_tile(Tile& tile, const ExportChoice& choice);
  void copy_numbers(const Tile& tile);
  void save(bool as);
  void save_to(const std::filesystem::path& file);
  void open(const std::filesystem::path& file);
  void set_scale(double scale);
};

namespace {

constexpr double scale_step = 0.25;

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

Shell::Shell(Gui& gui, Session& session)
    : gui_(gui), session_(session), parts_(std::make_unique<Parts>(gui, session)) {}
Shell::~Shell() = default;

void Shell::draw() {
  session_.begin_frame();
  parts_->draw();
  session_.end_frame();
}

void Shell::Parts::draw() {
  gui.set_theme(session.preferences.dark);
  gui.set_text_scale(session.preferences.scale);
  gui.set_less_motion(session.preferences.less_motion);
  follow_document();
  follow_trouble();
  const bool free = !files.open() && !exporting.open() && !palette.open() && !help && !closing;
  if (free) take(pressed_command());

  wish.maximised = workspace.maximised();
  const WindowLayout layout = window_layout(gui.size(), wish);
  const TopBarDid bar = draw_top_bar(gui, session, layout.top);
  draw_left(layout);
  draw_centre(layout);
  draw_notices(layout);
  draw_dialogs(bar, layout);
  take(bar.command);
}

void Shell::Parts::follow_document() {
  if (shown_run == &session.run()) return;
  shown_run = &session.run();
  workspace.open(session.run().document());
  told_divergence.clear();
  told_problem.clear();
}

void Shell::Parts::follow_trouble() {
  const auto& snapshot = session.run().snapshot();
  if (!snapshot) return;
  if (snapshot->divergence != told_divergence) {
    told_divergence = snapshot->divergence;
    if (!told_divergence.empty()) {
      session.run().set_running(false);
      session.say({Message::Kind::error, "Training has stopped", told_divergence,
                   session.run().history().can_undo()});
    }
  }
  if (snapshot->problem != told_problem) {
    std::erase_if(session.messages(), [&](const Message& m) { return m.text == told_problem; });
    told_problem = snapshot->problem;
    if (!told_problem.empty())
      session.say({Message::Kind::warning, "This cannot be trained yet", told_problem,
                   session.run().history().can_undo()});
  }
}

void Shell::Parts::draw_panels() {
  data.draw(gui, session);
  rule(gui, 8, 8);
  training.draw(gui, session);
}

void Shell::Parts::draw_left(const WindowLayout& layout) {
  const Theme& theme = gui.theme();
  if (!layout.left_is_strip) {
    Region region(gui, "left", layout.left,
                  {.ground = theme.chrome, .margin_x = 18, .margin_y = 12, .scrolls = true});
    draw_panels();
    strip_open = false;
    return;
  }
  {
    Region region(gui, "left", layout.left, {.ground = theme.chrome});
    double y = layout.left.y + 8;
    const auto entry = [&](const char* name, Icon icon, const char* label) {
      put_cursor(gui, 7, y);
      if (icon_button(gui, name, icon, label, {.on = strip_open})) strip_open = !strip_open;
      y += 36;
    };
    entry("settings", Icon::gear, "Data and training");
  }
  if (!strip_open) return;
  const Rect drawer{layout.left.right(), layout.left.y, 264, layout.left.height};
  Region region(
      gui, "drawer", drawer,
      {.ground = theme.chrome, .margin_x = 16, .margin_y = 12, .scrolls = true, .overlay = true});
  draw_panels();
  const bool pressed_outside =
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
      !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem |
                              ImGuiHoveredFlags_ChildWindows) &&
      !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  const double mouse_x = ImGui::GetIO().MousePos.x / gui.scale();
  if (pressed_outside && mouse_x > drawer.right()) strip_open = false;
}

void Shell::Parts::draw_centre(const WindowLayout& layout) {
  draw_tabs(layout);
  if (layout.network) {
    Region region(gui, "network", *layout.network, {.ground = gui.theme().picture});
    network.ask(session.run(), layout.network->height);
    network.draw_picture(gui, session, layout.network->inset(8));
  }
  if (layout.tiles) take_tile(workspace.draw(gui, session, *layout.tiles));
  draw_splitter(layout);
}

void Shell::Parts::draw_tabs(const WindowLayout& layout) {
  if (!layout.tabbed) return;
  const Rect any = layout.network ? *layout.network : *layout.tiles;
  Region region(gui, "centre_tabs", {any.x, any.y - layout.tab_bar, any.width, layout.tab_bar},
                {.ground = gui.theme().picture});
  put_cursor(gui, any.x + 12, any.y - layout.tab_bar + 2);
  int chosen = wish.network_first ? 0 : 1;
  if (tabs(gui, "centre", {"Network", "Pictures"}, chosen)) wish.network_first = chosen == 0;
}

void Shell::Parts::draw_splitter(const WindowLayout& layout) {
  if (!layout.network || !layout.tiles) return;
  const Rect at{layout.tiles->x, layout.tiles->y - 4, layout.tiles->width, 8};
  Region region(gui, "network_splitter", at, {});
  const Rect line = in_pixels(gui, {at.x, at.y + 4, at.width, 1});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(place({line.x, line.y}), place({line.right(), line.bottom()}),
                     colour(gui.theme().rule));
  put_cursor(gui, at.x, at.y);
  ImGui::InvisibleButton("splitter", {gui.px(at.width), gui.px(at.height)});
  gui.named("splitter_network");
  if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  list.AddRectFilled(place({line.x, line.y - 1}), place({line.right(), line.bottom() + 1}),
                     colour(gui.theme().accent));
  if (!ImGui::IsItemActive()) return;
  const double both = layout.network->height + layout.tiles->height;
  const double moved = ImGui::GetIO().MouseDelta.y / gui.scale();
  if (moved != 0)
    wish.network_share = std::clamp((layout.network->height + moved) / both, 0.15, 0.85);
}

void Shell::Parts::draw_notices(const WindowLayout& layout) {
  auto& messages = session.messages();
  for (auto at = messages.begin(); at != messages.end();) {
    if (at->kind != Message::Kind::toast) {
      ++at;
      continue;
    }
    const bool can_undo = at->can_undo;
    toasts.say(plain(at->text), can_undo ? Action{"undo_toast", "Undo"} : Action{},
               [this] { session.run().undo(); });
    at = messages.erase(at);
  }
  const double centre_x = layout.left.right() + (gui.size().width - layout.left.right()) / 2;
  if (!messages.empty()) {
    const double width = std::min(480.0, gui.size().width - layout.left.width - 48);
    const Rect at{gui.size().width - width - 24, layout.top + 16, width,
                  gui.size().height - layout.top - 32};
    ImGui::SetNextWindowPos({gui.exact(at.x), gui.exact(at.y)});
    ImGui::SetNextWindowSize({gui.px(width), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 0));
    ImGui::Begin("notices", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    int number = 0;
    for (auto message = messages.begin(); message != messages.end(); ++number) {
      std::vector<Action> actions;
      const std::string prefix = "notice" + std::to_string(number);
      if (message->can_undo && session.run().history().can_undo())
        actions.push_back(
            {prefix + ".undo", "Undo: " + plain(session.run().history().undo_name())});
      actions.push_back({prefix + ".close", "Close"});
      const int pressed =
          notice(gui, message->kind == Message::Kind::error ? Severity::error : Severity::warn,
                 plain(message->title), plain(message->text), actions, width);
      gui.named(prefix, message->title, message->text);
      gap(gui, 8);
      if (pressed >= 0 && actions[static_cast<std::size_t>(pressed)].name.ends_with("undo"))
        session.run().undo();
      message = pressed >= 0 ? messages.erase(message) : std::next(message);
    }
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
  draw_scale_menu();
  if (const auto file = files.draw(gui)) {
    if (files.saving()) {
      save_to(*file);
    } else {
      open(*file);
    }
  }
  if (const auto choice = exporting.draw(gui))
    if (Tile* tile = workspace.find(exporting.figure())) export_tile(*tile, *choice);
  draw_help(gui, help);
  const Command found = palette.draw(gui);
  draw_closing();
  take(menu.command);
  take(found);
}

void Shell::Parts::draw_scale_menu() {
  if (!begin_menu(gui, "text_sizes", 180)) return;
  for (double scale = Preferences::least_scale; scale <= Preferences::most_scale + 1e-9;
       scale += scale_step) {
    const std::string label = number_text(std::round(scale * 100), 9) + " %";
    if (menu_entry(gui, "text_size." + number_text(scale, 3), label,
                   {.keys = {},
                    .enabled = true,
                    .checked = std::abs(scale - session.preferences.scale) < 0.01}))
      set_scale(scale);
  }
  menu_rule(gui);
  bool less = session.preferences.less_motion;
  if (menu_entry(gui, "less_motion", "Less motion", {.keys = {}, .enabled = true, .checked = less}))
    session.preferences.less_motion = !less;
  end_menu();
}

void Shell::Parts::draw_closing() {
  Dialog dialog(gui, "unsaved", "Save what was learned?", 440, closing);
  if (!dialog) return;
  paragraph(gui, "The document has been changed or trained since it was last saved.",
            {.colour = gui.theme().ink2});
  gap(gui, 16);
  if (button(gui, "unsaved.save", "Save", {.primary = true})) {
    closing = false;
    ImGui::CloseCurrentPopup();
    after_saving = [this] { closed = true; };
    save(false);
  }
  ImGui::SameLine();
  if (button(gui, "unsaved.discard", "Quit without saving")) closed = true;
  ImGui::SameLine();
  if (button(gui, "unsaved.cancel", "Go on")) {
    closing = false;
    ImGui::CloseCurrentPopup();
  }
}

void Shell::Parts::set_scale(double scale) {
  session.preferences.scale = std::clamp(scale, Preferences::least_scale, Preferences::most_scale);
}

void Shell::Parts::open(const std::filesystem::path& file) { session.open(file, true); }

void Shell::Parts::save_to(const std::filesystem::path& file) {
  Document with_tiles = session.run().document();
  workspace.save_in(with_tiles);
  session.save(file, with_tiles.view, std::exchange(after_saving, {}));
}

void Shell::Parts::save(bool as) {
  if (!as && !session.file().empty()) {
    save_to(session.file());
    return;
  }
  const auto folder =
      session.file().empty() ? std::filesystem::path{} : session.file().parent_path();
  files.ask_to_save(folder / (file_stem(session.run().document().title) + ".crease.json"));
}

void Shell::Parts::ask_to_export(Tile& tile) {
  if (!tile.figure()) return;
  exporting.ask(tile.name(), tile.figure()->name, {480, 420}, session.file().parent_path());
}

void Shell::Parts::export_tile(Tile& tile, const ExportChoice& choice) {
  const auto figure = tile.figure_in(choice.dark ? dark_theme() : light_theme());
  if (!figure) return;
  try {
    ExportOptions options;
    options.points = choice.points;
    options.dpi = choice.dpi;
    options.dark = choice.dark;
    options.layout = tile.window().options();
    options.layout.title = options.layout.ground = true;
    export_figure(*figure, choice.file, options);
    session.say({Message::Kind::toast, "", "Exported " + choice.file.filename().string(), false});
  } catch (const std::exception& wrong) {
    session.say_problem("The figure was not exported", wrong.what());
  }
}

void Shell::Parts::copy_numbers(const Tile& tile) {
  if (!tile.figure() || !tile.figure()->table) return;
  const Table table = tile.figure()->table();
  ImGui::SetClipboardText(table_text(table).c_str());
  session.say({Message::Kind::toast, "",
               number_text(static_cast<double>(table.rows.size()), 9) + " rows copied", false});
}

void Shell::Parts::take_tile(const Workspace::Did& did) {
  if (!did.tile) return;
  if (did.what.export_figure) ask_to_export(*did.tile);
  if (did.what.copy_numbers) copy_numbers(*did.tile);
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
      return run.undo();
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
    case Command::copy_numbers:
      if (Tile* tile = workspace.chosen()) copy_numbers(*tile);
      return;
    case Command::larger:
      return set_scale(session.preferences.scale + scale_step);
    case Command::smaller:
      return set_scale(session.preferences.scale - scale_step);
    case Command::usual_size:
      return set_scale(1);
    case Command::theme:
      session.preferences.dark = !session.preferences.dark;
      return;
    case Command::lecture:
      full_screen = !full_screen;
      return;
    case Command::help:
      help = true;
      return;
    case Command::palette:
      return palette.ask();
    case Command::leave:
      strip_open = false;
      workspace.restore();
      return;
    case Command::quit:
      if (run.changed() && !session.file().empty())
        closing = true;
      else
        closed = true;
      return;
  }
}

void Shell::drop(const std::filesystem::path& file) { session_.open(file, true); }
void Shell::ask_to_close() { parts_->take(Command::quit); }
bool Shell::closed() const { return parts_->closed; }
bool Shell::full_screen() const { return parts_->full_screen; }

std::string Shell::title() const {
  const std::string& name = session_.run().document().title;
  return (name.empty() ? "Untitled" : name) + (session_.run().changed() ? ", changed" : "") +
         " \u2013 Crease";
}

bool Shell::at_rest() const { return session_.at_rest(); }

std::string Shell::texts() const {
  std::string all;
  for (const NamedItem& item : gui_.items().all()) all += item.label + "\n" + item.value + "\n";
  for (const Message& message : session_.messages())
    all += message.title + "\n" + message.text + "\n";
  return all;
}

std::optional<double> Shell::number(const std::string& name) const {
  const Run& run = session_.run();
  const auto& snapshot = run.snapshot();
  if (name == "tiles") return static_cast<double>(parts_->workspace.count());
  if (name == "layers") return static_cast<double>(run.document().network.nodes.size());
  if (name == "runs") return 1.0;
  if (!snapshot || !snapshot->plan) return {};
  if (name == "step") return static_cast<double>(snapshot->step);
  if (name == "epoch") return snapshot->epochs;
  if (name == "parameters") return static_cast<double>(snapshot->plan->parameter_count);
  if (snapshot->scored.step < 0) return {};
  const Score& training = snapshot->scored.training;
  const Score& test = snapshot->scored.test;
  const bool tested = snapshot->data && !snapshot->data->test.empty();
  if (name == "loss") return training.loss;
  if (name == "test_loss" && tested) return test.loss;
  if (name == "accuracy" && training.has_accuracy) return training.accuracy;
  if (name == "test_accuracy" && tested && test.has_accuracy) return test.accuracy;
  return {};
}

void Shell::export_view(const std::string& view, const std::filesystem::path& file) {
  Tile* tile = parts_->workspace.find(view);
  const auto figure = tile ? tile->figure_in(light_theme()) : std::nullopt;
  if (!figure) throw Problem("no tile shows \"" + view + "\"");
  ExportOptions options;
  options.layout = tile->window().options();
  options.layout.title = options.layout.ground = true;
  export_figure(*figure, file, options);
}

}  // namespace crease::app
