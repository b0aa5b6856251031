#pragma once
/// Carrying what was learned from one network to an edited one.
#include <cstdint>
#include <string>
#include <vector>

#include "net/parameters.h"

namespace crease {

/// For each number of the new flat vector: where it comes from in the old one.
struct Transplant {
  static constexpr std::ptrdiff_t fresh = -1;  ///< a new unit's own weights: keep the start value
  static constexpr std::ptrdiff_t zero = -2;   ///< from a new unit into an old one
  static constexpr std::ptrdiff_t one = -3;  ///< from a unit to the one a new layer puts behind it
  std::vector<std::ptrdiff_t> source;        ///< as long as the new flat vector

  std::size_t kept = 0;  ///< parameters carried over
};

/// A unit of a node that is gone, by its number before: those after it move up.
struct RemovedUnit {
  std::string node;
  int unit = 0;
  bool operator==(const RemovedUnit&) const = default;
};

/// Nodes are matched by id, units by number, and a unit's inputs by the unit they come from, also
/// through activations, pooling, flatten, add and concat. Weights from a new unit into an old one
/// are zero, so that widening a layer leaves the function as it was, to the bit. A layer put
/// between two others, as wide as the one before it, begins as the identity (Chen, Goodfellow and
/// Shlens, Net2Net, 2016): the function stays where its activation leaves its own values as they
/// are (relu, abs, hard_tanh, identity). `removed` are taken away one after the other before units
/// are numbered.
Transplant plan_transplant(const Plan& before, const Plan& after,
                           const std::vector<RemovedUnit>& removed = {});

/// Parameters of the new plan: carried over, zero, or as in `start` (the new plan's start values).
template <class T>
AlignedVector<T> carry_parameters(const Transplant& transplant, const AlignedVector<T>& before,
                                  const AlignedVector<T>& start);
/// Optimiser moments of the new plan: carried over, or zero.
template <class T>
AlignedVector<T> carry_moments(const Transplant& transplant, const AlignedVector<T>& before);

/// What was kept, in words: "kept 33 of 49 parameters; new: h2.weight, h2.bias".
std::string describe(const Transplant& transplant, const Plan& after);

}  // namespace crease
