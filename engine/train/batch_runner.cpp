#include "train/batch_runner.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crease {

namespace {

/// Chunks whose gradients are held at once: enough to keep any number of threads busy.
constexpr std::size_t wave = 16;

/// One block where weights are reused within a sample (convolutions), so that two threads can share
/// a small batch; two where adding up the gradients of a chunk would cost as much as a part of the
/// work.
std::size_t chunk_size(const Plan& plan) {
  const bool reuses = plan.multiplications >= 8 * static_cast<double>(plan.parameter_count);
  return reuses ? lanes : 2 * lanes;
}

std::size_t divide_up(std::size_t n, std::size_t by) { return (n + by - 1) / by; }

}  // namespace

template <class T>
BatchRunner<T>::BatchRunner(const Plan& plan, const Objective& objective, Tasks& tasks)
    : plan_(&plan), objective_(&objective), tasks_(&tasks), chunk_(chunk_size(plan)) {}

template <class T>
auto BatchRunner<T>::workers(Purpose purpose) -> std::vector<std::unique_ptr<Worker>>& {
  auto& list = purpose == Purpose::inference ? inference_workers_ : training_workers_;
  while (list.size() < static_cast<std::size_t>(tasks_->threads()))
    list.push_back(std::make_unique<Worker>(*plan_, purpose, objective_->targets()));
  return list;
}

template <class T>
template <class Work>
void BatchRunner<T>::share(std::size_t pieces, std::size_t samples, const Work& work) {
  // Waking a sleeping worker takes longer than a small network's whole batch.
  constexpr double worth_sharing = 1e6;
  const int count = static_cast<int>(pieces);
  if (plan_->multiplications * static_cast<double>(samples) >= worth_sharing)
    tasks_->run(count, work);
  else
    for (int i = 0; i < count; ++i) work(i, 0);
}

template <class T>
void BatchRunner<T>::run_chunk(Worker& worker, const Samples<T>& data,
                               std::span<const std::size_t> samples, const PerLoss& divisors,
                               Occasion first, T* gradient, double* losses) {
  std::fill_n(gradient, plan_->length, T{0});
  worker.workspace.use_gradient(gradient);
  for (std::size_t start = 0; start < samples.size(); start += lanes) {
    const auto block = samples.subspan(start, std::min<std::size_t>(lanes, samples.size() - start));
    const int live = static_cast<int>(block.size());
    data.gather(block, worker.workspace.input(), worker.targets.data());
    Occasion here = first;
    here.block += start / lanes;
    worker.workspace.forward(live, true, here);
    const Lanes<T> values = objective_->apply(worker.workspace.output(), worker.targets.data(),
                                              worker.workspace.output_gradient(), live, divisors);
    for (int s = 0; s < live; ++s)
      losses[start + static_cast<std::size_t>(s)] = static_cast<double>(values[s]);
    worker.workspace.backward();
  }
}

template <class T>
double BatchRunner<T>::loss_and_gradient(const Samples<T>& data,
                                         std::span<const std::size_t> samples,
                                         const AlignedVector<T>& parameters,
                                         AlignedVector<T>& gradient, const Occasion& occasion) {
  const PerLoss divisors = objective_->divisors(samples.size(), data.weights(samples));
  losses_.resize(samples.size());
  gradient.resize(plan_->length);
  if (plan_->across_batch) {
    run_whole(data, samples, divisors, occasion, parameters, gradient);
    return std::accumulate(losses_.begin(), losses_.end(), 0.0);
  }
  auto& team = workers(Purpose::training);
  for (auto& worker : team) worker->workspace.use_parameters(parameters.data());
  const std::size_t chunks = divide_up(samples.size(), chunk_);

  for (std::size_t first = 0; first < chunks; first += wave) {
    const std::size_t count = std::min(wave, chunks - first);
    // The very first chunk writes into the result; the others are added to it in order.
    const std::size_t offset = first == 0 ? 1 : 0;
    while (chunk_gradients_.size() + offset < count) chunk_gradients_.emplace_back(plan_->length);
    share(count, count * chunk_, [&](int i, int worker) {
      const std::size_t chunk = first + static_cast<std::size_t>(i);
      const std::size_t start = chunk * chunk_;
      const auto part = samples.subspan(start, std::min(chunk_, samples.size() - start));
      T* to = chunk == 0 ? gradient.data()
                         : chunk_gradients_[static_cast<std::size_t>(i) - offset].data();
      Occasion here = occasion;
      here.block += start / lanes;
      run_chunk(*team[static_cast<std::size_t>(worker)], data, part, divisors, here, to,
                losses_.data() + start);
    });
    add_chunks(0, count - offset, gradient);
  }
  return std::accumulate(losses_.begin(), losses_.end(), 0.0);
}

template <class T>
void BatchRunner<T>::add_chunks(std::size_t from, std::size_t count, AlignedVector<T>& gradient) {
  const auto length = static_cast<std::ptrdiff_t>(plan_->length);
  for (std::size_t i = from; i < count; ++i)
    Run<T>(gradient.data(), length) += ConstRun<T>(chunk_gradients_[i].data(), length);
}

template <class T>
void BatchRunner<T>::run_whole(const Samples<T>& data, std::span<const std::size_t> samples,
                               const PerLoss& divisors, const Occasion& occasion,
                               const AlignedVector<T>& parameters, AlignedVector<T>& gradient) {
  if (!whole_) whole_ = std::make_unique<WholeBatch<T>>(*plan_, Purpose::training);
  WholeBatch<T>& batch = *whole_;
  batch.prepare(samples.size(), parameters.data());
  const auto pieces = static_cast<std::size_t>(batch.pieces());
  while (chunk_gradients_.size() + 1 < pieces) chunk_gradients_.emplace_back(plan_->length);
  const auto each_block = [&](int piece, const auto& work) {
    for (std::size_t b = batch.first_block(piece); b < batch.first_block(piece + 1); ++b) work(b);
  };
  const auto block = [&](std::size_t b) {
    return samples.subspan(b * lanes, static_cast<std::size_t>(batch.live(b)));
  };
  const typename WholeBatch<T>::Share threads = [&](int count, const auto& work) {
    share(static_cast<std::size_t>(count), samples.size(), [&](int i, int) { work(i); });
  };
  const auto targets = static_cast<std::size_t>(objective_->targets()) * lanes;
  whole_targets_.resize(batch.blocks() * targets);
  threads(batch.pieces(), [&](int piece) {
    each_block(piece, [&](std::size_t b) {
      data.gather(block(b), batch.block(b).input(), whole_targets_.data() + b * targets);
    });
  });
  batch.forward(true, occasion, threads);
  threads(batch.pieces(), [&](int piece) {
    T* to =
        piece == 0 ? gradient.data() : chunk_gradients_[static_cast<std::size_t>(piece) - 1].data();
    std::fill_n(to, plan_->length, T{0});
    each_block(piece, [&](std::size_t b) {
      Workspace<T>& workspace = batch.block(b);
      workspace.use_gradient(to);
      const Lanes<T> values =
          objective_->apply(workspace.output(), whole_targets_.data() + b * targets,
                            workspace.output_gradient(), batch.live(b), divisors);
      for (int s = 0; s < batch.live(b); ++s)
        losses_[b * lanes + static_cast<std::size_t>(s)] = static_cast<double>(values[s]);
    });
  });
  batch.backward(threads);
  add_chunks(0, pieces - 1, gradient);
}

template <class T>
std::string BatchRunner<T>::first_non_finite(const Samples<T>& data,
                                             std::span<const std::size_t> samples,
                                             const AlignedVector<T>& parameters,
                                             const Occasion& occasion) {
  Worker& worker = *workers(Purpose::training).front();
  worker.workspace.use_parameters(parameters.data());
  std::size_t first = plan_->nodes.size();
  for (std::size_t start = 0; start < samples.size(); start += lanes) {
    const auto block = samples.subspan(start, std::min<std::size_t>(lanes, samples.size() - start));
    data.gather(block, worker.workspace.input(), worker.targets.data());
    Occasion here = occasion;
    here.block += start / lanes;
    worker.workspace.forward(static_cast<int>(block.size()), true, here);
    for (std::size_t node = 0; node < first; ++node)
      for (std::size_t f = 0; f < plan_->nodes[node].shape.size() && node < first; ++f)
        for (std::size_t s = 0; s < block.size(); ++s)
          if (!std::isfinite(worker.workspace.output(node)[f * lanes + s])) first = node;
  }
  return first < plan_->nodes.size() ? plan_->nodes[first].id : "";
}

template <class T>
Score BatchRunner<T>::score(const Samples<T>& data, std::span<const std::size_t> samples,
                            const AlignedVector<T>& parameters) {
  PartialScore all{.samples = samples};
  go_on(all, samples.size(), data, parameters);
  return finish(all, data);
}

template <class T>
void BatchRunner<T>::go_on(PartialScore& partial, std::size_t count, const Samples<T>& data,
                           const AlignedVector<T>& parameters) {
  const std::size_t first = partial.losses.size(), left = partial.samples.size() - first;
  const std::size_t blocks = divide_up(std::min(count, left), lanes);
  const std::size_t end = std::min(first + blocks * lanes, partial.samples.size());
  auto& team = workers(Purpose::inference);
  for (auto& worker : team) worker->workspace.use_parameters(parameters.data());
  if (partial.losses.empty())
    partial.divisors = objective_->divisors(partial.samples.size(), data.weights(partial.samples));
  partial.losses.resize(end);
  partial.right.resize(end);
  share(blocks, end - first, [&](int i, int w) {
    Worker& worker = *team[static_cast<std::size_t>(w)];
    const std::size_t start = first + static_cast<std::size_t>(i) * lanes;
    const auto block = partial.samples.subspan(start, std::min<std::size_t>(lanes, end - start));
    const int live = static_cast<int>(block.size());
    data.gather(block, worker.workspace.input(), worker.targets.data());
    worker.workspace.forward(live, false);
    const T* y = worker.workspace.output();
    AlignedVector<T> slopes(static_cast<std::size_t>(objective_->outputs()) * lanes);
    const Lanes<T> values =
        objective_->apply(y, worker.targets.data(), slopes.data(), live, partial.divisors);
    for (int s = 0; s < live; ++s) {
      const std::size_t at = start + static_cast<std::size_t>(s);
      partial.losses[at] = static_cast<double>(values[s]);
      partial.right[at] = objective_->right_share(data.decision(), y, worker.targets.data(), s);
    }
  });
}

template <class T>
Score BatchRunner<T>::finish(const PartialScore& partial, const Samples<T>& data) const {
  if (partial.samples.empty()) return {};
  Score score{.has_accuracy = data.decision() != Decision::none, .samples = partial.samples.size()};
  score.loss = std::accumulate(partial.losses.begin(), partial.losses.end(), 0.0);
  score.accuracy = std::accumulate(partial.right.begin(), partial.right.end(), 0.0) /
                   static_cast<double>(partial.samples.size());
  return score;
}

template class BatchRunner<float>;
template class BatchRunner<double>;

}  // namespace crease
