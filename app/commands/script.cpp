#include <fmt/format.h>

#include "commands/command.h"
#include "script/driver.h"

#ifdef CREASE_WITH_WINDOW
#include "export/png.h"
#include "offscreen.h"
#endif

namespace crease::commands {

namespace {

using namespace app;

struct Options {
  std::string file, size = "1600x900", out = ".";
  bool headless = false, json = false, names = false;
};

Json json_of(const Outcome& outcome) {
  Json failure;
  if (outcome.failed > 0)
    failure = {{"line", outcome.line}, {"action", outcome.action}, {"why", outcome.why}};
  return {{"passed", outcome.passed}, {"failed", outcome.failed}, {"first_failure", failure}};
}

void print_names(const Items& items, bool json) {
  Json list = Json::array();
  for (const NamedItem& item : items.all()) {
    list.push_back({{"name", item.name},
                    {"label", item.label},
                    {"value", item.value},
                    {"enabled", item.enabled}});
    if (!json)
      fmt::print("{:<32} {:<32} {}{}\n", item.name, one_line(item.label), one_line(item.value),
                 item.enabled ? "" : "  (disabled)");
  }
  if (json) print(list);
}

void report(const Options& options, const Outcome& outcome) {
  if (options.json)
    print(json_of(outcome));
  else if (outcome.failed == 0)
    fmt::print("{}: {}\n", options.file,
               outcome.passed == 1 ? "1 expectation held"
                                   : fmt::format("{} expectations held", outcome.passed));
  if (outcome.failed == 0) return;
  if (!options.json) fmt::print(stderr, "{}\n", one_line(outcome.sentence(options.file)));
  throw CLI::RuntimeError(1);
}

void play(const Options& options, Stage stage) {
  Driver driver(std::move(stage));
  const Script script = options.file.empty() ? Script{} : read_script(options.file);
  const Outcome outcome = driver.play(script);
  if (options.names) {
    print_names(driver.items(), options.json);
    if (outcome.failed == 0) return;
  }
  report(options, outcome);
}

#ifdef CREASE_WITH_WINDOW

void play_drawn(const Options& options, Size pixels) {
  Offscreen screen(pixels);
  Session session({});
  Shell shell(screen.gui(), session);
  Stage stage{.gui = screen.gui(), .shell = shell, .pixels = pixels, .output = options.out};
  stage.frame = [&](Size size, double seconds) {
    screen.resize(size);
    screen.begin_frame(seconds);
    shell.draw();
    screen.end_frame();
  };
  stage.screenshot = [&](const std::filesystem::path& file) { write_png(file, screen.picture()); };
  play(options, std::move(stage));
}

#else

void play_drawn(const Options&, Size) {
  throw Problem("arguments", "there is no drawing in this build: add --headless");
}

#endif

void run(const Options& options) {
  if (options.file.empty() && !options.names)
    throw Problem("arguments", "script needs a file (or --names)");
  const Size pixels = window_size(options.size);
  if (!std::filesystem::is_directory(options.out))
    throw Problem("--out", "\"" + options.out + "\" is no folder");
  if (!options.file.empty())
    read_script(options.file);  // what is wrong is said before a window opens
  if (options.headless || options.names) {
    Session session({});
    Gui gui;
    Shell shell(gui, session);
    play(options, Stage{.gui = gui, .shell = shell, .pixels = pixels, .output = options.out});
  } else {
    play_drawn(options, pixels);
  }
}

std::string help_of_verbs() {
  std::string text = "One action a line, names in quotes, # before a comment:\n";
  for (const VerbHelp& verb : verbs())
    text += fmt::format("  {}\n      {}\n", verb.usage, verb.does);
  return text;
}

}  // namespace

void add_script(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("script", "drive the window as a person would");
  command->add_option("file", options->file, "the script");
  command->add_flag("--headless", options->headless,
                    "lay out and never draw: quick, needs nothing");
  command->add_option("--size", options->size, "of the window, in pixels: 1600x900");
  command->add_option("--out", options->out, "the folder for pictures and exports");
  command->add_flag("--names", options->names,
                    "list what answers a name, after the script if there is one");
  command->add_flag("--json", options->json, "print one JSON object");
  command->footer(help_of_verbs);
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
