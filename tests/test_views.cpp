/// Views of documents, ordinary and odd: what their figures hold, and what they refuse.
#include "views/views.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "figure/canvas.h"
#include "figure/layout.h"
#include "marks.h"
#include "places.h"
#include "plain_documents.h"
#include "run_program.h"
#include "views/class_colours.h"
#include "views/network_view_model.h"
#include "views/words.h"

using namespace crease;
using namespace crease::plain_documents;

namespace {

const std::string examples = source_folder() + "/assets/examples/";

/// A document with one dense layer; `data` is the object's JSON, empty for none.
Document small(const std::string& data, int inputs, int outputs, const std::string& loss,
               const std::string& activation = "identity") {
  return document_from_json(parse_json(
      R"({"crease": 1, )" + (data.empty() ? "" : R"("data": )" + data + ", ") +
      R"("network": {"input": [)" + std::to_string(inputs) +
      R"(], "nodes": [{"id": "out", "type": "dense", "units": )" + std::to_string(outputs) +
      R"(, "activation": ")" + activation + R"("}]}, "training": {"loss": {"type": ")" + loss +
      R"("}, "optimiser": {"type": "sgd", "rate": 0.1}}})"));
}

Figure figure_of(const View& view, const Snapshot& snapshot, const Theme& theme = light_theme(),
                 const Frame& frame = {std::nullopt, 40}) {
  return draw(view, snapshot, compute(view, snapshot, frame), theme);
}

std::size_t points_with_key(const Panel& panel, std::string_view key) {
  std::size_t count = 0;
  for (const PointsMark* mark : marks<PointsMark>(panel))
    if (mark->key == key) count += mark->points.size();
  return count;
}

/// Lays the figure out in many sizes: nothing may be lost or stand at no place.
void check_scenes(const Figure& figure, const Theme& theme) {
  for (const Size size : {Size{366, 404}, Size{292, 180}, Size{900, 700}, Size{60, 50}}) {
    CAPTURE(size.width);
    const Laid laid = layout(figure, size, theme);
    const std::string text = describe(laid.scene);
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("inf") == std::string::npos);
    CHECK(!text.empty());
    for (const PlacedPanel& panel : laid.panels) {
      const auto& readout = figure.panels[panel.number].readout;
      if (readout) CHECK_NOTHROW(readout(panel.to_data(panel.at.centre())));
    }
  }
  if (!figure.table) return;
  const Table table = figure.table();
  CHECK(std::all_of(table.rows.begin(), table.rows.end(),
                    [&](const auto& row) { return row.size() == table.columns.size(); }));
}

/// Draws or refuses every view, in both themes.
void check_all_views(const Snapshot& snapshot) {
  for_each_alternative<View>([&](auto alternative) {
    const View view = alternative;
    const std::string name(name_of(view));
    CAPTURE(name);
    const std::string refusal = refuses(view, snapshot);
    if (!refusal.empty()) {
      CHECK(refusal.starts_with(name + " needs "));
      return;
    }
    for (const Theme* theme : {&light_theme(), &dark_theme()})
      check_scenes(figure_of(view, snapshot, *theme), *theme);
  });
}

}  // namespace

TEST_SUITE("views") {
  TEST_CASE("each view is found by its name, and says what it is") {
    for_each_alternative<View>([](auto view) {
      CHECK(name_of(view_named(view.name)) == view.name);
      CHECK(!view.title.empty());
      CHECK(!view.needs.empty());
      decltype(view)::fields(view, [](const Field& field, const auto&) {
        CHECK(!field.name.empty());
        CHECK(!field.help.empty());
      });
    });
    CHECK_THROWS_WITH_AS(view_named("los"), doctest::Contains("decision_boundary, "), Problem);
  }

  TEST_CASE("every example is drawn or refused in every view") {
    for (const auto& file : std::filesystem::directory_iterator(examples)) {
      if (!file.path().string().ends_with(".crease.json")) continue;
      CAPTURE(file.path().string());
      Document document = load_document(file.path());
      if (document.data) document.data->samples = 60;
      check_all_views(snapshot_from(document, 3));
    }
  }

  TEST_CASE("what does not fit is said in a sentence") {
    const auto refusal = [](const View& view, const Snapshot& snapshot) {
      return refuses(view, snapshot);
    };
    const Snapshot images = snapshot_from(digits(20)), curve = snapshot_from(sine()),
                   plane = snapshot_from(exclusive_or());
    CHECK(refusal(DecisionBoundary{}, images) ==
          "decision_boundary needs a network with 2 inputs, this one has 784");
    CHECK(refusal(Function1d{}, plane) ==
          "function_1d needs a network with 1 input, this one has 2");
    CHECK(refusal(Images{}, curve) == "images needs samples that are images, these are 1 number");
    CHECK(refusal(FeatureMaps{}, plane) ==
          "feature_maps needs a network with a convolution or a pooling layer, this one has none");
    CHECK(refusal(LossCurves{}, snapshot_from(small("", 2, 1, "mse"))) ==
          "loss needs data to train on, this document has none");
  }

  TEST_CASE("a decision boundary holds the field, the boundary, the samples and the wrong ones") {
    const Snapshot snapshot = snapshot_from(spiral(), 500);
    const Figure figure = figure_of(DecisionBoundary{}, snapshot);
    REQUIRE(figure.panels.size() == 1);
    const Panel& panel = figure.panels[0];
    REQUIRE(marks<ImageMark>(panel).size() == 1);
    CHECK(marks<ImageMark>(panel)[0]->raster->width == 40);
    const auto lines = marks<LinesMark>(panel);
    REQUIRE(lines.size() == 1);
    CHECK(!lines[0]->paths.empty());
    const std::size_t training = snapshot.data->train.size(), test = snapshot.data->test.size();
    CHECK(points_with_key(panel, "class 0") + points_with_key(panel, "class 1") == training);
    CHECK(points_with_key(panel, "test") == test);
    // The engine's own scores count the same.
    const auto right = static_cast<double>(training) * snapshot.scored.training.accuracy +
                       static_cast<double>(test) * snapshot.scored.test.accuracy;
    const auto wrong =
        static_cast<std::size_t>(std::lround(static_cast<double>(training + test) - right));
    CHECK(wrong > 0);
    CHECK(points_with_key(panel, "wrong") == wrong);
    CHECK(figure.fact == std::to_string(wrong) + " of 500 wrong");
    CHECK(panel.equal);
    CHECK(figure.bars.size() == 1);

    const Figure alone = figure_of(DecisionBoundary{.show_test = false}, snapshot);
    CHECK(points_with_key(alone.panels[0], "test") == 0);
    CHECK(alone.fact.ends_with("of 250 wrong"));
    const auto readings = panel.readout({1, 2});
    REQUIRE(readings.size() == 3);
    CHECK(readings[0].value == "1");
    CHECK(readings[2].label == "$p$");
  }

  TEST_CASE("a zoomed boundary is computed for what is seen") {
    const Snapshot snapshot = snapshot_from(exclusive_or(), 50);
    const Domain window{0, 1, 0, 1};
    const Figure figure = figure_of(DecisionBoundary{}, snapshot, light_theme(), {window, 30});
    const Domain at = marks<ImageMark>(figure.panels[0])[0]->at;
    CHECK(at.x0 < 0);
    CHECK(at.x0 > -0.5);
    CHECK(at.y1 > 1);
    CHECK(at.y1 < 1.5);
    // The axes stay at home: zooming is the layout's.
    CHECK(figure.panels[0].x.from < -4);
  }

  TEST_CASE("many classes, one class, one sample, no test part") {
    const auto arms_of = [](int arms, int outputs, const std::string& more) {
      return snapshot_from(
          small(R"({"source": "spiral", "arms": )" + std::to_string(arms) + more + "}", 2, outputs,
                "cross_entropy_logits"),
          20);
    };
    const Figure three = figure_of(DecisionBoundary{}, arms_of(3, 3, ""));
    CHECK(three.legend.size() == 5);  // classes, test, wrong
    CHECK(three.bars.empty());
    const Snapshot twenty = arms_of(20, 20, "");
    CHECK(figure_of(DecisionBoundary{}, twenty).legend[9].label == "11 more");
    check_all_views(twenty);
    check_all_views(arms_of(3, 3, R"(, "samples": 1, "test_fraction": 0)"));
    check_all_views(arms_of(3, 5, R"(, "samples": 2)"));
    const Snapshot no_test = arms_of(3, 3, R"(, "test_fraction": 0)");
    check_all_views(no_test);
    CHECK(figure_of(DecisionBoundary{}, no_test).fact.ends_with("of 500 wrong"));
    check_all_views(arms_of(3, 3, R"(, "test_fraction": 0, "validation_fraction": 0.2)"));
  }

  TEST_CASE("what is not finite is drawn without it") {
    constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
    for (Document document : {spiral(), sine(), digits(40)}) {
      document.data->samples = 40;
      for (const float value : {nothing, std::numeric_limits<float>::infinity(), 1e30F}) {
        Snapshot snapshot = snapshot_from(document, 2);
        snapshot.parameters.assign(snapshot.parameters.size(), value);
        snapshot.curve = std::vector<CurvePoint>{{0, {nothing, 0, true}, {}},
                                                 {5, {1, 0.5, true}, {0, 0.5, true}},
                                                 {10, {-1, 1, true}, {}}};
        check_all_views(snapshot);
      }
    }
  }

  TEST_CASE("documents without data show their network") {
    check_all_views(snapshot_from(small("", 2, 1, "bce_logits")));
    check_all_views(snapshot_from(small("", 2, 3, "mse")));
    check_all_views(snapshot_from(small("", 1, 2, "mse", "tanh")));
    const Figure figure =
        figure_of(DecisionBoundary{}, snapshot_from(small("", 2, 1, "bce_logits")));
    CHECK(figure.fact.empty());
    CHECK(points_with_key(figure.panels[0], "test") == 0);
  }

  TEST_CASE("real targets over the plane have contours and a signed bar") {
    const std::string points = R"({"source": "points",
      "inputs": {"shape": [5, 2], "data": [0, 0, 1, 0, 0, 1, 1, 1, 0.5, 0.5]},
      "targets": {"shape": [5, 1], "data": [-3, 1, 1, 2, 0.5]}, "test_fraction": 0})";
    const Snapshot snapshot = snapshot_from(small(points, 2, 1, "mse"), 200);
    const Figure figure = figure_of(DecisionBoundary{}, snapshot);
    CHECK(figure.fact.starts_with("rms error "));
    REQUIRE(figure.bars.size() == 1);
    CHECK(figure.bars[0].ticks.front().label == "\u22123");
    CHECK(figure.bars[0].ticks.back().label == "3");
    CHECK(marks<LinesMark>(figure.panels[0]).size() > 3);
    check_all_views(snapshot);
    // Several outputs: one of them is shown.
    check_all_views(snapshot_from(small(R"({"source": "points",
      "inputs": {"shape": [2, 2], "data": [0, 0, 1, 0]},
      "targets": {"shape": [2, 3], "data": [1, 2, 3, 4, 5, 6]}})",
                                        2, 3, "mse")));
  }

  TEST_CASE("a colour table says what its map says") {
    for (const bool is_signed : {false, true}) {
      const ColourMap map = value_map(light_theme(), is_signed, true);
      const ColourTable table(map);
      for (int i = -10; i <= 3010; ++i) {
        const Colour here = table.at(i / 3000.0), wanted = map.at(i / 3000.0);
        CHECK(std::abs(here.r - wanted.r) <= 1);
        CHECK(std::abs(here.g - wanted.g) <= 1);
        CHECK(std::abs(here.b - wanted.b) <= 1);
        CHECK(here.a == wanted.a);
      }
      CHECK(table.at(std::numeric_limits<double>::quiet_NaN()).a == 0);
    }
  }

  TEST_CASE("layers are numbered where their ids say no more") {
    const Snapshot snapshot = snapshot_from(document_from_json(parse_json(
        R"({"crease": 1, "network": {"input": [2], "nodes": [
            {"id": "h1", "type": "dense", "units": 3, "activation": "relu"},
            {"id": "h7", "type": "dense", "units": 3},
            {"id": "bend", "type": "activation", "function": "relu"},
            {"id": "code_3", "type": "dense", "units": 2, "frozen": true},
            {"id": "out", "type": "dense", "units": 1}]}})")));
    const Plan& plan = *snapshot.plan;
    CHECK(layer_label(plan, "h1") == "layer 1");
    CHECK(layer_label(plan, "h7") == "layer 2");
    CHECK(layer_title(plan, "h7") == "Layer 2");
    CHECK(layer_label(plan, "bend") == "bend");
    CHECK(layer_label(plan, "a_name_that_goes_on_and_on") == "a_name_that_…s_on_and_on");
    CHECK(layer_title(plan, "bend") == "bend");
    CHECK(layer_label(plan, "code_3") == plain("code_3"));
    CHECK(layer_number(plan, "code_3") == 3);
    CHECK(layer_number(plan, "bend") == 0);
    const auto blocks = network_picture::model_of(snapshot).blocks;
    CHECK(blocks.at(2).detail == "linear");
    CHECK(blocks.at(4).detail == "linear, frozen");
  }

  TEST_CASE("names from files are shown as they stand") {
    const TemporaryFolder folder;
    folder.write("t.csv",
                 "width $x_1$,a_b,kind\n0,100,one $\n1,900,two_2\n2,500,one $\n3,20,two_2\n");
    Document document = small(R"({"source": "csv", "path": "t.csv"})", 2, 1, "bce_logits");
    document.folder = folder.path("");
    const Snapshot snapshot = snapshot_from(document);
    const Figure figure = figure_of(DecisionBoundary{}, snapshot);
    CHECK(figure.panels[0].x.label == plain("width $x_1$"));
    CHECK(figure.panels[0].y.label == plain("a_b"));
    CHECK(figure.legend[0].label == plain("one $"));
    CHECK_FALSE(figure.panels[0].equal);  // 0 .. 3 across, 20 .. 900 upwards
    const std::string text = describe(layout(figure, {500, 500}, light_theme()).scene);
    CHECK(text.find("width $x_1$") != std::string::npos);
    check_all_views(snapshot);
  }

  TEST_CASE("a function of one input has its line and its samples") {
    const Snapshot snapshot = snapshot_from(sine(), 300);
    const Figure figure = figure_of(Function1d{.residuals = true}, snapshot);
    const Panel& panel = figure.panels[0];
    CHECK(points_with_key(panel, "train") == snapshot.data->train.size());
    CHECK(points_with_key(panel, "test") == snapshot.data->test.size());
    const std::string error = number_text(std::sqrt(snapshot.scored.test.loss));
    CHECK(figure.fact.ends_with("pieces, exact; rms error " + error + " on test"));
    const auto lines = marks<LinesMark>(panel);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]->paths.size() == snapshot.data->train.size());  // residuals
    CHECK(lines[1]->paths[0].size() > 100);
    const auto readings = panel.readout({1, 0});
    CHECK(readings.back().label == "residual");
    check_all_views(snapshot_from(small(R"({"source": "points",
      "inputs": {"shape": [3, 1], "data": [0, 1, 2]},
      "targets": {"shape": [3, 1], "data": [0, 1, 1]}})",
                                        1, 1, "bce_logits")));
  }

  TEST_CASE("a sheet of images marks what is wrong") {
    const Snapshot snapshot = snapshot_from(digits(600), 60);
    const auto sheet = [&](const Images& images, Size size) {
      return layout(figure_of(images, snapshot), size, light_theme());
    };
    const Laid first = sheet({.count = 12}, {600, 400});
    CHECK(first.scene.hot.size() == 12);
    const std::string text = describe(first.scene);
    CHECK(text.find("of 28x28") != std::string::npos);
    const auto wrong = static_cast<std::size_t>(std::lround(
        (1 - snapshot.scored.test.accuracy) * static_cast<double>(snapshot.data->test.size())));
    const Figure figure = figure_of(Images{}, snapshot);
    CHECK(figure.fact == "test, " + count_text(wrong) + " of " +
                             count_text(snapshot.data->test.size()) + " wrong");
    const Laid only_wrong = sheet({.which = Selection::wrong, .count = 9}, {600, 400});
    REQUIRE(only_wrong.scene.hot.size() == 9);
    for (const Hot& hot : only_wrong.scene.hot) CHECK(hot.fact == "wrong");
    const auto answer = Images{.which = Selection::worst}.compute(snapshot, {}, never_cancelled);
    REQUIRE(answer.shown.size() == 24);
    for (std::size_t i = 1; i < 24; ++i)
      CHECK(answer.all.losses[answer.shown[i - 1]] >= answer.all.losses[answer.shown[i]]);
    CHECK(sheet({.count = 400}, {200, 200}).scene.hot.size() < 30);
    CHECK(figure_of(Images{.part = Part::train}, snapshot).fact.starts_with("train, "));
  }

  TEST_CASE("feature maps show every map and filter") {
    const Snapshot snapshot = snapshot_from(digits(20), 5);
    const Laid laid =
        layout(figure_of(FeatureMaps{.sample = 3}, snapshot), {900, 700}, light_theme());
    CHECK(laid.scene.hot.size() == 1 + 8 + 8 + 16 + 16);  // the sample and its maps
    const std::string text = describe(laid.scene);
    const auto count = [&](const std::string& what) {
      std::size_t found = 0;
      for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++found;
      return found;
    };
    CHECK(count("of 28x28") == 1 + 8);
    CHECK(count("of 14x14") == 8 + 16);
    CHECK(count("of 7x7") == 16);
    CHECK(count("of 3x3") == 8);     // filters of one channel
    CHECK(count("of 11x11") == 16);  // eight kernels with clear lines between them
    // A sample beyond the last is the last.
    const Figure last = figure_of(FeatureMaps{.sample = 10000000}, snapshot);
    CHECK(describe(layout(last, {900, 700}, light_theme()).scene).find("test sample ") !=
          std::string::npos);
  }

  TEST_CASE("an answer that is no longer wanted ends early") {
    const Snapshot snapshot = snapshot_from(digits(20));
    int asked = 0;
    compute(Images{}, snapshot, {}, [&] { return ++asked > 0; });
    CHECK(asked == 1);
  }
}
