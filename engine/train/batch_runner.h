#pragma once
/// Batches through a plan, on as many threads as there are, with results that do not depend on
/// them.
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/tasks.h"
#include "net/whole_batch.h"
#include "train/gather.h"
#include "train/objective.h"

namespace crease {

/// Loss and accuracy over a part of the data.
struct Score {
  double loss = 0;
  double accuracy = 0;
  bool has_accuracy = false;
  std::size_t samples = 0;  ///< that were measured
};

/// A score that is worked out a slice at a time; the same bits as at once.
struct PartialScore {
  std::span<const std::size_t> samples = {};
  std::vector<double> losses = {};  ///< divided: they add up to the mean
  std::vector<double> right = {};
  PerLoss divisors = {};

  bool done() const { return losses.size() == samples.size(); }
};

/// A batch is cut into chunks of a size that depends on the plan only. Each chunk sums its own
/// gradient; chunks are added in order. So the bits are the same for any number of threads.
template <class T>
class BatchRunner {
 public:
  BatchRunner(const Plan& plan, const Objective& objective, Tasks& tasks);

  /// The mean loss of `samples` and its gradient with respect to the flat parameters.
  double loss_and_gradient(const Samples<T>& data, std::span<const std::size_t> samples,
                           const AlignedVector<T>& parameters, AlignedVector<T>& gradient,
                           const Occasion& occasion = {});
  /// Moves the running statistics as that batch has it.
  void move_statistics(AlignedVector<T>& parameters) const {
    if (whole_) whole_->move_statistics(parameters);
  }
  /// The first node, of those that the last batch went through, whose output is not finite; empty
  /// where all are.
  std::string first_non_finite(const Samples<T>& data, std::span<const std::size_t> samples,
                               const AlignedVector<T>& parameters, const Occasion& occasion);
  /// Forward only.
  Score score(const Samples<T>& data, std::span<const std::size_t> samples,
              const AlignedVector<T>& parameters);
  /// Goes on with a score by `count` samples, rounded up to whole blocks of sixteen.
  void go_on(PartialScore& partial, std::size_t count, const Samples<T>& data,
             const AlignedVector<T>& parameters);
  /// The score of a partial one that is done.
  Score finish(const PartialScore& partial, const Samples<T>& data) const;

 private:
  struct Worker {
    Worker(const Plan& plan, Purpose purpose, int numbers)
        : workspace(plan, purpose), targets(static_cast<std::size_t>(numbers) * lanes) {}
    Workspace<T> workspace;
    AlignedVector<T> targets;
  };
  std::vector<std::unique_ptr<Worker>>& workers(Purpose purpose);
  /// Calls work(i, worker) for each piece: on all threads, or on this one where that is quicker.
  template <class Work>
  void share(std::size_t pieces, std::size_t samples, const Work& work);
  /// `first`: the chunk's first block.
  void run_chunk(Worker& worker, const Samples<T>& data, std::span<const std::size_t> samples,
                 const PerLoss& divisors, Occasion first, T* gradient, double* losses);
  /// A batch whose samples depend on each other.
  void run_whole(const Samples<T>& data, std::span<const std::size_t> samples,
                 const PerLoss& divisors, const Occasion& occasion,
                 const AlignedVector<T>& parameters, AlignedVector<T>& gradient);
  /// Adds gradients of chunks [from, count) to `gradient`, in order.
  void add_chunks(std::size_t from, std::size_t count, AlignedVector<T>& gradient);

  const Plan* plan_;
  const Objective* objective_;
  Tasks* tasks_;
  std::size_t chunk_;
  std::vector<std::unique_ptr<Worker>> training_workers_, inference_workers_;
  std::vector<AlignedVector<T>> chunk_gradients_;
  std::vector<double> losses_;
  std::unique_ptr<WholeBatch<T>> whole_;
  AlignedVector<T> whole_targets_;
};

}  // namespace crease
