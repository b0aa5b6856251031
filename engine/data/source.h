#pragma once
/// The contract of a data source: a described struct with
///   name, help                     its name in documents; a line for the menu
///   samples                        default number of samples; 0: as many as the source holds
///   test_fraction                  default share of the test part
///   fields()                       its own settings
///   DataSet make(const Request&) const   the samples, not split (unless the source fixes a test
///   part)
/// Throws Problem where a file or a setting is wrong.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/fields.h"
#include "core/problem.h"
#include "core/random.h"
#include "data/dataset.h"

namespace crease {

/// What a source is asked for.
struct Request {
  std::optional<int> samples;  ///< set for every generated source
  double noise = 0;
  Random& random;
  std::filesystem::path folder;  ///< relative paths start here (the document's folder)

  int count() const { return samples.value_or(0); }
  /// How many of the `held` samples of a stored source are wanted: the first ones.
  std::size_t keep(std::size_t held) const {
    return samples ? std::min(held, static_cast<std::size_t>(*samples)) : held;
  }
};

namespace source {

/// A classification set in the plane with `count` samples, to be filled.
inline DataSet plane(int count, int classes) {
  DataSet data;
  data.shape = Shape::features(2);
  data.values.resize(2, count);
  data.classes.resize(static_cast<std::size_t>(count));
  data.class_count = classes;
  return data;
}

inline void put(DataSet& data, int sample, double x, double y, int its_class) {
  data.values(0, sample) = x;
  data.values(1, sample) = y;
  data.classes[static_cast<std::size_t>(sample)] = its_class;
}

/// The first half of an odd number is the larger one.
inline bool in_first_half(int sample, int count) { return sample < count - count / 2; }

}  // namespace source
}  // namespace crease
