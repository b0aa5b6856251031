#include "views/function_1d_pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/region_words.h"
#include "views/words.h"

namespace crease {

namespace {

using Answer = Function1d::Answer;

/// Between the places at which the line was computed.
double height_of_line(const Answer& answer, std::size_t k, double x) {
  const auto next = std::lower_bound(answer.x.begin(), answer.x.end(), x);
  if (next == answer.x.begin()) return answer.y[k].front();
  if (next == answer.x.end()) return answer.y[k].back();
  const auto i = static_cast<std::size_t>(next - answer.x.begin());
  const double share = (x - answer.x[i - 1]) / (answer.x[i] - answer.x[i - 1]);
  return answer.y[k][i - 1] + share * (answer.y[k][i] - answer.y[k][i - 1]);
}

/// Where the line is the network's own output, what the map says: between samples it may bend.
double height_at(const Answer& answer, std::size_t k, std::size_t cell, double x) {
  if (answer.meaning.has_probabilities() || !note_on(answer.found->program).empty())
    return height_of_line(answer, k, x);
  const auto map = map_in_slice(*answer.found, cell, k);
  return map[0] * x + map[2];
}

bool is_joint(const regions::Regions& found, std::size_t cell) {
  return found.joined.region_of[cell] != found.joined.region_of[cell - 1];
}

const regions::Crease& crease_before(const regions::Regions& found, std::size_t cell) {
  return found.cells.creases[found.cells.edges[found.cells.starts[cell]] / 2];
}

double start_of(const regions::Regions& found, std::size_t cell) {
  return found.to_slice(found.cells.corners[found.cells.starts[cell]]).x;
}

}  // namespace

std::shared_ptr<const regions::Regions> pieces_of(const Snapshot& snapshot, Extremes across,
                                                  const Cancelled& cancelled) {
  const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
  const bool is_finite =
      std::all_of(parameters.begin(), parameters.end(), [](double w) { return std::isfinite(w); });
  if (!is_finite || !regions::refusal(*snapshot.plan).empty()) return nullptr;
  constexpr std::size_t most_pieces = 20000;
  return std::make_shared<regions::Regions>(
      regions::analyse(*snapshot.plan, parameters.data(),
                       regions::Slice::of_inputs(1, {across.low, across.high, -1, 1}),
                       {.most_cells = most_pieces, .cancelled = cancelled}));
}

void add_joints(const Snapshot& snapshot, const Answer& answer, const Theme& theme, Panel& panel,
                Figure& figure) {
  const regions::Regions& found = *answer.found;
  constexpr std::size_t most_joints = 400, most_entries = 6;
  if (!found.cells.is_complete || found.joined.regions > most_joints) return;
  const std::size_t folds = found.program.folds.size();
  for (std::size_t f = 0; f < folds; ++f) {
    const double share = folds > 1 ? static_cast<double>(f) / static_cast<double>(folds - 1) : 0;
    PointsMark mark{.key = fmt::format("joints {}", f + 1),
                    .points = {},
                    .marker = Marker::disc,
                    .radius = 3.4,
                    .fill = theme.depth.at(share),
                    .hollow = false,
                    .edge = {theme.picture, 0.9, {}}};
    for (std::size_t cell = 1; cell < found.cells.size(); ++cell)
      if (is_joint(found, cell) && crease_before(found, cell).fold == f)
        for (std::size_t k = 0; k < answer.y.size(); ++k) {
          const double x = start_of(found, cell);
          mark.points.push_back({x, height_at(answer, k, cell, x)});
        }
    if (mark.points.empty()) continue;
    if (f < most_entries)
      figure.legend.push_back(
          {.key = mark.key,
           .label = "joints of " + layer_label(*snapshot.plan, found.program.folds[f].node),
           .marker = mark.marker,
           .fill = mark.fill,
           .hollow = false,
           .stroke = mark.edge});
    panel.marks.push_back(std::move(mark));
  }
}

void add_joints(const Answer& answer, Table& table) {
  const regions::Regions& found = *answer.found;
  table.columns.emplace_back("unit");
  for (std::size_t cell = 1; cell < found.cells.size(); ++cell) {
    if (!is_joint(found, cell)) continue;
    const regions::Crease& crease = crease_before(found, cell);
    const double x = start_of(found, cell);
    table.rows.push_back({"joint", crease::cell(x)});
    table.rows.back().resize(2 + answer.y.size());
    for (std::size_t k = 0; k < answer.y.size(); ++k)
      table.rows.back().push_back(crease::cell(height_at(answer, k, cell, x)));
    table.rows.back().push_back(
        fmt::format("{}.unit{}", found.program.folds[crease.fold].node, crease.unit + 1));
  }
  for (auto& row : table.rows) row.resize(table.columns.size());
}

void add_piece_count(const Answer& answer, std::string& fact) {
  fact = fact_on(*answer.found) + (fact.empty() ? "" : "; " + fact);
}

void read_piece(const regions::Regions& found, const Plan& plan, double x,
                std::vector<Reading>& readings) {
  const std::size_t cell = cell_at(found.cells, found.from_slice({x, 0}));
  if (cell == found.cells.size()) return;
  if (note_on(found.program).empty() && found.program.obstacle.node.empty())
    readings.push_back({"slope", number_text(map_in_slice(found, cell, 0)[0])});
  if (found.cells.is_complete)
    readings.push_back(
        {"piece", fmt::format("{} of {}", found.joined.region_of[cell] + 1, found.joined.regions)});
  for (const Reading& code : pattern_readings(found, plan, found.from_slice({x, 0})))
    readings.push_back(code);
}

Emphasis Function1d::emphasis(const Snapshot& snapshot, const Answer& answer,
                              const Pointed& pointed, const Theme& theme) const {
  Emphasis made;
  if (!answer.found) return made;
  const regions::Regions& found = *answer.found;
  if (pointed.unit >= 0) {
    PointsMark mark{.key = "pointed",
                    .points = {},
                    .marker = Marker::disc,
                    .radius = 5.6,
                    .fill = {0, 0, 0, 0},
                    .hollow = true,
                    .edge = {theme.accent, 2, {}}};
    for (std::size_t cell = 1; cell < found.cells.size(); ++cell) {
      const regions::Crease& crease = crease_before(found, cell);
      if (found.program.folds[crease.fold].node != pointed.node ||
          crease.unit != static_cast<std::uint32_t>(pointed.unit))
        continue;
      for (std::size_t k = 0; k < answer.y.size(); ++k)
        mark.points.push_back(
            {start_of(found, cell), height_at(answer, k, cell, start_of(found, cell))});
    }
    if (!mark.points.empty()) made.marks.push_back(std::move(mark));
  }
  if (!pointed.place) return made;
  const std::size_t cell = cell_at(found.cells, found.from_slice({pointed.place->x, 0}));
  if (cell == found.cells.size()) return made;
  const std::size_t first = found.cells.starts[cell];
  const double from = found.to_slice(found.cells.corners[first]).x,
               to = found.to_slice(found.cells.corners[first + 1]).x;
  LinesMark piece{.key = "pointed", .paths = {}, .stroke = {theme.accent, 3, {}}, .label = ""};
  for (std::size_t k = 0; k < answer.y.size(); ++k) {
    if (answer.meaning.has_probabilities()) break;
    piece.paths.push_back(
        {{from, height_at(answer, k, cell, from)}, {to, height_at(answer, k, cell, to)}});
  }
  if (piece.paths.empty()) return made;
  made.marks.push_back(std::move(piece));
  made.explain(map_text(found, cell, 0, input_label(snapshot, 0), ""), {theme.accent, 2.4, {}});
  return made;
}

}  // namespace crease
