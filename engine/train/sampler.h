#pragma once
/// Which samples make the next step.
#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "train/training.h"

namespace crease {

/// The samples of an epoch and their order depend only on the seed and the epoch's number, so
/// (epoch, position) is the whole state.
class Sampler {
 public:
  /// `data` tells the classes of its samples. Throws Problem where they cannot be balanced.
  Sampler(std::vector<std::size_t> samples, const Training& training, const DataSet& data);

  /// The samples of the next step; valid until the next call. The last batch of an epoch may be
  /// short.
  std::span<const std::size_t> next();

  long epoch() const { return epoch_; }
  long position() const { return position_; }
  void go_to(long epoch, long position);
  std::size_t batch_size() const { return batch_; }
  /// Samples drawn in one epoch.
  std::size_t epoch_size() const { return size_; }
  /// Steps from one epoch's start to the next.
  long steps_per_epoch() const;

 private:
  void arrange();

  std::vector<std::size_t> samples_;
  std::vector<std::vector<std::size_t>> groups_;  ///< the samples of each class, to be balanced
  std::vector<std::size_t> order_;
  Sampling sampling_;
  Balance balance_;
  std::size_t size_ = 0;
  std::size_t batch_;
  std::uint64_t seed_;
  long epoch_ = 0;
  long position_ = 0;
  long arranged_ = -1;
};

}  // namespace crease
