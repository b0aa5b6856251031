#pragma once
/// The bar at the top: what is open, running and stepping, speed, and the numbers of the run.
#include "session.h"
#include "shortcuts.h"

namespace crease::app {

/// What a person has asked for in the bar; the shell does it.
struct TopBarDid {
  Command command = Command::none;
  bool document_menu =
      false;  ///< the menu of documents was asked for: it opens below the last item
  bool scale_menu = false;
};

/// `height` in px at scale 1, over the whole width.
TopBarDid draw_top_bar(Gui& gui, Session& session, double height);

/// The speeds of the slider, steps a second; the last is flat out.
double speed_of(double share);
double share_of(double steps_per_second);
std::string speed_words(double steps_per_second);

}  // namespace crease::app
