#pragma once
/// A document: one whole experiment, as a value and as a file NAME.crease.json.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/data.h"
#include "net/network.h"
#include "net/parameters.h"
#include "train/json_fields.h"
#include "train/training.h"

namespace crease {

/// Where a run stands besides its parameters: with it training continues to the bit.
struct RunState {
  long step = 0;                           ///< optimiser steps since the start
  long epoch = 0;                          ///< completed passes over the training part
  long position = 0;                       ///< samples of this epoch that are used up
  long updates = 0;                        ///< steps since the optimiser's moments were zero
  std::map<std::string, Tensors> moments;  ///< by the optimiser's names for them, then by parameter

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "step", .help = "optimiser steps so far", .least = 0}, self.step);
    visit(Field{.name = "epoch", .help = "completed epochs", .least = 0}, self.epoch);
    visit(Field{.name = "position", .help = "samples used in this epoch", .least = 0},
          self.position);
    visit(Field{.name = "updates", .help = "steps since the moments were zero", .least = 0},
          self.updates);
    visit(Field{.name = "moments", .help = "the optimiser's memory"}, self.moments);
  }
  bool operator==(const RunState&) const = default;
};

struct Document {
  std::string title;
  std::optional<DataSettings> data;
  Network network;
  Training training;
  Tensors weights;  ///< by parameter name; what is missing starts from the initialiser
  RunState state;

  std::filesystem::path folder;  ///< where relative paths start
  std::vector<std::string> warnings;
  std::vector<json::UnknownField> unknown;
  std::string view = "{}";  ///< the window's own settings, as JSON
};

/// Throws Problem ("file: where: what is wrong, what is allowed").
Document load_document(const std::filesystem::path& file);
Document document_from_json(const Json& json);
Json document_to_json(const Document& document);
void save_document(const Document& document, const std::filesystem::path& file);

}  // namespace crease
