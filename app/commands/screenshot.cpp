#include <fmt/format.h>

#include "commands/command.h"
#include "preferences.h"

#ifdef CREASE_WITH_WINDOW
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>

#include "components.h"
#include "export/png.h"
#include "offscreen.h"
#include "shell.h"
#endif

namespace crease::commands {

namespace {

struct Options {
  std::string file, out, size = "1600x900", theme = "light", layout = "window";
  double scale = 1;
  long steps = 0;
  bool json = false;
};

#ifdef CREASE_WITH_WINDOW

std::pair<int, int> read_size(const std::string& text) {
  constexpr int least = 200, most = 8192;
  int width = 0, height = 0;
  char more = 0;
  if (std::sscanf(text.c_str(), "%5dx%5d%c", &width, &height, &more) != 2 || width < least ||
      height < least || width > most || height > most)
    throw Problem(
        "arguments: --size",
        fmt::format("{} is no size in pixels: WIDTHxHEIGHT, each {} to {}", text, least, most));
  return {width, height};
}

/// Lets the thread that draws sleep until another has something new.
class Bell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      rung_ = true;
    }
    changed_.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(50), [this] { return rung_; });
    rung_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
};

constexpr int settling_frames = 4;  // Dear ImGui needs some until every size is known

Raster components(app::Offscreen& screen) {
  for (int i = 0; i < 2 * settling_frames; ++i) {
    screen.begin_frame();
    app::draw_components(screen.gui());
    screen.end_frame();
  }
  return screen.picture();
}

Raster window(app::Offscreen& screen, const Options& options) {
  Bell bell;
  app::Session session([&bell] { bell.ring(); });
  session.preferences = {};
  session.preferences.dark = options.theme == "dark";
  session.preferences.scale = options.scale;
  session.preferences.less_motion = true;
  session.show(options.file.empty() ? app::opening_document() : open(options.file), options.file,
               false);
  app::Shell shell(screen.gui(), session);
  const long from = session.run().document().state.step;
  if (options.steps > 0) session.run().step(options.steps);

  // Frames that nobody sees take no time, so that nothing which has been said goes by.
  for (int quiet = 0; quiet < settling_frames;) {
    screen.begin_frame(0);
    shell.draw();
    screen.skip_frame();
    const auto& snapshot = session.run().snapshot();
    const bool there = snapshot && (snapshot->step >= from + options.steps ||
                                    !snapshot->divergence.empty() || !snapshot->problem.empty());
    quiet = there && shell.at_rest() ? quiet + 1 : 0;
    if (quiet == 0) bell.wait();
  }
  for (int i = 0; i < settling_frames; ++i) {
    screen.begin_frame(0);
    shell.draw();
    screen.end_frame();
  }
  return screen.picture();
}

void run(const Options& options) {
  const auto [width, height] = read_size(options.size);
  if (!options.out.ends_with(".png"))
    throw Problem(
        "arguments: --out",
        fmt::format("{} does not end in .png: the window is drawn as a PNG", options.out));
  app::Offscreen screen({static_cast<double>(width), static_cast<double>(height)});
  Raster picture;
  if (options.layout == "components") {
    screen.gui().set_theme(options.theme == "dark");
    screen.gui().set_display_scale(options.scale);
    picture = components(screen);
  } else {
    picture = window(screen, options);
  }
  write_png(options.out, picture);
  if (options.json) print(Json{{"file", options.out}, {"width", width}, {"height", height}});
}

#else

void run(const Options&) {
  throw Problem("this crease was built without OpenGL (CREASE_WINDOW=OFF), so it draws no windows");
}

#endif

}  // namespace

void add_screenshot(CLI::App& app) {
  auto* command = app.add_subcommand("screenshot", "the whole window as a PNG, without a display");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file,
                      "NAME.crease.json (else what the window opens with)");
  command->add_option("--out", options->out, "FILE.png")->required();
  command->add_option("--size", options->size, "WIDTHxHEIGHT in pixels")->capture_default_str();
  command->add_option("--scale", options->scale, "text scale")
      ->capture_default_str()
      ->check(from_to(app::Preferences::least_scale, app::Preferences::most_scale));
  command->add_option("--theme", options->theme, "light or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}));
  command->add_option("--steps", options->steps, "trains this many steps before")
      ->check(from_to(0L, most_steps));
  command->add_option("--layout", options->layout, "what is shown")
      ->capture_default_str()
      ->check(CLI::IsMember({"window", "components"}));
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
