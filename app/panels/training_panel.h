#pragma once
/// How the network is trained: loss, optimiser, start values, order of samples.
#include "session.h"
#include "widgets.h"

namespace crease::app {

class TrainingPanel {
 public:
  void draw(Gui& gui, Session& session);

 private:
  void settings(Gui& gui, Session& session, bool rare);
  /// What is odd about the loss, with the one that is not.
  void advise(Gui& gui, Run& run);
  /// Says where the network has more outputs than the data has classes, and offers to mend it.
  static void advise_outputs(Gui& gui, Session& session);
  /// The button that solves a linear model at once.
  void closed_form(Gui& gui, Session& session);

  bool open_ = true, more_ = false;
};

}  // namespace crease::app
