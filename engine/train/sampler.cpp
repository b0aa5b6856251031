#include "train/sampler.h"

#include <algorithm>
#include <map>

#include "core/random.h"

namespace crease {

namespace {

/// The samples of each class, in the order of the classes; of targets given in the document, of
/// each value they take.
std::vector<std::vector<std::size_t>> classes_of(const std::vector<std::size_t>& samples,
                                                 const DataSet& data) {
  const Problem no_classes("training.balance",
                           "over and under need data with classes: these have real targets");
  if (!data.is_classification() && !data.targets_as_given) throw no_classes;
  std::map<std::vector<double>, std::vector<std::size_t>> groups;
  for (const std::size_t i : samples) {
    std::vector<double> key;
    if (data.is_classification()) {
      key.push_back(data.classes[i]);
    } else {
      const auto column = data.targets.col(static_cast<Eigen::Index>(i));
      key.assign(column.begin(), column.end());
    }
    groups[key].push_back(i);
  }
  if (!data.is_classification() && 2 * groups.size() > samples.size() && samples.size() > 2)
    throw no_classes;
  std::vector<std::vector<std::size_t>> list;
  for (auto& group : groups) list.push_back(std::move(group.second));
  return list;
}

}  // namespace

Sampler::Sampler(std::vector<std::size_t> samples, const Training& training, const DataSet& data)
    : samples_(std::move(samples)),
      sampling_(training.sampling),
      balance_(training.balance),
      size_(samples_.size()),
      seed_(training.seed) {
  if (balance_ != Balance::none) {
    groups_ = classes_of(samples_, data);
    const auto sizes = [](const auto& a, const auto& b) { return a.size() < b.size(); };
    const auto [least, most] = std::minmax_element(groups_.begin(), groups_.end(), sizes);
    size_ = groups_.size() * (balance_ == Balance::over ? most->size() : least->size());
  }
  batch_ = training.batch.full || sampling_ == Sampling::full
               ? size_
               : std::min(size_, static_cast<std::size_t>(training.batch.size));
  if (sampling_ == Sampling::one) batch_ = 1;
  // A full batch has no order: the stored one is kept, so that sums are the same each epoch.
  if (batch_ == size_ && sampling_ != Sampling::replacement) sampling_ = Sampling::full;
}

void Sampler::arrange() {
  if (arranged_ == epoch_) return;
  const auto epoch = static_cast<std::uint64_t>(epoch_);
  const bool shuffles = sampling_ == Sampling::shuffle || sampling_ == Sampling::one;
  if (balance_ != Balance::none) {
    Random random(seed_, "balance", epoch);
    order_.clear();
    const std::size_t each = size_ / groups_.size();
    for (std::vector<std::size_t> group : groups_) {
      const std::size_t held = group.size();
      if (held > each) random.shuffle(group);
      for (std::size_t i = held; i < each; ++i) group.push_back(group[random.below(held)]);
      order_.insert(order_.end(), group.begin(), group.begin() + static_cast<std::ptrdiff_t>(each));
    }
    std::sort(order_.begin(), order_.end());
  } else if (order_.empty() || shuffles || sampling_ == Sampling::replacement) {
    order_ = samples_;
  }
  Random random(seed_, "order", epoch);
  if (shuffles) random.shuffle(order_);
  if (sampling_ == Sampling::replacement) {
    const std::vector<std::size_t> all = order_;
    for (std::size_t& drawn : order_) drawn = all[random.below(all.size())];
  }
  arranged_ = epoch_;
}

std::span<const std::size_t> Sampler::next() {
  if (static_cast<std::size_t>(position_) >= size_) {
    ++epoch_;
    position_ = 0;
  }
  arrange();
  const auto start = static_cast<std::size_t>(position_);
  const std::size_t count = std::min(batch_, size_ - start);
  position_ += static_cast<long>(count);
  return {order_.data() + start, count};
}

void Sampler::go_to(long epoch, long position) {
  epoch_ = epoch;
  position_ = std::min(position, static_cast<long>(size_));
}

long Sampler::steps_per_epoch() const { return static_cast<long>((size_ + batch_ - 1) / batch_); }

}  // namespace crease
