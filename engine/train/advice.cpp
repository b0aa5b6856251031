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

/// What a loss does that is asked about.
enum class Odd { wants, squashes_again };

std::string sentence(const Network& network, const Loss& loss, const std::string& output,
                     Odd asked) {
  const Activation* last = last_activation(network, output);
  if (!last) return "";
  const bool probability = std::holds_alternative<Sigmoid>(*last);
  const bool distribution = std::holds_alternative<Softmax>(*last);
  const bool of_classes = decision_of(loss) == Decision::largest;
  const std::string ends =
      fmt::format("{}ends in {}", output.empty() ? "" : "at " + output + " ", name_of(*last));
  const std::string_view name = name_of(loss);
  const std::optional<Loss> other = other_form(loss);
  const std::string better =
      other ? fmt::format(": {} takes its output as it is", name_of(*other)) : "";
  if (asked == Odd::wants) {
    const bool met = distribution || (probability && !of_classes);
    if (reads_of(loss) != Reads::probabilities || met) return "";
    return fmt::format("{} wants probabilities (a last {}), but the network {}{}", name,
                       of_classes ? "softmax" : "sigmoid", ends, better);
  }
  if (reads_of(loss) != Reads::logits || !(probability || distribution)) return "";
  return fmt::format("{} squashes the output itself, and the network {} already{}", name, ends,
                     better);
}

}  // namespace

std::string loss_advice(const Network& network, const Loss& loss, const std::string& output) {
  const std::string wants = sentence(network, loss, output, Odd::wants);
  return wants.empty() ? sentence(network, loss, output, Odd::squashes_again) : wants;
}

std::optional<Loss> better_loss(const Network& network, const Loss& loss,
                                const std::string& output) {
  return loss_advice(network, loss, output).empty() ? std::nullopt : other_form(loss);
}

std::string probability_advice(const Network& network, const Training& training) {
  if (training.losses.empty()) return sentence(network, training.loss, "", Odd::wants);
  for (const auto& [output, weighted] : training.losses)
    if (std::string found = sentence(network, weighted.loss, output, Odd::wants); !found.empty())
      return found;
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
