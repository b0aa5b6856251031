#include <fmt/format.h>

#include "commands/command.h"
#include "export/network_file.h"
#include "export/trained.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, to, out;
  bool json = false;
};

void run(const Options& options) {
  const Document document = open(options.file);
  const Trained ready = in_file(options.file, [&] { return trained(document); });
  for (const auto& [name, tensor] : document.weights)
    if (!ready.weights.contains(name)) warn(options.file, no_such_parameter(name));
  const auto files =
      in_file(options.file, [&] { return export_network(document, options.to, options.out); });
  if (options.json) {
    Json answer{{"file", options.out}};
    if (files.size() > 1)
      for (const auto& file : files) answer["files"].push_back(file.string());
    print(answer);
    return;
  }
  for (const auto& file : files) fmt::print("saved as {}\n", file.string());
}

}  // namespace

void add_export(CLI::App& app) {
  auto* command = app.add_subcommand("export", "a network for other tools");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command
      ->add_option(
          "--to", options->to,
          "pytorch: a script with weights, data and training loop; onnx: the network as it "
          "evaluates; safetensors: the weights; csv: the samples, and the weights in "
          "NAME.weights.csv (in NAME.csv where the document has no data)")
      ->required()
      ->check(CLI::IsMember([] {
        std::vector<std::string> names;
        for (const NetworkFormat& format : network_formats) names.emplace_back(format.name);
        return names;
      }()));
  command->add_option("--out", options->out, "the file to write")->required();
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
