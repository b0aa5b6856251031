#include <fmt/format.h>

#include <filesystem>

#include "commands/command.h"

#ifdef CREASE_WITH_WINDOW
#include "window.h"
#endif

namespace crease::commands {

namespace {

struct Options {
  std::vector<std::string> files;
  std::string state_file;
};

// A word that is neither a subcommand nor a file was meant as one of them.
void check(const Options& options) {
  if (options.files.empty()) return;
  const std::string& first = options.files.front();
  std::error_code none;
  if (!std::filesystem::exists(first, none) && first.find_first_of("./") == std::string::npos)
    throw Problem(fmt::format(
        "arguments: {} is neither a subcommand nor a file (crease --help lists what is allowed)",
        first));
  if (!std::filesystem::exists(first, none))
    throw Problem(first, "cannot be read: No such file or directory");
  if (options.files.size() > 1)
    throw Problem(
        fmt::format("arguments: {} is one file too many (crease --help lists what is "
                    "allowed)",
                    options.files[1]));
}

void run(const Options& options) {
  check(options);
#ifdef CREASE_WITH_WINDOW
  app::run_window({.file = options.files.empty() ? "" : options.files.front(),
                   .state_file = options.state_file});
#else
  throw Problem("this crease was built without a window (CREASE_WINDOW=OFF)");
#endif
}

}  // namespace

void add_window(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("file", options->files, "opens the window with a document, a CSV or an IDX file");
  app.add_option("--state-file", options->state_file, "for tests")->group("");
  app.callback([options, &app] {
    if (app.get_subcommands().empty()) run(*options);
  });
}

}  // namespace crease::commands
