// The real window with real keys and a real pointer, on a display that nobody sees (Xvfb).
#include <doctest/doctest.h>

#ifdef CREASE_WITH_GL

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "places.h"
#include "run_program.h"

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;
using crease::crease_binary, crease::source_folder;

bool in_ci() { return std::getenv("CI") != nullptr; }

std::string path_of(const std::string& program) {
  std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (access((folder + "/" + program).c_str(), X_OK) == 0) return folder + "/" + program;
  return "";
}

/// A program that runs beside the test, and ends with it.
class Beside {
 public:
  Beside(std::vector<std::string> words, const std::vector<std::string>& settings,
         const std::string& said, int from = -1, int to = -1) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, said.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    if (from >= 0) posix_spawn_file_actions_adddup2(&files, from, to);
    std::vector<char*> arguments, environment;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::vector<std::string> kept = settings;
    for (char** each = environ; *each != nullptr; ++each) {
      const std::string known = *each;
      const std::string name = known.substr(0, known.find('=') + 1);
      const bool replaced = std::any_of(settings.begin(), settings.end(),
                                        [&](const auto& own) { return own.rfind(name, 0) == 0; });
      if (!replaced) kept.push_back(known);
    }
    for (std::string& each : kept) environment.push_back(each.data());
    environment.push_back(nullptr);
    if (posix_spawn(&child_, words[0].c_str(), &files, nullptr, arguments.data(),
                    environment.data()) != 0)
      child_ = 0;
    posix_spawn_file_actions_destroy(&files);
  }
  ~Beside() {
    if (child_ == 0 || ended()) return;
    kill(child_, SIGTERM);
    for (int i = 0; i < 200 && !ended(); ++i) std::this_thread::sleep_for(10ms);
    if (!ended()) kill(child_, SIGKILL);
    while (!ended()) std::this_thread::sleep_for(1ms);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  bool ended() {
    if (!over_ && child_ != 0) over_ = waitpid(child_, &state_, WNOHANG) == child_;
    return over_ || child_ == 0;
  }
  int status() const { return WIFEXITED(state_) ? WEXITSTATUS(state_) : 128 + WTERMSIG(state_); }
  /// Of the processor, so far.
  double seconds() const {
    std::ifstream file("/proc/" + std::to_string(child_) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
  }

 private:
  pid_t child_ = 0;
  int state_ = 0;
  bool over_ = false;
};

/// An X display without a screen, with the window of crease on it.
struct Screen {
  TemporaryFolder folder;
  std::string display, state_file = folder.path("state.json");
  std::unique_ptr<Beside> server, crease;

  bool start_server() {
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0) return false;
    // The server chooses a free number, and writes it when it is ready.
    server = std::make_unique<Beside>(
        std::vector<std::string>{path_of("Xvfb"), "-displayfd", "5", "-screen", "0", "1920x1080x24",
                                 "-nolisten", "tcp"},
        std::vector<std::string>{}, folder.path("xvfb.log"), pipe_ends[1], 5);
    close(pipe_ends[1]);
    char digit = 0;
    while (read(pipe_ends[0], &digit, 1) == 1 && digit != '\n') display += digit;
    close(pipe_ends[0]);
    if (display.empty()) return false;
    display = ":" + display;
    return true;
  }
  void start_crease(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), crease_binary());
    arguments.insert(arguments.end(), {"--state-file", state_file});
    crease = std::make_unique<Beside>(
        std::move(arguments),
        std::vector<std::string>{"DISPLAY=" + display, "WAYLAND_DISPLAY=", "XDG_SESSION_TYPE=x11",
                                 "CREASE_CONFIG=" + folder.path("config")},
        folder.path("crease.log"));
  }
  Json state() const {
    try {
      return Json::parse(read_all(state_file));
    } catch (const Json::exception&) {
      return Json::object();  // before the first frame
    }
  }
  /// Waits until the window shows it; false after 30 s.
  template <class Test>
  bool shows(const Test& test) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < end && !crease->ended()) {
      const Json now = state();
      if (!now.empty() && test(now)) return true;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  }
  void hand(const std::string& what) const {
    const std::string command = "DISPLAY=" + display + " xdotool " + what + " >/dev/null 2>&1";
    CHECK_MESSAGE(std::system(command.c_str()) == 0, what);
  }
  /// Once it rests where it is: a dialog finds its place in its first frames.
  void click(const std::string& name) {
    Json at, before;
    const bool rests = shows([&](const Json& now) {
      before = std::exchange(at, now["items"].value(name, Json::object()).value("at", Json()));
      if (at.is_array() && at == before) return true;
      std::this_thread::sleep_for(200ms);
      return false;
    });
    REQUIRE_MESSAGE(rests, name);
    hand("mousemove " + std::to_string(at[0].get<int>()) + " " + std::to_string(at[1].get<int>()) +
         " sleep 0.1 mousedown 1 sleep 0.1 mouseup 1");
  }
};

bool missing(const char* program) {
  if (!path_of(program).empty()) return false;
  if (in_ci())
    FAIL("the test needs " << program);
  else
    MESSAGE("SKIP: " << program << " is not installed");
  return true;
}

}  // namespace

TEST_SUITE("window") {
  TEST_CASE("without a display the window says so in a sentence") {
    TemporaryFolder folder;
    Beside crease({crease_binary()}, {"DISPLAY=", "WAYLAND_DISPLAY="}, folder.path("log"));
    for (int i = 0; i < 2000 && !crease.ended(); ++i) std::this_thread::sleep_for(10ms);
    REQUIRE(crease.ended());
    CHECK(crease.status() == 2);
    const std::string said = read_all(folder.path("log"));
    CHECK(said.find("no display") != std::string::npos);
    CHECK(std::count(said.begin(), said.end(), '\n') == 1);
  }

  TEST_CASE("with drawing, a script also takes pictures") {
    TemporaryFolder folder;
    const std::string drawn = folder.write(
        "drawn.script",
        "size 900 600\nexpect running\nscreenshot \"it.png\"\nexpect file \"it.png\"\n");
    const auto answer = run_program(crease_binary(), {"script", drawn, "--out", folder.path("")});
    CHECK_MESSAGE(answer.status == 0, answer.err);
    CHECK(std::filesystem::file_size(folder.path("it.png")) > 10'000);
  }

  TEST_CASE("the real window obeys keys and the pointer, sleeps, and closes") {
    if (missing("Xvfb") || missing("xdotool")) return;
    Screen screen;
    REQUIRE(screen.start_server());
    screen.start_crease({source_folder() + "/assets/examples/04_xor.crease.json"});
    const bool opened = screen.shows([](const Json& now) { return now["items"].contains("run"); });
    REQUIRE_MESSAGE(opened, read_all(screen.folder.path("crease.log")));
    MESSAGE("first picture after " << screen.state()["first_frame"].get<double>() << " s");
    screen.hand("search --sync --name Crease windowfocus --sync");

    // A key: training runs, and stops.
    CHECK(screen.state()["step"] == 0);
    screen.hand("key space");
    REQUIRE(screen.shows([](const Json& now) { return now["step"] > 20; }));
    screen.hand("key space");
    REQUIRE(screen.shows([](const Json& now) { return now["items"]["run"]["label"] == "Run"; }));

    // The pointer: the theme changes.
    CHECK(screen.state()["dark"] == false);
    screen.click("theme");
    CHECK(screen.shows([](const Json& now) { return now["dark"] == true; }));

    // A picture for other programs.
    if (!missing("xclip")) {
      screen.hand("keydown ctrl sleep 0.1 key c sleep 0.1 keyup ctrl");
      REQUIRE(screen.shows([](const Json& now) { return now["items"].contains("toast"); }));
      const std::string pasted = screen.folder.path("pasted.png");
      const std::string paste = "DISPLAY=" + screen.display +
                                " timeout 5 xclip -selection clipboard -t image/png -o >" + pasted;
      CHECK(std::system(paste.c_str()) == 0);
      CHECK(read_all(pasted).substr(0, 8) == "\x89PNG\r\n\x1a\n");
    }

    // Nothing happens: the processor rests, and no frame is drawn.
    screen.hand("mousemove 700 30");
    std::this_thread::sleep_for(1500ms);
    const long frames = screen.state()["frames"];
    const double before = screen.crease->seconds();
    std::this_thread::sleep_for(2s);
    const double used = (screen.crease->seconds() - before) / 2;
    MESSAGE("idle: " << 100 * used << " % of a core");
    CHECK(used < 0.05);
    CHECK(screen.state()["frames"].get<long>() - frames <= 6);  // what is unsaved may be kept now

    // It was trained, so it asks before it goes.
    screen.hand("keydown ctrl sleep 0.1 key q sleep 0.1 keyup ctrl");
    REQUIRE(screen.shows([](const Json& now) { return now["items"].contains("unsaved.discard"); }));
    screen.click("unsaved.discard");
    for (int i = 0; i < 1000 && !screen.crease->ended(); ++i) std::this_thread::sleep_for(10ms);
    REQUIRE(screen.crease->ended());
    CHECK(screen.crease->status() == 0);
    // What it remembers: the theme.
    const std::string remembered = read_all(screen.folder.path("config") + "/preferences.json");
    CHECK(remembered.find("\"dark\": true") != std::string::npos);
  }

  TEST_CASE("after a crash the window offers what was not saved") {
    if (missing("Xvfb") || missing("xdotool")) return;
    Screen screen;
    REQUIRE(screen.start_server());
    const std::string unsaved = screen.folder.path("config") + "/unsaved";
    const auto kept = [&] {
      std::error_code none;
      for (const auto& entry : std::filesystem::directory_iterator(unsaved, none))
        if (!entry.path().string().ends_with(".part")) return true;
      return false;
    };
    screen.start_crease({source_folder() + "/assets/examples/04_xor.crease.json"});
    REQUIRE(screen.shows([](const Json& now) { return now["items"].contains("run"); }));
    screen.hand("mousemove 700 30 key period");  // one step, then nothing more happens
    REQUIRE(screen.shows([&](const Json&) { return kept(); }));
    screen.crease.reset();  // killed
    CHECK(kept());
    std::filesystem::remove(screen.state_file);
    screen.start_crease({});
    REQUIRE(screen.shows([](const Json& now) { return now["items"].contains("lost.bring_back"); }));
    screen.click("lost.bring_back");
    CHECK(screen.shows([](const Json& now) {
      return !now["items"].contains("lost.bring_back") &&
             now["title"].get<std::string>().find("XOR") != std::string::npos;
    }));
  }
}

#else

TEST_SUITE("window") {
  TEST_CASE("this build has no window") { MESSAGE("SKIP: built without CREASE_WINDOW"); }
}

#endif
