#pragma once
/// A tensor as it stands in a document: a shape and its numbers in row-major order.
#include <cstddef>
#include <string>
#include <vector>

namespace crease {

struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<double> data;

  bool operator==(const Tensor&) const = default;
};

/// The number of values a shape asks for (1 for an empty shape).
std::size_t element_count(const std::vector<std::size_t>& shape);

/// "[2, 3]".
std::string to_string(const std::vector<std::size_t>& shape);

/// The double whose shortest decimal form is the shortest decimal form of `value`: it reads back as
/// the same float and is short in a file. `Scalar` is float or double (for which it is the value
/// itself).
template <class Scalar>
double shortest(Scalar value);

}  // namespace crease
