#pragma once
/// Samples of a data set laid into blocks of sixteen.
#include <memory>
#include <span>

#include "core/aligned.h"
#include "train/objective.h"

namespace crease {

/// Lays the inputs of at most sixteen samples into a block; dead lanes are 0.
template <class T>
void gather_inputs(const DataSet& data, std::span<const std::size_t> samples, T* x);

/// A data set with targets coded for one objective, in the precision of a run. Bytes stay bytes.
template <class T>
class Samples {
 public:
  Samples(std::shared_ptr<const DataSet> data, const Objective& objective);

  /// Fills the input block `x` and the target block `t` from at most sixteen samples; dead lanes
  /// are 0.
  void gather(std::span<const std::size_t> samples, T* x, T* t) const;
  /// The sums of the samples' shares in the averages, in the order given.
  PerLoss weights(std::span<const std::size_t> samples) const;

  Decision decision() const { return decision_; }
  const DataSet& data() const { return *data_; }

 private:
  std::shared_ptr<const DataSet> data_;
  std::size_t features_;
  std::size_t targets_per_sample_;
  AlignedVector<T> values_;       ///< one sample after the other; empty where the data is bytes
  AlignedVector<T> targets_;      ///< one sample after the other
  std::vector<PerLoss> weights_;  ///< one, where all are equal
  Decision decision_;
};

}  // namespace crease
