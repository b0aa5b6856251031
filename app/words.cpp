#include "words.h"

#include <array>
#include <cctype>
#include <utility>

#include "figure/text.h"

namespace crease::app {

namespace {

// What is not simply the name with spaces: the field's own spelling.
constexpr std::array<std::pair<std::string_view, std::string_view>, 99> spelling{{
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
    {"schedule.cosine", "Cosine"},
    {"schedule.inverse_time", "1/t"},
    {"l1", "$L_1$ penalty"},
    {"loss.mse", "Squared error"},
    {"loss.half_mse", "Squared error / 2"},
    {"loss.l1", "Absolute error"},
    {"loss.smooth_l1", "Smooth L1"},
    {"loss.focal_logits", "Focal"},
    {"loss.kl_logits", "KL divergence"},
    {"loss.emd", "Earth mover’s distance"},
    {"loss.hinge", "Hinge (two classes)"},
    {"loss.multiclass_hinge", "Hinge (classes)"},
    {"loss.cosine", "Cosine distance"},
    {"loss.gaussian_nll", "Gaussian likelihood"},
    {"loss.linear", "Linear (weights times outputs)"},
    {"fan_in_uniform", "Uniform by fan-in"},
    {"loss.bce", "Cross-entropy (two classes, from p)"},
    {"loss.bce_logits", "Cross-entropy (two classes)"},
    {"loss.cross_entropy", "Cross-entropy (classes, from p)"},
    {"loss.cross_entropy_logits", "Cross-entropy (classes)"},
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

std::string counted(long count, std::string_view one, std::string_view several) {
  const std::string number = number_text(static_cast<double>(count), 12);
  if (count == 1) return number + " " + std::string(one);
  return number + " " + (several.empty() ? std::string(one) + "s" : std::string(several));
}

}  // namespace crease::app
