#include "net/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/random.h"

namespace crease {

template <class T>
AlignedVector<T> initialise(const Plan& plan, const Initialiser& initialiser, std::uint64_t seed) {
  AlignedVector<T> flat(plan.length, T{0});
  std::vector<double> values;
  for (const Segment& segment : plan.segments) {
    const Initialiser& how = segment.has_own_initialiser ? segment.initialiser : initialiser;
    Random random(seed, "initialise " + segment.name);
    values.assign(segment.size, 0.0);
    if (segment.start)
      std::fill(values.begin(), values.end(), *segment.start);
    else if (segment.is_bias)
      for (double& b : values) b = how.bias(segment.fan, random);
    else
      how.fill(values, segment.fan, random, segment.shape);
    for (std::size_t i = 0; i < segment.size; ++i)
      flat[segment.offset + i] = static_cast<T>(values[i]);
  }
  return flat;
}

template <class T>
std::vector<std::string> check_tensors(const Plan& plan, const Tensors& tensors) {
  std::vector<std::string> unknown;
  for (const auto& [name, tensor] : tensors) {
    const Segment* segment = plan.find(name);
    if (!segment) {
      unknown.push_back(name);
      continue;
    }
    if (tensor.shape != segment->shape)
      throw Problem(name, fmt::format("has shape {} but this network needs {}",
                                      to_string(tensor.shape), to_string(segment->shape)));
    for (const double value : tensor.data)
      if (std::abs(value) > static_cast<double>(std::numeric_limits<T>::max()))
        throw Problem(name, fmt::format("holds {}, but single precision ends at {}", value,
                                        std::numeric_limits<T>::max()));
  }
  return unknown;
}

template <class T>
std::vector<std::string> read_tensors(const Plan& plan, const Tensors& tensors,
                                      AlignedVector<T>& flat) {
  auto unknown = check_tensors<T>(plan, tensors);
  for (const auto& [name, tensor] : tensors)
    if (const Segment* segment = plan.find(name))
      for (std::size_t i = 0; i < segment->size; ++i)
        flat[segment->offset + i] = static_cast<T>(tensor.data[i]);
  return unknown;
}

template <class T>
Tensors write_tensors(const Plan& plan, const AlignedVector<T>& flat, Kinds kinds) {
  Tensors tensors;
  for (const Segment& segment : plan.segments) {
    if (kinds != Kinds::all && segment.is_statistic != (kinds == Kinds::statistics)) continue;
    Tensor tensor{segment.shape, std::vector<double>(segment.size)};
    for (std::size_t i = 0; i < segment.size; ++i)
      tensor.data[i] = shortest(flat[segment.offset + i]);
    tensors.emplace(segment.name, std::move(tensor));
  }
  return tensors;
}

template <class T>
std::string hash_of(const Plan& plan, const AlignedVector<T>& flat) {
  std::uint64_t code = hash("");
  for (const Segment& segment : plan.segments)
    code = hash(
        {reinterpret_cast<const char*>(flat.data() + segment.offset), segment.size * sizeof(T)},
        hash(segment.name, code));
  return fmt::format("{:016x}", code);
}

#define CREASE_INSTANTIATE(T)                                                                     \
  template AlignedVector<T> initialise(const Plan&, const Initialiser&, std::uint64_t);           \
  template std::vector<std::string> check_tensors<T>(const Plan&, const Tensors&);                \
  template std::vector<std::string> read_tensors(const Plan&, const Tensors&, AlignedVector<T>&); \
  template Tensors write_tensors(const Plan&, const AlignedVector<T>&, Kinds);                    \
  template std::string hash_of(const Plan&, const AlignedVector<T>&);
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
