#include "probe/mmd.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/problem.h"

namespace crease {

namespace {

void check(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  if (a.rows() != b.rows())
    throw Problem("the batches have samples of " + std::to_string(a.rows()) + " and of " +
                  std::to_string(b.rows()) + " numbers: they must be equal");
  if (a.cols() == 0 || b.cols() == 0) throw Problem("a batch must hold at least one sample");
}

double mean_kernel(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double bandwidth) {
  double sum = 0;
  for (Eigen::Index i = 0; i < a.cols(); ++i)
    for (Eigen::Index j = 0; j < b.cols(); ++j)
      sum += std::exp(-(a.col(i) - b.col(j)).squaredNorm() / (2 * bandwidth * bandwidth));
  return sum / (static_cast<double>(a.cols()) * static_cast<double>(b.cols()));
}

}  // namespace

double squared_mmd(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double bandwidth) {
  check(a, b);
  if (!(bandwidth > 0)) throw Problem("bandwidth", "must be above 0");
  const double apart = mean_kernel(a, a, bandwidth) + mean_kernel(b, b, bandwidth) -
                       2 * mean_kernel(a, b, bandwidth);
  return std::max(apart, 0.0);  // rounding
}

double median_distance(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  check(a, b);
  Eigen::MatrixXd all(a.rows(), a.cols() + b.cols());
  all << a, b;
  std::vector<double> distances;
  for (Eigen::Index i = 0; i < all.cols(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) distances.push_back((all.col(i) - all.col(j)).norm());
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle > 0 ? *middle : 1;
}

}  // namespace crease
