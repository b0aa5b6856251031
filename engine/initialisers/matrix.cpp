#include "initialisers/matrix.h"

#include <Eigen/QR>
#include <algorithm>

#include "core/problem.h"

namespace crease {

namespace {

/// The matrices of a tensor.
struct Matrices {
  std::size_t count = 1, rows = 1, columns = 1;

  Matrices(std::span<const double> weights, std::span<const std::size_t> shape) {
    if (shape.size() == 3) count = shape[0];
    if (!shape.empty()) rows = shape[shape.size() == 3 ? 1 : 0];
    columns = weights.size() / count / rows;
  }
};

}  // namespace

void Identical::fill(std::span<double> weights, const Fan&, Random&,
                     std::span<const std::size_t> shape) const {
  const Matrices of(weights, shape);
  std::fill(weights.begin(), weights.end(), 0.0);
  std::size_t cells = 1, middle = 0;
  if (shape.size() == 4) {
    cells = shape[2] * shape[3];
    middle = shape[2] / 2 * shape[3] + shape[3] / 2;
  }
  for (std::size_t m = 0; m < of.count; ++m)
    for (std::size_t unit = 0; unit < std::min(of.rows, of.columns / cells); ++unit)
      weights[(m * of.rows + unit) * of.columns + unit * cells + middle] = 1;
}

void Orthogonal::fill(std::span<double> weights, const Fan&, Random& random,
                      std::span<const std::size_t> shape) const {
  const Matrices of(weights, shape);
  const std::size_t shorter = std::min(of.rows, of.columns);
  constexpr std::size_t most = 2048;  // beyond it the decomposition takes minutes
  if (shorter > most)
    throw Problem("training.initialiser",
                  "orthogonal is for layers with at most 2048 units or 2048 inputs");
  const auto longer = static_cast<Eigen::Index>(std::max(of.rows, of.columns));
  const auto n = static_cast<Eigen::Index>(shorter);
  for (std::size_t m = 0; m < of.count; ++m) {
    Eigen::MatrixXd normal(longer, n);
    for (double& value : normal.reshaped()) value = random.normal();
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(normal);
    Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(longer, n);
    for (Eigen::Index i = 0; i < n; ++i)
      if (qr.matrixQR()(i, i) < 0) q.col(i) = -q.col(i);
    if (of.rows < of.columns) q.transposeInPlace();
    for (std::size_t row = 0; row < of.rows; ++row)
      for (std::size_t column = 0; column < of.columns; ++column)
        weights[(m * of.rows + row) * of.columns + column] =
            q(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
  }
}

}  // namespace crease
