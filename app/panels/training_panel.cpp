#include "panels/training_panel.h"

#include <algorithm>
#include <cctype>

#include "field_editor.h"
#include "probe/least_squares.h"
#include "train/advice.h"
#include "words.h"

namespace crease::app {

namespace {

/// The name of the first setting that differs: "rate" where the optimiser is still the same one.
std::string changed_setting(const Training& before, const Training& after) {
  const auto written = [](const Training& training) {
    Document document;
    document.training = training;
    return document_to_json(document).at("training");
  };
  std::string name = "training";
  Json a = written(before), b = written(after);
  while (a.is_object() && b.is_object()) {
    const auto tag = [](const Json& object) { return object.value("type", Json()); };
    if (tag(a) != tag(b)) break;
    Json inner_a, inner_b;
    for (const auto& [key, value] : a.items()) {
      const Json other = b.value(key, Json());
      if (value == other) continue;
      name = key;
      inner_a = value;
      inner_b = other;
      break;
    }
    a = std::move(inner_a);
    b = std::move(inner_b);
  }
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

void TrainingPanel::draw(Gui& gui, Session& session) {
  if (section(gui, "training", "Training", open_)) {
    gap(gui, 4);
    settings(gui, session, false);
  }
  rule(gui, 8, 8);
  const bool were_shown = more_;
  if (section(gui, "training_more", "More settings", more_)) {
    gap(gui, 4);
    settings(gui, session, true);
    if (!were_shown) ImGui::SetScrollHereY(1);
  }
  closed_form(gui, session);
}

void TrainingPanel::closed_form(Gui& gui, Session& session) {
  Run& run = session.run();
  const auto& snapshot = run.snapshot();
  if (!snapshot || !snapshot->data || !no_closed_form(run.document()).empty()) return;
  // The work of an orthogonal decomposition; more would be felt in a frame.
  const auto inputs = static_cast<double>(snapshot->data->shape.size());
  constexpr double most = 5e7;
  if (static_cast<double>(snapshot->data->train.size()) * inputs * inputs > most) return;
  gap(gui, 6);
  const bool pressed = button(gui, "least_squares", "Least squares");
  tip(gui, "The best weights of this linear model at once, in closed form");
  if (!pressed) return;
  try {
    const Tensors best = least_squares(run.document(), *snapshot->data);
    run.edit_and_restart("least squares", [&](Document& d) {
      d.weights = best;
      d.state = {};
    });
  } catch (const Problem& problem) {
    session.say_problem(Message::About::training, "No closed form", problem.what());
  }
}

void TrainingPanel::advise_outputs(Gui& gui, Session& session) {
  const auto& snapshot = session.run().snapshot();
  const Document& document = session.run().document();
  if (!snapshot || !snapshot->plan || !snapshot->data || snapshot->document == nullptr ||
      !document.training.losses.empty() || !document.data)
    return;
  const std::string sentence =
      outputs_advice(*snapshot->plan, snapshot->document->training, *snapshot->data);
  if (sentence.empty()) return;
  std::string text = sentence + ".";
  text.front() = static_cast<char>(std::toupper(text.front()));
  if (notice(gui, Severity::warn, "", plain(text), {{"fit_outputs", "Fit to the data"}}) == 0)
    session.fit_to_data();
  gui.named("outputs_advice", "", sentence);
}

void TrainingPanel::advise(Gui& gui, Run& run) {
  const Document& document = run.document();
  if (!document.training.losses.empty()) return;
  const LossAdvice advice = loss_advice(document.network, document.training.loss);
  const auto& snapshot = run.snapshot();
  const bool is_told =
      snapshot && !snapshot->divergence.empty();  // by the notice above the pictures
  if (advice.sentence.empty() || is_told) return;
  std::vector<MessageButton> actions;
  if (advice.better) actions.push_back({"better_loss", "Change the loss"});
  if (notice(gui, Severity::warn, "", plain(said_in_words(advice.sentence) + "."), actions) == 0)
    run.edit("loss", [&](Document& d) { d.training.loss = *advice.better; });
  gui.named("loss_advice", "", advice.sentence);
}

void TrainingPanel::settings(Gui& gui, Session& session, bool rare) {
  Run& run = session.run();
  EditorLook look{
      .skip = {}, .common = !rare, .rare = rare, .field = {.label_width = rare ? 124.0 : 70.0}};
  // The batch stands with the data; the device is told in the top bar.
  look.skip = {"batch", "device", "initialiser", "seed"};
  // Several outputs have a loss each: the common one is not in use.
  if (!run.document().training.losses.empty()) look.skip.insert("loss");
  if (!rare)
    look.below["loss"] = [&] {
      advise(gui, run);
      advise_outputs(gui, session);
    };
  Training edited = run.document().training;
  if (edit_fields(gui, "training", edited, look))
    run.edit(changed_setting(run.document().training, edited),
             [&](Document& d) { d.training = edited; });

  // Where it starts: a change begins anew, since weights that have been trained no longer start
  // anywhere.
  edited = run.document().training;
  look.below.clear();
  look.skip = {"loss", "losses", "optimiser", "batch", "sampling", "balance", "device"};
  if (edit_fields(gui, "training", edited, look))
    run.edit_and_restart("start values", [&](Document& d) {
      d.training = edited;
      d.weights.clear();
      d.state = {};
    });
}

}  // namespace crease::app
