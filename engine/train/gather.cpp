#include "train/gather.h"

#include <algorithm>

namespace crease {

template <class T>
Samples<T>::Samples(std::shared_ptr<const DataSet> data, const Objective& objective)
    : data_(std::move(data)),
      features_(data_->shape.size()),
      outputs_(static_cast<std::size_t>(objective.outputs())) {
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
    weights_.push_back(objective.weight(targets.coded.data() + i * targets.coded.rows()));
  equal_weights_ = std::all_of(weights_.begin(), weights_.end(),
                               [&](double w) { return w == weights_.front(); });
}

namespace {

/// One sample after the other -> one feature after the other, sixteen lanes wide.
template <class From, class T, class Convert>
void interleave(const From* from, std::size_t features, std::span<const std::size_t> samples, T* to,
                const Convert& convert) {
  const From* rows[lanes];
  for (std::size_t s = 0; s < samples.size(); ++s) rows[s] = from + samples[s] * features;
  if (samples.size() == lanes) {
    for (std::size_t f = 0; f < features; ++f)
      for (int s = 0; s < lanes; ++s)
        to[f * lanes + static_cast<std::size_t>(s)] = convert(rows[s][f]);
    return;
  }
  for (std::size_t f = 0; f < features; ++f)
    for (std::size_t s = 0; s < lanes; ++s)
      to[f * lanes + s] = s < samples.size() ? convert(rows[s][f]) : T{0};
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
  interleave(targets_.data(), outputs_, samples, t, same);
}

template <class T>
double Samples<T>::weights(std::span<const std::size_t> samples) const {
  if (equal_weights_) return weights_.front() * static_cast<double>(samples.size());
  double total = 0;
  for (const std::size_t i : samples) total += weights_[i];
  return total;
}

template void gather_inputs(const DataSet&, std::span<const std::size_t>, float*);
template void gather_inputs(const DataSet&, std::span<const std::size_t>, double*);
template class Samples<float>;
template class Samples<double>;

}  // namespace crease
