#include "train/sampler.h"

#include <algorithm>

#include "core/random.h"

namespace crease {

Sampler::Sampler(std::vector<std::size_t> samples, const Training& training)
    : samples_(std::move(samples)),
      sampling_(training.sampling),
      batch_(training.batch.full || training.sampling == Sampling::full
                 ? samples_.size()
                 : std::min(samples_.size(), static_cast<std::size_t>(training.batch.size))),
      seed_(training.seed) {
  // A full batch has no order: the stored one is kept, so that sums are the same each epoch.
  if (batch_ == samples_.size()) sampling_ = Sampling::full;
}

void Sampler::arrange() {
  if (arranged_ == epoch_) return;
  if (order_.empty() || sampling_ == Sampling::shuffle) order_ = samples_;
  if (sampling_ == Sampling::shuffle)
    Random(seed_, "order", static_cast<std::uint64_t>(epoch_)).shuffle(order_);
  arranged_ = epoch_;
}

std::span<const std::size_t> Sampler::next() {
  if (static_cast<std::size_t>(position_) >= samples_.size()) {
    ++epoch_;
    position_ = 0;
  }
  arrange();
  const auto start = static_cast<std::size_t>(position_);
  const std::size_t count = std::min(batch_, samples_.size() - start);
  position_ += static_cast<long>(count);
  return {order_.data() + start, count};
}

void Sampler::go_to(long epoch, long position) {
  epoch_ = epoch;
  position_ = std::min(position, static_cast<long>(samples_.size()));
}

long Sampler::steps_per_epoch() const {
  return static_cast<long>((samples_.size() + batch_ - 1) / batch_);
}

}  // namespace crease
