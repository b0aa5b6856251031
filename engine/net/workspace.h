#pragma once
/// The memory in which one worker runs a plan, one block of sixteen samples at a time.
#include <vector>

#include "core/aligned.h"
#include "net/plan.h"

namespace crease {

/// What a workspace is for.
enum class Purpose { inference, training, training_with_input_gradient };

/// All passes are laid out once; forward and backward allocate nothing.
template <class T>
class Workspace {
 public:
  Workspace(const Plan& plan, Purpose purpose);

  /// The flat parameters to read; call again when they move.
  void use_parameters(const T* parameters);
  /// The flat gradient that backward adds to; that of frozen parameters only if asked for.
  void use_gradient(T* gradient, bool frozen_too = false);

  T* input() { return input_; }
  const T* output() const { return outputs_.back(); }
  const T* output(std::size_t node) const { return outputs_[node]; }
  /// dL/dy of the last node: the loss writes it, backward reads it.
  T* output_gradient() { return output_gradients_.back(); }
  const T* input_gradient() const { return input_gradient_; }

  /// From input() to output(), for `samples` live lanes.
  void forward(int samples, bool training, const Occasion& occasion = {}) {
    begin(samples, training, occasion);
    forward_nodes(0, passes_.size());
  }
  /// From output_gradient() to the gradient (and the input's).
  void backward() { backward_nodes(0, passes_.size()); }

  // The same in parts, for a batch whose blocks wait for each other (net/whole_batch.h).
  void begin(int samples, bool training, const Occasion& occasion);
  void forward_nodes(std::size_t first, std::size_t last);
  void backward_nodes(std::size_t first, std::size_t last);
  const Pass<T>& pass(std::size_t node) const { return passes_[node]; }
  /// What a node that looks across the batch has found there; null: it is to use what it knows.
  void share(std::size_t node, const T* shared) { passes_[node].shared = shared; }

 private:
  const Plan* plan_;
  std::vector<Pass<T>> passes_;
  AlignedVector<T> memory_;
  T* input_ = nullptr;
  T* input_gradient_ = nullptr;
  std::vector<T*> outputs_;
  std::vector<T*> output_gradients_;
};

}  // namespace crease
