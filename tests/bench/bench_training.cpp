/// The training workloads W1 to W4, ours beside Eigen written plainly, in one run and on one
/// thread:
///     build/crease_bench --benchmark_repetitions=7 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include "bench/plain_eigen.h"
#include "bench/workloads.h"

namespace {

using crease::bench::Prepared;

void ours(benchmark::State& state, const char* workload) {
  Prepared prepared(workload);
  const double before = prepared.trainer.epochs();
  for (auto _ : state) prepared.trainer.step();
  state.SetItemsProcessed(static_cast<std::int64_t>(
      (prepared.trainer.epochs() - before) * static_cast<double>(prepared.data->train.size())));
}

/// Batches in stored order, as one matrix each.
class Batches {
 public:
  Batches(const crease::DataSet& data, int size)
      : data_(data), size_(static_cast<std::size_t>(size)) {}
  void next(plain::Matrix& x, std::vector<int>& labels) {
    if ((at_ + 1) * size_ > data_.train.size()) at_ = 0;
    const auto features = static_cast<Eigen::Index>(data_.shape.size());
    x.resize(features, static_cast<Eigen::Index>(size_));
    labels.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      const std::size_t sample = data_.train[at_ * size_ + i];
      const auto column = static_cast<Eigen::Index>(i);
      if (data_.bytes.empty())
        x.col(column) = data_.values.col(static_cast<Eigen::Index>(sample)).cast<float>();
      else
        x.col(column) = Eigen::Map<const Eigen::Matrix<std::uint8_t, Eigen::Dynamic, 1>>(
                            data_.bytes.data() + sample * data_.shape.size(), features)
                            .cast<float>() /
                        255.0f;
      labels[i] = data_.classes[sample];
    }
    ++at_;
  }

 private:
  const crease::DataSet& data_;
  std::size_t size_, at_ = 0;
};

void plain_mlp(benchmark::State& state, const char* workload, const std::vector<int>& sizes,
               plain::Squash hidden, plain::Squash last, int batch, bool adam) {
  const Prepared prepared(workload);
  Batches batches(*prepared.data, batch);
  std::vector<plain::Dense> layers;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i)
    layers.emplace_back(sizes[i], sizes[i + 1], i + 2 < sizes.size() ? hidden : last);
  plain::Matrix x;
  std::vector<int> labels;
  long step = 0;
  for (auto _ : state) {
    batches.next(x, labels);
    plain::Matrix a = x;
    for (auto& layer : layers) a = layer.forward(a);
    plain::Matrix da;
    if (sizes.back() == 1) {
      da = a;
      for (int n = 0; n < batch; ++n)
        da(0, n) -= labels[static_cast<std::size_t>(n)] == 1 ? 1.0f : -1.0f;
      da /= static_cast<float>(batch);
    } else {
      da = plain::cross_entropy_gradient(a, labels);
    }
    for (std::size_t i = layers.size(); i-- > 0;) da = layers[i].backward(da, i > 0);
    ++step;
    for (auto& layer : layers) {
      if (adam) {
        layer.W.adam(layer.dW, step);
        layer.b.adam(layer.db, step);
      } else {
        layer.W.sgd(layer.dW, 0.03f);
        layer.b.sgd(layer.db, 0.03f);
      }
    }
    benchmark::DoNotOptimize(layers.front().W.w.data());
  }
  state.SetItemsProcessed(state.iterations() * batch);
}

void plain_cnn(benchmark::State& state) {
  const Prepared prepared("W4");
  Batches batches(*prepared.data, 32);
  plain::ConvPool c1(1, 8, 28), c2(8, 16, 14);
  plain::Dense out(784, 10, plain::Squash::none);
  plain::Matrix x;
  std::vector<int> labels;
  long step = 0;
  for (auto _ : state) {
    batches.next(x, labels);
    const plain::Matrix y1 = c1.forward(x), y2 = c2.forward(y1);
    const plain::Matrix dz = plain::cross_entropy_gradient(out.forward(y2), labels);
    const plain::Matrix dy2 = out.backward(dz, true);
    const plain::Matrix dy1 = c2.backward(y2, dy2, true);
    c1.backward(y1, dy1, false);
    ++step;
    c1.W.adam(c1.dW, step);
    c1.b.adam(c1.db, step);
    c2.W.adam(c2.dW, step);
    c2.b.adam(c2.db, step);
    out.W.adam(out.dW, step);
    out.b.adam(out.db, step);
  }
  state.SetItemsProcessed(state.iterations() * 32);
}

using plain::Squash;
BENCHMARK_CAPTURE(ours, W1, "W1");
BENCHMARK_CAPTURE(plain_mlp, W1, "W1", {2, 4, 2, 1}, Squash::tanh, Squash::tanh, 10, false);
BENCHMARK_CAPTURE(ours, W2, "W2");
BENCHMARK_CAPTURE(plain_mlp, W2, "W2", {2, 16, 16, 16, 1}, Squash::relu, Squash::none, 32, true);
BENCHMARK_CAPTURE(ours, W3, "W3");
BENCHMARK_CAPTURE(plain_mlp, W3, "W3", {784, 128, 64, 10}, Squash::relu, Squash::none, 64, true);
BENCHMARK_CAPTURE(ours, W4, "W4");
BENCHMARK(plain_cnn)->Name("plain_cnn/W4");

}  // namespace
