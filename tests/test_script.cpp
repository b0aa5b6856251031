/// Journeys through the window, played by scripts without a display: each holds, and fails where
/// its last expectation is turned round.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include "places.h"
#include "run_program.h"
#include "script/driver.h"

using namespace crease;
using namespace crease::app;

namespace {

const std::filesystem::path scripts = std::filesystem::path(tests_folder()) / "scripts";

struct Played {
  Outcome outcome;
  std::vector<std::string> names;    // of what is on screen at the end
  std::vector<std::string> doubled;  // names used twice: mistakes of ours
};

Played play(const Script& script, const std::string& output = ".", int patience = 300) {
  Session session({});
  Gui gui;
  Shell shell(gui, session);
  Driver driver(
      {.gui = gui, .shell = shell, .output = output, .patience = std::chrono::seconds(patience)});
  Played played{driver.play(script), {}, driver.items().doubled()};
  for (const NamedItem& item : driver.items().all()) played.names.push_back(item.name);
  return played;
}

Played play(const std::string& text, int patience = 300) {
  return play(parse_script(text, scripts / "a.script"), ".", patience);
}

std::string why(const std::string& text, int patience = 300) {
  const Outcome outcome = play(text, patience).outcome;
  CHECK(outcome.failed == 1);
  return outcome.why;
}

std::vector<std::filesystem::path> journeys() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(scripts))
    if (entry.path().extension() == ".script") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

void check_journey(const std::filesystem::path& file) {
  CAPTURE(file);
  const TemporaryFolder folder;
  const Played played = play(read_script(file), folder.path(""));
  CHECK(played.outcome.sentence(file.filename()) == "");
  CHECK(played.outcome.passed > 0);
  CHECK(fmt::format("{}", fmt::join(played.doubled, ", ")) == "");
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("threads: scripts") {
  // Under the thread sanitizer a journey is slow: these are the ones that edit, read, save and take
  // back while it trains.
  TEST_CASE("journeys that change what is being trained hold") {
    for (const char* name : {"change_data", "network_edit", "save_reopen", "undo"})
      check_journey(scripts / (std::string(name) + ".script"));
  }
}

TEST_SUITE("scripts") {
  TEST_CASE("every journey holds") {
    CHECK(journeys().size() >= 15);
    for (const auto& file : journeys()) check_journey(file);
  }

  TEST_CASE("every journey can fail") {
    for (const auto& file : journeys()) {
      CAPTURE(file);
      Script script = read_script(file);
      const auto last =
          std::find_if(script.actions.rbegin(), script.actions.rend(),
                       [](const Action& action) { return action.verb == Verb::expect; });
      REQUIRE(last != script.actions.rend());
      last->condition.wanted = !last->condition.wanted;
      const TemporaryFolder folder;
      const Outcome outcome = play(script, folder.path("")).outcome;
      CHECK(outcome.failed == 1);
      CHECK(outcome.line == last->line);
    }
  }

  TEST_CASE("a failure says the line, what was expected and what was there") {
    const Outcome outcome = play("expect running\n\nexpect tiles > 90\nexpect paused").outcome;
    CHECK(outcome.passed == 1);
    CHECK(outcome.failed == 1);
    const std::string sentence = outcome.sentence("a.script");
    CHECK(sentence.starts_with("a.script: line 3: expect tiles > 90: tiles is "));
  }

  TEST_CASE("what cannot be done is said") {
    CHECK(why("click \"rnu\"") == "there is no item \"rnu\" on screen: did you mean \"run\"?");
    CHECK(why("click \"zzzzzzzzzz\"") == "there is no item \"zzzzzzzzzz\" on screen");
    CHECK(
        why("expect text \"no such words\"").starts_with("it is not on screen, where there is: "));
    CHECK(why("expect no text \"Data\"") == "it is on screen");
    CHECK(why("expect speediness > 1") == "there is no number speediness now");
    CHECK(why("expect tiles == nothing") == "there is no number nothing now");
    CHECK(why("expect value \"training.seed\" \"99\"") == "its value is \"7\"");
    CHECK(why("expect disabled \"run\"") == "it is enabled");
    CHECK(why("expect paused") == "training is running");
    CHECK(why("expect file \"nothing.png\"") == "there is no such file, or it is empty");
    CHECK(why("expect hidden \"run\"") == "it is on screen");
    CHECK(why("type \"run\" \"3\"") == "nothing can be typed there");
    CHECK(has(why("screenshot \"a.png\""), "leave out --headless"));
    CHECK(has(why("export \"nothing\" \"a.png\""), "nothing"));
    CHECK(has(why("key \"Space\"\nwait steps 5"), "training is paused at step"));
    CHECK(why("key \"Space\"\nwait until running", 1) ==
          "waited for 1 s in vain: training is paused");
  }

  TEST_CASE("the pointer finds its place, and a size and a number hold") {
    const Played played = play(
        "size 1280 720\nhover \"run\"\ndouble_click \"training.rate\" 0.5 0.9\nkey \"Esc\"\n"
        "right_click \"tile1.decision_boundary\" 0.2 0.2\nkey \"Esc\"\n"
        "wheel \"tile1.decision_boundary\" 2\nlet a = tiles\nexpect tiles == a\n"
        "wait frames 2\nexpect shown \"run\"");
    CHECK(played.outcome.sentence("a.script") == "");
    CHECK(std::find(played.names.begin(), played.names.end(), "run") != played.names.end());
  }

  TEST_CASE("the command plays a script, and says how it went") {
    if (crease_binary().empty()) return;
    const TemporaryFolder folder;
    const std::string good = folder.write("good.script", "expect running\nexpect tiles > 0\n");
    const std::string bad = folder.write("bad.script", "expect running\nexpect tiles > 90\n");
    const std::string wrong = folder.write("wrong.script", "clik \"run\"\n");
    const auto run = [](const std::vector<std::string>& more) {
      std::vector<std::string> arguments{"script", "--headless"};
      arguments.insert(arguments.end(), more.begin(), more.end());
      return run_program(crease_binary(), arguments);
    };
    auto answer = run({good, "--json"});
    CHECK(answer.status == 0);
    CHECK(Json::parse(answer.out) ==
          Json{{"passed", 2}, {"failed", 0}, {"first_failure", nullptr}});
    CHECK(has(run({good}).out, "2 expectations held"));
    answer = run({bad, "--json"});
    CHECK(answer.status == 1);
    const Json json = Json::parse(answer.out);
    CHECK(json["passed"] == 1);
    CHECK(json["failed"] == 1);
    CHECK(json["first_failure"]["line"] == 2);
    answer = run({bad});
    CHECK(answer.status == 1);
    CHECK(has(answer.err, (bad + ": line 2: expect tiles > 90: tiles is ").c_str()));
    answer = run({wrong});
    CHECK(answer.status == 2);
    CHECK(has(answer.err, "line 1: \"clik\" is no verb"));
    CHECK(run({}).status == 2);
    CHECK(run({good, "--size", "10x10"}).status == 2);
    CHECK(run({good, "--size", "wide"}).status == 2);
    CHECK(run({good, "--out", folder.path("none")}).status == 2);
    CHECK(run({folder.path("none.script")}).status == 2);
    const auto names = run({"--names", "--json"});
    CHECK(names.status == 0);
    const Json list = Json::parse(names.out);
    CHECK(std::any_of(list.begin(), list.end(),
                      [](const Json& item) { return item["name"] == "run"; }));
  }
}
