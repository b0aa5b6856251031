#pragma once
/// MNIST's own file format (LeCun, Cortes and Burges): images and labels as bytes, packed or not.
#include <filesystem>
#include <optional>
#include <string>

#include "data/source.h"

namespace crease {

namespace source {

/// The two files of one part.
struct IdxPart {
  std::filesystem::path images;
  std::filesystem::path labels;
};

/// Grey images [1, h, w] as bytes and their classes. With a test part it follows the training part,
/// and data.train and data.test name the two; `samples` keeps the first images of the training part
/// only.
DataSet read_idx(const IdxPart& train, const std::optional<IdxPart>& test, const Request& request);

}  // namespace source

struct Idx {
  static constexpr std::string_view name = "idx";
  static constexpr std::string_view help = "images and labels in MNIST's file format";
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0.5;
  std::string images;
  std::string labels;
  std::string test_images;
  std::string test_labels;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "images", .help = "file of images", .is_path = true}, self.images);
    visit(Field{.name = "labels", .help = "file of labels", .is_path = true}, self.labels);
    visit(Field{.name = "test_images",
                .help = "file of test images; empty: split some off",
                .is_path = true},
          self.test_images);
    visit(Field{.name = "test_labels", .help = "file of test labels", .is_path = true},
          self.test_labels);
  }
  DataSet make(const Request& request) const;
  bool operator==(const Idx&) const = default;
};

}  // namespace crease
