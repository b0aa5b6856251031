#include "train/derivatives.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/whole_batch.h"
#include "train/objective.h"

namespace crease {

GivenBatch batch_from_json(const Json& from) {
  if (!from.is_object()) throw Problem("must be an object {\"input\": tensor, \"target\": tensor}");
  json::Reading reading;
  const json::Place root{&reading, "", {}};
  if (!from.contains("input")) throw Problem("has no \"input\" tensor");
  if (from.contains("target") && from.contains("labels"))
    throw Problem("has both \"target\" and \"labels\": a batch gives one of them");
  GivenBatch batch;
  json::read(from.at("input"), batch.input, Field{}, root / "input");
  if (from.contains("target")) {
    batch.target.emplace();
    json::read(from.at("target"), *batch.target, Field{}, root / "target");
  } else if (from.contains("labels")) {
    json::read(from.at("labels"), batch.labels, Field{.least = 0}, root / "labels");
  } else {
    throw Problem("has neither \"target\" nor \"labels\"");
  }
  return batch;
}

namespace {

using Matrix = Eigen::MatrixXd;

/// A tensor [N, ...] as one column a sample; throws where its rows are no inputs of the network.
Matrix columns(const Tensor& tensor, std::size_t features, const std::string& what) {
  const std::size_t samples = tensor.shape.empty() ? 0 : tensor.shape[0];
  if (samples == 0 || tensor.data.size() != samples * features)
    throw Problem(what,
                  fmt::format("has shape {} but [N, ...] with {} numbers per sample is needed",
                              to_string(tensor.shape), features));
  return Eigen::Map<const Matrix>(tensor.data.data(), static_cast<Eigen::Index>(features),
                                  static_cast<Eigen::Index>(samples));
}

/// Collects the blocks of one node into a tensor [N, ...].
class Collector {
 public:
  Collector(const Shape& shape, std::size_t samples) : features_(shape.size()) {
    tensor_.shape = shape.dimensions();
    tensor_.shape.insert(tensor_.shape.begin(), samples);
    tensor_.data.resize(samples * features_);
  }
  template <class T>
  void take(const T* block, std::size_t first, int live) {
    for (std::size_t s = 0; s < static_cast<std::size_t>(live); ++s)
      for (std::size_t f = 0; f < features_; ++f)
        tensor_.data[(first + s) * features_ + f] = shortest(block[f * lanes + s]);
  }
  Tensor tensor_;

 private:
  std::size_t features_;
};

template <class T>
void fill_block(const Matrix& from, Eigen::Index first, int live, T* block) {
  for (Eigen::Index f = 0; f < from.rows(); ++f)
    for (int s = 0; s < lanes; ++s)
      block[f * lanes + s] = s < live ? static_cast<T>(from(f, first + s)) : T{0};
}

Targets targets_of(const GivenBatch& batch, const Objective& objective, std::size_t samples) {
  if (batch.target) {
    const std::size_t n = batch.target->shape.empty() ? 0 : batch.target->shape[0];
    if (n != samples)
      throw Problem("target", fmt::format("has {} samples but input has {}", n, samples));
    return objective.code_values(
        columns(*batch.target, batch.target->data.size() / std::max<std::size_t>(n, 1), "target"),
        true);
  }
  if (batch.labels.size() != samples)
    throw Problem("labels",
                  fmt::format("has {} samples but input has {}", batch.labels.size(), samples));
  const int classes = std::max(2, objective.targets());
  for (const int label : batch.labels)
    if (label >= classes)
      throw Problem("labels", fmt::format("class {} must be below {}", label, classes));
  return objective.code_classes(batch.labels, classes);
}

template <class T>
AlignedVector<T> parameters_of(const Plan& plan, const Document& document) {
  auto parameters = initialise<T>(plan, document.training.initialiser, document.training.seed);
  try {
    read_tensors(plan, document.weights, parameters);
  } catch (const Problem& problem) {
    throw problem.inside("weights");
  }
  return parameters;
}

}  // namespace

template <class T>
Derivatives differentiate(const Document& document, const GivenBatch& batch, bool training) {
  const Plan plan = compile_or_throw(document.network);
  const Objective objective(document.training, plan);
  const Matrix inputs = columns(batch.input, plan.input.size(), "input");
  const auto samples = static_cast<std::size_t>(inputs.cols());
  const Targets targets = targets_of(batch, objective, samples);
  PerLoss weights{};
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    const auto share = objective.weights(targets.coded.data() + i * targets.coded.rows());
    for (std::size_t k = 0; k < weights.size(); ++k) weights[k] += share[k];
  }
  const PerLoss divisors = objective.divisors(samples, weights);

  auto parameters = parameters_of<T>(plan, document);
  AlignedVector<T> gradient(plan.length, T{0});
  AlignedVector<T> target(static_cast<std::size_t>(objective.targets()) * lanes);
  WholeBatch<T>::check(plan, samples);
  WholeBatch<T> whole(plan, Purpose::training_with_input_gradient);
  const typename WholeBatch<T>::Share one_by_one = [](int count, const auto& work) {
    for (int i = 0; i < count; ++i) work(i);
  };
  whole.prepare(samples, parameters.data());
  for (std::size_t b = 0; b < whole.blocks(); ++b)
    fill_block(inputs, static_cast<Eigen::Index>(b * lanes), whole.live(b), whole.block(b).input());
  whole.forward(training, {.seed = document.training.seed, .step = document.state.step},
                one_by_one);

  Derivatives result;
  std::vector<Collector> trace;
  for (const PlanNode& node : plan.nodes) trace.emplace_back(node.shape, samples);
  Collector input_gradient(plan.input, samples);
  for (std::size_t b = 0; b < whole.blocks(); ++b) {
    Workspace<T>& workspace = whole.block(b);
    workspace.use_gradient(gradient.data(), true);
    fill_block(targets.coded, static_cast<Eigen::Index>(b * lanes), whole.live(b), target.data());
    // A network of views only has its output gradient where its trace is: that is read first.
    for (std::size_t i = 0; i < trace.size(); ++i)
      trace[i].take(workspace.output(i), b * lanes, whole.live(b));
    const Lanes<T> losses = objective.apply(workspace.output(), target.data(),
                                            workspace.output_gradient(), whole.live(b), divisors);
    for (int s = 0; s < whole.live(b); ++s) result.loss += static_cast<double>(losses[s]);
  }
  whole.backward(one_by_one);
  for (std::size_t b = 0; b < whole.blocks(); ++b)
    input_gradient.take(whole.block(b).input_gradient(), b * lanes, whole.live(b));
  whole.move_statistics(parameters);
  result.gradients = write_tensors(plan, gradient, Kinds::learned);
  result.statistics = write_tensors(plan, parameters, Kinds::statistics);
  result.input_gradient = std::move(input_gradient.tensor_);
  result.output = trace.back().tensor_;
  for (std::size_t i = 0; i < trace.size(); ++i)
    if (Plan::is_own(plan.nodes[i])) result.trace[plan.nodes[i].id] = std::move(trace[i].tensor_);
  return result;
}

template Derivatives differentiate<float>(const Document&, const GivenBatch&, bool);
template Derivatives differentiate<double>(const Document&, const GivenBatch&, bool);

Tensor evaluate(const Document& document, const Tensor& inputs) {
  const Plan plan = compile_or_throw(document.network);
  const Matrix values = columns(inputs, plan.input.size(), "inputs");
  const auto samples = static_cast<std::size_t>(values.cols());
  const auto parameters = parameters_of<double>(plan, document);
  Workspace<double> workspace(plan, Purpose::inference);
  workspace.use_parameters(parameters.data());
  Collector output(plan.output_shape(), samples);
  for (std::size_t first = 0; first < samples; first += lanes) {
    const int live = static_cast<int>(std::min<std::size_t>(lanes, samples - first));
    fill_block(values, static_cast<Eigen::Index>(first), live, workspace.input());
    workspace.forward(live, false);
    output.take(workspace.output(), first, live);
  }
  return std::move(output.tensor_);
}

}  // namespace crease
