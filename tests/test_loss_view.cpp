// The learning curves: what is drawn of batches and epochs, what the table holds, and what another
// loss or other data leave of the run before.
#include <doctest/doctest.h>

#include <cmath>

#include "figure/layout.h"
#include "marks.h"
#include "plain_documents.h"
#include "views/views.h"

using namespace crease;
using namespace crease::plain_documents;

namespace {

Figure figure_of(const LossCurves& view, const Snapshot& snapshot) {
  return view.draw(snapshot, view.compute(snapshot, {}, never_cancelled), light_theme());
}

}  // namespace

TEST_SUITE("views") {
  TEST_CASE("losses: the table holds what is drawn, and the mean begins at the first score") {
    const Snapshot early = snapshot_from(spiral(), 30);
    const Figure figure = figure_of(LossCurves{}, early);
    const Table table = figure.table();
    CHECK(table.columns == std::vector<std::string>{"step", "epoch", "loss", "test_loss",
                                                    "accuracy", "test_accuracy", "batch_loss",
                                                    "mean_loss"});
    std::size_t batches = 0, scores = 0;
    for (const auto& row : table.rows) {
      batches += row[6].empty() ? 0 : 1;
      scores += row[2].empty() ? 0 : 1;
    }
    CHECK(batches == early.batch_curve.size());
    // The newest score stands at the end, though no epoch has ended there.
    CHECK(scores == early.curve.size() + 1);
    CHECK(table.rows.back()[0] == "30");
    CHECK(table.rows.back()[3] == cell(early.scored.test.loss));
    const auto& mean = marks<LinesMark>(figure.panels[0])[1]->paths[0];
    const double start = early.curve.front().training.loss;
    const double first = early.batch_curve.front().loss;
    CHECK(std::abs(mean.front().y - start) < 0.15 * std::abs(first - start) + 1e-9);
    CHECK(cell(mean.front().y) == table.rows[0][7]);
  }

  TEST_CASE("losses: another loss breaks the curve and is marked") {
    Snapshot snapshot = snapshot_from(sine(), 20);
    const Score old{3.0, 0.5, true}, now{0.25, 0, false};
    snapshot.curve = std::vector<CurvePoint>{
        {0, old, old, 0, 0}, {10, old, old, 1, 0}, {10, now, now, 1, 1}, {20, now, now, 2, 1}};
    snapshot.eras = {{0, 0, "bce_logits"}, {10, 1, "mse"}};
    snapshot.epochs = 2;
    const Figure figure = figure_of(LossCurves{}, snapshot);
    REQUIRE(figure.panels.size() == 1);  // a regression has no accuracy, whatever came before
    const auto rules = marks<RuleMark>(figure.panels[0]);
    REQUIRE(rules.size() == 1);
    CHECK(rules[0]->at == 1);
    CHECK(rules[0]->label == "new loss");
    CHECK(figure.panels[0].x.to == 2);
    for (const LinesMark* line : marks<LinesMark>(figure.panels[0]))
      if (!line->label.empty())
        for (const Point& point : line->paths[0]) CHECK_FALSE(point.y == 3.0);
    CHECK_NOTHROW(layout(figure, {292, 180}, light_theme()));
  }

  TEST_CASE("losses: those below zero have an axis of equal steps") {
    Snapshot snapshot = snapshot_from(sine(), 20);
    const Score above{2.0, 0, false}, below{-0.5, 0, false};
    snapshot.curve = std::vector<CurvePoint>{{0, above, above, 0, 0}, {10, below, below, 1, 0}};
    snapshot.eras.resize(1);
    snapshot.epochs = 1;
    const Figure figure = figure_of(LossCurves{}, snapshot);
    CHECK(figure.panels[0].y.scale == Scale::linear);
    CHECK(figure.panels[0].y.from <= -0.5);
  }

  TEST_CASE("losses: batches at first, then epochs") {
    const Snapshot early = snapshot_from(spiral(), 30), late = snapshot_from(spiral(), 600);
    const Figure first = figure_of(LossCurves{}, early);
    REQUIRE(first.panels.size() == 2);
    CHECK(first.fact == "Binary cross-entropy, mean over 20 batches");
    CHECK(marks<LinesMark>(first.panels[0])[0]->paths[0].size() == early.batch_curve.size());
    const Figure second = figure_of(LossCurves{}, late);
    CHECK(second.fact == "Binary cross-entropy, each epoch");
    const auto lines = marks<LinesMark>(second.panels[0]);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]->paths[0].size() == late.curve.size());
    CHECK(lines[0]->paths[0].back().y == late.curve.back().training.loss);
    CHECK(lines[0]->paths[0].back().x == doctest::Approx(24));
    CHECK(lines[1]->label == "test");
    CHECK(second.panels[0].y.scale == Scale::logarithmic);
    CHECK(second.panels[1].y.format == TickFormat::percent);
    const Figure steps = figure_of(
        LossCurves{.log_loss = false, .log_x = true, .x = TimeUnit::steps, .smoothing = 5}, late);
    CHECK(steps.fact == "Binary cross-entropy, mean over 5 points");
    CHECK(steps.panels[0].y.from == 0);
    CHECK(marks<LinesMark>(steps.panels[0]).size() == 3);
    // Smoothing starts without a bias, and lies between the numbers.
    const auto raw = marks<LinesMark>(steps.panels[0])[0]->paths[0];
    const auto smooth = marks<LinesMark>(steps.panels[0])[1]->paths[0];
    CHECK(std::isnan(raw[0].y));  // step 0 has no place on a logarithmic axis
    CHECK(smooth.back().y > raw.back().y);
    CHECK(figure_of(LossCurves{}, snapshot_from(sine(), 20)).panels.size() == 1);
  }
}
