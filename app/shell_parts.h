#pragma once
/// The parts of the shell and what passes between them. Only the shell's own files include this.
#include <functional>
#include <string>

#include "export/network_file.h"
#include "panels/data_panel.h"
#include "panels/export_dialog.h"
#include "panels/file_dialog.h"
#include "panels/help.h"
#include "panels/network_canvas.h"
#include "panels/palette.h"
#include "panels/top_bar.h"
#include "panels/training_panel.h"
#include "recovery.h"
#include "shell.h"
#include "widgets.h"
#include "window_layout.h"
#include "workspace.h"

namespace crease::app {

inline constexpr double text_scale_step = 0.25;

struct Shell::Parts {
  Parts(Gui& g, Session& s) : gui(g), session(s) {}

  Gui& gui;
  Session& session;

  DataPanel data;
  TrainingPanel training;
  NetworkCanvas network;
  Workspace workspace;
  FileDialog files;
  ExportDialog exporting;
  Palette palette;
  Toasts toasts;
  LayoutWish wish;

  bool help = false, strip_open = false, presenting = false, closed = false;
  bool menu_was_open = false;      ///< in the last frame
  bool tells_return = false;       ///< that an undo has brought weights back, once it has
  const Run* shown_run = nullptr;  // whose document the tiles belong to
  std::string told_divergence, told_problem;
  int page = 0;            // of a presentation
  long diverged_at = -1;   // step at which training stopped by itself, until it is left
  double told_height = 0;  // of the notices, as they were drawn last
  double last_turn = 0;    // of the wheel or an arrow key, in the time of frames
  std::function<void()> after_saving;
  /// What waits for the answer whether the document is to be saved before.
  struct Leaving {
    std::string without_saving;  ///< the label of going on all the same
    std::function<void()> then;
  };
  std::optional<Leaving> leaving;
  std::optional<Recovery> recovery;
  std::optional<std::filesystem::path> lost;  // found at the start, until the person has chosen
  std::string texts;
  std::string network_format;  // that the file dialog asks a name for; empty: the document

  void draw();
  void draw_left(const WindowLayout& layout);
  void draw_panels();
  void draw_centre(const WindowLayout& layout);
  /// What to do where there is nothing to draw.
  void invite_data(Rect at);
  void draw_tabs(const WindowLayout& layout);
  void draw_splitter(const WindowLayout& layout);
  void draw_notices(const WindowLayout& layout);
  void draw_dialogs(const TopBarDid& bar, const WindowLayout& layout);
  void draw_scale_menu();
  void draw_leaving();
  void draw_lost();
  void take(Command command);
  void take_tile(const Workspace::Did& did);
  void follow_document();
  /// Says so where it brings back what training has diverged from.
  void undo();
  void follow_trouble();
  /// Tells what belongs to one movement of the hand, which is undone as one.
  void follow_hand();
  double text_scale() const;
  void ask_to_export(Tile& tile);
  /// Why it could not, in a sentence; empty when the file is written.
  std::string export_tile(Tile& tile, const ExportChoice& choice);
  void copy_numbers(const Tile& tile);
  void copy_picture(Tile& tile);
  std::vector<PaletteEntry> palette_entries();
  /// A presentation: all pictures together, then each alone.
  void draw_lecture(const WindowLayout& layout);
  /// Beside a picture that is alone: the title and the numbers.
  void draw_said(Rect at);
  /// The same in one line, behind the dots of the pages.
  void draw_said_in_line(Rect at);
  void turn_page(int by);
  void draw_pages();
  /// All pictures together, and each alone.
  int pages() const { return static_cast<int>(workspace.count()) + 2; }
  void draw_pointer() const;
  void save(bool as);
  void ask_to_export_network(const NetworkFormat& format);
  void save_to(const std::filesystem::path& file);
  std::string view_to_save() const;
  /// Asks before what was edited is lost.
  void open(const std::filesystem::path& file);
  void set_scale(double scale);
};

}  // namespace crease::app
