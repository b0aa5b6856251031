#pragma once
/// Hidden layers as views see them: which they are, and what they make of samples.
#include <span>
#include <vector>

#include "probe/run.h"
#include "train/snapshot.h"

namespace crease {

/// Nodes before the output whose units squash or bend what they sum up.
std::vector<std::size_t> hidden_nodes(const Plan& plan);

/// Nodes whose units bend or choose: at least as many as a plane of inputs is folded by.
std::size_t count_folds(const Plan& plan);

/// Lays a sample's inputs into a lane of an input block.
void lay_input(const DataSet& data, std::size_t sample, std::size_t lane, float* x);

/// What a node makes of samples: one list of its outputs a sample; fewer where cancelled.
std::vector<std::vector<double>> outputs_of(const Snapshot& snapshot, std::size_t node,
                                            std::span<const std::size_t> samples,
                                            const Cancelled& cancelled);

}  // namespace crease
