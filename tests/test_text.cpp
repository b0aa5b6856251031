// Text and formulas, numbers, colours, ticks: what figures are made of.
#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <set>

#include "figure/formula.h"
#include "figure/layout.h"
#include "registry.h"

using namespace crease;

namespace {

std::string text_of(const Typeset& line) {
  std::string text;
  for (const TextRun& run : line.runs) text += run.text;
  return text;
}

}  // namespace

TEST_SUITE("figure: text") {
  TEST_CASE("a text is as wide as its glyphs' advances") {
    double sum = 0;
    for (const char32_t c : U"Decision boundary") {
      if (c != 0) sum += glyph(c, Face::semibold).advance;
    }
    CHECK(text_width("Decision boundary", Face::semibold, 14) == doctest::Approx(14 * sum));
    CHECK(typeset("Decision boundary", {.size = 14, .face = Face::semibold}).width ==
          doctest::Approx(14 * sum));
    // Advances of the files themselves: 1761, 790 and 512 of 2816 units.
    CHECK(text_width("0", Face::regular, 2816) == doctest::Approx(1760).epsilon(0.001));
    CHECK(text_width("AV", Face::regular, 10) ==
          doctest::Approx(text_width("A", Face::regular, 10) + text_width("V", Face::regular, 10)));
  }

  TEST_CASE("fixed digits are all 0.645 em wide and centred") {
    for (const char* text : {"0000", "1111", "1948"})
      CHECK(text_width(text, Face::regular, 10, true) == doctest::Approx(4 * 6.45));
    const Glyph one = glyph(U'1', Face::regular, true), free = glyph(U'1', Face::regular);
    CHECK(one.shift == doctest::Approx((0.645 - free.advance) / 2));
    CHECK(glyph(U'x', Face::regular, true).shift == 0);
  }

  TEST_CASE("signs that Inter lacks come from Noto Sans Math") {
    for (const char32_t c : U"∇∈ℝ⊙⊕∘⌊⟨") {
      if (c == 0) continue;
      CHECK(glyph(c, Face::regular).face == Face::mathematics);
      CHECK(glyph(c, Face::regular).index != 0);
    }
    for (const char32_t c : U"η∂Σ√≤≈∞→−₁²\u2009") {
      if (c == 0) continue;
      CHECK(glyph(c, Face::regular).face == Face::regular);
      CHECK(glyph(c, Face::italic).index != 0);
    }
    CHECK(glyph(U'\U0001F600', Face::regular).index == 0);
    CHECK(glyph(U'\U0001F600', Face::regular).advance > 0);
  }

  TEST_CASE("malformed UTF-8 becomes U+FFFD and ends nothing") {
    CHECK(code_points("a\xFF"
                      "b") == U"a\uFFFDb");
    CHECK(code_points("\xE2\x88") == U"\uFFFD\uFFFD");
    CHECK(code_points("\xC0\x80") == U"\uFFFD\uFFFD");
    CHECK(code_points("\xED\xA0\x80").size() == 3);
    CHECK(code_points("∇𝑓") == U"∇𝑓");
    for (const char32_t c : {U'a', U'η', U'∇', U'\U0001D453'})
      CHECK(code_points(utf8(c)) == std::u32string(1, c));
  }

  TEST_CASE("formulas: italic letters, upright digits and names, scripts") {
    const Typeset line = typeset("rate $η$ is $\\log x_12$", {.size = 10});
    REQUIRE(line.runs.size() == 6);
    CHECK(line.runs[0].text == "rate ");
    CHECK(line.runs[1].text == "η");
    CHECK(line.runs[1].face == Face::italic);
    CHECK(line.runs[2].text == " is log ");
    CHECK(line.runs[2].face == Face::regular);
    CHECK(line.runs[3].text == "x");
    CHECK(line.runs[4].text == "1");
    CHECK(line.runs[4].size == doctest::Approx(7.4));
    CHECK(line.runs[4].offset.y == doctest::Approx(2.2));
    CHECK(line.runs[5].text == "2");
    CHECK(line.runs[5].offset.y == 0);
  }

  TEST_CASE("sub- and superscripts stand above each other; fractions have a bar") {
    const Typeset both = typeset("$a_{ij}^2$", {.size = 20});
    REQUIRE(both.runs.size() == 3);
    CHECK(both.runs[1].offset.x == both.runs[2].offset.x);
    CHECK(typeset("$a^2$", {.size = 20}).runs[1].offset.y == doctest::Approx(-7.2));
    CHECK(both.runs[1].offset.y - both.runs[2].offset.y > 0.22 * 20 + 7.2);
    CHECK(both.width == doctest::Approx(std::max(typeset("$a_{ij}$", {.size = 20}).width,
                                                 typeset("$a^2$", {.size = 20}).width)));
    const Typeset fraction = typeset("$\\frac{a}{b+1}$", {.size = 20});
    REQUIRE(fraction.bars.size() == 1);
    CHECK(fraction.bars[0].width <= fraction.width);
    CHECK(fraction.runs[0].offset.y < fraction.bars[0].from.y);
    CHECK(fraction.runs[1].offset.y > fraction.bars[0].from.y);
    CHECK(fraction.ascent > typeset("a", {.size = 20}).ascent);
  }

  TEST_CASE("the formulas of all entries are set, no mark-up is left in them") {
    const auto check = [](const std::string& markup) {
      CAPTURE(markup);
      const std::string text = text_of(typeset(markup));
      for (const char* sign : {"$", "_", "^", "\\", "{", "}", "∈", "→"})
        CHECK(text.find(sign) == std::string::npos);
    };
    int formulas = 0;
    const auto all = [&]<class V>(const V&) {
      for_each_alternative<V>([&](const auto& alternative) {
        if constexpr (requires { alternative.formula; }) {
          check(formula_markup(alternative.formula));
          ++formulas;
        }
        alternative.fields(alternative, [&](const Field& field, const auto&) {
          if (!field.formula.empty()) check(std::string(field.formula));
        });
      });
    };
    all(Activation{}), all(Layer{}), all(Loss{}), all(Optimiser{}), all(Initialiser{}.family);
    all(Schedule{});
    CHECK(formulas > 70);
    CHECK(text_of(typeset(formula_markup("w ~ U(-r, r), r = sqrt(6/(n_{in} + n_{out}))"))) ==
          "w ~ U(−r, r), r = √(6/(nin + nout))");
    CHECK(text_of(typeset(formula_markup("hat{s} <= e^{-|z|}"))) == "sˆ ≤ e−|z|");
  }

  TEST_CASE("a hat stands above its letter") {
    const Typeset set = typeset("$\\hat{s}/2$", {.size = 100});
    REQUIRE(set.runs.size() >= 2);
    const TextRun& letter = set.runs[0];
    const TextRun& hat = set.runs[1];
    const double middle = letter.offset.x + letter.width / 2;
    CHECK(std::abs(hat.offset.x + hat.width / 2 - middle) < 10);
    CHECK(set.width == doctest::Approx(typeset("$s/2$", {.size = 100}).width));
  }

  TEST_CASE("broken markup is taken as it stands") {
    for (const char* broken : {"$x_$", "$x_{1$", "$x", "$\\frac{a}$", "$}$", "$x__1$", "$_", "$$",
                               "$\\$", "a $x_ and b$", "$x^$", "$\\!$"})
      CHECK(text_of(typeset(broken)) == broken);
    CHECK(text_of(typeset("5 \\$")) == "5 $");
    CHECK(text_of(typeset("$a\\$b$")) == "a$b");
    for (const char* name : {"a$b", "\\$", "$x$", "50 $", "\\\\$_{"})
      CHECK(text_of(typeset(plain(name))) == name);
  }

  TEST_CASE("paragraphs break at spaces, and only there") {
    const auto lines = typeset_lines("one two $x + y$ three 98.0 % end", {.size = 10}, 60);
    CHECK(lines.size() > 2);
    std::string all;
    for (const Typeset& line : lines) {
      CHECK(line.width <= 60);
      all += (all.empty() ? "" : " ") + text_of(line);
      CHECK(text_of(line).substr(0, 1) != "%");
    }
    CHECK(all == "one two x + y three 98.0 % end");
    CHECK(typeset_lines("a\n\nb", {}, 100).size() == 3);
    CHECK(typeset_lines("", {}, 100).size() == 1);
  }

  TEST_CASE("shortened text fits, ends in an ellipsis and keeps numbers whole") {
    const TextStyle style;
    CHECK(shortened("layer", style, 1000) == "layer");
    for (double width = 0; width < 120; width += 3) {
      const std::string text = shortened("hidden layer 12345", style, width);
      CHECK(text_width(text, style.face, style.size) <= width);
      CHECK(text.find("1234…") == std::string::npos);
      CHECK(text.find(" …") == std::string::npos);
    }
  }

  TEST_CASE("numbers as people read them") {
    CHECK(number_text(0) == "0");
    CHECK(number_text(0.08941) == "0.0894");
    CHECK(number_text(4800) == "4\u2009800");
    CHECK(number_text(1234567) == "1\u2009234\u2009567");
    CHECK(number_text(-1.25) == "\u22121.25");
    CHECK(number_text(-0.416) == "\u22120.416");
    CHECK(number_text(9.996) == "10.0");
    CHECK(number_text(1369.4) == "1\u2009369");
    CHECK(number_text(98) == "98");
    CHECK(number_text(0.00099) == "< 0.001");
    CHECK(small_number_text(0.00099) == "9.90 × 10⁻⁴");
    CHECK(small_number_text(-2.1e-12) == "−2.10 × 10⁻¹²");
    CHECK(small_number_text(0.5) == "0.500");
    CHECK(number_text(-0.00001) == "> \u22120.001");
    CHECK(number_text(3.14159, 5) == "3.1416");
    CHECK(number_text(std::nan("")) == "not a number");
    CHECK(number_text(-INFINITY) == "\u2212∞");
    CHECK(number_text(1e300) == "1.00 × 10³⁰⁰");
    CHECK(number_text(-585682599681026) == "−5.86 × 10¹⁴");
    CHECK(number_text(999999999) == "999\u2009999\u2009999");
    CHECK(percent_text(0.98) == "98.0 %");
    CHECK(percent_text(1) == "100 %");
    CHECK(percent_text(0) == "0 %");
    CHECK(percent_text(0.9996) == "> 99.9 %");
    CHECK(percent_text(0.0001) == "< 0.1 %");
  }

  TEST_CASE("cells hold every bit of a number") {
    CHECK(cell(0.1) == "0.1");
    CHECK(cell(-1e-300) == "-1e-300");
    std::mt19937_64 bits(1);
    for (int i = 0; i < 1000; ++i) {
      const double value =
          std::ldexp(static_cast<double>(bits()), static_cast<int>(bits() % 200) - 150);
      CHECK(std::stod(cell(value)) == value);
    }
  }
}

TEST_SUITE("figure: colours") {
  TEST_CASE("maps go through their stops") {
    const ColourMap map{{Colour::hex(0x000000), Colour::hex(0x0000FF), Colour::hex(0xFFFFFF)}};
    CHECK(map.at(-1) == Colour::hex(0x000000));
    CHECK(map.at(0.25) == Colour::hex(0x000080));
    CHECK(map.at(0.5) == Colour::hex(0x0000FF));
    CHECK(map.at(7) == Colour::hex(0xFFFFFF));
    CHECK(map.at(std::nan("")).a == 0);
    CHECK(ColourMap{}.at(0.5).a == 0);
  }

  TEST_CASE("texts and marks of both themes have the contrast they need") {
    for (const Theme* theme : {&light_theme(), &dark_theme()}) {
      for (const Colour ground : {theme->chrome, theme->picture})
        for (const Colour text : {theme->ink, theme->ink2, theme->ink3, theme->accent,
                                  theme->reverse, theme->warn, theme->error})
          CHECK(contrast(text, ground) >= 4.5);
      CHECK(contrast(theme->on_accent, theme->accent) >= 4.5);
      CHECK(contrast(theme->warn, theme->warn_ground) >= 4.5);
      CHECK(contrast(theme->error, theme->error_ground) >= 4.5);
      CHECK(contrast(theme->tip_text2, theme->tip) >= 4.5);
      CHECK(contrast(theme->frame, theme->chrome) >= 3);
      for (const ClassStyle& style : theme->classes)
        CHECK((style.outlined || contrast(style.colour, theme->picture) >= 3));
      for (const Colour line : theme->runs)
        CHECK(contrast(legible(line, theme->picture, theme->ink), theme->picture) >= 4.5);
      CHECK(theme->signed_values.at(0.5) == theme->positive_value(0));
    }
    std::set<int> outlined;
    for (int i = 0; i < 10; ++i)
      if (light_theme().of_class(i).outlined) outlined.insert(i);
    CHECK(outlined == std::set<int>{4, 5, 8, 9});
    CHECK(light_theme().of_class(13).colour == light_theme().of_class(3).colour);
  }
}

TEST_SUITE("figure: ticks") {
  TEST_CASE("round values and their texts") {
    const auto labels = [](const Axis& axis, int most) {
      std::string all;
      for (const Tick& tick : ticks(axis, most)) all += (all.empty() ? "" : " ") + tick.label;
      return all;
    };
    CHECK(labels({"", -1.2, 1.2}, 3) == "−1 0 1");
    CHECK(labels({"", 0, 120}, 3) == "0 50 100");
    CHECK(labels({"", 0, 8000}, 5) == "0 2\u2009000 4\u2009000 6\u2009000 8\u2009000");
    CHECK(labels({"", 0.5, 1, Scale::linear, TickFormat::percent}, 2) == "50 % 100 %");
    CHECK(labels({"", 0.05, 1, Scale::logarithmic}, 5) == "0.05 0.1 0.2 0.5 1");
    CHECK(labels({"", 0.05, 1, Scale::logarithmic}, 3) == "0.1 1");
    CHECK(labels({"", 1e-6, 1, Scale::logarithmic}, 4) == "10⁻⁶ 10⁻⁴ 0.01 1");
    CHECK(labels({"", 0, 2e-7}, 3) == "0 1·10⁻⁷ 2·10⁻⁷");
    CHECK(labels({"", 3, 3}, 4) == "3.00");
    CHECK(labels({"", 0, INFINITY}, 4).empty());
    CHECK(labels({"", 0, 1, Scale::logarithmic}, 4).empty());
  }

  TEST_CASE("inside the axis, no more than asked for, evenly spaced, each with its own text") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> exponent(-9, 9), unit(-1, 1);
    for (int round = 0; round < 3000; ++round) {
      Axis axis;
      const double size = std::pow(10, exponent(random));
      axis.from = size * unit(random);
      axis.to = axis.from + size * (0.01 + std::abs(unit(random)));
      axis.scale = round % 3 == 0 ? Scale::logarithmic : Scale::linear;
      if (axis.scale == Scale::logarithmic) {
        axis.from = size;
        axis.to = size * std::pow(10, 0.1 + 4 * std::abs(unit(random)));
      }
      const int most = 1 + round % 9;
      const auto all = ticks(axis, most);
      CHECK(static_cast<int>(all.size()) <= most);
      if (most >= 3) CHECK(all.size() >= 2);
      std::set<std::string> seen;
      for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].at >= axis.from);
        CHECK(all[i].at <= axis.to);
        CHECK(seen.insert(all[i].label).second);
        if (i >= 2 && axis.scale == Scale::linear)
          CHECK(all[i].at - all[i - 1].at == doctest::Approx(all[1].at - all[0].at).epsilon(1e-4));
      }
    }
  }
}
