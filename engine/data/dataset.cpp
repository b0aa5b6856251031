#include "data/dataset.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace crease {

namespace {

/// FNV-1a over words instead of bytes: a large set is read in a few milliseconds.
class Mixer {
 public:
  void add(std::uint64_t word) {
    sum_ = (sum_ ^ word) * 0x100000001b3ULL;
    sum_ ^= sum_ >> 29;
  }
  template <class T>
  void add(std::span<const T> items) {
    add(items.size());
    const auto bytes = std::as_bytes(items);
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
      add(word);
    }
  }
  void add(const Eigen::MatrixXd& matrix) {
    add(static_cast<std::uint64_t>(matrix.rows()));
    add(std::span(matrix.data(), static_cast<std::size_t>(matrix.size())));
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::uint64_t number_of(const DataSet& data) {
  Mixer mixer;
  for (const std::size_t size : data.shape.dimensions()) mixer.add(size);
  mixer.add(data.values);
  mixer.add(std::span<const std::uint8_t>(data.bytes));
  mixer.add(std::span<const int>(data.classes));
  mixer.add(static_cast<std::uint64_t>(data.class_count));
  mixer.add(data.targets);
  mixer.add(static_cast<std::uint64_t>(data.targets_as_given));
  for (const auto* part : {&data.train, &data.validation, &data.test})
    mixer.add(std::span<const std::size_t>(*part));
  return mixer.sum();
}

}  // namespace crease
