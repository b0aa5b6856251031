// What stands out among linear regions: the one that was clicked, and the folds of one unit.
#include "figure/text.h"
#include "views/linear_regions.h"
#include "views/region_words.h"
#include "views/words.h"

namespace crease {

namespace {

/// Units of a fold that belong to one unit of the network: of an image all places of a channel.
std::size_t places_of(const Snapshot& snapshot, const regions::Fold& fold) {
  const Shape& shape = snapshot.plan->nodes[fold.number].shape;
  return shape.is_image ? shape.size() / static_cast<std::size_t>(shape.channels) : 1;
}

}  // namespace

Chosen LinearRegions::chosen_at(const Snapshot&, const Answer& answer, Point at) const {
  return answer.from.empty() ? Chosen{.place = at, .sample = {}} : Chosen{};
}

Emphasis LinearRegions::emphasis(const Snapshot& snapshot, const Answer& answer,
                                 const Pointed& pointed, const Theme& theme) const {
  Emphasis made;
  if (!answer.found) return made;
  const regions::Regions& found = *answer.found;
  if (pointed.unit >= 0) {
    LinesMark mark{.key = "pointed", .paths = {}, .stroke = {theme.accent, 2.6, {}}, .label = ""};
    for (std::size_t i = regions::borders_of_window; i < found.cells.creases.size(); ++i) {
      const regions::Crease& crease = found.cells.creases[i];
      const regions::Fold& fold = found.program.folds[crease.fold];
      if (fold.node == pointed.node &&
          crease.unit / places_of(snapshot, fold) == static_cast<std::size_t>(pointed.unit))
        mark.paths.push_back({found.to_slice(crease.from), found.to_slice(crease.to)});
    }
    if (!mark.paths.empty()) made.marks.push_back(std::move(mark));
  }
  if (!pointed.place || !answer.from.empty()) return made;
  const std::size_t cell = cell_at(found.cells, found.from_slice(*pointed.place));
  if (cell == found.cells.size()) return made;
  std::vector<Point> outline;
  for (std::size_t i = found.cells.starts[cell]; i < found.cells.starts[cell + 1]; ++i)
    outline.push_back(found.to_slice(found.cells.corners[i]));
  outline.push_back(outline.front());
  made.marks.push_back(LinesMark{.key = "pointed",
                                 .paths = {std::move(outline)},
                                 .stroke = {theme.accent, 2.4, {}},
                                 .label = ""});
  const bool is_plane = !answer.anchors.empty();
  const std::string where = found.cells.is_complete ? "" : ", in the middle of a coarse cell";
  made.explain(map_label(snapshot, answer) + " = " +
                   map_text(found, cell, answer.output, is_plane ? "$s$" : input_label(snapshot, 0),
                            is_plane ? "$t$" : input_label(snapshot, 1)) +
                   where,
               {theme.accent, 2.4, {}});
  return made;
}

}  // namespace crease
