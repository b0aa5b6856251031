#pragma once
/// From a document's `data` settings to a data set that is split, standardised and ready to train
/// on.
#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/fields.h"
#include "data/dataset.h"
#include "data/sources.h"

namespace crease {

struct DataSettings {
  Source source;
  std::optional<int> samples;
  double noise = 0;
  double test_fraction = 0.5;
  double validation_fraction = 0;
  bool standardise = false;
  bool shuffle_features = false;
  bool reconstruct = false;
  std::uint64_t seed = 1;

  /// The settings a source starts with.
  static DataSettings of(const Source& source);

  static void fields(auto& self, auto&& visit) {
    visit(
        Field{
            .name = "source", .help = "where the samples come from", .tag = "source", .flat = true},
        self.source);
    visit(Field{.name = "samples",
                .help = "number of samples",
                .least = 1,
                .most = 1e7,
                .logarithmic = true,
                .from = 4,
                .to = 10000},
          self.samples);
    visit(Field{.name = "noise",
                .help = "0: clean samples; the meaning is the source's",
                .least = 0,
                .most = 10,
                .from = 0,
                .to = 1},
          self.noise);
    visit(Field{.name = "test_fraction",
                .help = "share kept back for testing",
                .least = 0,
                .most = 1,
                .below_most = true,
                .from = 0,
                .to = 0.9},
          self.test_fraction);
    visit(Field{.name = "validation_fraction",
                .help = "share kept back for choosing settings",
                .least = 0,
                .most = 1,
                .below_most = true,
                .from = 0,
                .to = 0.5,
                .rare = true},
          self.validation_fraction);
    visit(
        Field{.name = "standardise",
              .help = "shift and scale every input to mean 0 and variance 1 (of the training part)",
              .rare = true},
        self.standardise);
    visit(
        Field{
            .name = "shuffle_features", .help = "put the inputs in one random order", .rare = true},
        self.shuffle_features);
    visit(Field{.name = "reconstruct",
                .help = "the targets are the inputs themselves (an autoencoder)",
                .rare = true},
          self.reconstruct);
    visit(Field{.name = "seed", .help = "seed of the samples and of the split", .least = 0},
          self.seed);
  }
  bool operator==(const DataSettings&) const = default;
};

/// Rewrites relative paths, so that a document saved in folder `to` finds the files that it found
/// from folder `from`.
void move_paths(DataSettings& settings, const std::filesystem::path& from,
                const std::filesystem::path& to);

/// Makes the samples and splits them; `folder` is where relative paths start.
DataSet make_data(const DataSettings& settings, const std::filesystem::path& folder);

}  // namespace crease
