// Layout: what stands where in a figure, and how much of it there is room for.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "figure/canvas.h"
#include "figure/layout.h"

using namespace crease;

namespace {

std::vector<Text> texts(const Scene& scene) {
  std::vector<Text> all;
  for (const Item& item : scene.items)
    if (const auto* text = std::get_if<Text>(&item)) all.push_back(*text);
  return all;
}

bool has_text(const Scene& scene, const std::string& wanted) {
  for (const Text& text : texts(scene))
    if (text.text == wanted) return true;
  return false;
}

/// A plane with a line and a point.
Figure small_plane() {
  const Theme& theme = light_theme();
  Figure figure;
  figure.name = "Plane";
  Panel panel;
  panel.x = {"$x_1$", -1, 1};
  panel.y = {"$x_2$", -1, 1};
  panel.equal = panel.framed = true;
  LinesMark line;
  line.paths = {{{-1, -1}, {1, 1}}};
  line.stroke = {theme.ink, 2, {}};
  PointsMark points;
  points.key = "class 0";
  points.points = {{0, 0}, {5, 5}, {std::nan(""), 0}};
  points.fill = theme.of_class(0).colour;
  points.edge = {theme.picture, 1, {}};
  panel.marks = {line, points};
  figure.panels = {panel};
  LegendEntry entry;
  entry.key = "class 0";
  entry.label = "class 0";
  entry.marker = Marker::disc;
  entry.fill = points.fill;
  figure.legend = {entry};
  return figure;
}

Figure curve(const std::vector<Point>& points, const std::string& label = "") {
  Figure figure;
  Panel panel;
  panel.x = {"step", 0, 100};
  panel.y = {"", 0, 1};
  LinesMark line;
  line.paths = {points};
  line.stroke = {light_theme().ink, 1.8, {}};
  line.label = label;
  panel.marks = {line};
  figure.panels = {panel};
  return figure;
}

}  // namespace

TEST_SUITE("figure: layout") {
  TEST_CASE("a plane as a scene") {
    const Laid laid = layout(small_plane(), {240, 240}, light_theme(), {.title = false});
    CHECK(describe(laid.scene) == R"(rect 0,0 240x240 radius 0 #FFFFFF
clip 53,6 175x175
line #16191D 2: 53,181 228,6
disc 140.5,93.5 radius 3.4 #D55E00 edge #FFFFFF 1
unclip
rect 52.5,5.5 176x176 radius 0 #00000000 edge #7F8893 1
line #7F8893 1: 48.5,181.5 52.5,181.5
line #7F8893 1: 48.5,137.5 52.5,137.5
line #7F8893 1: 48.5,93.5 52.5,93.5
line #7F8893 1: 48.5,49.5 52.5,49.5
line #7F8893 1: 48.5,6.5 52.5,6.5
text 31.79,32.24 12 italic #4A535E: x
text 38.63,34.88 8.88 #4A535E: 2
text 27.62,10.37 12 #4A535E: 1.0
text 25.9,54.12 12 #4A535E: 0.5
text 36.5,97.87 12 #4A535E: 0
text 17.99,141.62 12 #4A535E: −0.5
text 19.71,185.37 12 #4A535E: −1.0
line #7F8893 1: 53.5,181.5 53.5,185.5
line #7F8893 1: 96.5,181.5 96.5,185.5
line #7F8893 1: 140.5,181.5 140.5,185.5
line #7F8893 1: 184.5,181.5 184.5,185.5
line #7F8893 1: 228.5,181.5 228.5,185.5
text 154.24,198 12 italic #4A535E: x
text 161.08,200.64 8.88 #4A535E: 1
text 40.86,198 12 #4A535E: −1.0
text 83.74,198 12 #4A535E: −0.5
text 136.75,198 12 #4A535E: 0
text 175.2,198 12 #4A535E: 0.5
text 217.62,198 12 #4A535E: 1.0
disc 22,220 radius 3.8 #D55E00
text 32,224.37 12 #4A535E: class 0
)");
    REQUIRE(laid.panels.size() == 1);
    CHECK(laid.panels[0].at == Rect{53, 6, 175, 175});
    REQUIRE(laid.legend.size() == 1);
    CHECK(laid.legend[0].key == "class 0");
    CHECK(laid.legend[0].at.height >= 24);
    CHECK(laid.legend[0].at.contains({22, 220}));
  }

  TEST_CASE("marks that are switched off are not painted, and their entry is struck out") {
    LayoutOptions options;
    options.hidden = {"class 0"};
    const Laid laid = layout(small_plane(), {240, 240}, light_theme(), options);
    CHECK(describe(laid.scene).find("disc 140") == std::string::npos);
    CHECK(laid.legend.size() == 1);
  }

  TEST_CASE("a line is thinned to what pixels can show, and keeps its extremes") {
    std::vector<Point> points;
    for (int i = 0; i < 100000; ++i)
      points.push_back({i / 1000.0, i == 61803   ? 0.97
                                    : i == 31415 ? 0.02
                                                 : 0.5 + 0.1 * std::sin(i)});
    const Laid laid = layout(curve(points), {366, 300}, light_theme());
    REQUIRE(laid.panels.size() == 1);
    double top = 1e9, bottom = -1e9;
    std::size_t count = 0;
    for (const Item& item : laid.scene.items)
      if (const auto* line = std::get_if<Polyline>(&item); line && line->points.size() > 10) {
        count += line->points.size();
        for (const Point p : line->points) {
          top = std::min(top, p.y);
          bottom = std::max(bottom, p.y);
        }
      }
    CHECK(count > 300);
    CHECK(count < 4 * 2 * 366);
    CHECK(top == doctest::Approx(laid.panels[0].to_scene({0, 0.97}).y));
    CHECK(bottom == doctest::Approx(laid.panels[0].to_scene({0, 0.02}).y));
  }

  TEST_CASE("points that are not finite break a line") {
    const auto lines = [](const Laid& laid) {
      std::vector<std::size_t> sizes;
      for (const Item& item : laid.scene.items)
        if (const auto* line = std::get_if<Polyline>(&item); line && line->stroke.width == 1.8)
          sizes.push_back(line->points.size());
      return sizes;
    };
    const double nan = std::nan("");
    CHECK(lines(layout(curve({{0, 0.1}, {10, 0.2}, {20, nan}, {30, 0.2}, {40, 0.1}, {50, 0.2}}),
                       {300, 200}, light_theme())) == std::vector<std::size_t>{2, 3});
    CHECK(lines(layout(curve({{0, nan}, {10, INFINITY}, {20, 0.3}}), {300, 200}, light_theme()))
              .empty());
    // What is far outside is cut, so that no canvas meets numbers it cannot hold.
    const Laid cut = layout(curve({{0, 0.5}, {50, 1e12}, {100, 0.5}}), {300, 200}, light_theme());
    CHECK(lines(cut) == std::vector<std::size_t>{2, 2});
    CHECK(describe(cut.scene).find("000000") == std::string::npos);
  }

  TEST_CASE("labels at line ends are at least 15 apart; without room they are in the legend") {
    Figure figure = curve({{0, 0.5}, {100, 0.5}}, "first");
    for (const char* name : {"second", "third", "fourth"}) {
      LinesMark line = std::get<LinesMark>(figure.panels[0].marks[0]);
      line.label = name;
      figure.panels[0].marks.push_back(line);
    }
    const Laid laid = layout(figure, {366, 300}, light_theme());
    std::vector<double> baselines;
    for (const Text& text : texts(laid.scene))
      if (text.baseline.x > laid.panels[0].at.right() && text.text != "step")
        baselines.push_back(text.baseline.y);
    REQUIRE(baselines.size() == 4);
    for (std::size_t i = 1; i < 4; ++i) CHECK(baselines[i] - baselines[i - 1] >= 14.999);
    CHECK(laid.legend.empty());

    const Laid small = layout(figure, {90, 130}, light_theme());
    for (const PlacedPanel& panel : small.panels)
      for (const Text& text : texts(small.scene))
        CHECK((text.text != "first" || text.baseline.y > panel.at.bottom()));
  }

  TEST_CASE("panels over the same x share it; only the last names it") {
    Figure figure = curve({{0, 0.5}, {100, 0.5}});
    figure.panels.push_back(figure.panels[0]);
    figure.panels[0].share = 2;
    figure.panels[1].y.to = 1000;
    const Laid laid = layout(figure, {366, 404}, light_theme());
    REQUIRE(laid.panels.size() == 2);
    CHECK(laid.panels[0].at.x == laid.panels[1].at.x);
    CHECK(laid.panels[0].at.right() == laid.panels[1].at.right());
    CHECK(laid.panels[0].at.height == doctest::Approx(2 * laid.panels[1].at.height).epsilon(0.02));
    int names = 0;
    for (const Text& text : texts(laid.scene)) names += text.text == "step";
    CHECK(names == 1);
  }

  TEST_CASE("squares stand side by side where that makes them larger") {
    Figure figure = small_plane();
    figure.panels.push_back(figure.panels[0]);
    const Laid wide = layout(figure, {800, 400}, light_theme());
    CHECK(wide.panels[0].at.y == wide.panels[1].at.y);
    const Laid tall = layout(figure, {400, 800}, light_theme());
    CHECK(tall.panels[0].at.x == tall.panels[1].at.x);
    for (const Laid* laid : {&wide, &tall})
      for (const PlacedPanel& panel : laid->panels) CHECK(panel.at.width == panel.at.height);
  }

  TEST_CASE("a legend stands beside a square that becomes larger by it") {
    const Laid wide = layout(small_plane(), {400, 160}, light_theme());
    CHECK(wide.legend[0].at.x > wide.panels[0].at.right());
    CHECK(wide.panels[0].at.height > 90);
    const Laid tall = layout(small_plane(), {300, 320}, light_theme());
    CHECK(tall.legend[0].at.y > tall.panels[0].at.bottom());
  }

  TEST_CASE("without a frame points on an axis are whole, and those outside are not there") {
    Figure figure = curve({{0, 0.5}, {100, 0.5}});
    PointsMark points;
    points.points = {{0, 0}, {100, 1}, {-3, 0.5}, {50, 1.2}};
    points.fill = light_theme().ink;
    figure.panels[0].marks.push_back(points);
    int depth = 0, seen = 0;
    for (const Item& item : layout(figure, {300, 200}, light_theme()).scene.items) {
      depth += std::holds_alternative<Clip>(item) - std::holds_alternative<Unclip>(item);
      if (const auto* stamps = std::get_if<Stamps>(&item)) {
        seen += static_cast<int>(stamps->centres.size());
        CHECK(depth == 0);
      }
    }
    CHECK(seen == 2);
    CHECK(depth == 0);
  }

  TEST_CASE("free labels stand at least 15 apart") {
    Figure figure = curve({{0, 0.5}, {100, 0.5}});
    for (const char* label : {"train", "test"})
      figure.panels[0].marks.push_back(TextMark{.key = "",
                                                .at = {20, 0.5},
                                                .markup = label,
                                                .colour = light_theme().ink,
                                                .ground = true});
    std::vector<double> places;
    for (const Text& text : texts(layout(figure, {400, 200}, light_theme()).scene))
      if (text.text == "train" || text.text == "test") places.push_back(text.baseline.y);
    REQUIRE(places.size() == 2);
    CHECK(std::abs(places[0] - places[1]) >= 15);
  }

  TEST_CASE("a fact says as many of its parts as there is room for") {
    Figure figure = small_plane();
    figure.name = "Name";
    figure.fact = "≥ 2 514 patterns, shown coarser, through three samples";
    const auto shown = [&](double width) {
      for (const Text& text : texts(layout(figure, {width, 200}, light_theme()).scene))
        if (text.text.starts_with("≥")) return text.text;
      return std::string();
    };
    CHECK(shown(600) == figure.fact);
    CHECK(shown(330) == "≥ 2 514 patterns, shown coarser");
    CHECK(shown(220) == "≥ 2 514 patterns");
    CHECK(shown(110).empty());
  }

  TEST_CASE("points of a small panel are smaller") {
    const auto radius = [](Size size) {
      for (const Item& item : layout(small_plane(), size, light_theme()).scene.items)
        if (const auto* stamps = std::get_if<Stamps>(&item)) return stamps->layers[0].radius;
      return 0.0;
    };
    CHECK(radius({600, 600}) == radius({300, 300}));
    CHECK(radius({160, 160}) < radius({300, 300}));
    CHECK(radius({90, 90}) > 0.5 * radius({300, 300}));
  }

  TEST_CASE("the words of a line do not lie on those of another") {
    Figure figure = curve({{0, 0.5}, {100, 0.5}});
    for (const auto& [at, label] :
         {std::pair{40.0, "new data"}, {41.0, "new loss"}, {80.0, "new rate"}}) {
      RuleMark rule;
      rule.upright = true;
      rule.at = at;
      rule.label = label;
      figure.panels[0].marks.push_back(rule);
    }
    const Scene scene = layout(figure, {500, 200}, light_theme()).scene;
    CHECK(has_text(scene, "new data"));
    CHECK_FALSE(has_text(scene, "new loss"));
    CHECK(has_text(scene, "new rate"));
  }

  TEST_CASE("an equal panel shows as much upwards as sideways") {
    Figure figure = small_plane();
    figure.panels[0].y = {"", 0, 8};
    const Domain shown = layout(figure, {300, 300}, light_theme()).panels[0].domain;
    CHECK(shown == Domain{-4, 4, 0, 8});
  }

  TEST_CASE("the axes of an equal panel have ticks at the same steps") {
    Figure figure = small_plane();
    figure.panels[0].x = {"", -5.9, 5.7};
    figure.panels[0].y = {"", -5.6, 6.1};
    std::vector<std::string> labels;
    for (const Text& text : texts(layout(figure, {366, 404}, light_theme()).scene))
      labels.push_back(text.text);
    for (const char* label : {"−5", "0", "5"})
      CHECK(std::count(labels.begin(), labels.end(), label) == 2);
    CHECK(std::count(labels.begin(), labels.end(), "2") == 0);
  }

  TEST_CASE("the title gives up its fact before it is shortened") {
    Figure figure = small_plane();
    figure.name = "Decision boundary";
    figure.fact = "13 of 500 wrong";
    figure.stale = "38 steps behind";
    const auto shows = [&figure](double width, const char* text) {
      return has_text(layout(figure, {width, 300}, light_theme()).scene, text);
    };
    CHECK(shows(500, "13 of 500 wrong"));
    CHECK(shows(300, "Decision boundary"));
    CHECK_FALSE(shows(300, "13 of 500 wrong"));
    CHECK(shows(300, "38 steps behind"));
    CHECK_FALSE(shows(120, "Decision boundary"));
    CHECK_FALSE(has_text(layout(figure, {500, 300}, light_theme(), {.title = false}).scene,
                         "Decision boundary"));
  }

  TEST_CASE("a figure that composes itself gets the room below the title") {
    Figure figure;
    figure.name = "Network";
    figure.compose = [](Size size) {
      Scene scene;
      scene.add(Disc{{size.width, size.height}, 3, light_theme().ink});
      scene.hot.push_back({.at = {1, 2, 3, 4},
                           .id = "h1",
                           .title = {},
                           .fact = {},
                           .formulas = {},
                           .readings = {}});
      return scene;
    };
    const Laid laid = layout(figure, {300, 200}, light_theme());
    CHECK(describe(laid.scene).find("disc 288,192") != std::string::npos);  // in the margins
    REQUIRE(laid.scene.hot.size() == 1);
    CHECK(laid.scene.hot[0].at == Rect{17, 38, 3, 4});
  }

  TEST_CASE("places and data map to each other") {
    PlacedPanel panel{0, {10, 20, 200, 100}, {0, 10, 0.01, 100}, Scale::linear, Scale::logarithmic};
    CHECK(panel.to_scene({0, 0.01}) == Point{10, 120});
    const Point middle = panel.to_scene({5, 1});
    CHECK(middle.x == doctest::Approx(110));
    CHECK(middle.y == doctest::Approx(70));
    const Point back = panel.to_data(panel.to_scene({3, 7}));
    CHECK(back.x == doctest::Approx(3));
    CHECK(back.y == doctest::Approx(7));
  }

  TEST_CASE("zooming keeps the place under the pointer, dragging takes it along") {
    PlacedPanel panel{0, {0, 0, 200, 100}, {0, 10, 0.01, 100}, Scale::linear, Scale::logarithmic};
    const Point pointer = {3, 7};
    const Point before = panel.to_scene(pointer);
    PlacedPanel closer = panel;
    closer.domain = zoomed(panel, pointer, 2);
    CHECK(closer.domain.x1 - closer.domain.x0 == doctest::Approx(5));
    CHECK(closer.to_scene(pointer).x == doctest::Approx(before.x));
    CHECK(closer.to_scene(pointer).y == doctest::Approx(before.y));
    PlacedPanel dragged = panel;
    dragged.domain = panned(panel, pointer, {5, 70});
    CHECK(dragged.to_scene(pointer).x == doctest::Approx(panel.to_scene({5, 70}).x));
    CHECK(dragged.to_scene(pointer).y == doctest::Approx(panel.to_scene({5, 70}).y));
    // Not so far that numbers run out.
    for (int i = 0; i < 400; ++i) panel.domain = zoomed(panel, pointer, 2);
    CHECK(panel.domain.x1 > panel.domain.x0);
    for (int i = 0; i < 4000; ++i) panel.domain = zoomed(panel, pointer, 0.5);
    CHECK(std::isfinite(panel.domain.x1 - panel.domain.x0));
  }
}
