// Every control with pointer and keys, without a window.
#include <doctest/doctest.h>

#include "field_editor.h"
#include "gui_hand.h"

using namespace crease;
using namespace crease::app;

namespace {

struct Settings {
  int layers = 0;
  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "layers", .least = 0, .most = 1000, .from = 0, .to = 6, .zero = "all"},
          self.layers);
  }
};

}  // namespace

TEST_SUITE("widgets") {
  TEST_CASE("a button is pressed by pointer and by key, and not when it is switched off") {
    int pressed = 0, off = 0;
    Desk table([&](Gui& gui) {
      pressed += button(gui, "go", "Go") ? 1 : 0;
      ImGui::BeginDisabled();
      off += button(gui, "off", "Off") ? 1 : 0;
      ImGui::EndDisabled();
    });
    table.click("go");
    CHECK(pressed == 1);
    table.key(ImGuiKey_Space);  // a click leaves no focus behind: Space is the window's own key
    CHECK(pressed == 1);
    table.key(ImGuiKey_Tab);
    table.key(ImGuiKey_Space);
    CHECK(pressed == 2);
    table.click("off");
    CHECK(off == 0);
    CHECK(table.item("go").enabled);
    CHECK_FALSE(table.item("off").enabled);
    CHECK(table.item("off").label == "Off");
    // Pressed there and let go elsewhere: nothing.
    table.point_at("go");
    table.press(true);
    table.move({700, 500});
    table.press(false);
    CHECK(pressed == 2);
  }

  TEST_CASE("switches switch, and say how they stand") {
    bool check = false, slide = true;
    Desk table([&](Gui& gui) {
      check_box(gui, "check", "Check", check);
      toggle(gui, "slide", "Slide", slide);
    });
    CHECK(table.value("check") == "off");
    table.click("check");
    table.click("slide");
    CHECK(check);
    CHECK_FALSE(slide);
    CHECK(table.value("check") == "on");
    CHECK(table.value("slide") == "off");
  }

  TEST_CASE("one of several") {
    int segment = 0, tab = 0, item = 1;
    int changes = 0;
    Desk table([&](Gui& gui) {
      changes += segments(gui, "seg", {"loss", "accuracy"}, segment) ? 1 : 0;
      changes += tabs(gui, "tab", {"A", "B", "C"}, tab) ? 1 : 0;
      changes += combo(gui, "combo", "Optimiser", {"SGD", "Momentum", "Adam"}, item) ? 1 : 0;
    });
    table.click("seg.accuracy");
    CHECK(segment == 1);
    CHECK(table.value("seg") == "accuracy");
    table.click("seg.accuracy");
    table.click("tab.C");
    CHECK(tab == 2);
    CHECK(changes == 2);

    CHECK(table.value("combo") == "Momentum");
    CHECK_FALSE(table.has("combo.Adam"));
    table.click("combo");
    REQUIRE(table.has("combo.Adam"));
    CHECK(table.value("combo.Momentum") == "on");
    table.click("combo.Adam");
    CHECK(item == 2);
    CHECK(changes == 3);
    table.frames(2);
    CHECK_FALSE(table.has("combo.Adam"));
    table.click("combo");
    table.key(ImGuiKey_Escape);
    CHECK_FALSE(table.has("combo.Adam"));
    table.click("combo");
    table.click_at({700, 550});  // beside it
    CHECK_FALSE(table.has("combo.Adam"));
    CHECK(item == 2);
  }

  TEST_CASE("a choice stands below its label where it has no room beside it") {
    int brief = 0, lengthy = 0;
    Desk table([&](Gui& gui) {
      ImGui::BeginChild("narrow", {gui.px(220), gui.px(200)});
      combo(gui, "brief", "Optimiser", {"SGD", "Adam"}, brief);
      combo(gui, "lengthy", "Loss", {"Huber", "A loss with a long name"}, lengthy);
      ImGui::EndChild();
    });
    const Rect beside = table.item("brief").rect, below = table.item("lengthy").rect;
    CHECK(below.x < beside.x);
    CHECK(below.width > beside.width);
    CHECK(below.y > beside.bottom() + 20);
  }

  TEST_CASE("a number that means something else at zero says so; no more than the limit just now") {
    Settings settings;
    EditorLook look;
    look.most["layers"] = 2;
    Desk table([&](Gui& gui) { edit_fields(gui, "view", settings, look); });
    CHECK(table.value("view.layers") == "all");
    const Rect slider = table.item("view.layers").rect;
    table.drag({slider.x + 1, slider.bottom() - 8}, {slider.right() + 50, slider.bottom() - 8});
    CHECK(settings.layers == 2);
    CHECK(table.value("view.layers") == "2");
  }

  TEST_CASE("sentences of the engine name losses by their titles") {
    CHECK(said_in_words("training.loss: bce wants p, bce_logits takes it") ==
          "training.loss: Binary cross-entropy of p wants p, Binary cross-entropy takes it");
    CHECK(said_in_words("a linear unit, hinge or mse_of") == "a linear unit, hinge or mse_of");
    CHECK(said_in_words("training.losses.mse: mse is odd.") ==
          "training.losses.mse: Squared error is odd.");
    CHECK(said_in_words("there is no node \"mse\"") == "there is no node \"mse\"");
    CHECK(said_in_words("") == "");
    CHECK(problem_in_words("training.loss: bce wants p") ==
          "Loss: Binary cross-entropy of p wants p");
    CHECK(problem_in_words("training.losses.out: mse is odd") ==
          "Loss of out: Squared error is odd");
    CHECK(problem_in_words("training.optimiser.schedule: is empty") == "Schedule: is empty");
    CHECK(problem_in_words("network.nodes[1]: mse is odd") ==
          "network.nodes[1]: Squared error is odd");
    CHECK(problem_in_words("no place") == "no place");
    CHECK(problem_in_words("network.input: takes 3 numbers") ==
          "The input of the network takes 3 numbers");
  }

  TEST_CASE("sections fold") {
    bool open = true;
    Desk table([&](Gui& gui) {
      if (section(gui, "data", "Data", open, "spiral")) button(gui, "inside", "Inside");
    });
    CHECK(table.has("inside"));
    table.click("data");
    CHECK_FALSE(open);
    CHECK_FALSE(table.has("inside"));
    CHECK(table.value("data") == "folded");
  }

  TEST_CASE("menus open, their entries act and close them, submenus too") {
    std::string done;
    Desk table([&](Gui& gui) {
      if (button(gui, "more", "More")) open_menu(gui, "menu");
      if (begin_menu(gui, "menu")) {
        if (menu_entry(gui, "menu.copy", "Copy", {.keys = "Ctrl C"})) done = "copy";
        if (menu_entry(gui, "menu.off", "Off", {.enabled = false})) done = "off";
        if (begin_submenu(gui, "menu.colour", "Colour by")) {
          if (menu_entry(gui, "menu.colour.sign", "Sign", {.checked = true})) done = "sign";
          end_submenu(gui);
        }
        end_menu(gui);
      }
    });
    table.click("more");
    REQUIRE(table.has("menu.copy"));
    CHECK(table.item("menu.copy").rect.y >= table.item("more").rect.bottom());
    table.click("menu.off");
    CHECK(done == "");
    CHECK(table.has("menu.off"));
    table.click("menu.copy");
    CHECK(done == "copy");
    table.frames(2);
    CHECK_FALSE(table.has("menu.copy"));

    table.click("more");
    table.click("menu.colour");
    REQUIRE(table.has("menu.colour.sign"));
    const Rect sub = table.item("menu.colour.sign").rect;
    CHECK(sub.x >= table.item("menu.colour").rect.right());
    CHECK(table.value("menu.colour.sign") == "on");
    table.click("menu.colour.sign");
    CHECK(done == "sign");
    table.frames(2);
    CHECK_FALSE(table.has("menu.copy"));
    CHECK_FALSE(table.has("menu.colour.sign"));

    table.click("more");
    done = "";
    table.key(ImGuiKey_DownArrow);
    table.key(ImGuiKey_UpArrow);
    table.key(ImGuiKey_Enter);
    table.frames(2);
    CHECK(done == "copy");
    CHECK_FALSE(table.has("menu.copy"));
  }

  TEST_CASE("a menu stays inside the window") {
    Desk table([&](Gui& gui) {
      ImGui::SetCursorScreenPos({730, 560});
      if (button(gui, "more", "More")) open_menu(gui, "menu");
      if (begin_menu(gui, "menu", 250)) {
        for (int i = 0; i < 6; ++i)
          menu_entry(gui, "menu." + std::to_string(i), "Entry " + std::to_string(i));
        end_menu(gui);
      }
    });
    table.click("more");
    table.frames(3);
    const Rect last = table.item("menu.5").rect;
    CHECK(last.right() <= 800);
    CHECK(last.bottom() <= table.item("more").rect.y);
  }

  TEST_CASE("a tip comes after the pointer has rested") {
    Desk table([&](Gui& gui) {
      button(gui, "rate", "Rate");
      Tip rate;
      rate.title = "Rate";
      rate.formulas = {"$η$"};
      rate.text = "Step length.";
      tip(gui, rate);
    });
    table.frames(40);
    CHECK_FALSE(table.has("tip"));
    table.point_at("rate");
    CHECK_FALSE(table.has("tip"));
    CHECK(table.gui.wanted_in() > 0);  // a sleeping window wakes for it
    table.frames(25);
    REQUIRE(table.has("tip"));
    CHECK(table.item("tip").label == "Rate");
    CHECK(table.value("tip").find("Step length.") != std::string::npos);
    CHECK(table.item("tip").rect.y >= table.item("rate").rect.bottom());
    table.move({700, 500});
    table.frames(2);
    CHECK_FALSE(table.has("tip"));
  }

  TEST_CASE("the tip of a choice has its formula as it is typeset") {
    const Field field{.name = "initialiser", .help = "where the weights start"};
    const Tip tip = editor::tip_of(field, InitialiserFamily(XavierUniform{}));
    REQUIRE(tip.formulas.size() == 1);
    std::string text;
    for (const TextRun& run : typeset(tip.formulas[0]).runs) text += run.text;
    CHECK(text == "w ~ U(−r, r), r = √(6/(nin + nout))");
  }

  TEST_CASE("a tip stays inside the window") {
    Tip tip;
    tip.title = "Layer 2, unit 2";
    tip.fact = "on for 46 %";
    tip.readings = {{"$b$", "−0.416"}, {"$∂L/∂b$", "0.0213"}};
    tip.text = "A long text that takes more than a line where a tip is as wide as it may be.";
    Rect at;
    Desk table([&](Gui& gui) { show_tip(gui, tip, at); });
    for (const Point corner : {Point{0, 0}, {790, 0}, {0, 590}, {790, 590}, {400, 300}}) {
      at = {corner.x, corner.y, 10, 10};
      table.frames(2);
      const Rect box = table.item("tip").rect;
      CHECK(box.x >= 0);
      CHECK(box.y >= 0);
      CHECK(box.right() <= 800);
      CHECK(box.bottom() <= 600);
      const bool apart = box.y >= at.bottom() || box.bottom() <= at.y;
      CHECK(apart);
    }
  }

  TEST_CASE("notices have buttons") {
    int pressed = -1;
    Desk table([&](Gui& gui) {
      const int now = notice(gui, Severity::error, "Loss became infinite at step 41",
                             "The rate 3.0 is too high for this network. Training is paused.",
                             {{"undo", "Undo the rate"}, {"reset", "Reset"}});
      if (now >= 0) pressed = now;
      button(gui, "after", "After");
    });
    CHECK(table.item("after").rect.y > table.item("reset").rect.bottom());
    table.click("reset");
    CHECK(pressed == 1);
    table.click("undo");
    CHECK(pressed == 0);
  }

  TEST_CASE("toasts go by themselves, or when they are pressed") {
    Toasts toasts;
    int undone = 0;
    Desk table([&](Gui& gui) { toasts.draw(gui, {400, 590}); });
    toasts.say("Layer added. All 105 weights kept.", {"toast.undo", "Undo"}, [&] { ++undone; });
    table.frames(20);
    REQUIRE(table.has("toast"));
    CHECK(table.item("toast").label == "Layer added. All 105 weights kept.");
    table.click("toast.undo");
    CHECK(undone == 1);
    CHECK(toasts.empty());
    toasts.say("Saved");
    table.move({1, 1});
    table.seconds = 1;
    table.frames(4);
    CHECK_FALSE(toasts.empty());
    table.frames(4);
    CHECK(toasts.empty());
  }
}
