#include "views/hidden.h"

#include "probe/regions/piecewise.h"

namespace crease {

std::vector<std::size_t> hidden_nodes(const Plan& plan) {
  const std::vector<double> parameters(plan.length, 0.25);
  std::vector<std::size_t> nodes;
  for (std::size_t i = 0; i + 1 < plan.nodes.size(); ++i) {
    const auto parts = regions::parts_of(plan, i, parameters.data());
    const bool bends = !parts.is_piecewise_linear || !parts.bend.is_identity();
    const bool has_units =
        parts.is_linear_first || std::holds_alternative<ActivationLayer>(plan.nodes[i].layer);
    if (plan.nodes[i].reaches_output && bends && has_units) nodes.push_back(i);
  }
  return nodes;
}

std::size_t count_folds(const Plan& plan) {
  const std::vector<double> parameters(plan.length, 0.25);
  std::size_t folds = 0;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const auto parts = regions::parts_of(plan, i, parameters.data());
    const bool is_fold = parts.chooses || !parts.bend.thresholds.empty();
    if (plan.nodes[i].reaches_output && is_fold) ++folds;
  }
  return folds;
}

void lay_input(const DataSet& data, std::size_t sample, std::size_t lane, float* x) {
  const std::size_t features = data.shape.size();
  for (std::size_t f = 0; f < features; ++f)
    x[f * lanes + lane] = data.bytes.empty()
                              ? static_cast<float>(data.values(static_cast<Eigen::Index>(f),
                                                               static_cast<Eigen::Index>(sample)))
                              : static_cast<float>(data.bytes[sample * features + f]) / 255.0F;
}

std::vector<std::vector<double>> outputs_of(const Snapshot& snapshot, std::size_t node,
                                            std::span<const std::size_t> samples,
                                            const Cancelled& cancelled) {
  const std::size_t units = snapshot.plan->nodes[node].shape.size();
  std::vector<std::vector<double>> outputs;
  run_blocks(
      *snapshot.plan, snapshot.parameters, samples.size(), cancelled,
      [&](std::size_t first, int live, float* x) {
        for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s)
          lay_input(*snapshot.data, samples[first + s], s, x);
      },
      [&](std::size_t, int live, const Workspace<float>& workspace) {
        const float* y = workspace.output(node);
        for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s) {
          std::vector<double>& one = outputs.emplace_back(units);
          for (std::size_t u = 0; u < units; ++u) one[u] = static_cast<double>(y[u * lanes + s]);
        }
      });
  return outputs;
}

}  // namespace crease
