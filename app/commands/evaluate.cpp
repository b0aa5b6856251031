#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>

#include "commands/command.h"
#include "train/derivatives.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, inputs;
  bool json = false;
};

void run(const Options& options) {
  const Document document = open(options.file);
  const Tensor inputs = read_file(options.inputs, [](const Json& json) {
    json::Reading reading;
    Tensor tensor;
    json::read(json, tensor, Field{}, json::Place{&reading, "", {}});
    return tensor;
  });
  checked_plan<double>(options.file, document);
  const Tensor output = in_file(options.inputs, [&] { return evaluate(document, inputs); });
  if (options.json) {
    print(Json{{"output", json::write(output, json::Writing{})}});
    return;
  }
  const std::size_t samples = output.shape.front();
  const std::size_t each = output.data.size() / samples;
  for (std::size_t s = 0; s < samples; ++s)
    fmt::print("{}\n", fmt::join(std::span(output.data).subspan(s * each, each), ", "));
}

}  // namespace

void add_evaluate(CLI::App& app) {
  auto* command = app.add_subcommand("evaluate", "the network's outputs for given inputs");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command->add_option("--inputs", options->inputs, "a tensor [N, ...] in a JSON file")->required();
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
