#include "layers/batch_norm.h"

#include <cmath>

namespace crease {

namespace {

/// `shared`, channel after channel.
enum { mean_at, inverse_at, variance_at, slope_at, along_at, numbers };

std::size_t places(const Shape& shape) {
  return shape.size() / static_cast<std::size_t>(shape.channels);
}

/// 1 in the live lanes.
template <class T>
Lanes<T> live_lanes(int samples) {
  Lanes<T> live{};
  for (int s = 0; s < samples; ++s) live[s] = 1;
  return live;
}

}  // namespace

std::vector<ParameterBlock> BatchNorm::blocks(Inputs in) const {
  const std::vector<std::size_t> shape{static_cast<std::size_t>(in[0].channels)};
  const auto statistic = [&](std::string_view called, double start) {
    return ParameterBlock{
        .name = called, .shape = shape, .fan = {}, .start = start, .is_statistic = true};
  };
  return {{.name = "weight", .shape = shape, .fan = {}, .start = 1},
          {.name = "bias", .shape = shape, .fan = {}, .is_bias = true, .start = 0},
          statistic("running_mean", 0),
          statistic("running_var", 1)};
}

std::size_t BatchNorm::shared_numbers(Inputs in) {
  return static_cast<std::size_t>(in[0].channels) * numbers;
}

// Kept: the normalised values.
template <class T>
void BatchNorm::forward(Pass<T>& pass) const {
  const std::size_t plane = places(pass.out);
  std::size_t f = 0;
  for (int c = 0; c < pass.out.channels; ++c) {
    const T* shared =
        pass.shared ? pass.shared + static_cast<std::ptrdiff_t>(c) * numbers : nullptr;
    const T mean = shared ? shared[mean_at] : pass.weights[2][c];
    const T inverse =
        shared ? shared[inverse_at]
               : static_cast<T>(1 / std::sqrt(static_cast<double>(pass.weights[3][c]) + epsilon));
    for (std::size_t i = 0; i < plane; ++i, ++f) {
      const Lanes<T> normal = (load(pass.x[0] + f * lanes) - mean) * inverse;
      store<T>(pass.kept + f * lanes, normal);
      store<T>(pass.y + f * lanes, normal * pass.weights[0][c] + pass.weights[1][c]);
    }
  }
}

template <class T>
void BatchNorm::backward(Pass<T>& pass) const {
  const std::size_t plane = places(pass.out);
  if (pass.gradients[0])
    for (std::size_t f = 0; f < pass.out.size(); ++f) {
      const Lanes<T> dy = load(pass.dy + f * lanes);
      pass.gradients[0][f / plane] += sum_of_lanes(Lanes<T>(dy * load(pass.kept + f * lanes)));
      pass.gradients[1][f / plane] += sum_of_lanes(dy);
    }
  const Lanes<T> live = live_lanes<T>(pass.samples);
  pass.give(0, pass.out.size(), [&](std::size_t f) {
    const std::size_t c = f / plane;
    const Lanes<T> dy = load(pass.dy + f * lanes);
    if (!pass.shared) {
      const double variance = static_cast<double>(pass.weights[3][c]) + epsilon;
      return Lanes<T>(dy * (pass.weights[0][c] * static_cast<T>(1 / std::sqrt(variance))));
    }
    const T* shared = pass.shared + c * numbers;
    const Lanes<T> normal = load(pass.kept + f * lanes);
    const Lanes<T> dx = (dy - shared[slope_at] - normal * shared[along_at]) *
                        (pass.weights[0][c] * shared[inverse_at]);
    return live != Lanes<T>{} ? dx : Lanes<T>{};  // nobody reads dead lanes, but sums do
  });
}

template <class T>
void BatchNorm::measure(const Pass<T>& pass, bool backward, Part& part) const {
  const std::size_t plane = places(pass.out), channels = pass.out.size() / plane;
  const auto live = static_cast<std::size_t>(pass.samples);
  part.count = static_cast<double>(live * plane);
  part.first.assign(channels, 0);
  part.second.assign(channels, 0);
  const auto each = [&](std::size_t c, const auto& visit) {
    for (std::size_t f = c * plane; f < (c + 1) * plane; ++f)
      for (std::size_t s = 0; s < live; ++s) visit(f * lanes + s);
  };
  for (std::size_t c = 0; c < channels; ++c) {
    double first = 0, second = 0;
    if (backward) {
      each(c, [&](std::size_t i) {
        first += static_cast<double>(pass.dy[i]);
        second += static_cast<double>(pass.dy[i]) * static_cast<double>(pass.kept[i]);
      });
    } else {
      each(c, [&](std::size_t i) { first += static_cast<double>(pass.x[0][i]); });
      first /= part.count;
      each(c, [&](std::size_t i) {
        const double d = static_cast<double>(pass.x[0][i]) - first;
        second += d * d;
      });
    }
    part.first[c] = first;
    part.second[c] = second;
  }
}

template <class T>
void BatchNorm::settle(std::span<const Part> parts, bool backward, T* shared) const {
  for (std::size_t c = 0; c < parts.front().first.size(); ++c, shared += numbers) {
    double count = 0, first = 0, second = 0;
    for (const Part& part : parts) {
      if (backward) {
        first += part.first[c];
        second += part.second[c];
      } else {  // Chan, Golub and LeVeque 1979: exact also where the mean is large
        const double apart = part.first[c] - first, whole = count + part.count;
        first += apart * part.count / whole;
        second += part.second[c] + apart * apart * count * part.count / whole;
      }
      count += part.count;
    }
    if (backward) {
      shared[slope_at] = static_cast<T>(first / count);
      shared[along_at] = static_cast<T>(second / count);
    } else {
      shared[mean_at] = static_cast<T>(first);
      shared[variance_at] = static_cast<T>(second / count);
      shared[inverse_at] = static_cast<T>(1 / std::sqrt(second / count + epsilon));
    }
  }
}

template <class T>
void BatchNorm::move_statistics(std::size_t channels, double count, const T* shared, T* mean,
                                T* variance) const {
  const double unbiased = count > 1 ? count / (count - 1) : 1;
  const auto moved = [&](T from, double to) {
    return static_cast<T>((1 - momentum) * static_cast<double>(from) + momentum * to);
  };
  for (std::size_t c = 0; c < channels; ++c, shared += numbers) {
    mean[c] = moved(mean[c], static_cast<double>(shared[mean_at]));
    if (count > 1)  // one value has no variance
      variance[c] = moved(variance[c], static_cast<double>(shared[variance_at]) * unbiased);
  }
}

#define CREASE_INSTANTIATE(T)                                             \
  template void BatchNorm::forward(Pass<T>&) const;                       \
  template void BatchNorm::backward(Pass<T>&) const;                      \
  template void BatchNorm::measure(const Pass<T>&, bool, Part&) const;    \
  template void BatchNorm::settle(std::span<const Part>, bool, T*) const; \
  template void BatchNorm::move_statistics(std::size_t, double, const T*, T*, T*) const;
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
