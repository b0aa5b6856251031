#include <fmt/format.h>

#include "commands/command.h"
#include "export/onnx.h"
#include "export/pytorch.h"
#include "export/tables.h"
#include "train/trainer.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, to, out;
  bool json = false;
};

/// NAME.csv for the samples, NAME.weights.csv for the weights.
std::string beside(const std::string& file) {
  const std::filesystem::path path(file);
  return (path.parent_path() / path.stem()).string() + ".weights" + path.extension().string();
}

void run(const Options& options) {
  const Document document = open(options.file);
  const Trained ready = in_file(options.file, [&] { return trained(document); });
  for (const auto& [name, tensor] : document.weights)
    if (!ready.weights.contains(name)) warn(options.file, no_such_parameter(name));
  const bool needs_data = options.to == "pytorch" || options.to == "csv";
  std::optional<DataSet> data;
  if (needs_data && document.data)
    data = in_file(options.file, [&] {
      DataSet made = make_data(*document.data, document.folder);
      if (options.to == "pytorch") check_fit(ready.plan, made);
      return made;
    });
  const DataSet* samples = data ? &*data : nullptr;

  Json files = Json::array();
  const auto write = [&](const std::string& file, const std::string& text) {
    write_file(file, text);
    files.push_back(file);
  };
  in_file(options.file, [&] {
    if (options.to == "pytorch")
      write(options.out, to_pytorch(ready, samples));
    else if (options.to == "onnx")
      write(options.out, to_onnx(ready));
    else if (options.to == "safetensors")
      write(options.out, to_safetensors(ready));
    else {
      write(options.out, samples ? data_csv(*samples) : weights_csv(ready));
      if (samples) write(beside(options.out), weights_csv(ready));
    }
  });
  if (options.json) {
    Json answer{{"file", options.out}};
    if (files.size() > 1) answer["files"] = files;
    print(answer);
    return;
  }
  for (const auto& file : files) fmt::print("saved as {}\n", file.get<std::string>());
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
      ->check(CLI::IsMember({"pytorch", "onnx", "safetensors", "csv"}));
  command->add_option("--out", options->out, "the file to write")->required();
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
