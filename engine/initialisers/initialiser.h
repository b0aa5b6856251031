#pragma once
/// Start values of parameters. A family is a described struct with
///   void fill(std::span<double> weights, const Fan& fan, Random& random) const
/// or, where it looks at the tensor's shape, the same with std::span<const std::size_t> shape as
/// the last argument; and, where biases are random too, double bias(const Fan&, Random&) const.
#include <cmath>
#include <span>

#include "core/fields.h"
#include "core/random.h"

namespace crease {

/// The inputs and outputs of one unit. Dense: in, units; convolution: in/groups kh kw, channels kh
/// kw.
struct Fan {
  double in = 1;
  double out = 1;
};

namespace initialiser {

/// U(-bound, bound).
inline void fill_uniform(std::span<double> weights, double bound, Random& random) {
  for (double& w : weights) w = random.uniform(-bound, bound);
}
/// N(0, std^2).
inline void fill_normal(std::span<double> weights, double std, Random& random) {
  for (double& w : weights) w = std * random.normal();
}

}  // namespace initialiser
}  // namespace crease
