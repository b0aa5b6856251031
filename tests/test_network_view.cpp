/// The picture of a network: what its units compute, where everything stands, what is said of it.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>

#include "core/tasks.h"
#include "figure/canvas.h"
#include "net/edit.h"
#include "train/snapshot_of.h"
#include "views/network_view.h"
#include "views/network_view_brush.h"

using namespace crease;
using namespace crease::network_picture;

namespace {

constexpr const char* spiral = R"("data": {"source": "spiral", "samples": 80},)";
constexpr const char* digits = R"("data": {"source": "mnist", "samples": 60},
  "training": {"loss": {"type": "cross_entropy_logits"}},)";
constexpr const char* small = R"([{"id": "h1", "type": "dense", "units": 4, "activation": "relu"},
                                  {"id": "h2", "type": "dense", "units": 3, "activation": "tanh"},
                                  {"id": "out", "type": "dense", "units": 1}])";

Snapshot snapshot_of_nodes(const std::string& nodes, const std::string& input = "[2]",
                           const std::string& more = spiral) {
  const std::string text = fmt::format(
      R"({{"crease": 1, {} "network": {{"input": {}, "nodes": {}}}}})", more, input, nodes);
  Tasks tasks(1);
  return snapshot_of(document_from_json(parse_json(text)), 0, tasks);
}

std::string dense_layers(std::initializer_list<int> units, const char* activation = "relu") {
  std::string nodes = "[";
  int number = 0;
  for (const int n : units)
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": {}, "activation": "{}"}},)",
                         ++number, n, activation);
  return nodes + R"({"id": "out", "type": "dense", "units": 1}])";
}

constexpr const char* convolutions =
    R"([{"id": "conv1", "type": "conv2d", "channels": 4, "padding": 1, "activation": "relu"},
        {"id": "pool1", "type": "max_pool"}, {"id": "flat", "type": "flatten"},
        {"id": "h1", "type": "dense", "units": 12, "activation": "relu"},
        {"id": "out", "type": "dense", "units": 10}])";
constexpr const char* branches =
    R"([{"id": "a", "type": "dense", "units": 3, "activation": "relu"},
        {"id": "b", "type": "dense", "units": 3, "activation": "tanh", "inputs": ["input"]},
        {"id": "sum", "type": "add", "inputs": ["a", "b"]},
        {"id": "h", "type": "dense", "units": 3}, {"id": "s", "type": "activation", "function": "sigmoid"},
        {"id": "all", "type": "concat", "inputs": ["s", "input", "a"]},
        {"id": "dead", "type": "dense", "units": 2, "inputs": ["h"]},
        {"id": "out", "type": "dense", "units": 1, "inputs": ["all"]}])";

struct Drawn {
  NetworkView::Answer answer;
  Picture picture;
};

Drawn drawn(const Snapshot& snapshot, Size size = {1024, 372}, const Options& options = {}) {
  Drawn made{NetworkView{}.compute(snapshot, {}, never_cancelled), {}};
  made.picture = compose(snapshot, made.answer, light_theme(), size, options);
  return made;
}

const Hot* find(const Scene& scene, const std::string& id) {
  for (const Hot& hot : scene.hot)
    if (hot.id == id) return &hot;
  return nullptr;
}

std::size_t curves_in(const Scene& scene) {
  std::size_t count = 0;
  for (const Item& item : scene.items) count += std::holds_alternative<Curve>(item) ? 1 : 0;
  return count;
}

bool overlap(const Rect& a, const Rect& b) {
  constexpr double touch = 0.01;
  return a.x + touch < b.right() && b.x + touch < a.right() && a.y + touch < b.bottom() &&
         b.y + touch < a.bottom();
}

/// What is true of every picture, of any network in any size.
void check_order(const Drawn& made, Size size) {
  const auto& blocks = made.answer.model.blocks;
  const auto& places = made.picture.layout.places;
  REQUIRE(places.size() == blocks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    CAPTURE(blocks[b].id);
    REQUIRE_FALSE(places[b].spots.empty());
    for (std::size_t i = 0; i < places[b].spots.size(); ++i) {
      const Rect& at = places[b].spots[i].at;
      CHECK(at.width > 0);
      CHECK(at.y >= -0.01);
      CHECK(at.bottom() <= size.height + 0.01);
      for (std::size_t j = 0; j < std::min<std::size_t>(i, 40); ++j)
        CHECK_FALSE(overlap(at, places[b].spots[j].at));
    }
    for (std::size_t other = 0; other < b; ++other) {
      if (blocks[other].column < blocks[b].column)
        CHECK(places[other].box.centre().x < places[b].box.centre().x);
      if (places[b].header.width > 0 && places[other].header.width > 0)
        CHECK_FALSE(overlap(places[b].header, places[other].header));
    }
  }
  std::set<std::string> ids;
  for (const Hot& hot : made.picture.scene.hot) {
    CHECK_FALSE(hot.title.empty());
    const bool fresh = ids.insert(hot.id).second;
    CHECK_MESSAGE(fresh, hot.id);
  }
}

}  // namespace

TEST_SUITE("network_view") {
  TEST_CASE("a unit's field holds what the unit computes at each place") {
    const Snapshot snapshot = snapshot_of_nodes(small);
    const Plan& plan = *snapshot.plan;
    const UnitFields fields = unit_fields(plan, snapshot.parameters, {-2, 2, -1, 3}, 5, 4);
    Workspace<float> workspace(plan, Purpose::inference);
    workspace.use_parameters(snapshot.parameters.data());
    for (int row = 0; row < 4; ++row)
      for (int column = 0; column < 5; ++column) {
        workspace.input()[0] = -2 + 0.8F * (static_cast<float>(column) + 0.5F);
        workspace.input()[lanes] = 3 - (static_cast<float>(row) + 0.5F);
        workspace.forward(1, false);
        for (std::size_t node = 0; node < plan.nodes.size(); ++node)
          for (std::size_t unit = 0; unit < plan.nodes[node].shape.size(); ++unit)
            CHECK(fields.of(node, unit)[static_cast<std::size_t>(row * 5 + column)] ==
                  doctest::Approx(workspace.output(node)[unit * lanes]).epsilon(1e-5));
      }
    const UnitFields last = unit_fields(plan, snapshot.parameters, {}, 3, 3, {false, false, true});
    CHECK(last.nodes[0].empty());
    CHECK(last.nodes[2].size() == 9);
    const Snapshot wide = snapshot_of_nodes(small, "[3]", "");
    CHECK_THROWS_AS(unit_fields(*wide.plan, wide.parameters, {}, 2, 2), Problem);
  }

  TEST_CASE("how often a unit is on is counted; one that never is has a mark and says so") {
    Snapshot snapshot = snapshot_of_nodes(small);
    const auto set = [&](const char* name, std::size_t index, float value) {
      snapshot.parameters[snapshot.plan->find(name)->offset + index] = value;
    };
    set("h1.weight", 0, 1);  // unit 1 is x_1
    set("h1.weight", 1, 0);
    set("h1.bias", 0, 0);
    set("h1.bias", 1, -1000);  // unit 2 is never on
    set("h1.bias", 2, 1000);   // unit 3 always
    std::size_t positive = 0;
    for (const std::size_t i : snapshot.data->train)
      positive += snapshot.data->values(0, static_cast<Eigen::Index>(i)) > 0 ? 1 : 0;
    const Drawn made = drawn(snapshot);
    const auto& units = made.answer.activity.nodes[0];
    CHECK(made.answer.activity.samples == snapshot.data->train.size());
    CHECK(units[0].on == doctest::Approx(static_cast<double>(positive) /
                                         static_cast<double>(snapshot.data->train.size())));
    CHECK(units[1].on == 0);
    CHECK(units[2].on == 1);
    CHECK(find(made.picture.scene, "h1.unit2")->fact == "never on");
    CHECK(find(made.picture.scene, "h1.unit3")->fact == "on for 100 %");
    CHECK(find(made.picture.scene, "h2.unit1")->fact.empty());  // tanh is not off
    CHECK(describe(made.picture.scene).find("never on") != std::string::npos);
  }

  TEST_CASE("every place has an id that stays, a title and its numbers") {
    const Snapshot snapshot = snapshot_of_nodes(small);
    const Drawn made = drawn(snapshot);
    for (const char* id : {"input", "input1", "input2", "h1", "h1.unit3", "h2.weight[2,3]", "out",
                           "out.unit1", "out.weight[0,2]"})
      CHECK_MESSAGE(find(made.picture.scene, id) != nullptr, id);
    const Hot& unit = *find(made.picture.scene, "h2.unit3");
    CHECK(unit.title == "Layer 2 (h2), unit 3");
    const auto& bias = snapshot.plan->find("h2.bias");
    CHECK(unit.readings.at(0).value ==
          number_text(static_cast<double>(snapshot.parameters[bias->offset + 2])));
    const Hot& weight = *find(made.picture.scene, "h2.weight[2,3]");
    const auto& matrix = snapshot.plan->find("h2.weight");
    CHECK(weight.readings.at(0).value ==
          number_text(static_cast<double>(snapshot.parameters[matrix->offset + 2 * 4 + 3])));
    // A line is hit near itself only, not all over its rectangle.
    CHECK(weight.contains(weight.along[3]));
    CHECK_FALSE(weight.contains({weight.along[3].x, weight.along[3].y + 9}));
  }

  TEST_CASE("the strongest weight is the widest line, and painted last") {
    Snapshot snapshot = snapshot_of_nodes(dense_layers({2}));
    const Segment& weight = *snapshot.plan->find("h1.weight");
    const float values[] = {0.5F, -2, 1, 0};
    std::copy_n(values, 4, snapshot.parameters.begin() + static_cast<long>(weight.offset));
    const Drawn made = drawn(snapshot);
    std::vector<Curve> lines;
    for (const Item& item : made.picture.scene.items)
      if (const auto* curve = std::get_if<Curve>(&item))
        if (curve->from.x < 200) lines.push_back(*curve);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].stroke.dash.size() == 2);  // 0: cut
    CHECK(lines[3].stroke.width == doctest::Approx(5.2));
    CHECK(lines[3].stroke.colour == light_theme().negative.faded(0.78));
    CHECK(lines[2].stroke.width == doctest::Approx(0.6 + 4.6 / 2));
    CHECK(lines[2].stroke.colour == light_theme().positive.faded(0.16 + 0.31));
  }

  TEST_CASE("what mixes its inputs is drawn from all of them") {
    const auto kind = [](const std::string& node) {
      const auto model =
          model_of(snapshot_of_nodes(R"([{"id": "h", "type": "dense", "units": 3}, )" + node +
                                     R"(, {"id": "out", "type": "dense", "units": 1}])"));
      return model.blocks[2].links.at(0).kind;
    };
    CHECK(kind(R"({"id": "m", "type": "maxout", "units": 5, "pieces": 3})") == Link::Kind::weights);
    CHECK(kind(R"({"id": "n", "type": "layer_norm"})") == Link::Kind::mixed);
    CHECK(kind(R"({"id": "n", "type": "batch_norm"})") == Link::Kind::units);

    // Of a maxout unit a line has the weight of the strongest piece.
    const Snapshot snapshot = snapshot_of_nodes(
        R"([{"id": "m", "type": "maxout", "units": 5, "pieces": 3},
            {"id": "out", "type": "dense", "units": 1}])");
    const auto model = model_of(snapshot);
    const Segment& weight = *snapshot.plan->find("m.weight");
    const auto at = [&](std::size_t piece) {
      return snapshot.parameters[weight.offset + (piece * 5 + 4) * 2 + 1];
    };
    float strongest = at(0);
    for (const std::size_t piece : {1, 2})
      if (std::abs(at(piece)) > std::abs(strongest)) strongest = at(piece);
    const Strength found = strength(snapshot, model.blocks[1], model.blocks[0], 4, 1);
    CHECK(found.value == strongest);
    CHECK(found.pieces == 3);
    const Drawn made = drawn(snapshot);
    const Hot* hot = find(made.picture.scene, "m.weight[4,1]");
    REQUIRE(hot);
    CHECK(hot->fact == "weight of the strongest of 3 pieces");

    const auto lines = [](const std::string& node) {
      const Drawn with =
          drawn(snapshot_of_nodes(R"([{"id": "h", "type": "dense", "units": 3}, )" + node +
                                  R"(, {"id": "out", "type": "dense", "units": 1}])"));
      return std::count_if(with.picture.scene.items.begin(), with.picture.scene.items.end(),
                           [](const auto& item) { return std::holds_alternative<Curve>(item); });
    };
    CHECK(lines(R"({"id": "n", "type": "layer_norm"})") ==
          lines(R"({"id": "n", "type": "batch_norm"})") + 6);
  }

  TEST_CASE("a selection has a ring, and its lines their full colour") {
    const Snapshot snapshot = snapshot_of_nodes(small);
    Options options;
    options.selected = "h2.unit2";
    const Drawn made = drawn(snapshot, {1024, 372}, options);
    int full = 0, rings = 0;
    for (const Item& item : made.picture.scene.items) {
      if (const auto* curve = std::get_if<Curve>(&item)) full += curve->stroke.colour.a == 255;
      if (const auto* box = std::get_if<RoundRect>(&item))
        rings += box->edge.colour == light_theme().accent;
    }
    CHECK(full == 4 + 1);
    CHECK(rings == 1);
  }

  TEST_CASE("of too many units the most important are shown; opened, all as cells") {
    const Snapshot snapshot = snapshot_of_nodes(dense_layers({64, 4}));
    const Drawn made = drawn(snapshot);
    const Place& place = made.picture.layout.places[1];
    CHECK(place.spots.size() == 5);
    CHECK(place.more == 59);
    CHECK(find(made.picture.scene, "h1.more") != nullptr);
    const auto& importance = made.answer.importance[1];
    std::multiset<float> shown;
    for (const Spot& spot : place.spots)
      shown.insert(importance[static_cast<std::size_t>(spot.unit)]);
    std::multiset<float> all(importance.begin(), importance.end());
    for (const float value : shown) CHECK(value >= *std::next(all.rbegin(), 4));

    Options options;
    options.opened = {"h1"};
    const Drawn opened = drawn(snapshot, {1024, 372}, options);
    CHECK(opened.picture.layout.places[1].spots.size() == 64);
    CHECK(find(opened.picture.scene, "h1.unit64") != nullptr);
    check_order(opened, {1024, 372});
  }

  TEST_CASE("no more than two thousand lines, whatever the width of the layers") {
    const Snapshot snapshot = snapshot_of_nodes(
        R"([{"id": "h1", "type": "dense", "units": 300}, {"id": "h2", "type": "dense", "units": 90},
            {"id": "out", "type": "dense", "units": 30}])",
        "[40]", "");
    const Drawn made = drawn(snapshot);
    CHECK(curves_in(made.picture.scene) == 2000);
    check_order(made, {1024, 372});
  }

  TEST_CASE("where there is much room the units are larger") {
    const Snapshot snapshot = snapshot_of_nodes(small);
    const auto width = [&](Size size) {
      return drawn(snapshot, size).picture.layout.places[1].spots[0].at.width;
    };
    CHECK(width({1024, 372}) == unit_size);
    CHECK(width({1600, 800}) == 2 * unit_size);
    CHECK(width({1600, 4000}) < 3 * unit_size);
    CHECK(width({500, 800}) < 2 * unit_size);  // the lines need room too
  }

  TEST_CASE("a label is cut to its room, a formula never") {
    const TextStyle style{.size = detail_text};
    const Typeset cut = label_in(60, plain("a very long name of a column"), style);
    CHECK(cut.width <= 60);
    CHECK(cut.width > 30);
    CHECK(label_in(60, "short", style).width == typeset("short", style).width);
    CHECK(label_in(5, "$x_{12}$", style).width == typeset("$x_{12}$", style).width);
  }

  TEST_CASE("any network draws, in any size, in order") {
    const std::vector<Snapshot> snapshots{
        snapshot_of_nodes(small),
        snapshot_of_nodes(small, "[1]", R"("data": {"source": "sine", "samples": 40},)"),
        snapshot_of_nodes(R"([{"id": "out", "type": "dense", "units": 1}])"),
        snapshot_of_nodes(R"([{"id": "out", "type": "activation", "function": "softmax"}])", "[3]",
                          ""),
        snapshot_of_nodes(dense_layers({1, 64, 18, 2})),
        snapshot_of_nodes(
            dense_layers({5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5})),
        snapshot_of_nodes(branches),
        snapshot_of_nodes(convolutions, "[1, 28, 28]", digits),
        snapshot_of_nodes(convolutions, "[3, 8, 8]", ""),
        snapshot_of_nodes(R"([{"id": "out", "type": "flatten"}])", "[2, 4, 4]", ""),
        snapshot_of_nodes(R"([{"id": "h", "type": "dense", "units": 9, "activation": "sigmoid"},
                              {"id": "out", "type": "dense", "units": 2, "activation": "softmax"}])",
                          "[784]", "")};
    for (std::size_t i = 0; i < snapshots.size(); ++i)
      for (const Size size : {Size{1024, 372}, Size{700, 300}, Size{560, 280}})
        for (const bool controls : {false, true}) {
          CAPTURE(i);
          CAPTURE(size.width);
          Options options;
          options.controls = controls;
          const Drawn made = drawn(snapshots[i], size, options);
          check_order(made, size);
          for (const Place& place : made.picture.layout.places)
            CHECK(place.box.right() <= size.width + 0.01);
          const Drawn again = drawn(snapshots[i], size, options);
          CHECK(describe(made.picture.scene) == describe(again.picture.scene));
        }
  }

  TEST_CASE("numbers that are none do no harm") {
    for (const float value : {std::numeric_limits<float>::quiet_NaN(),
                              std::numeric_limits<float>::infinity(), 3e38F, 0.0F}) {
      Snapshot plane = snapshot_of_nodes(small);
      std::fill(plane.parameters.begin(), plane.parameters.end(), value);
      check_order(drawn(plane), {1024, 372});
      Snapshot image = snapshot_of_nodes(convolutions, "[1, 28, 28]", digits);
      std::fill(image.parameters.begin(), image.parameters.end(), value);
      check_order(drawn(image), {1024, 372});
      if (std::isnan(value))
        CHECK(describe(drawn(plane).picture.scene).find("not a number") != std::string::npos);
    }
  }

  TEST_CASE("images: filters beside their maps, the sample's label, the classes' shares") {
    const Snapshot snapshot = snapshot_of_nodes(convolutions, "[1, 28, 28]", digits);
    NetworkView view;
    view.sample = 3;
    const auto answer = view.compute(snapshot, {}, never_cancelled);
    CHECK(answer.number == 3);
    CHECK(answer.sample == snapshot.data->test.at(2));
    CHECK(answer.label == snapshot.data->classes.at(answer.sample));
    const Picture picture = compose(snapshot, answer, light_theme(), {1024, 372}, {});
    const std::string text = describe(picture.scene);
    CHECK(text.find("test sample 3") != std::string::npos);
    CHECK(text.find(fmt::format("label {}", answer.label)) != std::string::npos);
    CHECK(picture.layout.places[1].spots[0].kernel.width > 0);
    CHECK(find(picture.scene, "flat") == nullptr);
    view.sample = 1 << 30;  // there are not so many: the last
    CHECK(view.compute(snapshot, {}, never_cancelled).sample == snapshot.data->test.back());
  }

  TEST_CASE("a figure has the picture, and a table of all parameters") {
    const Snapshot snapshot = snapshot_of_nodes(small);
    const NetworkView view;
    CHECK(view.refuses(snapshot).empty());
    const Figure figure =
        view.draw(snapshot, view.compute(snapshot, {}, never_cancelled), dark_theme());
    CHECK(figure.name == "Network");
    CHECK(figure.fact == "31 parameters");
    CHECK_FALSE(figure.compose({700, 300}).items.empty());
    CHECK(figure.table().rows.size() == 31);
    CHECK(figure.table().rows[3][0] == "h1.weight[1][1]");
  }
}
