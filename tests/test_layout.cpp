// Layout under any circumstances: figures of all sorts in sizes of all sorts.
#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <tuple>

#include "figure/layout.h"

using namespace crease;

namespace {

std::vector<Text> texts(const Scene& scene) {
  std::vector<Text> all;
  for (const Item& item : scene.items)
    if (const auto* text = std::get_if<Text>(&item)) all.push_back(*text);
  return all;
}

/// The room that the ink of a text may need.
Rect box(const Text& text) {
  return {text.baseline.x, text.baseline.y - 0.74 * text.size,
          text_width(text.text, text.face, text.size, text.fixed_digits), 0.94 * text.size};
}

bool overlap(const Rect& a, const Rect& b) {
  constexpr double slack = 0.01;
  return a.x < b.right() - slack && b.x < a.right() - slack && a.y < b.bottom() - slack &&
         b.y < a.bottom() - slack;
}

}  // namespace

TEST_SUITE("figure: layout") {
  TEST_CASE("a note stands inside its panel, and moves nothing") {
    Figure figure;
    Panel plane;
    plane.x = plane.y = {.label = "$x$", .from = -1, .to = 1};
    plane.equal = plane.framed = true;
    figure.panels.push_back(plane);
    const Laid without = layout(figure, {300, 300}, light_theme());
    figure.panels[0].notes.push_back({.key = "",
                                      .label = "kept",
                                      .marker = {},
                                      .fill = {},
                                      .hollow = false,
                                      .stroke = {light_theme().accent, 2, {}}});
    const Laid with = layout(figure, {300, 300}, light_theme());
    const Rect &at = with.panels[0].at, &before = without.panels[0].at;
    CHECK(std::tuple(at.x, at.y, at.width, at.height) ==
          std::tuple(before.x, before.y, before.width, before.height));
    int found = 0;
    for (const Text& text : texts(with.scene)) {
      if (text.text != "kept") continue;
      ++found;
      CHECK(at.contains(text.baseline));
    }
    CHECK(found == 1);
    figure.panels[0].notes[0].label = std::string(200, 'm');  // too wide: left out, never cut
    CHECK(layout(figure, {300, 300}, light_theme()).scene.items.size() ==
          without.scene.items.size());
  }

  TEST_CASE("text stays inside the picture and clear of other text, whatever the figure") {
    std::mt19937 random(11);
    const auto any = [&random](int count) {
      return static_cast<int>(random() % static_cast<unsigned>(count));
    };
    const std::vector<std::string> names = {"",
                                            "$x_1$",
                                            "epoch",
                                            "loss",
                                            "$‖∂L/∂W‖$",
                                            "activation of unit 3",
                                            "a very long name of an axis that has no room at all"};
    for (int round = 0; round < 300; ++round) {
      Figure figure;
      figure.name = names[static_cast<std::size_t>(any(7))];
      figure.fact = names[static_cast<std::size_t>(any(7))];
      figure.stale = any(3) == 0 ? "38 steps behind" : "";
      const bool square = any(3) == 0;
      const int count = 1 + any(3);
      for (int p = 0; p < count; ++p) {
        Panel panel;
        panel.title = any(2) == 0 ? "Accuracy" : "";
        panel.equal = square;
        panel.framed = square || any(4) == 0;
        const double size = std::pow(10, any(12) - 6), from = any(3) == 0 ? 0 : -size * any(5);
        panel.x = {names[static_cast<std::size_t>(any(7))], from,
                   from + size * (1 + any(40) / 7.0)};
        panel.y = {names[static_cast<std::size_t>(any(7))], from,
                   from + size * (1 + any(40) / 7.0)};
        if (!square && any(2) == 0)
          panel.y = {panel.y.label, size, size * std::pow(10, 0.3 + any(8)), Scale::logarithmic};
        else if (any(4) == 0)
          panel.y.format = TickFormat::percent;
        for (int i = any(5); i > 0; --i) {
          LinesMark line;
          line.paths = {{{panel.x.from, panel.y.from}, {panel.x.to, panel.y.to}}};
          line.label = any(2) == 0 ? "layer " + std::to_string(i) : "";
          panel.marks.push_back(line);
        }
        figure.panels.push_back(panel);
      }
      for (int i = any(8); i > 0; --i) {
        LegendEntry entry;
        entry.label = names[static_cast<std::size_t>(any(7))];
        figure.legend.push_back(entry);
      }
      for (int i = any(3); i > 0; --i)
        figure.bars.push_back({names[static_cast<std::size_t>(any(5))],
                               light_theme().signed_values,
                               {{0, "−12.5"}, {any(2) == 0 ? 0.5 : 0.52, "0"}, {1, "12.5"}}});
      const Size size = {80.0 + any(900), 60.0 + any(700)};
      const Laid laid = layout(figure, size, light_theme(), {.title = any(2) == 0});
      const auto all = texts(laid.scene);
      for (std::size_t i = 0; i < all.size(); ++i) {
        const Rect one = box(all[i]);
        CAPTURE(round);
        CAPTURE(all[i].text);
        CHECK(one.x >= 0);
        CHECK(one.y >= 0);
        CHECK(one.right() <= size.width);
        CHECK(one.bottom() <= size.height);
        for (std::size_t k = 0; k < i; ++k) {
          // A subscript sits close under its letter.
          if (all[i].size < 12 || all[k].size < 12) continue;
          CAPTURE(all[k].text);
          CHECK_FALSE(overlap(one, box(all[k])));
        }
      }
      for (const PlacedPanel& panel : laid.panels) {
        CHECK(panel.at.x >= 0);
        CHECK(panel.at.right() <= size.width);
        CHECK(panel.at.bottom() <= size.height);
      }
    }
  }
}
