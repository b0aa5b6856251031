#pragma once
/// What the units of a network do: over the plane of its inputs, and over many samples.
#include <span>
#include <vector>

#include "core/plane.h"
#include "data/dataset.h"
#include "probe/run.h"

namespace crease {

/// The output of every unit at every pixel of a part of the input plane (two inputs), or along a
/// part of the axis (one input: a single row).
struct UnitFields {
  Domain domain;
  int width = 0;
  int height = 0;
  /// By node, then unit after unit, each row by row from the top; pixels are read at their centres.
  /// Empty for nodes that were not asked for.
  std::vector<std::vector<float>> nodes;

  std::size_t pixels() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
  std::span<const float> of(std::size_t node, std::size_t unit) const {
    return std::span(nodes[node]).subspan(unit * pixels(), pixels());
  }
};

/// One forward pass over `width` x `height` places. `wanted` says which nodes are kept (empty:
/// all). Throws Problem unless the plan reads one or two features. Stops early, with zeros left,
/// once `cancelled`.
UnitFields unit_fields(const Plan& plan, const AlignedVector<float>& parameters,
                       const Domain& domain, int width, int height,
                       const std::vector<bool>& wanted = {},
                       const Cancelled& cancelled = never_cancelled);

/// How the units behave over many samples.
struct UnitActivity {
  std::size_t samples = 0;
  struct Unit {
    float on = 0;    ///< share of samples (of a channel: of samples and places) with a > 0
    float mean = 0;  ///< of a
  };
  std::vector<std::vector<Unit>> nodes;  ///< by node, then by unit or channel
};

UnitActivity unit_activity(const Plan& plan, const AlignedVector<float>& parameters,
                           const DataSet& data, std::span<const std::size_t> samples,
                           const Cancelled& cancelled = never_cancelled);

}  // namespace crease
