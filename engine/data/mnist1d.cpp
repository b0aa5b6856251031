#include "data/mnist1d.h"

#include <array>
#include <cmath>

namespace crease {

namespace {

constexpr std::size_t points = 12, padded = 72, length = 40;

constexpr std::array<std::array<double, points>, 10> templates{{
    {5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5},
    {5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5},
    {5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5},
    {5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5},
    {5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5},
    {5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5},
    {5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5},
    {5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5},
    {5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5},
}};

/// A template with mean 0 and variance 1, from its first point, divided by 6.
std::array<double, points> shape_of(int digit) {
  std::array<double, points> signal = templates[static_cast<std::size_t>(digit)];
  double mean = 0, variance = 0;
  for (const double v : signal) mean += v / points;
  for (const double v : signal) variance += (v - mean) * (v - mean) / points;
  const double first = signal[0];
  for (double& v : signal) v = (v - first) / std::sqrt(variance) / 6;
  return signal;
}

}  // namespace

namespace source {

std::vector<double> resample(std::span<const double> signal, std::size_t count) {
  std::vector<double> result(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) * static_cast<double>(signal.size() - 1) /
                      static_cast<double>(count - 1);
    const auto before = std::min(static_cast<std::size_t>(at), signal.size() - 2);
    const double share = at - static_cast<double>(before);
    result[i] = signal[before] + share * (signal[before + 1] - signal[before]);
  }
  return result;
}

std::vector<double> smooth(std::span<const double> signal) {
  constexpr int radius = 8;
  std::array<double, 2 * radius + 1> kernel{};
  double total = 0;
  for (int i = -radius; i <= radius; ++i)
    total += kernel[static_cast<std::size_t>(i + radius)] = std::exp(-0.5 * i * i / 4.0);
  const int n = static_cast<int>(signal.size());
  std::vector<double> result(signal.size(), 0.0);
  for (int at = 0; at < n; ++at)
    for (int i = -radius; i <= radius; ++i) {
      int from = at + i;
      if (from < 0) from = -1 - from;
      if (from >= n) from = 2 * n - 1 - from;
      result[static_cast<std::size_t>(at)] += kernel[static_cast<std::size_t>(i + radius)] / total *
                                              signal[static_cast<std::size_t>(from)];
    }
  return result;
}

std::vector<double> signal_of(int digit, const SignalDraws& draws) {
  std::vector<double> signal;
  for (const double v : shape_of(digit)) signal.push_back(v + 1e-8);  // so that no point is 0
  signal.resize(points + 36 + static_cast<std::size_t>(25 * draws.padding), 0.0);
  signal = resample(signal, padded);
  std::vector<double> moved(padded);
  for (std::size_t i = 0; i < padded; ++i)
    moved[(i + static_cast<std::size_t>(draws.shift)) % padded] =
        signal[i] * (1 + 0.4 * (draws.scale - 0.5));
  const std::vector<double> coarse = smooth(draws.coarse);
  for (std::size_t i = 0; i < padded; ++i) {
    if (moved[i] == 0) moved[i] = 0.25 * coarse[i];
    const double along = static_cast<double>(i) / (padded - 1) - 0.5;
    moved[i] += 0.02 * draws.fine[i] - 0.75 * (draws.shear - 0.5) * along;
  }
  return resample(moved, length);
}

}  // namespace source

DataSet Mnist1d::make(const Request& request) const {
  Random& random = request.random;
  DataSet data;
  data.shape = Shape::image(1, 1, static_cast<int>(length));
  data.values.resize(static_cast<Eigen::Index>(length), request.count());
  data.class_count = 10;
  for (int i = 0; i < request.count(); ++i) {
    source::SignalDraws draws;
    draws.padding = random.uniform();
    draws.scale = random.uniform();
    draws.shift = static_cast<int>(random.below(48));
    for (std::size_t k = 0; k < padded; ++k) draws.coarse.push_back(random.normal());
    for (std::size_t k = 0; k < padded; ++k) draws.fine.push_back(random.normal());
    draws.shear = random.uniform();
    const std::vector<double> signal = source::signal_of(i % 10, draws);
    data.values.col(i) =
        Eigen::Map<const Eigen::VectorXd>(signal.data(), static_cast<Eigen::Index>(length));
    data.classes.push_back(i % 10);
  }
  const double mean = data.values.mean();
  const double variance = (data.values.array() - mean).square().mean();
  data.values = ((data.values.array() - mean) / std::sqrt(variance)).matrix();
  if (request.noise > 0)
    for (double& value : data.values.reshaped()) value += request.noise * random.normal();
  return data;
}

}  // namespace crease
