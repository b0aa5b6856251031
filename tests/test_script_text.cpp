/// Scripts as text: what is understood, and the sentence for what is not.
#include <doctest/doctest.h>

#include "core/problem.h"
#include "script/keys.h"
#include "script/script.h"

using namespace crease;
using namespace crease::app;

namespace {

Action only(const std::string& line) {
  const Script script = parse_script(line, "a.script");
  REQUIRE(script.actions.size() == 1);
  return script.actions[0];
}

std::string wrong(const std::string& text) {
  try {
    parse_script(text, "a.script");
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "nothing";
}

}  // namespace

TEST_SUITE("script text") {
  TEST_CASE("lines, comments, quotation marks") {
    const Script script = parse_script(
        "# a comment\n\n  click \"run\"   # another\r\nkey Space\n"
        "type \"rate\" \"a \\\"b\\\" # c\"\n",
        "a.script");
    REQUIRE(script.actions.size() == 3);
    CHECK(script.actions[0].line == 3);
    CHECK(script.actions[0].verb == Verb::click);
    CHECK(script.actions[0].name == "run");
    CHECK(script.actions[1].line == 4);
    CHECK(script.actions[1].text == "key Space");
    CHECK(script.actions[2].words == "a \"b\" # c");
  }

  TEST_CASE("every verb as FORMATS writes it") {
    CHECK(only("click \"run\"").verb == Verb::click);
    const Action drag = only("drag \"h1.unit3\" 40 -2.5 0.25 0.5");
    CHECK(drag.name == "h1.unit3");
    CHECK(drag.x == 40);
    CHECK(drag.y == -2.5);
    CHECK(drag.u == 0.25);
    CHECK(drag.v == 0.5);
    CHECK_FALSE(only("drag \"h1.unit3\" 40 0").u);
    CHECK(only("type \"rate\" \"0.01\"").words == "0.01");
    CHECK(only("key \"Ctrl+Z\"").name == "Ctrl+Z");
    CHECK(only("wheel \"boundary\" -3").y == -3);
    CHECK(only("drop \"points.csv\"").words == "points.csv");
    CHECK(only("wait steps 200").count == 200);
    CHECK(only("wait frames 3").verb == Verb::wait_frames);
    CHECK(only("wait until accuracy > 0.9").condition.other == "0.9");
    CHECK(only("screenshot \"a.png\"").words == "a.png");
    const Action exported = only("export \"boundary\" \"a.svg\"");
    CHECK(exported.name == "boundary");
    CHECK(exported.words == "a.svg");
    CHECK(only("let start = loss").words == "loss");
    CHECK(only("size 1280 720").y == 720);
    for (const char* verb : {"double_click", "right_click", "hover"})
      CHECK(only(verb + std::string(" \"a\" 0.1 0.9")).v == 0.9);
  }

  TEST_CASE("conditions") {
    using Kind = Condition::Kind;
    const auto condition = [](const std::string& text) { return only("expect " + text).condition; };
    CHECK(condition("text \"saved\"").name == "saved");
    CHECK(condition("text \"saved\"").wanted);
    CHECK_FALSE(condition("no text \"saved\"").wanted);
    CHECK(condition("accuracy > 0.9").kind == Kind::number);
    CHECK(condition("accuracy >= 0.9").operation == ">=");
    CHECK(condition("loss == start").other == "start");
    CHECK(condition("loss == start").tolerance == 0);
    CHECK(condition("loss == start +- 0.1").tolerance == 0.1);
    CHECK(condition("shown \"undo\"").kind == Kind::shown);
    CHECK_FALSE(condition("hidden \"undo\"").wanted);
    CHECK_FALSE(condition("disabled \"undo\"").wanted);
    CHECK(condition("no disabled \"undo\"").wanted);
    CHECK(condition("selected \"data.xor\"").other == "on");
    CHECK(condition("value \"rate\" \"0.03\"").other == "0.03");
    CHECK(condition("file \"a.svg\"").kind == Kind::file);
    CHECK(condition("running").wanted);
    CHECK_FALSE(condition("paused").wanted);
  }

  TEST_CASE("what is wrong is one sentence with its line") {
    CHECK(wrong("\nclik \"run\"")
              .starts_with(
                  "a.script: line 2: \"clik\" is no verb: allowed are click, double_click, "));
    CHECK(wrong("click") ==
          "a.script: line 1: the name of an item is missing: write click \"ITEM\" [U V]");
    CHECK(wrong("click \"run").find("line 1: a quotation mark is left open") != std::string::npos);
    CHECK(wrong("click \"a\" \"b\"").find("must be a number, not \"b\"") != std::string::npos);
    CHECK(wrong("click \"a\" 0.1 0.2 0.3").find("\"0.3\" is too much") != std::string::npos);
    CHECK(wrong("drag \"a\" 40").find("the way down is missing") != std::string::npos);
    CHECK(wrong("key \"Ctrl+Nothing\"").find("names no keys") != std::string::npos);
    CHECK(wrong("wait").find("wait must be followed by steps, frames or until") !=
          std::string::npos);
    CHECK(wrong("wait steps 0.5").find("a whole number of at least 1") != std::string::npos);
    CHECK(wrong("wait steps -3").find("a whole number of at least 1") != std::string::npos);
    CHECK(wrong("expect").find("what is expected is missing") != std::string::npos);
    CHECK(wrong("expect accuracy ~ 1").find("\"~\" compares nothing") != std::string::npos);
    CHECK(wrong("expect accuracy >").find("the number to compare with is missing") !=
          std::string::npos);
    CHECK(wrong("let a loss").find("= is missing") != std::string::npos);
    CHECK_THROWS_WITH_AS(read_script("/nowhere/a.script"),
                         "/nowhere/a.script: cannot be read, where a script is expected", Problem);
    CHECK_THROWS_AS(read_script("/"), Problem);
  }

  TEST_CASE("every verb has its help, and the help names every verb") {
    CHECK(verbs().size() >= 17);
    for (const VerbHelp& verb : verbs()) CHECK_FALSE(verb.does.empty());
  }

  TEST_CASE("keys by name") {
    const auto chord = keys_of_name("Ctrl+Shift+Z");
    REQUIRE(chord);
    CHECK(chord->held == (ImGuiMod_Ctrl | ImGuiMod_Shift));
    CHECK(chord->key == ImGuiKey_Z);
    CHECK(chord->text.empty());
    CHECK(keys_of_name("Ctrl++")->key == ImGuiKey_Equal);
    CHECK(keys_of_name("Ctrl+-")->key == ImGuiKey_Minus);
    CHECK(keys_of_name(".")->text == ".");
    CHECK(keys_of_name("space")->text == " ");
    CHECK(keys_of_name("Shift+r")->text == "R");
    CHECK(keys_of_name("F11")->key == ImGuiKey_F11);
    CHECK(keys_of_name("0")->key == ImGuiKey_0);
    for (const char* none : {"", "Ctrl", "Ctrl+", "Ctrl+Ctrl", "AB", "F13", "+Z"})
      CHECK_FALSE(keys_of_name(none));
  }
}
