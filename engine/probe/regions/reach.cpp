#include "probe/regions/reach.h"

#include <algorithm>
#include <cmath>

namespace crease::regions {

namespace {

double largest(const double* values, std::size_t count) {
  double most = 0;
  for (std::size_t i = 0; i < count; ++i) most = std::max(most, std::abs(values[i]));
  return most;
}

/// The largest of the rows: on the window no one is larger than the sum of its three numbers.
double largest_row(const Rows& rows) {
  double most = 0;
  for (std::size_t r = 0; r < rows.count; ++r) {
    double sum = 0;
    for (int c = 0; c < 3; ++c) sum += std::abs(rows.column(c)[r]);
    if (!(sum <= most)) most = sum;
  }
  return most;
}

/// The largest sum of the sizes in a row of weights.
double largest_sum(const Weights& weights) {
  std::vector<double> sums(weights.rows, 0.0);
  for (std::size_t c = 0; c < weights.columns; ++c) {
    if (weights.full) {
      for (std::size_t r = 0; r < weights.rows; ++r)
        sums[r] += std::abs(weights.values[c * weights.stride + r]);
      continue;
    }
    for (std::size_t i = weights.starts[c]; i < weights.starts[c + 1]; ++i)
      sums[weights.at[i]] += std::abs(weights.values[i]);
  }
  return largest(sums.data(), sums.size());
}

}  // namespace

double reach_of(const Program& program) {
  std::vector<double> sizes;
  for (const Rows& rows : program.start) sizes.push_back(largest_row(rows));
  double reach = 0;
  for (std::size_t f = 0; f < sizes.size(); ++f) {
    if (!(sizes[f] <= reach)) reach = sizes[f];
    if (f == program.folds.size()) break;
    const Bend& bend = program.folds[f].bend;
    const double given = program.folds[f].chooses()
                             ? sizes[f]
                             : largest(bend.slopes.data(), bend.slopes.size()) * sizes[f] +
                                   largest(bend.offsets.data(), bend.offsets.size());
    for (const Fold::Target& target : program.folds[f].targets)
      sizes[target.fold] += largest_sum(target.weights) * given;
  }
  return reach;
}

namespace {

bool is_degenerate(const Slice& slice) {
  const auto direction = [](std::vector<double> v) {
    const double size = largest(v.data(), v.size());
    double squares = 0;
    for (double& number : v) {
      number /= size;
      squares += number * number;
    }
    for (double& number : v) number /= std::sqrt(squares);
    return v;
  };
  const auto is_nothing = [](const std::vector<double>& v) {
    return largest(v.data(), v.size()) == 0;
  };
  if (is_nothing(slice.u)) return true;
  if (slice.is_line()) return false;
  if (is_nothing(slice.v)) return true;
  // The part of one that the other lacks: its length is the sine of the angle between them.
  const std::vector<double> u = direction(slice.u), v = direction(slice.v);
  double cosine = 0, squares = 0;
  for (std::size_t i = 0; i < u.size(); ++i) cosine += u[i] * v[i];
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double rest = v[i] - cosine * u[i];
    squares += rest * rest;
  }
  constexpr double least_angle = 1e-9;
  return !(std::sqrt(squares) >= least_angle);
}

}  // namespace

void check_directions(const Slice& slice) {
  if (!is_degenerate(slice)) return;
  if (slice.is_line()) throw Problem("u", "must not be zero: it is the direction of a line");
  throw Problem("u and v", "must span a plane: neither zero, nor one along the other");
}

}  // namespace crease::regions
