#pragma once
/// The whole window: where every part lies, which keys do what, what is open over it.
#include <memory>
#include <optional>
#include <string>

#include "gui.h"
#include "session.h"

namespace crease::app {

class Shell {
 public:
  Shell(Gui& gui, Session& session);
  ~Shell();

  /// One frame, between Gui::begin_frame and Gui::end_frame.
  void draw();
  /// Keeps what is unsaved in a file there while this runs, and offers what a crash left there.
  void keep_unsaved_in(const std::filesystem::path& folder);
  /// A file that was dropped on the window.
  void drop(const std::filesystem::path& file);
  /// The person wants to close the window; unsaved changes are asked about first.
  void ask_to_close();
  bool closed() const;
  /// Asked for from within (F11): the window shall fill the screen.
  bool full_screen() const;
  /// "Two spirals, changed": for the window's title bar.
  std::string title() const;
  /// Nothing is under way and every picture shows the newest snapshot.
  bool at_rest() const;
  /// The sentence of each message that is on screen, and everything else that stands there as text
  /// only.
  std::string texts() const;
  /// A number that scripts may ask for: step, epoch, loss, test_loss, accuracy, test_accuracy (1 is
  /// all right), parameters, units, layers, tiles, runs. Nothing where there is no such number.
  std::optional<double> number(const std::string& name) const;
  /// Exports the tile with that view (or the network) as the menu would. Throws Problem.
  void export_view(const std::string& view, const std::filesystem::path& file);

  Session& session() { return session_; }

 private:
  struct Parts;

  Gui& gui_;
  Session& session_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace crease::app
