#pragma once
/// Samples drawn by hand in a picture of the plane: a click adds one of the chosen class, dragging
/// moves one, Delete removes the one under the pointer.
#include <optional>

#include "figure/layout.h"
#include "gui.h"
#include "session.h"

namespace crease::app {

class PointEditor {
 public:
  /// Whether the samples of a run can be drawn by hand: two inputs, and classes whose numbers
  /// the loss takes as targets.
  static bool serves(const Run& run);

  bool on() const { return on_; }
  void set_on(bool on);
  /// Each frame, before the picture answers the pointer. `panel` is where it lies in `at` (pixels),
  /// `hovered` whether the pointer is free to act there. True where it holds a sample, so that the
  /// picture must not move.
  bool follow(Gui& gui, Session& session, const PlacedPanel& panel, Rect at, bool hovered);
  void add(Session& session, Point place) const;
  /// The classes to choose from, from `x`, `y` on (px at scale 1), and the way out: true when it
  /// was taken.
  bool draw_classes(Gui& gui, const std::string& name, const Run& run, double x, double y,
                    double width);

 private:
  bool on_ = false;
  int class_ = 0;
  std::optional<std::size_t> held_;
};

}  // namespace crease::app
