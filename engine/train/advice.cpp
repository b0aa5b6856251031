#include "train/advice.h"

#include <fmt/format.h>

#include <algorithm>

#include "train/json_fields.h"

namespace crease {

namespace {

/// The activation behind which nothing changes the values of node `id` any more (of the last node
/// where it is empty); null where that is not known.
const Activation* last_activation(const Network& network, std::string id) {
  for (auto node = network.nodes.rbegin(); node != network.nodes.rend(); ++node) {
    if (!id.empty() && node->id != id) continue;
    if (const auto* dense = std::get_if<Dense>(&node->layer)) return &dense->activation;
    if (const auto* conv = std::get_if<Conv2d>(&node->layer)) return &conv->activation;
    if (const auto* own = std::get_if<ActivationLayer>(&node->layer)) return &own->function;
    if (!std::holds_alternative<Flatten>(node->layer)) return nullptr;
    id = node->inputs && !node->inputs->empty() ? node->inputs->front() : "";
  }
  return nullptr;
}

/// The same loss on logits where it reads probabilities, and the other way round.
std::optional<Loss> other_form(const Loss& loss) {
  constexpr std::string_view on_logits = "_logits";
  std::string name(name_of(loss));
  if (name.ends_with(on_logits))
    name.resize(name.size() - on_logits.size());
  else
    name += on_logits;
  Loss other;
  if (!select(other, name)) return {};
  Json settings = json::write(loss, Field{}, json::Writing{});
  settings["type"] = name;
  json::Reading reading;
  json::read(settings, other, Field{}, json::Place{&reading, "", {}});
  return other;
}

}  // namespace

LossAdvice loss_advice(const Network& network, const Loss& loss, const std::string& output) {
  const Activation* last = last_activation(network, output);
  if (!last) return {};
  const bool probability = std::holds_alternative<Sigmoid>(*last);
  const bool distribution = std::holds_alternative<Softmax>(*last);
  const bool of_classes = decision_of(loss) == Decision::largest;
  LossAdvice advice;
  advice.is_unmet =
      reads_of(loss) == Reads::probabilities && !distribution && (!probability || of_classes);
  const bool squashes_again = reads_of(loss) == Reads::logits && (probability || distribution);
  if (!advice.is_unmet && !squashes_again) return {};
  const std::string_view name = name_of(loss);
  const std::string ends = fmt::format(
      "{}ends in {}", output.empty() ? "" : "at " + output + " ",
      std::holds_alternative<Identity>(*last) ? "a linear unit" : std::string(name_of(*last)));
  advice.sentence =
      advice.is_unmet
          ? fmt::format("{} wants probabilities (a last {}), but the network {}", name,
                        of_classes ? "softmax" : "sigmoid", ends)
          : fmt::format("{} squashes the output itself, and the network {} already", name, ends);
  advice.better = other_form(loss);
  if (advice.better)
    advice.sentence += fmt::format(": {} takes its output as it is", name_of(*advice.better));
  return advice;
}

std::string probability_advice(const Network& network, const Training& training) {
  const auto unmet = [&network](const Loss& loss, const std::string& output) {
    const LossAdvice advice = loss_advice(network, loss, output);
    return advice.is_unmet ? advice.sentence : "";
  };
  if (training.losses.empty()) return unmet(training.loss, "");
  for (const auto& [output, weighted] : training.losses)
    if (std::string found = unmet(weighted.loss, output); !found.empty()) return found;
  return "";
}

std::string outputs_advice(const Plan& plan, const Training& training, const DataSet& data) {
  if (!data.is_classification() || plan.outputs.size() != 1) return "";
  const Outputs outputs = Outputs::of(plan.output_shape());
  const Loss& loss = loss_of(training);
  const int targets = std::visit(
      [&](const auto& l) {
        if constexpr (requires { l.targets(outputs); }) return l.targets(outputs);
        return outputs.size();
      },
      loss);
  if (targets < 2 || targets <= data.class_count) return "";
  return fmt::format(
      "the network has {} outputs, but the data has {} classes: no sample asks for "
      "the others",
      targets, data.class_count);
}

}  // namespace crease
