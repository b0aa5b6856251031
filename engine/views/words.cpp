#include "views/words.h"

#include <fmt/format.h>

#include <cctype>
#include <vector>

#include "figure/text.h"

namespace crease {

namespace {

/// Names from files may be of any length; a label may not.
std::string short_name(const std::string& name) {
  return plain(shortened(name, TextStyle{.size = 12}, 120));
}

}  // namespace

std::string input_label(const Snapshot& snapshot, int input) {
  const auto i = static_cast<std::size_t>(input);
  if (snapshot.data && i < snapshot.data->input_names.size())
    return short_name(snapshot.data->input_names[i]);
  return snapshot.plan->input.size() == 1 ? "$x$" : fmt::format("$x_{{{}}}$", input + 1);
}

std::string output_label(const Snapshot& snapshot, int output) {
  const bool single = snapshot.plan->output_shape().size() == 1;
  if (single && snapshot.data && !snapshot.data->target_name.empty())
    return short_name(snapshot.data->target_name);
  return single ? "$y$" : fmt::format("$y_{{{}}}$", output + 1);
}

std::string class_label(const Snapshot& snapshot, int number) {
  const auto i = static_cast<std::size_t>(number);
  if (snapshot.data && i < snapshot.data->class_names.size())
    return short_name(snapshot.data->class_names[i]);
  return fmt::format("class {}", number);
}

int layer_number(const Plan& plan, std::string_view node) {
  int number = 0;
  for (const PlanNode& each : plan.nodes) {
    const bool is_layer =
        std::holds_alternative<Dense>(each.layer) || std::holds_alternative<Conv2d>(each.layer);
    if (is_layer) ++number;
    if (each.id == node) return is_layer ? number : 0;
  }
  return 0;
}

namespace {

/// As much of a name as leaves room for what stands beside it: how it begins and how it ends, since
/// names of one network often begin alike.
std::string short_name(std::string_view name) {
  constexpr std::size_t first = 12, last = 11;
  std::vector<std::size_t> characters;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((static_cast<unsigned char>(name[i]) & 0xc0U) != 0x80U) characters.push_back(i);
  const std::size_t count = characters.size();
  if (count <= first + last + 1) return std::string(name);
  return std::string(name.substr(0, characters[first])) + "…" +
         std::string(name.substr(characters[count - last]));
}

}  // namespace

std::string layer_label(const Plan& plan, std::string_view node) {
  const bool says_little = node.size() > 1 && (std::isalpha(node[0]) != 0) &&
                           node.find_first_not_of("0123456789", 1) == std::string_view::npos;
  const int number = says_little ? layer_number(plan, node) : 0;
  return number > 0 ? fmt::format("layer {}", number) : plain(short_name(node));
}

std::string layer_title(const Plan& plan, std::string_view node) {
  std::string label = layer_label(plan, node);
  if (label != plain(short_name(node))) label.front() = 'L';
  return label;
}

std::string loss_label(const Snapshot& snapshot) {
  const Training& training = snapshot.document->training;
  if (training.losses.size() > 1) return "weighted sum of the losses";
  return std::string(title_of(loss_of(training)));
}

std::string count_text(std::size_t count) { return number_text(static_cast<double>(count)); }

std::string wrong_text(std::size_t wrong, std::size_t all) {
  return fmt::format("{} of {} wrong", count_text(wrong), count_text(all));
}

}  // namespace crease
