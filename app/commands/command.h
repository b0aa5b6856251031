#pragma once
/// What the subcommands share. Each file in this folder adds one subcommand: its options, and what
/// it does once the arguments are read.
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "figure/geometry.h"
#include "net/parameters.h"
#include "net/plan.h"
#include "train/document.h"

namespace crease::commands {

void add_train(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_gradient(CLI::App& app);
void add_regions(CLI::App& app);
void add_datasets(CLI::App& app);
void add_devices(CLI::App& app);
void add_views(CLI::App& app);
void add_figure(CLI::App& app);
void add_export(CLI::App& app);
void add_bench(CLI::App& app);
void add_script(CLI::App& app);
void add_screenshot(CLI::App& app);
/// `crease` alone and `crease FILE`: call it last, when every subcommand is known.
void add_window(CLI::App& app);

/// Loads a document and says on standard error what it did not know.
Document open(const std::string& file);

/// Says on standard error, in one line, what may be wrong with a file.
void warn(const std::string& file, const std::string& sentence);
/// The warning about a tensor that the network has no use for.
std::string no_such_parameter(const std::string& name);
/// A sentence without line breaks and control characters: names in it come from files.
std::string one_line(std::string sentence);

/// Runs `work`; what is wrong with a document is said together with its file.
template <class Work>
auto in_file(const std::string& file, const Work& work) {
  try {
    return work();
  } catch (const Problem& problem) {
    const bool names_it = problem.where() == file || problem.where().starts_with(file + ":");
    throw names_it ? problem : problem.inside(file);
  }
}

/// Reads JSON and gives it to `use`; problems name the file.
template <class Use>
auto read_file(const std::string& file, const Use& use) {
  const Json json = read_json(file);
  return in_file(file, [&] { return use(json); });
}

/// Compiles the network of a document and checks that its weights fit `T`; problems name the file,
/// and weights the network does not have are warned of.
template <class T>
Plan checked_plan(const std::string& file, const Document& document) {
  return in_file(file, [&] {
    Plan plan = compile_or_throw(document.network);
    try {
      for (const std::string& name : check_tensors<T>(plan, document.weights))
        warn(file, no_such_parameter(name));
    } catch (const Problem& problem) {
      throw problem.inside("weights");
    }
    return plan;
  });
}

/// A check that an option is a number from `least` to `most`; CLI::Range lets through what is not a
/// number.
CLI::Validator from_to(double least, double most);
/// Likewise for whole numbers.
CLI::Validator from_to(long least, long most);
/// Further steps or epochs that may be asked for at once.
inline constexpr long most_steps = 1'000'000'000;
/// Threads that may be asked for.
inline constexpr long most_threads = 256;

/// The size of a window in pixels from "1600x900". Throws Problem.
Size window_size(const std::string& text);

/// Prints `json` as one object, the answer to --json.
void print(const Json& json);

/// "12 345".
std::string thousands(double value);
/// Three significant digits.
std::string digits(double value);

}  // namespace crease::commands
