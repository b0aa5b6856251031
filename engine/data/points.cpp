#include "data/points.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace crease {

namespace {

/// Checks that a tensor is what its shape says, and returns the numbers per sample.
std::size_t numbers_per_sample(const Tensor& tensor, const std::string& where) {
  if (tensor.shape.empty()) throw Problem(where, "no points are given");
  std::size_t count = 1;
  for (const std::size_t n : tensor.shape) {
    if (n == 0)
      throw Problem(where, fmt::format("the shape {} has a 0: every size must be at least 1",
                                       to_string(tensor.shape)));
    if (n > tensor.data.size() / count) {
      count = 0;
      break;
    }
    count *= n;
  }
  if (count != tensor.data.size())
    throw Problem(where, fmt::format("the shape {} does not fit the {} numbers of the data",
                                     to_string(tensor.shape), tensor.data.size()));
  for (const double v : tensor.data)
    if (!std::isfinite(v)) throw Problem(where, "every number must be finite");
  return count / tensor.shape[0];
}

/// The first `samples` samples, one a column.
Eigen::MatrixXd columns(const Tensor& tensor, std::size_t numbers, std::size_t samples) {
  return Eigen::Map<const Eigen::MatrixXd>(tensor.data.data(), static_cast<Eigen::Index>(numbers),
                                           static_cast<Eigen::Index>(samples));
}

}  // namespace

DataSet Points::make(const Request& request) const {
  const std::size_t numbers = numbers_per_sample(inputs, "data: inputs");
  const std::size_t outputs = numbers_per_sample(targets, "data: targets");
  const auto& shape = inputs.shape;
  if (shape.size() != 2 && shape.size() != 4)
    throw Problem("data: inputs",
                  fmt::format("the shape {} must be [N, features] or [N, channels, height, width]",
                              to_string(shape)));
  if (targets.shape.size() == 3 || targets.shape.size() > 4)
    throw Problem(
        "data: targets",
        fmt::format("the shape {} must be [N], [N, outputs] or [N, channels, height, width]",
                    to_string(targets.shape)));
  if (targets.shape[0] != shape[0])
    throw Problem("data: targets",
                  fmt::format("there are {} targets for {} inputs", targets.shape[0], shape[0]));
  const auto whole = [](std::size_t n) { return static_cast<int>(n); };
  const std::size_t kept = request.keep(shape[0]);
  DataSet data;
  data.shape = shape.size() == 2 ? Shape::features(whole(shape[1]))
                                 : Shape::image(whole(shape[1]), whole(shape[2]), whole(shape[3]));
  data.values = columns(inputs, numbers, kept);
  data.targets = columns(targets, outputs, kept);
  data.targets_as_given = true;
  return data;
}

}  // namespace crease
