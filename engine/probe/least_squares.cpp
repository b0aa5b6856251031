#include "probe/least_squares.h"

#include <Eigen/QR>

#include "train/objective.h"
#include "train/trainer.h"

namespace crease {

namespace {

/// The one node with parameters; null where there is another kind of node.
const Node* linear_node(const Network& network) {
  const Node* found = nullptr;
  for (const Node& node : network.nodes) {
    if (std::holds_alternative<Flatten>(node.layer)) continue;
    const auto* dense = std::get_if<Dense>(&node.layer);
    if (!dense || found || !std::holds_alternative<Identity>(dense->activation)) return nullptr;
    found = &node;
  }
  return found;
}

}  // namespace

std::string no_closed_form(const Document& document) {
  const Training& training = document.training;
  if (!linear_node(document.network) || !document.network.outputs.empty())
    return "a solution in closed form needs a linear model: one dense node without activation";
  if (!training.losses.empty() || !(std::holds_alternative<Mse>(training.loss) ||
                                    std::holds_alternative<HalfMse>(training.loss)))
    return "a solution in closed form needs a squared error: the loss mse or half_mse";
  const bool penalised =
      std::visit([](const auto& o) { return o.shaping.weight_decay > 0 || o.shaping.l1 > 0; },
                 training.optimiser);
  return penalised ? "a solution in closed form is one without weight_decay and l1" : "";
}

Tensors least_squares(const Document& document, const DataSet& data) {
  if (const std::string why = no_closed_form(document); !why.empty()) throw Problem(why);
  const Plan plan = compile_or_throw(document.network);
  check_fit(plan, data);
  const Eigen::MatrixXd targets = Objective(document.training, plan).code(data, data.train).coded;
  const Node& node = *linear_node(document.network);
  const bool bias = std::get<Dense>(node.layer).bias;
  const auto features = static_cast<Eigen::Index>(data.shape.size());
  Eigen::MatrixXd inputs = Eigen::MatrixXd::Ones(static_cast<Eigen::Index>(data.train.size()),
                                                 features + (bias ? 1 : 0));
  for (Eigen::Index s = 0; s < inputs.rows(); ++s) {
    const std::size_t sample = data.train[static_cast<std::size_t>(s)];
    for (Eigen::Index f = 0; f < features; ++f)
      inputs(s, f) =
          data.bytes.empty()
              ? data.values(f, static_cast<Eigen::Index>(sample))
              : data.bytes[sample * data.shape.size() + static_cast<std::size_t>(f)] / 255.0;
  }
  // One column an output; a weight tensor's rows are outputs, so it is this matrix as it lies.
  const Eigen::MatrixXd solution =
      inputs.completeOrthogonalDecomposition().solve(targets.transpose());
  const auto tensor = [&](Eigen::Index first, Eigen::Index rows, std::vector<std::size_t> shape) {
    const Eigen::MatrixXd part = solution.middleRows(first, rows);
    return Tensor{std::move(shape), {part.data(), part.data() + part.size()}};
  };
  const auto outputs = static_cast<std::size_t>(solution.cols());
  Tensors weights;
  weights[node.id + ".weight"] = tensor(0, features, {outputs, data.shape.size()});
  if (bias) weights[node.id + ".bias"] = tensor(features, 1, {outputs});
  return weights;
}

}  // namespace crease
