/// What the shell tells those that drive it: its texts, its numbers, its pictures.
#include "export/export.h"
#include "shell_parts.h"

namespace crease::app {

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
  if (view == NetworkView::name)
    if (const auto figure = parts_->network.figure_in(light_theme())) {
      export_figure(*figure, file, {.points = NetworkView::usual_size, .layout = {}});
      return;
    }
  Tile* tile = parts_->workspace.find(view);
  const auto figure = tile ? tile->figure_in(light_theme()) : std::nullopt;
  if (!figure) throw Problem("no tile shows \"" + view + "\"");
  ExportOptions options;
  options.layout = tile->window().options();
  options.layout.title = options.layout.ground = true;
  export_figure(*figure, file, options);
}

}  // namespace crease::app
