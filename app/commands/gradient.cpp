#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands/command.h"
#include "train/derivatives.h"
#include "train/objective.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, batch, precision = "float", mode = "eval";
  bool json = false;
};

/// What is wrong with the document is said of it, and all else of the batch.
template <class T>
Derivatives derivatives(const Options& options, const Document& document, const GivenBatch& batch) {
  const Plan plan = checked_plan<T>(options.file, document);
  in_file(options.file, [&] { return Objective(document.training, plan); });
  return in_file(options.batch,
                 [&] { return differentiate<T>(document, batch, options.mode == "train"); });
}

void run(const Options& options) {
  const Document document = open(options.file);
  const GivenBatch batch = read_file(options.batch, batch_from_json);
  const Derivatives result = options.precision == "double"
                                 ? derivatives<double>(options, document, batch)
                                 : derivatives<float>(options, document, batch);
  if (options.json) {
    const json::Writing how;
    Json json;
    json["loss"] = result.loss;
    json["output"] = json::write(result.output, how);
    const auto tensors = [&](const char* name, const Tensors& list) {
      json[name] = Json::object();
      for (const auto& [key, tensor] : list) json[name][key] = json::write(tensor, how);
    };
    tensors("gradients", result.gradients);
    json["input_gradient"] = json::write(result.input_gradient, how);
    tensors("statistics", result.statistics);
    tensors("trace", result.trace);
    print(json);
    return;
  }
  fmt::print("loss {}\n", result.loss);
  for (const auto& [name, tensor] : result.gradients)
    fmt::print("d loss / d {} {}: {}\n", name, to_string(tensor.shape),
               fmt::join(tensor.data, ", "));
}

}  // namespace

void add_gradient(CLI::App& app) {
  auto* command = app.add_subcommand("gradient", "the loss and every derivative on one batch");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command->add_option("--batch", options->batch, "{\"input\": tensor, \"target\": tensor}")
      ->required();
  command->add_option("--precision", options->precision, "float or double")
      ->check(CLI::IsMember({"float", "double"}));
  command->add_option("--mode", options->mode, "train or eval")
      ->check(CLI::IsMember({"train", "eval"}));
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
