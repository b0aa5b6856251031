// The session without its window: history, edits while training, opening and saving.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "core/paths.h"
#include "export/network_file.h"
#include "session.h"
#include "train/adapt.h"

using namespace crease;
using namespace crease::app;
using namespace std::chrono_literals;

namespace {

/// Draws frames until `done`, at most ten seconds.
template <class Done>
void frames_until(Session& session, const Done& done) {
  const auto end = std::chrono::steady_clock::now() + 10s;
  do {
    session.begin_frame();
    session.end_frame();
    if (done()) return;
    std::this_thread::sleep_for(2ms);
  } while (std::chrono::steady_clock::now() < end);
  FAIL("not within ten seconds");
}

}  // namespace

TEST_SUITE("session") {
  TEST_CASE("history joins a drag into one step and forgets what was undone") {
    const auto document = [](const char* title) {
      auto made = std::make_shared<Document>();
      made->title = title;
      return made;
    };
    History history(document("a"));
    CHECK_FALSE(history.can_undo());
    history.commit(document("b"), "rate", nullptr);
    history.commit(document("c"), "rate", nullptr);
    history.end_gesture();
    history.commit(document("d"), "rate", nullptr);
    CHECK(history.current()->title == "d");
    history.undo();
    CHECK(history.current()->title == "c");
    CHECK(history.redo_name() == "rate");
    history.undo();
    CHECK(history.current()->title == "a");
    CHECK_FALSE(history.can_undo());
    history.redo();
    CHECK(history.current()->title == "c");
    history.commit(document("e"), "rate", nullptr);
    CHECK_FALSE(history.can_redo());
    CHECK(history.current()->title == "e");
    history.undo();
    CHECK(history.current()->title == "c");
  }

  TEST_CASE("an edit goes on training with what was learned, and is undone") {
    Session session({});
    session.run().set_running(false);
    session.run().step(20);
    frames_until(session, [&] { return session.at_rest(); });
    const auto before = session.run().snapshot();
    CHECK(before->step >= 20);
    CHECK(session.run().edit("momentum",
                             [](Document& d) { d.training.optimiser = Sgd{.rate = 0.02}; }));
    CHECK_FALSE(session.run().edit("momentum", [](Document&) {}));
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->step == before->step);
    CHECK(session.run().snapshot()->parameters == before->parameters);
    CHECK(session.run().history().undo_name() == "momentum");
    session.run().undo();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().document().training == before->document->training);
  }

  TEST_CASE("reset goes back to the same weights, a new seed to others") {
    Session session({});
    session.run().set_running(false);
    session.run().reset();
    frames_until(session, [&] { return session.at_rest(); });
    const auto start = session.run().snapshot()->parameters;
    session.run().step(10);
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->parameters != start);
    session.run().reset();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->parameters == start);
    CHECK(session.run().snapshot()->step == 0);
    session.run().new_seed();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->parameters != start);
  }

  TEST_CASE("a broken file is said and the open document stays") {
    Session session({});
    const std::string title = session.run().document().title;
    session.open("/nowhere/lost.crease.json");
    frames_until(session, [&] { return !session.busy(); });
    CHECK(session.run().document().title == title);
    REQUIRE(session.messages().size() == 1);
    CHECK(session.messages().front().text.find("lost.crease.json") != std::string::npos);
  }

  TEST_CASE("what is asked for at once is all written") {
    Session session({});
    session.run().set_running(false);
    const auto folder = std::filesystem::temp_directory_path();
    std::vector<std::filesystem::path> files;
    for (const NetworkFormat& format : network_formats) {
      files.push_back(folder / ("crease_at_once" + std::string(format.ending)));
      session.export_network(files.back(), std::string(format.name));
    }
    files.push_back(folder / "crease_at_once.crease.json");
    session.save(files.back(), "{}");
    frames_until(session, [&] { return session.at_rest(); });
    for (const auto& file : files) {
      CAPTURE(file.string());
      CHECK(std::filesystem::remove(file));
    }
  }

  TEST_CASE("data of another kind makes the network fit") {
    Session session({});
    DataSettings sine = DataSettings::of(Sine{});
    session.use_data(sine, "sine");
    frames_until(session, [&] { return !session.busy() && session.run().order_answered(); });
    CHECK(session.run().document().network.input == Shape::features(1));
    CHECK(name_of(session.run().document().training.loss) == "mse");
    CHECK(session.run().snapshot()->problem == "");
    Spiral three;
    three.arms = 3;
    session.use_data(DataSettings::of(three), "three arms");
    frames_until(session, [&] { return !session.busy() && session.run().order_answered(); });
    CHECK(name_of(session.run().document().training.loss) == "cross_entropy_logits");
    CHECK(session.run().snapshot()->problem == "");
    session.use_data(DataSettings::of(Spiral{}), "two arms");
    frames_until(session, [&] { return !session.busy() && session.run().order_answered(); });
    CHECK(name_of(session.run().document().training.loss) == "bce_logits");
    CHECK(session.run().snapshot()->plan->output_shape() == Shape::features(1));
    session.run().undo();
    session.run().undo();
    frames_until(session, [&] { return session.run().order_answered(); });
    CHECK(session.run().document().network.input == Shape::features(1));
    CHECK(session.run().snapshot()->problem == "");
  }

  TEST_CASE("a saved run goes on to the bit where it was saved") {
    const auto file = std::filesystem::temp_directory_path() / "crease_saved_run.crease.json";
    Session session({});
    session.run().set_running(false);
    session.run().reset();
    session.run().step(37);
    frames_until(session, [&] { return session.at_rest(); });
    session.save(file, R"({"tiles": []})");
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.file() == file);
    CHECK_FALSE(session.run().changed());
    session.run().step(41);
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().changed());
    const auto straight = session.run().snapshot();
    session.open(file);
    frames_until(session, [&] { return session.at_rest(); });
    // What would be lost is asked about first; a file that cannot be read is not.
    CHECK(session.run().snapshot()->step == straight->step);
    const auto waiting = session.take_waiting();
    REQUIRE(waiting == file);
    CHECK_FALSE(session.take_waiting());
    session.open("/nowhere/lost.crease.json");
    frames_until(session, [&] { return session.at_rest(); });
    CHECK_FALSE(session.take_waiting());
    session.replace_by(*waiting, false);
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->step == straight->step - 41);
    CHECK(session.run().document().view == R"({"tiles":[]})");
    session.run().step(41);
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->step == straight->step);
    CHECK(session.run().snapshot()->parameters == straight->parameters);
    session.run().reset();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().snapshot()->step == 0);
    std::filesystem::remove(file);
  }

  TEST_CASE("a weight set by hand is undone and done again") {
    Session session({});
    session.run().set_running(false);
    session.run().reset();
    frames_until(session, [&] { return session.at_rest(); });
    const std::string tensor = session.run().snapshot()->plan->segments.front().name;
    const double before = session.run().weight(tensor, 1);
    session.run().edit_weight(tensor, 1, before + 2);
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().weight(tensor, 1) == doctest::Approx(before + 2));
    session.run().undo();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().weight(tensor, 1) == before);
    session.run().redo();
    frames_until(session, [&] { return session.at_rest(); });
    CHECK(session.run().weight(tensor, 1) == doctest::Approx(before + 2));
  }
}
