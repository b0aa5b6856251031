#pragma once
/// Which samples make the next step.
#include <cstdint>
#include <span>
#include <vector>

#include "train/training.h"

namespace crease {

/// The order of an epoch depends only on the seed and the epoch's number, so (epoch, position) is
/// the whole state.
class Sampler {
 public:
  Sampler(std::vector<std::size_t> samples, const Training& training);

  /// The samples of the next step; valid until the next call. The last batch of an epoch may be
  /// short.
  std::span<const std::size_t> next();

  long epoch() const { return epoch_; }
  long position() const { return position_; }
  void go_to(long epoch, long position);
  /// Steps from one epoch's start to the next.
  long steps_per_epoch() const;

 private:
  void arrange();

  std::vector<std::size_t> samples_;
  std::vector<std::size_t> order_;
  Sampling sampling_;
  std::size_t batch_;
  std::uint64_t seed_;
  long epoch_ = 0;
  long position_ = 0;
  long arranged_ = -1;
};

}  // namespace crease
