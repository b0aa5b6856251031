#include "train/gather.h"

#include <algorithm>

namespace crease {

template <class T>
Samples<T>::Samples(std::shared_ptr<const DataSet> data, const Objective& objective)
    : data_(std::move(data)),
      features_(data_->shape.size()),
      targets_per_sample_(static_cast<std::size_t>(objective.targets())) {
  const auto copy = [](const Eigen::MatrixXd& from, AlignedVector<T>& to) {
    to.resize(static_cast<std::size_t>(from.size()));
    std::transform(from.data(), from.data() + from.size(), to.begin(),
                   [](double value) { return static_cast<T>(value); });
  };
  if (data_->bytes.empty()) copy(data_->values, values_);
  const Targets targets = objective.code(*data_);
  copy(targets.coded, targets_);
  decision_ = targets.decision;
  for (Eigen::Index i = 0; i < targets.coded.cols(); ++i)
    weights_.push_back(objective.weights(targets.coded.data() + i * targets.coded.rows()));
  const bool equal = std::all_of(weights_.begin(), weights_.end(),
                                 [&](const PerLoss& w) { return w == weights_.front(); });
  if (equal) weights_.resize(1);
}

namespace {

/// One sample after the other -> one feature after the other, sixteen lanes wide.
template <class From, class T, class Convert>
void interleave(const From* from, std::size_t features, std::span<const std::size_t> samples, T* to,
                const Convert& convert) {
  if (samples.size() == lanes) {
    const From* rows[lanes];
    for (std::size_t s = 0; s < lanes; ++s) rows[s] = from + samples[s] * features;
    for (std::size_t f = 0; f < features; ++f)
      for (std::size_t s = 0; s < lanes; ++s) to[f * lanes + s] = convert(rows[s][f]);
    return;
  }
  for (std::size_t f = 0; f < features; ++f)
    for (std::size_t s = 0; s < lanes; ++s)
      to[f * lanes + s] = s < samples.size() ? convert(from[samples[s] * features + f]) : T{0};
}

}  // namespace

template <class T>
void gather_inputs(const DataSet& data, std::span<const std::size_t> samples, T* x) {
  if (data.bytes.empty())
    interleave(data.values.data(), data.shape.size(), samples, x,
               [](double value) { return static_cast<T>(value); });
  else
    interleave(data.bytes.data(), data.shape.size(), samples, x,
               [](std::uint8_t byte) { return static_cast<T>(byte) * static_cast<T>(1.0 / 255); });
}

template <class T>
void Samples<T>::gather(std::span<const std::size_t> samples, T* x, T* t) const {
  const auto same = [](T value) { return value; };
  if (data_->bytes.empty())
    interleave(values_.data(), features_, samples, x, same);
  else
    gather_inputs(*data_, samples, x);
  interleave(targets_.data(), targets_per_sample_, samples, t, same);
}

template <class T>
PerLoss Samples<T>::weights(std::span<const std::size_t> samples) const {
  PerLoss total{};
  if (weights_.size() == 1) {
    total = weights_.front();
    for (double& weight : total) weight *= static_cast<double>(samples.size());
    return total;
  }
  for (const std::size_t i : samples)
    for (std::size_t k = 0; k < total.size(); ++k) total[k] += weights_[i][k];
  return total;
}

template void gather_inputs(const DataSet&, std::span<const std::size_t>, float*);
template void gather_inputs(const DataSet&, std::span<const std::size_t>, double*);
template class Samples<float>;
template class Samples<double>;

}  // namespace crease
