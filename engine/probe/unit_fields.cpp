#include "probe/unit_fields.h"

#include <algorithm>

#include "core/problem.h"
#include "train/gather.h"

namespace crease {

UnitFields unit_fields(const Plan& plan, const AlignedVector<float>& parameters,
                       const Domain& domain, int width, int height, const std::vector<bool>& wanted,
                       const Cancelled& cancelled) {
  const std::size_t inputs = plan.input.size();
  if (inputs > 2) throw Problem("only a network with one or two inputs has a plane of them");
  UnitFields fields{domain, width, inputs == 1 ? 1 : height, {}};
  const std::size_t pixels = fields.pixels();
  fields.nodes.resize(plan.nodes.size());
  const auto is_wanted = [&](std::size_t node) { return wanted.empty() || wanted[node]; };
  for (std::size_t i = 0; i < plan.nodes.size(); ++i)
    if (is_wanted(i)) fields.nodes[i].assign(plan.nodes[i].shape.size() * pixels, 0.0F);

  const auto between = [](double from, double to, std::size_t i, int count) {
    return static_cast<float>(from + (to - from) * (static_cast<double>(i) + 0.5) / count);
  };
  const auto columns = static_cast<std::size_t>(width);
  const auto fill = [&](std::size_t first, int live, float* x) {
    for (int s = 0; s < live; ++s) {
      const std::size_t pixel = first + static_cast<std::size_t>(s);
      x[s] = between(domain.x0, domain.x1, pixel % columns, width);
      if (inputs == 2) x[lanes + s] = between(domain.y1, domain.y0, pixel / columns, fields.height);
    }
  };
  const auto take = [&](std::size_t first, int live, const Workspace<float>& workspace) {
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
      if (is_wanted(i))
        for (std::size_t u = 0; u < plan.nodes[i].shape.size(); ++u)
          std::copy_n(workspace.output(i) + u * lanes, live,
                      fields.nodes[i].begin() + static_cast<std::ptrdiff_t>(u * pixels + first));
  };
  run_blocks(plan, parameters, pixels, cancelled, fill, take);
  return fields;
}

UnitActivity unit_activity(const Plan& plan, const AlignedVector<float>& parameters,
                           const DataSet& data, std::span<const std::size_t> samples,
                           const Cancelled& cancelled) {
  if (data.shape.size() != plan.input.size())
    throw Problem("the samples have shape " + to_string(data.shape) + " but the network reads " +
                  to_string(plan.input));
  std::vector<std::vector<double>> on, total;
  UnitActivity activity;
  for (const PlanNode& node : plan.nodes) {
    const auto units = static_cast<std::size_t>(node.shape.channels);
    activity.nodes.emplace_back(units);
    on.emplace_back(units, 0.0);
    total.emplace_back(units, 0.0);
  }
  const auto fill = [&](std::size_t first, int live, float* x) {
    gather_inputs(data, samples.subspan(first, static_cast<std::size_t>(live)), x);
  };
  const auto take = [&](std::size_t, int live, const Workspace<float>& workspace) {
    activity.samples += static_cast<std::size_t>(live);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      const auto units = activity.nodes[i].size();
      const std::size_t places = plan.nodes[i].shape.size() / units;
      for (std::size_t u = 0; u < units; ++u) {
        const float* at = workspace.output(i) + u * places * lanes;
        Lanes<float> above{}, sum{};
        for (std::size_t p = 0; p < places; ++p) {
          const Lanes<float> a = load(at + p * lanes);
          above += a > Lanes<float>{} ? all<Lanes<float>>(1) : Lanes<float>{};
          sum += a;
        }
        for (int s = 0; s < live; ++s) {  // dead lanes do not count
          on[i][u] += static_cast<double>(above[s]);
          total[i][u] += static_cast<double>(sum[s]);
        }
      }
    }
  };
  run_blocks(plan, parameters, samples.size(), cancelled, fill, take);
  if (activity.samples == 0) return activity;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const auto units = activity.nodes[i].size();
    const double values =
        static_cast<double>(activity.samples * plan.nodes[i].shape.size() / units);
    for (std::size_t u = 0; u < units; ++u)
      activity.nodes[i][u] = {static_cast<float>(on[i][u] / values),
                              static_cast<float>(total[i][u] / values)};
  }
  return activity;
}

}  // namespace crease
