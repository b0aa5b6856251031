// What a crash would lose: kept in a file of its own, offered again, removed by an orderly end.
#include <doctest/doctest.h>

#include <thread>

#include "net/edit.h"
#include "recovery.h"
#include "run_program.h"
#include "train/derivatives.h"

using namespace crease;
using namespace crease::app;
using namespace std::chrono_literals;

namespace {

constexpr const char* of_no_process = "2147483647.crease.json";

/// A session with its recovery, in a time of its own.
struct Kept {
  explicit Kept(const std::string& folder) : recovery(folder), where(folder) {
    session.run().set_running(false);
    session.run().reset();
  }

  /// Draws frames until `done`, each of them later than an interval of the recovery.
  template <class Done>
  void frames_until(const Done& done) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < end) {
      session.begin_frame();
      session.end_frame();
      recovery.follow(
          session, [] { return std::string(R"({"tiles":[]})"); }, now += 10s);
      if (session.at_rest() && done()) return;
      std::this_thread::sleep_for(2ms);
    }
    FAIL("not within twenty seconds: at rest " << session.at_rest() << ", unsaved "
                                               << session.unsaved() << ", kept " << step_kept());
  }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(where, none))
      if (!entry.path().string().ends_with(".part")) found.push_back(entry.path());
    return found;
  }
  /// The step in the only file; -1 where there is none.
  long step_kept() const {
    return files().size() == 1 ? load_document(files().front()).state.step : -1;
  }

  Session session{{}};
  Recovery recovery;
  std::filesystem::path where;
  Recovery::Clock::time_point now = Recovery::Clock::now();
};

}  // namespace

TEST_SUITE("threads: recovery") {
  TEST_CASE("what is unsaved is kept, and brought back after a crash") {
    const TemporaryFolder folder;
    const std::string where = folder.path("unsaved"), crashed = where + "/" + of_no_process;
    {
      Kept kept(where);
      kept.session.run().step(20);
      kept.frames_until([&] { return true; });
      CHECK_FALSE(kept.session.unsaved());  // the window's own document, only trained
      CHECK(kept.files().empty());
      CHECK(kept.recovery.due_in(kept.now) < 0);

      kept.session.run().edit("title", [](Document& document) { document.title = "Mine"; });
      kept.frames_until([&] { return kept.step_kept() == 20; });
      kept.session.run().step(15);
      kept.frames_until([&] { return kept.step_kept() == 35; });
      kept.frames_until([&] { return kept.recovery.due_in(kept.now) < 0; });  // it may sleep
      CHECK_FALSE(kept.recovery.lost());  // our own file is not lost
      std::filesystem::copy_file(kept.files().front(), crashed);
    }
    CHECK_FALSE(std::filesystem::is_empty(where));  // only what the crash left
    Kept kept(where);
    REQUIRE(kept.recovery.lost());
    CHECK(kept.recovery.lost()->string() == crashed);
    kept.recovery.bring_back(kept.session, *kept.recovery.lost());
    kept.frames_until([&] { return kept.session.run().document().title == "Mine"; });
    CHECK(kept.session.run().snapshot()->step == 35);
    CHECK(kept.session.file().empty());
    CHECK(kept.session.unsaved());
    CHECK_FALSE(kept.recovery.lost());
    kept.frames_until([&] { return kept.step_kept() == 35; });  // another crash loses nothing

    const std::string saved = folder.path("mine.crease.json");
    kept.session.save(saved, "{}");
    kept.frames_until([&] { return kept.session.file() == saved && kept.files().empty(); });
    CHECK_FALSE(kept.session.unsaved());
  }

  TEST_CASE("what was asked for while it goes on counts as of its own step and network") {
    Session session({});
    app::Run& run = session.run();
    run.set_running(false);
    const auto trained = [&] {
      const auto end = std::chrono::steady_clock::now() + 20s;
      while (std::chrono::steady_clock::now() < end) {
        session.begin_frame();
        auto whole = run.trained();
        session.end_frame();
        if (whole) return whole;
        std::this_thread::sleep_for(1ms);
      }
      FAIL("not within twenty seconds");
      return std::shared_ptr<const Document>();
    };
    for (int round = 0; round < 20; ++round) {
      CAPTURE(round);
      run.step(3);
      run.ask_for_trained();
      run.step(20);
      const auto whole = trained();
      run.mark_saved();
      CHECK(run.trained_version().step == whole->state.step);
      CHECK(run.changed() == (whole->state.step != run.version().step));
      run.ask_for_trained();
      run.edit("units", [&](Document& document) {
        document.network = edit::set_units(document.network, "h1", 5 + round % 3);
      });
      // Weights of the network before would not fit.
      const auto fitting = trained();
      CHECK(fitting->network == run.document().network);
      CHECK_NOTHROW(evaluate(*fitting, Tensor{{1, 2}, {0.5, -0.5}}));
    }
  }

  TEST_CASE("what is lost may be discarded, and other files are left alone") {
    const TemporaryFolder folder;
    const std::string lost = folder.write(of_no_process, "{}");
    const std::string other = folder.write("mine.crease.json", "{}");
    const Recovery recovery(folder.path(""));
    REQUIRE(recovery.lost());
    Recovery::discard(*recovery.lost());
    CHECK_FALSE(std::filesystem::exists(lost));
    CHECK_FALSE(recovery.lost());
    CHECK(std::filesystem::exists(other));
  }
}
