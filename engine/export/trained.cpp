#include "export/trained.h"

namespace crease {

Trained trained(const Document& document) {
  Trained made{.document = document, .plan = compile_or_throw(document.network), .weights = {}};
  made.weights = write_tensors(
      made.plan,
      initialise<float>(made.plan, document.training.initialiser, document.training.seed));
  try {
    check_tensors<double>(made.plan, document.weights);
  } catch (const Problem& problem) {
    throw problem.inside("weights");
  }
  for (auto& [name, tensor] : made.weights)
    if (const auto own = document.weights.find(name); own != document.weights.end())
      tensor = own->second;
  return made;
}

ExportedPart exported_part(const DataSet& data, const Objective& objective,
                           const std::vector<std::size_t>& samples) {
  const Eigen::MatrixXd coded = objective.code(data, samples).coded;
  ExportedPart part;
  part.inputs.shape = data.shape.dimensions();
  part.inputs.shape.insert(part.inputs.shape.begin(), samples.size());
  part.targets.shape = {samples.size(), static_cast<std::size_t>(coded.rows())};
  part.targets.data.assign(coded.data(), coded.data() + coded.size());
  const std::size_t each = data.shape.size();
  part.inputs.data.reserve(samples.size() * each);
  for (const std::size_t i : samples)
    for (std::size_t f = 0; f < each; ++f)
      part.inputs.data.push_back(data.bytes.empty() ? data.values(static_cast<Eigen::Index>(f),
                                                                  static_cast<Eigen::Index>(i))
                                                    : data.bytes[i * each + f] / 255.0);
  return part;
}

}  // namespace crease
