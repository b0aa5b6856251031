#pragma once
/// A batch whose samples depend on each other: every block has memory of its own, and all blocks
/// come to a node that looks across the batch (batch normalisation) before any goes on.
#include <functional>
#include <memory>

#include "net/workspace.h"

namespace crease {

/// Works for any plan; others than those with such nodes need it not.
template <class T>
class WholeBatch {
 public:
  /// Calls work(i) for i in 0 .. count - 1, in any order, on any threads.
  using Share = std::function<void(int count, const std::function<void(int)>& work)>;

  WholeBatch(const Plan& plan, Purpose purpose) : plan_(&plan), purpose_(purpose) {}

  /// Throws Problem where a batch of this size would take too much memory.
  static void check(const Plan& plan, std::size_t samples);
  /// Makes ready for that many samples.
  void prepare(std::size_t samples, const T* parameters);
  std::size_t blocks() const { return (samples_ + lanes - 1) / lanes; }
  Workspace<T>& block(std::size_t i) { return *workspaces_[i]; }
  int live(std::size_t i) const {
    return static_cast<int>(std::min<std::size_t>(lanes, samples_ - i * lanes));
  }
  /// Blocks are worked on by pieces of consecutive ones; how many follows from the batch alone.
  int pieces() const;
  std::size_t first_block(int piece) const;

  /// From the inputs of all blocks to their outputs; `occasion` of the first.
  void forward(bool training, Occasion occasion, const Share& share);
  /// From the output gradients of all blocks to their gradients.
  void backward(const Share& share);
  /// One step of the running statistics in the flat parameters, after a forward pass in training;
  /// those of frozen nodes stay.
  void move_statistics(AlignedVector<T>& parameters) const;

 private:
  /// Runs nodes [first, last) of every block.
  template <class Work>
  void each_block(const Share& share, const Work& work);
  void meet(std::size_t node, bool backward, const Share& share);

  const Plan* plan_;
  Purpose purpose_;
  std::size_t samples_ = 0;
  bool training_ = false;
  std::vector<std::unique_ptr<Workspace<T>>> workspaces_;
  std::vector<AlignedVector<T>> shared_;  ///< by node; empty where nothing is shared
  std::vector<BatchNorm::Part> parts_;
};

}  // namespace crease
