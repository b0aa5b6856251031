#pragma once
/// Initialisers that look at a tensor as a matrix: a row for each unit, a column for each of its
/// inputs (channel, row and column of a filter). A tensor of three sizes is a list of matrices.
#include "initialisers/initialiser.h"

namespace crease {

/// W = 1: each unit passes its own input on. A filter has its one in the middle.
struct Identical {
  static constexpr std::string_view name = "identity";
  static constexpr std::string_view formula = "w_{j k} = 1 for j = k, else 0";
  static void fields(auto&, auto&&) {}
  void fill(std::span<double> weights, const Fan& fan, Random& random,
            std::span<const std::size_t> shape) const;
  bool operator==(const Identical&) const = default;
};

/// Rows, or columns where there are fewer of them, of length 1 at right angles (Saxe et al. 2014):
/// the norm of a signal is kept. The Q of a normal matrix, with the signs of R's diagonal.
struct Orthogonal {
  static constexpr std::string_view name = "orthogonal";
  static constexpr std::string_view formula = "W W^T = 1, or W^T W = 1";
  static void fields(auto&, auto&&) {}
  void fill(std::span<double> weights, const Fan& fan, Random& random,
            std::span<const std::size_t> shape) const;
  bool operator==(const Orthogonal&) const = default;
};

}  // namespace crease
