#pragma once
/// How far two batches are apart as samples of distributions (deck 001, unsupervised losses).
#include <Eigen/Core>

namespace crease {

/// The squared maximum mean discrepancy of the samples `a` and `b` (one a column, equal rows) under
/// the kernel exp(-|x - y|^2 / (2 bandwidth^2)), as the biased estimate: never negative, 0 for the
/// same samples, at most 2 (Gretton et al. 2012, equation 5). Throws Problem where the rows differ,
/// a batch is empty, or the bandwidth is not above 0.
double squared_mmd(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double bandwidth);

/// The median distance between samples of both batches: the usual bandwidth; 1 where it is 0.
double median_distance(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b);

}  // namespace crease
