// Sliders and fields with pointer and keys; numbers as they are typed and shown.
#include <doctest/doctest.h>

#include <cmath>

#include "gui_hand.h"
#include "widgets/numbers.h"

using namespace crease;
using namespace crease::app;

TEST_SUITE("numbers") {
  TEST_CASE("a slider is dragged") {
    double value = 0.5;
    Desk table([&](Gui& gui) {
      ImGui::SetCursorScreenPos({100, 100});
      slider(gui, "noise", "Noise", value, {.least = 0, .most = 1}, 200);
    });
    const Rect at = table.item("noise").rect;
    CHECK(at == Rect{100, 100, 200, 43});
    const double track = at.y + 30;
    table.click_at({at.centre().x + 1, track});  // on the knob: it stays
    CHECK(value == 0.5);
    table.click_at({at.x + 50, track});  // beside it: it jumps
    CHECK(value == doctest::Approx(0.25).epsilon(0.03));
    table.frames(40);  // a press at once would be a double click
    table.drag({at.x + 50, track}, {at.x + 150, track});
    CHECK(value == doctest::Approx(0.75).epsilon(0.03));
    CHECK(value == std::round(value * 100) / 100);
    CHECK(table.value("noise") == "0.75");
    table.drag({at.x + 150, track}, {at.right() + 300, track});
    CHECK(value == 1);
    table.click_at({at.x + 20, at.y + 8});  // the label is no track
    CHECK(value == 1);
  }

  TEST_CASE("a slider is typed into") {
    double value = 0.5;
    Desk table([&](Gui& gui) {
      slider(gui, "noise", "Noise", value, {.least = 0, .most = 1}, 200);
      button(gui, "other", "Other");
    });
    const Rect at = table.item("noise").rect;
    table.double_click_at({at.x + 20, at.y + 8});
    table.type("0.125");
    CHECK(value == 0.5);  // not before Enter
    table.key(ImGuiKey_Enter);
    CHECK(value == 0.125);
    CHECK(table.value("noise") == "0.125");

    table.hold(ImGuiMod_Ctrl, true);
    table.click_at({at.x + 20, at.y + 30});  // on the track, which does not take it
    table.hold(ImGuiMod_Ctrl, false);
    CHECK(value == 0.125);
    table.type("0,75");
    table.key(ImGuiKey_Enter);
    CHECK(value == 0.75);

    table.double_click_at({at.x + 20, at.y + 8});
    table.type("0.3");
    table.key(ImGuiKey_Escape);
    CHECK(value == 0.75);
    table.double_click_at({at.x + 20, at.y + 8});
    table.type("7");
    table.key(ImGuiKey_Enter);
    CHECK(value == 0.75);  // out of range
    table.double_click_at({at.x + 20, at.y + 8});
    table.type("0.5");
    table.click("other");  // leaving takes it
    CHECK(value == 0.5);
  }

  TEST_CASE("a slider obeys arrow keys and the wheel") {
    double value = 0.5;
    long samples = 0;
    double count = 500;
    Desk table([&](Gui& gui) {
      slider(gui, "noise", "Noise", value, {.least = 0, .most = 1}, 200);
      if (slider(gui, "count", "Samples", count, {.least = 1, .most = 1000, .integer = true}, 200))
        ++samples;
    });
    table.key(ImGuiKey_Tab);
    table.key(ImGuiKey_RightArrow);
    CHECK(value == 0.51);
    table.key(ImGuiKey_LeftArrow);
    table.key(ImGuiKey_LeftArrow);
    CHECK(value == 0.49);
    table.key(ImGuiKey_DownArrow);  // on to the next
    table.key(ImGuiKey_RightArrow);
    CHECK(count == 501);
    CHECK(samples == 1);

    table.move({1, 1});  // a pointer that moves takes over from the keys
    table.point_at("noise");
    table.wheel(1);
    CHECK(value == 0.49);  // the pointer has only just come
    table.frames(30);
    table.wheel(1);
    CHECK(value == 0.5);
    table.wheel(-1);
    CHECK(value == 0.49);
  }

  TEST_CASE("a logarithmic slider moves by shares of itself") {
    double rate = 0.01;
    Desk table([&](Gui& gui) {
      slider(gui, "rate", "Rate", rate, {.least = 1e-4, .most = 1, .logarithmic = true}, 400);
    });
    const Rect at = table.item("rate").rect;
    CHECK(table.value("rate") == "0.010");
    table.click_at({at.x + 300, at.y + 30});
    CHECK(rate == doctest::Approx(0.1).epsilon(0.05));
    table.click_at({at.x, at.y + 30});
    CHECK(rate == doctest::Approx(1e-4).epsilon(0.05));
    CHECK(table.value("rate") == "0.00010");
  }

  TEST_CASE("numbers as they are typed") {
    double value = 7;
    const auto wrong = [&](const std::string& text, const NumberLook& look = {}) {
      return read_number(text, look, value);
    };
    CHECK(wrong("1.5") == "");
    CHECK(value == 1.5);
    CHECK(wrong(" −2,25 ") == "");
    CHECK(value == -2.25);
    CHECK(wrong("4\u2009800") == "");
    CHECK(value == 4800);
    CHECK(wrong("1e-3") == "");
    CHECK(value == 0.001);
    CHECK(wrong("+3") == "");
    CHECK(value == 3);
    CHECK(wrong("50 %", {.unit = "%", .times = 100}) == "");
    CHECK(value == 0.5);
    CHECK(wrong("off", {.zero = "off"}) == "");
    CHECK(value == 0);
    for (const char* text : {"", "abc", "1.2.3", "nan", "inf", "1e999", "--1", "0x10"})
      CHECK_MESSAGE(wrong(text) == "must be a number", text);
    CHECK(wrong("1.5", {.integer = true}) == "must be a whole number");
    CHECK(wrong("0", {.least = 0, .above_least = true}) == "must be above 0");
    CHECK(wrong("-1", {.least = 0}) == "must be at least 0");
    CHECK(wrong("2", {.most = 1}) == "must be at most 1");
    CHECK(value == 0);  // what is wrong changes nothing
  }

  TEST_CASE("numbers as they are shown") {
    const NumberLook rate{.least = 1e-5, .most = 1, .logarithmic = true};
    CHECK(number_label(0.01, rate) == "0.010");
    CHECK(number_label(0.0125, rate) == "0.0125");
    CHECK(number_label(1, rate) == "1.0");
    CHECK(number_label(0.00001, rate) == "0.000010");
    const NumberLook share{.least = 0, .most = 1};
    CHECK(number_label(0.5, share) == "0.50");
    CHECK(number_label(-0.4, {.least = -1, .most = 1}) == "−0.40");
    CHECK(number_label(0.125, share) == "0.125");
    CHECK(number_label(0.8, {.least = 0, .most = 1, .unit = "%", .times = 100}) == "80 %");
    CHECK(number_label(500, {.integer = true}) == "500");
    CHECK(number_label(4800, {.integer = true}) == "4\u2009800");
    CHECK(number_label(0, {.zero = "off"}) == "off");
    CHECK(number_label(0.1 + 0.2, {}) == "0.3");
    CHECK(number_label(1e-7, {}) == "1e-7");
  }

  TEST_CASE("a field for a number") {
    double seed = 9;
    int changes = 0;
    std::string refusal;
    Desk table([&](Gui& gui) {
      changes += number_field(gui, "seed", "Seed", seed, {.least = 1, .integer = true}) ? 1 : 0;
      button(gui, "other", "Other");
      refusal = state_of(gui).refusal;
    });
    table.click("seed");
    table.type("42");
    table.key(ImGuiKey_Enter);
    CHECK(seed == 42);
    CHECK(changes == 1);
    CHECK(table.value("seed") == "42");

    table.click("seed");
    table.type("0");
    table.key(ImGuiKey_Enter);
    CHECK(seed == 42);
    CHECK(refusal.find("must be at least 1") != std::string::npos);  // said after it was refused

    table.click("seed");
    table.type("77");
    table.click("other");
    CHECK(seed == 77);
    CHECK(changes == 2);
    table.click("seed");
    table.key(ImGuiKey_Enter);
    CHECK(changes == 2);  // the same number is no change
  }

  TEST_CASE("a field for words") {
    std::string title = "Spiral";
    Desk table([&](Gui& gui) { text_field(gui, "title", title, "Title"); });
    CHECK(table.value("title") == "Spiral");
    table.click("title");
    table.key(ImGuiKey_End);
    table.type(" über 50 — a title far longer than any buffer that was there before");
    CHECK(title == "Spiral über 50 — a title far longer than any buffer that was there before");
  }
}
