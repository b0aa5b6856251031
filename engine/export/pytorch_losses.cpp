/// Losses as PyTorch computes them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "export/pytorch_parts.h"

namespace crease {

namespace {

/// Lines that set `each`: the losses of elements, of pixels or of samples.
struct Lines {
  std::string operator()(const auto& l) const {
    throw Problem("training.loss", fmt::format("{} has no counterpart in PyTorch", l.name));
  }
  std::string operator()(const Mse&) const { return "each = (y - t) ** 2\n"; }
  std::string operator()(const HalfMse&) const { return "each = (y - t) ** 2 / 2\n"; }
  std::string operator()(const L1&) const { return "each = (y - t).abs()\n"; }
  std::string operator()(const Huber& l) const {
    return fmt::format("each = F.huber_loss(y, t, reduction='none', delta={})\n", l.delta);
  }
  std::string operator()(const SmoothL1& l) const {
    return fmt::format("each = F.smooth_l1_loss(y, t, reduction='none', beta={})\n", l.beta);
  }
  static std::string binary(const BinaryCrossEntropySettings& l, const char* logs) {
    return fmt::format("t = t.clamp({}, {})\n{}each = -({} * t * log_p + {} * (1 - t) * log_q)\n",
                       l.label_smoothing, 1 - l.label_smoothing, logs,
                       l.positive_weight * l.alpha.value_or(1), l.alpha ? 1 - *l.alpha : 1);
  }
  std::string operator()(const Bce& l) const {
    return binary(l, "log_p, log_q = y.log().clamp(min=-100), (1 - y).log().clamp(min=-100)\n");
  }
  std::string operator()(const BceLogits& l) const {
    return binary(l, "log_p, log_q = F.logsigmoid(y), F.logsigmoid(-y)\n");
  }
  std::string operator()(const FocalLogits& l) const {
    return fmt::format(
        "p, q = torch.sigmoid(y), torch.sigmoid(-y)\n"
        "each = -({0} * t * q ** {2} * F.logsigmoid(y) + {1} * (1 - t) * p ** {2} * "
        "F.logsigmoid(-y))\n",
        l.alpha, 1 - l.alpha, l.gamma);
  }
  static std::string classes(const CrossEntropySettings& l, const char* logs) {
    std::string lines = l.class_weights.empty()
                            ? "w = torch.ones(y.shape[1], dtype=dtype)\n"
                            : fmt::format("w = torch.tensor([{}], dtype=dtype)\n",
                                          fmt::join(l.class_weights, ", "));
    lines += "w = w.reshape(1, -1, *[1] * (y.dim() - 2))\n";
    lines += logs;
    lines += fmt::format("each = -(w * (t * {} + {} / y.shape[1]) * log_p).sum(1)\n",
                         1 - l.label_smoothing, l.label_smoothing);
    if (!l.class_weights.empty() && l.normalise_weights && l.reduction == Reduction::mean)
      lines +=
          "hard = ((t == 1).sum(1) == 1) & ((t == 0).sum(1) == y.shape[1] - 1)\n"
          "each = each.sum() / torch.where(hard, (w * t).sum(1), 1.).sum()\n";
    return lines;
  }
  std::string operator()(const CrossEntropy& l) const {
    return classes(l, "log_p = y.log().clamp(min=-100)\n");
  }
  std::string operator()(const CrossEntropyLogits& l) const {
    return classes(l, "log_p = F.log_softmax(y, 1)\n");
  }
  std::string operator()(const KlLogits&) const {
    return "each = F.kl_div(F.log_softmax(y, 1), t, reduction='none').sum(1)\n";
  }
  std::string operator()(const Emd&) const {
    return "each = (y.cumsum(1) - t.cumsum(1))[:, :-1].abs().sum(1)\n";
  }
  std::string operator()(const Hinge& l) const {
    return fmt::format("each = (1 - t * y).clamp(min=0) ** {}\n", l.squared ? 2 : 1);
  }
  std::string operator()(const MulticlassHinge&) const {
    return "right = (t * y).sum(1, keepdim=True)\n"
           "each = ((1 - t) * (1 - right + y).clamp(min=0)).sum(1) / y.shape[1]\n";
  }
  std::string operator()(const PerceptronLoss&) const {
    return "each = (-torch.where(t > 0.5, 1., -1.) * y).clamp(min=0)\n";
  }
  std::string operator()(const Dice&) const {
    return "y, t = y.flatten(1), t.flatten(1)\n"
           "common, total = 2 * (y * t).sum(1), (y + t).sum(1)\n"
           "each = torch.where(total != 0, 1 - common / total, common)\n";
  }
  std::string operator()(const Jaccard&) const {
    return "y, t = y.flatten(1), t.flatten(1)\n"
           "common, total = (y * t).sum(1), (y + t - y * t).sum(1)\n"
           "each = torch.where(total != 0, 1 - common / total, common)\n";
  }
  std::string operator()(const Cosine&) const {
    return "each = -F.cosine_similarity(y.flatten(1), t.flatten(1))\n";
  }
  std::string operator()(const GaussianNll& l) const {
    if (l.sigma)
      return fmt::format(
          "each = (y - t) ** 2 / (2 * {0} ** 2) + torch.tensor({0} * (2 * torch.pi) ** 0.5, "
          "dtype=dtype).log()\n",
          *l.sigma);
    return fmt::format(
        "mean, log_variance = y.chunk(2, 1)\n"
        "below = ({0} - log_variance).clamp(min=0)\n"
        "precision = (-log_variance.clamp(min={0})).exp() * (1 + below.log1p())\n"
        "each = (mean - t) ** 2 * precision / 2 + log_variance / 2\n"
        "each = each + torch.tensor(2 * torch.pi, dtype=dtype).log() / 2\n",
        GaussianNll::least_log_variance);
  }
  std::string operator()(const Linear&) const { return "each = y * t\n"; }
};

}  // namespace

std::string loss_text(const Loss& loss, double weight) {
  std::string lines = std::visit(Lines{}, loss);
  const auto reduction = std::visit([](const auto& l) { return l.reduction; }, loss);
  lines += reduction == Reduction::sum           ? "return each.sum()"
           : reduction == Reduction::sum_outputs ? "return each.sum() / y.shape[0]"
                                                 : "return each.mean()";
  if (weight != 1) lines += fmt::format(" * {}", weight);
  std::string indented = "    ";
  for (const char c : lines) {
    indented += c;
    if (c == '\n') indented += "    ";
  }
  return indented + "\n";
}

namespace {

/// One loss for each output; `target` holds the targets of all, one after the other.
std::string sum_of_losses(const Plan& plan, const std::vector<WeightedLoss>& losses,
                          const std::string& name) {
  std::string text;
  std::vector<std::string> terms;
  std::size_t first = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const Shape& shape = plan.nodes[static_cast<std::size_t>(plan.outputs[i])].shape;
    const auto count = static_cast<std::size_t>(Objective(losses[i].loss, shape).targets());
    auto dimensions = shape.dimensions();
    dimensions[0] = count * dimensions[0] / shape.size();
    text += fmt::format("def {}_{}(y, t):\n{}\n\n", name, i,
                        loss_text(losses[i].loss, losses[i].weight));
    terms.push_back(fmt::format("{}_{}(outputs[{}], target[:, {}:{}].reshape(-1, {}))", name, i, i,
                                first, first + count, fmt::join(dimensions, ", ")));
    first += count;
  }
  return text + fmt::format("def {}(outputs, target):\n    return {}\n\n\n", name,
                            fmt::join(terms, " + "));
}

}  // namespace

std::string losses_text(const Trained& trained) {
  const Training& training = trained.document.training;
  std::vector<WeightedLoss> losses;
  for (const int node : trained.plan.outputs) {
    const auto own = training.losses.find(trained.plan.nodes[static_cast<std::size_t>(node)].id);
    losses.push_back(own == training.losses.end() ? WeightedLoss{.loss = training.loss}
                                                  : own->second);
  }
  std::string text = sum_of_losses(trained.plan, losses, "loss");
  if (std::holds_alternative<Perceptron>(training.optimiser))
    text += sum_of_losses(
        trained.plan,
        {WeightedLoss{.loss = PerceptronLoss{SignSettings{.reduction = Reduction::sum}}}}, "rule");
  return text;
}

}  // namespace crease
