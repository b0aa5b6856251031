/// The program's entry: reads the arguments and hands over to a subcommand.
#include <fmt/format.h>

#include <new>
#include <utility>

#include "commands/command.h"
#include "core/memory.h"
#include "core/problem.h"

namespace {

enum Status { success = 0, failure_of_ours = 1, bad_input = 2 };

int say(Status status, std::string sentence) {
  fmt::print(stderr, "{}\n", crease::commands::one_line(std::move(sentence)));
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  crease::keep_freed_memory();
  CLI::App app{"Crease: see how neural networks learn", "crease"};
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", "crease " CREASE_VERSION);
  using namespace crease::commands;
  add_train(app);
  add_evaluate(app);
  add_gradient(app);
  add_regions(app);
  add_figure(app);
  add_views(app);
  add_datasets(app);
  add_devices(app);
  add_bench(app);
  add_export(app);
  add_script(app);
  add_screenshot(app);
  add_window(app);
  try {
    app.parse(argc, argv);
    return success;
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::RuntimeError& ended) {
    return ended.get_exit_code();
  } catch (const CLI::ParseError& error) {
    return say(bad_input,
               fmt::format("arguments: {} (crease --help lists what is allowed)", error.what()));
  } catch (const crease::Problem& problem) {
    return say(bad_input, problem.what());
  } catch (const std::bad_alloc&) {
    return say(failure_of_ours, "there is not enough memory for this network and data");
  } catch (const std::exception& error) {
    return say(failure_of_ours, fmt::format("internal error: {}", error.what()));
  }
}
