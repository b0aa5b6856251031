/// Views of linear regions: their polygons, lines and counts against those of the analysis.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>

#include "figure/canvas.h"
#include "figure/layout.h"
#include "marks.h"
#include "plain_documents.h"
#include "train/derivatives.h"
#include "views/views.h"

using namespace crease;

namespace {

Document spiral() {
  return plain_documents::from(R"({"source": "spiral", "samples": 100})", "[2]",
                               R"({"id": "h1", "type": "dense", "units": 8, "activation": "relu"},
                                  {"id": "h2", "type": "dense", "units": 8, "activation": "relu"},
                                  {"id": "out", "type": "dense", "units": 1})",
                               "bce_logits");
}

/// The network of figure 3.3 in Understanding Deep Learning: joints at 0.3, 0.5 and 0.769.
Document three_units() {
  return document_from_json(parse_json(R"({"crease": 1,
      "network": {"input": [1], "nodes": [
        {"id": "h1", "type": "dense", "units": 3, "activation": "relu"},
        {"id": "out", "type": "dense", "units": 1}]},
      "weights": {"h1.weight": {"shape": [3, 1], "data": [-1, 2, 0.65]},
                  "h1.bias": {"shape": [3], "data": [0.3, -1, -0.5]},
                  "out.weight": {"shape": [1, 3], "data": [2, -1, -0.7]},
                  "out.bias": {"shape": [1], "data": [0.2]}},
      "training": {"loss": {"type": "mse"}}})"));
}

template <class V>
struct Made {
  Snapshot snapshot;
  typename V::Answer answer;
  Figure figure;
};

template <class V>
Made<V> made(const Document& document, const V& view = {}, long steps = 0) {
  Made<V> all{snapshot_from(document, steps), {}, {}};
  REQUIRE(view.refuses(all.snapshot).empty());
  all.answer = view.compute(all.snapshot, {}, never_cancelled);
  all.figure = view.draw(all.snapshot, all.answer, light_theme());
  return all;
}

double area(const std::vector<Point>& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

std::string reading(const std::vector<Reading>& readings, const std::string& label) {
  for (const Reading& one : readings)
    if (one.label == label) return one.value;
  return "(none)";
}

}  // namespace

TEST_SUITE("views") {
  TEST_CASE("regions are drawn as polygons that fill the window, and the count says exact") {
    const auto it = made<LinearRegions>(spiral(), {}, 50);
    const Panel& panel = it.figure.panels.at(0);
    const auto polygons = marks<PolygonsMark>(panel);
    REQUIRE(polygons.size() == 1);
    CHECK(polygons[0]->polygons.size() == it.answer.found->patterns());
    double sum = 0;
    for (const auto& polygon : polygons[0]->polygons) sum += area(polygon);
    const double window = (panel.x.to - panel.x.from) * (panel.y.to - panel.y.from);
    CHECK(sum == doctest::Approx(window).epsilon(1e-9));
    CHECK(it.figure.fact.find("exact") != std::string::npos);
    // One row a cell.
    const Table table = it.figure.table();
    REQUIRE(table.rows.size() == it.answer.found->patterns());
    // The layers' states, in the last columns: no two cells have the same.
    std::set<std::string> codes;
    for (const auto& row : table.rows) {
      REQUIRE(row.size() == table.columns.size());
      CHECK(row[row.size() - 2].size() == 15);
      codes.insert(row[row.size() - 2] + "|" + row.back());
    }
    CHECK(table.columns.back() == "h2");
    CHECK(codes.size() == table.rows.size());
    const auto readings = panel.readout({0.3, 0.2});
    CHECK(reading(readings, "layer 1").size() == 8);
    CHECK(reading(readings, "of the window").ends_with("%"));
  }

  TEST_CASE("the decision boundary lies where the network's output is zero") {
    const auto it = made<LinearRegions>(spiral(), {}, 200);
    REQUIRE(!it.answer.boundary.empty());
    const regions::Regions& found = *it.answer.found;
    for (const auto& piece : it.answer.boundary) {
      const Point middle{(piece[0].x + piece[1].x) / 2, (piece[0].y + piece[1].y) / 2};
      const std::size_t cell = cell_at(found.cells, middle);
      REQUIRE(cell < found.cells.size());
      const double* map = found.cells.map(cell, 0);
      CHECK(std::abs(map[0] * middle.x + map[1] * middle.y + map[2]) <
            1e-9 * (1 + std::abs(map[0]) + std::abs(map[1])));
    }
  }

  TEST_CASE("each way to colour gives each cell a colour") {
    for (const RegionColour colour :
         {RegionColour::pattern, RegionColour::affine_map, RegionColour::gradient,
          RegionColour::depth, RegionColour::value}) {
      LinearRegions view;
      view.colour = colour;
      const auto it = made<LinearRegions>(spiral(), view);
      const auto polygons = marks<PolygonsMark>(it.figure.panels[0]);
      CHECK(polygons[0]->fills.size() == polygons[0]->polygons.size());
      // Tints of patterns and maps only tell neighbours apart; the others mean something.
      const bool means_something =
          colour != RegionColour::pattern && colour != RegionColour::affine_map;
      REQUIRE(it.figure.bars.size() == (means_something ? 1 : 0));
      if (means_something) CHECK(it.figure.bars[0].map.stops.size() > 1);
    }
  }

  TEST_CASE("layers arrive one after the other") {
    LinearRegions first;
    first.layers = 1;
    const auto one = made<LinearRegions>(spiral(), first);
    const auto both = made<LinearRegions>(spiral());
    // Eight lines: at most 37 regions; the second layer only adds.
    CHECK(one.answer.found->patterns() <= 37);
    CHECK(one.answer.found->patterns() == both.answer.found->cells.after[0]);
    CHECK(one.answer.found->patterns() < both.answer.found->patterns());
    // Its maps are not the network's output.
    CHECK(first.map_label(one.snapshot, one.answer) == "pre-activation 1 of layer 2");
    CHECK(one.figure.fact.ends_with(", exact, up to layer 1"));
    CHECK(LinearRegions().map_label(both.snapshot, both.answer) == "logit");
  }

  TEST_CASE("a place and a unit stand out") {
    const auto it = made<LinearRegions>(spiral());
    const LinearRegions view;
    const Emphasis none = view.emphasis(it.snapshot, it.answer, {}, light_theme());
    CHECK(none.marks.empty());
    Pointed pointed;
    pointed.place = Point{0.3, 0.2};
    const Emphasis place = view.emphasis(it.snapshot, it.answer, pointed, light_theme());
    REQUIRE(place.marks.size() == 1);
    const auto& outline = std::get<LinesMark>(place.marks[0]).paths.at(0);
    const std::size_t cell =
        cell_at(it.answer.found->cells, it.answer.found->from_slice(*pointed.place));
    const auto& cells = it.answer.found->cells;
    CHECK(outline.size() == cells.starts[cell + 1] - cells.starts[cell] + 1);
    Pointed unit;
    unit.node = "h2";
    std::size_t pieces = 0;
    for (int u = 0; u < 8; ++u) {
      unit.unit = u;
      for (const Mark& mark : view.emphasis(it.snapshot, it.answer, unit, light_theme()).marks)
        pieces += std::get<LinesMark>(mark).paths.size();
    }
    std::size_t all = 0;
    for (std::size_t i = regions::borders_of_window; i < cells.creases.size(); ++i)
      if (cells.creases[i].fold == 1) ++all;
    CHECK(pieces == all);
  }

  TEST_CASE("the shallow network of Understanding Deep Learning, step by step") {
    const auto it = made<Construction>(three_units());
    REQUIRE(it.answer.units.size() == 3);
    const double joints[] = {0.3, 0.5, 0.5 / 0.65};
    for (std::size_t u = 0; u < 3; ++u) {
      REQUIRE(it.answer.units[u].joints.size() == 1);
      CHECK(it.answer.units[u].joints[0] == doctest::Approx(joints[u]).epsilon(1e-6));
    }
    CHECK(it.figure.panels.size() == 4);
    // At -1: 0.2 + 2 * 1.3, the other two are off.
    CHECK(it.answer.sum.front().y == doctest::Approx(2.8));
    CHECK(it.answer.sum.back().y == doctest::Approx(0.2 - 1 - 0.7 * 0.15));
    const auto readings = it.figure.panels[3].readout({0.6, 0});
    CHECK(reading(readings, "on") == "010");
  }

  TEST_CASE("the function shows its joints, and the slope of each piece") {
    const auto it = made<Function1d>(three_units());
    REQUIRE(it.answer.found);
    CHECK(it.answer.found->joined.regions == 4);
    CHECK(it.figure.fact.starts_with("4 pieces, exact"));
    const auto points = marks<PointsMark>(it.figure.panels[0]);
    REQUIRE(points.size() == 1);
    REQUIRE(points[0]->points.size() == 3);
    CHECK(points[0]->points[0].x == doctest::Approx(0.3));
    CHECK(points[0]->points[0].y == doctest::Approx(0.2));
    CHECK(reading(it.figure.panels[0].readout({-0.5, 0}), "piece") == "1 of 4");
    CHECK(reading(it.figure.panels[0].readout({0.6, 0}), "slope") == "\u22122");
  }

  TEST_CASE("the function's table names the unit of each joint") {
    const auto it = made<Function1d>(three_units());
    const Table table = it.figure.table();
    const double joints[] = {0.3, 0.5, 0.5 / 0.65};
    std::size_t u = 0;
    for (const auto& row : table.rows) {
      CHECK(row.size() == table.columns.size());
      if (row[0] != "joint") continue;
      REQUIRE(u < 3);
      CHECK(std::stod(row[1]) == doctest::Approx(joints[u]).epsilon(1e-6));
      CHECK(row.back() == fmt::format("h1.unit{}", ++u));
    }
    CHECK(u == 3);
  }

  TEST_CASE("the counts stand beside their bounds") {
    const auto it = made<RegionCounts>(spiral(), {}, 20);
    REQUIRE(it.answer.bounds);
    CHECK(it.answer.parameters == 105);
    CHECK(it.answer.bounds->serra18_upper.text() == "1369");
    CHECK(static_cast<double>(it.answer.now.regions) <= 1369);
    std::size_t depths = 0;
    for (const LinesMark* line : marks<LinesMark>(it.figure.panels.at(0)))
      if (line->key.starts_with("depth ")) ++depths;
    CHECK(depths == 6);
  }

  TEST_CASE("counts are remembered from snapshot to snapshot, and forgotten with another network") {
    auto earlier = made<RegionCounts>(spiral(), {}, 0).answer;
    auto later = made<RegionCounts>(spiral(), {}, 20).answer;
    const auto both = RegionCounts::follow(later, earlier);
    REQUIRE(both.history.size() == 2);
    CHECK(both.history[0].step == 0);
    CHECK(both.history[1].step == 20);
    earlier.parameters += 1;
    CHECK(RegionCounts::follow(later, earlier).history.size() == 1);
    later.now.step = -1;
    CHECK(RegionCounts::follow(later, both).history.size() == 1);
  }

  TEST_CASE("regions in the outputs of a layer: samples lie where it puts them") {
    const auto document = [](int units) {
      return plain_documents::from(
          R"({"source": "spiral", "samples": 60})", "[2]",
          fmt::format(R"({{"id": "h1", "type": "dense", "units": {}, "activation": "relu"}},
                         {{"id": "h2", "type": "dense", "units": 6, "activation": "relu"}},
                         {{"id": "out", "type": "dense", "units": 1}})",
                      units),
          "bce_logits");
    };
    // What the rest of the network makes of a place there is what the whole makes of the sample.
    const auto agrees = [](const auto& it, std::size_t sample, Point at) {
      const auto& found = *it.answer.found;
      const Point place = found.from_slice(at);
      const std::size_t cell = cell_at(found.cells, place);
      REQUIRE(cell < found.cells.size());
      const double* map = found.cells.map(cell, 0);
      const DataSet& data = *it.snapshot.data;
      Tensor input{{1, 2}, {}};
      for (int f = 0; f < 2; ++f)
        input.data.push_back(data.values(f, static_cast<Eigen::Index>(sample)));
      Document trained = *it.snapshot.document;
      const Tensor output = evaluate(trained, input);
      CHECK(map[0] * place.x + map[1] * place.y + map[2] ==
            doctest::Approx(output.data[0]).epsilon(1e-4));
    };
    LinearRegions view;
    view.from_layer = 1;
    const auto two = made<LinearRegions>(document(2), view);
    CHECK(two.answer.from == "h1");
    CHECK(two.figure.panels[0].x.label == "Layer 1, unit 1");
    CHECK(two.figure.fact.ends_with("in the outputs of layer 1"));
    REQUIRE(two.answer.places.size() == two.snapshot.data->train.size());
    for (const std::size_t i : {0, 7, 20})
      agrees(two, two.snapshot.data->train[i], two.answer.places[i]);
    CHECK(!view.chosen_at(two.snapshot, two.answer, {0, 0}).place);
    const auto many = made<LinearRegions>(document(9), view);
    REQUIRE(many.answer.anchors.size() == 3);
    const Point corners[] = {{0, 0}, {1, 0}, {0, 1}};
    for (std::size_t k = 0; k < 3; ++k) agrees(many, many.answer.anchors[k], corners[k]);
    const Snapshot narrow = snapshot_from(document(1));
    CHECK(view.refuses(narrow) == "regions from a layer needs at least 2 units there, h1 has 1");
  }

  TEST_CASE("a setting goes as far as the network does") {
    const auto limits = limits_of_settings(snapshot_from(spiral()));
    CHECK(limits.at("from_layer") == 2);
    CHECK(limits.at("layers") == 2);
    CHECK(limits.at("output") == 1);
    CHECK(limits_of_settings(Snapshot{}).empty());
    // What chooses folds as well, but has no units of its own.
    const auto of_images = limits_of_settings(snapshot_from(plain_documents::digits(30)));
    CHECK(of_images.at("layers") > of_images.at("from_layer"));
    const auto smooth = idle_settings(LinearRegions{}, snapshot_from(plain_documents::spiral()));
    CHECK(smooth.contains("layers"));
  }

  TEST_CASE("patterns are shown as bits, with what changes from sample to sample") {
    const auto it = made<ActivationPattern>(spiral());
    CHECK(it.answer.layers.size() == 2);
    CHECK(it.answer.distinct >= 2);
    const auto readings = it.figure.panels[0].readout({3.5, 2.5});
    CHECK(reading(readings, "layer 1").size() == 8);
    CHECK(reading(readings, "unlike the column at its left in").ends_with("of 16 bits"));
    // Unit 1 stands at the top, and each class names its block.
    CHECK(readings[0].label == "layer 1, unit 6");
    const auto& blocks = it.figure.panels[0].x.named;
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].label == "class 0");
    CHECK(it.figure.panels[0].y.named.front().at > it.figure.panels[0].y.named.back().at);
  }

  TEST_CASE("a chosen sample is compared with the one under the pointer, and shared") {
    const ActivationPattern view;
    const auto it = made<ActivationPattern>(spiral(), view);
    const Chosen chosen = view.chosen_at(it.snapshot, it.answer, {10.5, 3});
    REQUIRE(chosen.sample);
    REQUIRE(chosen.place);
    CHECK(*chosen.sample == it.answer.samples[10]);
    Pointed pointed;
    pointed.sample = chosen.sample;
    const Emphasis by_sample = view.emphasis(it.snapshot, it.answer, pointed, light_theme());
    pointed = {};
    pointed.place = chosen.place;  // as a click in another picture gives it
    const Emphasis by_place = view.emphasis(it.snapshot, it.answer, pointed, light_theme());
    REQUIRE(by_sample.notes.size() == 1);
    CHECK(by_sample.notes[0].label == by_place.notes.at(0).label);
    std::size_t bits = 0;
    for (const ActivationPattern::LayerStates& layer : it.answer.layers)
      for (std::size_t u = 0; u < layer.units; ++u)
        if (layer.on[u * it.answer.drawn() + 10] != layer.on[u * it.answer.drawn() + 40]) ++bits;
    const auto readings = by_sample.readings({40.5, 1});
    REQUIRE(readings.size() == 1);
    CHECK(readings[0].label == "differs from " + by_sample.notes[0].label + " in");
    CHECK(readings[0].value.starts_with(fmt::format("{} of 16 bits (", bits)));
    CHECK(by_sample.readings({10.5, 1}).empty());
    // Added to a figure, every layer's panel is marked and read.
    Figure figure = it.figure;
    by_sample.add_to(figure);
    for (std::size_t p = 0; p < figure.panels.size(); ++p) {
      CHECK(figure.panels[p].marks.size() == it.figure.panels[p].marks.size() + 1);
      CHECK(figure.panels[p].readout({40.5, 1}).size() ==
            it.figure.panels[p].readout({40.5, 1}).size() + 1);
    }
  }

  TEST_CASE("a network with a weight that is not finite is drawn without regions") {
    Snapshot snapshot = snapshot_from(spiral());
    snapshot.parameters[3] = std::numeric_limits<float>::quiet_NaN();
    const LinearRegions view;
    const auto answer = view.compute(snapshot, {}, never_cancelled);
    CHECK(!answer.found);
    CHECK(view.draw(snapshot, answer, light_theme()).fact.find("not finite") != std::string::npos);
  }

  TEST_CASE("folding: each of three pieces shows all of the second part's three") {
    // Both parts go up, down and up again on [0, 1].
    const Document document = document_from_json(parse_json(R"({"crease": 1,
        "network": {"input": [1], "nodes": [
          {"id": "h1", "type": "dense", "units": 3, "activation": "relu"},
          {"id": "y", "type": "dense", "units": 1},
          {"id": "h2", "type": "dense", "units": 3, "activation": "relu"},
          {"id": "out", "type": "dense", "units": 1}]},
        "weights": {
          "h1.weight": {"shape": [3, 1], "data": [1, 1, 1]},
          "h1.bias": {"shape": [3], "data": [0, -0.25, -0.75]},
          "y.weight": {"shape": [1, 3], "data": [4, -6, 6]}, "y.bias": {"shape": [1], "data": [0]},
          "h2.weight": {"shape": [3, 1], "data": [1, 1, 1]},
          "h2.bias": {"shape": [3], "data": [0, -0.25, -0.75]},
          "out.weight": {"shape": [1, 3], "data": [4, -6, 6]},
          "out.bias": {"shape": [1], "data": [0]}},
        "training": {"loss": {"type": "mse"}}})"));
    const Snapshot snapshot = snapshot_from(document);
    const Folding view;
    REQUIRE(view.refuses(snapshot).empty());
    const Folding::Answer answer =
        view.compute(snapshot, {.window = Domain{0, 1, -1, 1}}, never_cancelled);
    CHECK(answer.first_pieces == 3);
    CHECK(answer.second_pieces == 3);
    CHECK(answer.composed_pieces == 9);
    CHECK(answer.x.size() == 10);
    CHECK(answer.composed.front() == doctest::Approx(0));
    CHECK(std::set<std::size_t>(answer.piece.begin(), answer.piece.end()).size() == 3);
    const Figure figure = view.draw(snapshot, answer, light_theme());
    CHECK(figure.fact == "3 pieces, then 3: 9 composed");
    REQUIRE(figure.panels.size() == 3);
    // y = 1/2 is reached once from each piece.
    const auto readings = figure.panels[1].readout({0.5, 0});
    CHECK(readings.back().label.starts_with("reached from 3 places"));
    CHECK_FALSE(view.refuses(snapshot_from(three_units())).empty());
  }
}
