#include "net/workspace.h"

#include <algorithm>

#include "core/random.h"

namespace crease {

namespace {

bool is_view_of_input(const Plan& plan, std::size_t node) {
  if (!plan.nodes[node].is_view) return false;
  const int from = plan.nodes[node].inputs[0];
  return from < 0 || is_view_of_input(plan, static_cast<std::size_t>(from));
}

}  // namespace

template <class T>
Workspace<T>::Workspace(const Plan& plan, Purpose purpose) : plan_(&plan) {
  const bool training = purpose != Purpose::inference;
  // A network of views only has its output gradient where the input's would be.
  const bool wants_input = purpose == Purpose::training_with_input_gradient ||
                           (training && is_view_of_input(plan, plan.nodes.size() - 1));

  // First the sizes, then the pointers: one allocation. Kept memory is needed in inference too,
  // since forward writes it; the scratch is shared by all nodes.
  std::size_t total = 0, scratch = 0;
  const auto reserve = [&](std::size_t features) {
    const std::size_t start = total;
    total += features * lanes;
    return start;
  };
  const std::size_t input = reserve(plan.input.size());
  const std::size_t input_gradient = wants_input ? reserve(plan.input.size()) : 0;
  std::vector<std::size_t> y, dy, kept;
  for (const PlanNode& node : plan.nodes) {
    y.push_back(node.is_view ? 0 : reserve(node.shape.size()));
    dy.push_back(node.is_view || !training ? 0 : reserve(node.shape.size()));
    kept.push_back(reserve(node.memory.kept));
    scratch = std::max(scratch, node.memory.scratch);
  }
  const std::size_t scratch_start = reserve(training ? scratch : 0);
  memory_.assign(total, T{0});

  T* base = memory_.data();
  input_ = base + input;
  input_gradient_ = wants_input ? base + input_gradient : nullptr;
  const auto output_of = [&](int i) {
    return i < 0 ? input_ : outputs_[static_cast<std::size_t>(i)];
  };
  const auto gradient_of = [&](int i) {
    return i < 0 ? input_gradient_ : output_gradients_[static_cast<std::size_t>(i)];
  };
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    outputs_.push_back(node.is_view ? output_of(node.inputs[0]) : base + y[i]);
    output_gradients_.push_back(!training      ? nullptr
                                : node.is_view ? gradient_of(node.inputs[0])
                                               : base + dy[i]);
    Pass<T> pass;
    pass.out = node.shape;
    pass.y = outputs_[i];
    pass.dy = output_gradients_[i];
    for (const int from : node.inputs) {
      pass.in.push_back(from < 0 ? plan.input : plan.nodes[static_cast<std::size_t>(from)].shape);
      pass.x.push_back(output_of(from));
      pass.dx.push_back(training ? gradient_of(from) : nullptr);
      pass.adds.push_back(false);
    }
    pass.weights.assign(node.segments.size(), nullptr);
    pass.gradients.assign(node.segments.size(), nullptr);
    pass.kept = base + kept[i];
    pass.scratch = base + scratch_start;
    pass.stream = hash(node.id);
    passes_.push_back(std::move(pass));
  }
  if (!training) return;
  // Backward runs from the last node to the first: whoever writes into a gradient first sets it.
  std::vector<T*> written;
  for (std::size_t i = plan.nodes.size(); i-- > 0;) {
    if (plan.nodes[i].is_view || !plan.nodes[i].reaches_output) continue;
    for (std::size_t j = 0; j < passes_[i].dx.size(); ++j) {
      T* to = passes_[i].dx[j];
      passes_[i].adds[j] = std::find(written.begin(), written.end(), to) != written.end();
      if (to) written.push_back(to);
    }
  }
}

template <class T>
void Workspace<T>::use_parameters(const T* parameters) {
  for (std::size_t i = 0; i < passes_.size(); ++i)
    for (std::size_t s = 0; s < passes_[i].weights.size(); ++s)
      passes_[i].weights[s] = parameters + plan_->segments[plan_->nodes[i].segments[s]].offset;
}

template <class T>
void Workspace<T>::use_gradient(T* gradient, bool frozen_too) {
  for (std::size_t i = 0; i < passes_.size(); ++i)
    for (std::size_t s = 0; s < passes_[i].gradients.size(); ++s) {
      const Segment& segment = plan_->segments[plan_->nodes[i].segments[s]];
      const bool none = segment.is_statistic || (segment.frozen && !frozen_too);
      passes_[i].gradients[s] = none ? nullptr : gradient + segment.offset;
    }
}

template <class T>
void Workspace<T>::begin(int samples, bool training, const Occasion& occasion) {
  for (Pass<T>& pass : passes_) {
    pass.samples = samples;
    pass.training = training;
    pass.occasion = occasion;
  }
}

template <class T>
void Workspace<T>::forward_nodes(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    std::visit([&](const auto& layer) { layer.forward(passes_[i]); }, plan_->nodes[i].layer);
}

template <class T>
void Workspace<T>::backward_nodes(std::size_t first, std::size_t last) {
  for (std::size_t i = last; i-- > first;)
    if (plan_->nodes[i].reaches_output)
      std::visit([&](const auto& layer) { layer.backward(passes_[i]); }, plan_->nodes[i].layer);
}

template class Workspace<float>;
template class Workspace<double>;

}  // namespace crease
