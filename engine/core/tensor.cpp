#include "core/tensor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <charconv>

namespace crease {

std::size_t element_count(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (std::size_t n : shape) count *= n;
  return count;
}

std::string to_string(const std::vector<std::size_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

template <>
double shortest(double value) {
  return value;
}

template <>
double shortest(float value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  double wide = 0;
  std::from_chars(text.data(), end, wide);
  // Rounding twice (decimal to double to float) could in principle end on the neighbour: then give
  // the exact value.
  return static_cast<float>(wide) == value ? wide : static_cast<double>(value);
}

}  // namespace crease
