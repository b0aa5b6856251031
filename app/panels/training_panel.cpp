#include "panels/training_panel.h"

#include "field_editor.h"

namespace crease::app {

void TrainingPanel::draw(Gui& gui, Session& session) {
  if (section(gui, "training", "Training", open_)) {
    gap(gui, 4);
    settings(gui, session, false);
  }
  rule(gui, 8, 8);
  if (section(gui, "training_more", "More settings", more_)) {
    gap(gui, 4);
    settings(gui, session, true);
  }
}

void TrainingPanel::settings(Gui& gui, Session& session, bool rare) {
  Run& run = session.run();
  EditorLook look{
      .skip = {}, .common = !rare, .rare = rare, .field = {.label_width = rare ? 124.0 : 70.0}};
  // The batch stands with the data; the device is told in the top bar.
  look.skip = {"batch", "device", "initialiser", "seed"};
  Training edited = run.document().training;
  if (edit_fields(gui, "training", edited, look))
    run.edit("training", [&](Document& d) { d.training = edited; });

  // Where it starts: a change begins anew, since weights that have been trained no longer start
  // anywhere.
  edited = run.document().training;
  look.skip = {"loss", "optimiser", "batch", "sampling", "device"};
  if (edit_fields(gui, "training", edited, look))
    run.edit_and_restart("start values", [&](Document& d) {
      d.training = edited;
      d.weights.clear();
      d.state = {};
    });
}

}  // namespace crease::app
