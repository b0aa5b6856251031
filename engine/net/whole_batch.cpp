#include "net/whole_batch.h"

#include <fmt/format.h>

namespace crease {

namespace {

constexpr int most_pieces = 16;

}  // namespace

template <class T>
void WholeBatch<T>::check(const Plan& plan, std::size_t samples) {
  double values = static_cast<double>(plan.input.size());
  for (const PlanNode& node : plan.nodes)
    values += 2 * static_cast<double>(node.shape.size()) + static_cast<double>(node.memory.kept);
  const double bytes = values * static_cast<double>(samples) * sizeof(T);
  constexpr double most = 4e9;
  if (bytes > most)
    throw Problem(
        "training.batch",
        fmt::format("batch_norm looks at a whole batch at once, and {} samples would take "
                    "{:.0f} GB of memory: at most {:.0f} samples are allowed for this "
                    "network",
                    samples, bytes / 1e9, std::floor(most / bytes * static_cast<double>(samples))));
}

template <class T>
void WholeBatch<T>::prepare(std::size_t samples, const T* parameters) {
  samples_ = samples;
  while (workspaces_.size() < blocks())
    workspaces_.push_back(std::make_unique<Workspace<T>>(*plan_, purpose_));
  if (shared_.empty())
    for (const PlanNode& node : plan_->nodes)
      shared_.emplace_back(node.across_batch ? BatchNorm::shared_numbers(std::span(&node.shape, 1))
                                             : 0);
  for (std::size_t b = 0; b < blocks(); ++b) {
    block(b).use_parameters(parameters);
    for (std::size_t i = 0; i < shared_.size(); ++i) block(b).share(i, nullptr);
  }
  parts_.resize(blocks());
}

template <class T>
int WholeBatch<T>::pieces() const {
  return static_cast<int>(std::min<std::size_t>(most_pieces, blocks()));
}

template <class T>
std::size_t WholeBatch<T>::first_block(int piece) const {
  return static_cast<std::size_t>(piece) * blocks() / static_cast<std::size_t>(pieces());
}

template <class T>
template <class Work>
void WholeBatch<T>::each_block(const Share& share, const Work& work) {
  share(pieces(), [&](int piece) {
    for (std::size_t b = first_block(piece); b < first_block(piece + 1); ++b) work(b);
  });
}

template <class T>
void WholeBatch<T>::meet(std::size_t node, bool backward, const Share& share) {
  const auto& norm = std::get<BatchNorm>(plan_->nodes[node].layer);
  each_block(share, [&](std::size_t b) { norm.measure(block(b).pass(node), backward, parts_[b]); });
  norm.settle(std::span<const BatchNorm::Part>(parts_), backward, shared_[node].data());
}

template <class T>
void WholeBatch<T>::forward(bool training, Occasion occasion, const Share& share) {
  training_ = training;
  const std::size_t count = plan_->nodes.size();
  for (std::size_t b = 0; b < blocks(); ++b) {
    Occasion its_own = occasion;
    its_own.block += b;
    block(b).begin(live(b), training, its_own);
  }
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    if (training && plan_->nodes[first].across_batch) {
      meet(first, false, share);
      for (std::size_t b = 0; b < blocks(); ++b) block(b).share(first, shared_[first].data());
    }
    while (last < count && !(training && plan_->nodes[last].across_batch)) ++last;
    each_block(share, [&](std::size_t b) { block(b).forward_nodes(first, last); });
    first = last;
  }
}

template <class T>
void WholeBatch<T>::backward(const Share& share) {
  for (std::size_t last = plan_->nodes.size(); last > 0;) {
    std::size_t first = last - 1;
    const auto meets = [&](std::size_t node) {
      return training_ && plan_->nodes[node].across_batch && plan_->nodes[node].reaches_output;
    };
    if (meets(last - 1)) meet(last - 1, true, share);
    while (first > 0 && !meets(first - 1)) --first;
    each_block(share, [&](std::size_t b) { block(b).backward_nodes(first, last); });
    last = first;
  }
}

template <class T>
void WholeBatch<T>::move_statistics(AlignedVector<T>& parameters) const {
  for (std::size_t i = 0; i < plan_->nodes.size(); ++i) {
    const PlanNode& node = plan_->nodes[i];
    if (!node.across_batch || !training_ || plan_->segments[node.segments[0]].frozen) continue;
    const auto at = [&](std::size_t s) {
      return parameters.data() + plan_->segments[node.segments[s]].offset;
    };
    const double count = static_cast<double>(samples_ * node.shape.size()) / node.shape.channels;
    std::get<BatchNorm>(node.layer)
        .move_statistics(static_cast<std::size_t>(node.shape.channels), count, shared_[i].data(),
                         at(2), at(3));
  }
}

template class WholeBatch<float>;
template class WholeBatch<double>;

}  // namespace crease
