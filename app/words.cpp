#include "words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/fields.h"
#include "figure/text.h"
#include "losses/losses.h"

namespace crease::app {

namespace {

// What is not simply the name with spaces: the field's own spelling.
constexpr std::array<std::pair<std::string_view, std::string_view>, 83> spelling{{
    {"sgd", "SGD"},
    {"adam", "Adam"},
    {"adamw", "AdamW"},
    {"adagrad", "AdaGrad"},
    {"rmsprop", "RMSProp"},
    {"relu", "ReLU"},
    {"leaky_relu", "Leaky ReLU"},
    {"prelu", "PReLU"},
    {"elu", "ELU"},
    {"selu", "SELU"},
    {"gelu", "GELU"},
    {"silu", "SiLU"},
    {"tanh", "tanh"},
    {"hard_tanh", "hard tanh"},
    {"sigmoid", "sigmoid"},
    {"softmax", "softmax"},
    {"softplus", "softplus"},
    {"identity", "identity"},
    {"initialiser.identity", "Identity matrix"},
    {"initialiser.torch", "PyTorch’s own"},
    {"schedule.inverse_time", "1/t"},
    {"l1", "$L_1$ penalty"},
    {"fan_in_uniform", "Uniform by fan-in"},
    {"xor", "XOR"},
    {"xor4", "XOR, four points"},
    {"xor4_signed", "XOR, −1 and 1"},
    {"and", "AND"},
    {"or", "OR"},
    {"mnist", "MNIST digits"},
    {"fashion_mnist", "Fashion-MNIST"},
    {"csv", "Table (CSV)"},
    {"idx", "Images (IDX)"},
    {"gauss", "Two clouds"},
    {"sine", "Sine"},
    {"xavier_uniform", "Xavier uniform"},
    {"xavier_normal", "Xavier normal"},
    {"he_uniform", "He uniform"},
    {"he_normal", "He normal"},
    {"lecun_uniform", "LeCun uniform"},
    {"lecun_normal", "LeCun normal"},
    {"conv2d", "Convolution"},
    {"max_pool", "Max-pool"},
    {"avg_pool", "Average-pool"},
    {"test_fraction", "Test share"},
    {"validation_fraction", "Validation share"},
    {"rate", "Rate $η$"},
    {"momentum", "Momentum"},
    {"beta1", "Beta$_1$"},
    {"beta2", "Beta$_2$"},
    {"epsilon", "Epsilon $ε$"},
    {"epsilon_inside_root", "$ε$ inside root"},
    {"initialiser", "Weights"},
    {"positive_weight", "Weight of class 1"},
    {"label_smoothing", "Label smoothing"},
    {"auto", "chosen for me"},
    {"cpu", "CPU"},
    {"gpu", "GPU"},
    {"l1_norm", "$L_1$"},
    {"bias", "Bias"},
    {"std", "Standard deviation"},
    {"mnist1d", "Signals (MNIST-1D)"},
    {"spiral3", "Three spirals"},
    {"regression_plane", "Plane, real values"},
    {"regression_gauss", "Bumps, real values"},
    {"shapes", "Shapes with masks"},
    {"x", "Time in"},
    {"log_x", "Logarithmic time"},
    {"log_loss", "Logarithmic loss"},
    {"which", "Show"},
    {"worst", "largest loss"},
    {"first", "the first"},
    {"part", "From the"},
    {"test", "test samples"},
    {"train", "training samples"},
    {"count", "At most"},
    {"layers", "Folds of layers"},
    {"most", "Regions at most"},
    {"from_layer", "Start behind layer"},
    {"discretise", "Chosen class only"},
    {"most_columns", "Columns drawn"},
    {"path", "File"},
    {"show_test", "Test samples"},
    {"show_train", "Training samples"},
}};

}  // namespace

std::string in_words(std::string_view name, std::string_view of) {
  const std::string whole = std::string(of) + "." + std::string(name);
  for (const std::string_view sought : {std::string_view(whole), name})
    for (const auto& [known, written] : spelling)
      if (known == sought) return std::string(written);
  std::string words(name);
  for (char& c : words)
    if (c == '_') c = ' ';
  if (!words.empty()) words.front() = static_cast<char>(std::toupper(words.front()));
  return words;
}

std::string said_in_words(std::string_view sentence) {
  const auto is_letter = [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  // What stands in quotes or in a path of names was written by a person.
  const auto is_quoted = [&](std::size_t from, std::size_t past) {
    const char before = from > 0 ? sentence[from - 1] : ' ';
    const char after = past < sentence.size() ? sentence[past] : ' ';
    const bool leads_on =
        after == '.' && past + 1 < sentence.size() && is_letter(sentence[past + 1]);
    return before == '.' || before == '"' || after == '"' || leads_on;
  };
  // Names that are words of their own, such as "linear", may mean something else.
  const auto is_code = [](std::string_view name) {
    return name.find('_') != std::string_view::npos || name == "bce" || name == "mse" ||
           name == "emd";
  };
  std::string said;
  for (std::size_t i = 0; i < sentence.size();) {
    std::size_t past = i;
    while (past < sentence.size() && is_letter(sentence[past])) ++past;
    past = std::max(past, i + 1);
    const std::string_view word = sentence.substr(i, past - i);
    Loss named;
    const bool is_loss = is_code(word) && !is_quoted(i, past) && select(named, word);
    said += is_loss ? title_of(named) : word;
    i = past;
  }
  return said;
}

std::string refusal_in_words(std::string_view sentence) {
  std::string words = said_in_words(sentence.substr(sentence.find(' ') + 1));
  if (!words.empty()) words.front() = static_cast<char>(std::toupper(words.front()));
  return words;
}

std::string problem_in_words(std::string_view problem) {
  constexpr std::string_view section = "training.", of_outputs = "losses.", end = ": ";
  const std::size_t past = problem.find(end);
  constexpr std::string_view input = "network.input: ";
  if (problem.starts_with(input))
    return "The input of the network " + said_in_words(problem.substr(input.size()));
  if (!problem.starts_with(section) || past == std::string_view::npos)
    return said_in_words(problem);
  const std::string_view setting = problem.substr(section.size(), past - section.size());
  const std::string place = setting.starts_with(of_outputs)
                                ? "Loss of " + std::string(setting.substr(of_outputs.size()))
                                : in_words(setting.substr(setting.rfind('.') + 1));
  return place + std::string(end) + said_in_words(problem.substr(past + end.size()));
}

std::string counted(long count, std::string_view one, std::string_view several) {
  const std::string number = number_text(static_cast<double>(count), 12);
  if (count == 1) return number + " " + std::string(one);
  return number + " " + (several.empty() ? std::string(one) + "s" : std::string(several));
}

}  // namespace crease::app
