#include "train/adapt.h"

#include <fmt/format.h>

#include <algorithm>

#include "train/objective.h"

namespace crease {

namespace {

/// The outputs a data set needs with this loss.
int outputs_for(const DataSet& data, const Loss& loss) {
  if (!data.is_classification()) return static_cast<int>(data.targets.rows());
  const bool one_for_two = !name_of(loss).starts_with("cross_entropy");
  return data.class_count == 2 && one_for_two ? 1 : data.class_count;
}

/// Whether the loss can be put to work on that many outputs for these targets.
bool serves(const Loss& loss, const DataSet& data, int outputs) {
  try {
    Objective(loss, Shape::features(outputs)).code(data);
    return true;
  } catch (const Problem&) {
    return false;
  }
}

Loss usual_loss(const DataSet& data) {
  Loss loss;
  if (!data.is_classification())
    select(loss, "mse");
  else
    select(loss, data.class_count == 2 ? "bce_logits" : "cross_entropy_logits");
  return loss;
}

/// Sets the units of the last node that has units; false where there is none.
bool set_output_units(Network& network, int units, bool logits) {
  if (network.nodes.empty()) return false;
  Node& last = network.nodes.back();
  auto* dense = std::get_if<Dense>(&last.layer);
  if (!dense) return false;
  dense->units = units;
  const auto squashes = name_of(dense->activation);
  if (logits && (squashes == "sigmoid" || squashes == "softmax"))
    select(dense->activation, "identity");
  return true;
}

std::string loss_words(const Loss& loss) {
  const std::string name(name_of(loss));
  if (name.starts_with("bce") || name.starts_with("cross_entropy")) return "the cross-entropy";
  if (name == "mse") return "the mean squared error";
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::string sample_words(const Shape& shape) {
  if (!shape.is_image)
    return fmt::format("{} number{}", shape.channels, shape.channels == 1 ? "" : "s");
  const std::string channels =
      shape.channels == 1 ? "" : fmt::format(" in {} channels", shape.channels);
  if (shape.height == 1) return fmt::format("signals of {}{}", shape.width, channels);
  return fmt::format("images of {} × {}{}", shape.height, shape.width, channels);
}

std::string adapt_to(Document& document, const DataSet& data) {
  const Document before = document;
  // Numbers that are given for the outputs as they are: nothing needs to change.
  const auto* last = document.network.nodes.empty()
                         ? nullptr
                         : std::get_if<Dense>(&document.network.nodes.back().layer);
  if (data.targets_as_given && last && document.network.input == data.shape &&
      serves(document.training.loss, data, last->units))
    return "";
  document.network.input = data.shape;
  const bool can_classify = data.is_classification();
  Loss& loss = document.training.loss;
  const bool was_class_loss = name_of(loss).find("cross_entropy") != std::string_view::npos ||
                              name_of(loss).starts_with("bce");
  // One output that says yes or no becomes a choice among classes, not as many yes or no.
  const bool one_of_many = can_classify && data.class_count > 2 && name_of(loss).starts_with("bce");
  // And back: two classes come as one output, unless there are two already.
  const bool yes_or_no = can_classify && data.class_count == 2 && last && last->units > 2 &&
                         name_of(loss).starts_with("cross_entropy");
  if (was_class_loss != can_classify || one_of_many || yes_or_no ||
      !serves(loss, data, outputs_for(data, loss)))
    loss = usual_loss(data);
  const bool logits = !(loss == before.training.loss);
  set_output_units(document.network, outputs_for(data, loss), logits);

  std::string words;
  const auto say = [&words](const std::string& what) {
    words += (words.empty() ? "" : "; ") + what;
  };
  if (!(before.network.input == document.network.input))
    say(fmt::format("the network now reads {}", sample_words(document.network.input)));
  if (!(before.network.nodes == document.network.nodes))
    say(fmt::format("the output has {} unit{}", outputs_for(data, loss),
                    outputs_for(data, loss) == 1 ? "" : "s"));
  if (!(before.training.loss == loss)) say(fmt::format("the loss is {}", loss_words(loss)));
  return words;
}

}  // namespace crease
