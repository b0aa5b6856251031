#include "train/advice.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

std::string loss_advice(const Network& network, const Loss& loss, const std::string& output) {
  const Activation* last = last_activation(network, output);
  if (!last) return "";
  const bool probability = std::holds_alternative<Sigmoid>(*last);
  const bool distribution = std::holds_alternative<Softmax>(*last);
  const std::string ends =
      fmt::format("{}ends in {}", output.empty() ? "" : "at " + output + " ", name_of(*last));
  const auto wants = [&](bool met, const char* what, const char* better) {
    return met ? ""
               : fmt::format("{} wants {}, but the network {}: {} takes its output as it is",
                             name_of(loss), what, ends, better);
  };
  const auto doubles = [&](bool so, const char* better) {
    return !so ? ""
               : fmt::format(
                     "{} squashes the output itself, and the network {} already: {} takes "
                     "its output as it is",
                     name_of(loss), ends, better);
  };
  if (std::holds_alternative<Bce>(loss))
    return wants(probability || distribution, "probabilities (a last sigmoid)", "bce_logits");
  if (std::holds_alternative<CrossEntropy>(loss))
    return wants(distribution, "probabilities (a last softmax)", "cross_entropy_logits");
  if (std::holds_alternative<BceLogits>(loss)) return doubles(probability || distribution, "bce");
  if (std::holds_alternative<CrossEntropyLogits>(loss))
    return doubles(probability || distribution, "cross_entropy");
  return "";
}

}  // namespace crease
