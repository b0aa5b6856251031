/// Optimisers, schedules, batches and the training loop as PyTorch has them; forms that it has not
/// are written out.
#include <fmt/format.h>

#include "export/pytorch_parts.h"

namespace crease {

namespace {

/// PyTorch's own optimiser, or the lines of an update that it does not have: of a parameter p with
/// gradient g, its moments s["m"] and s["r"], and the count of steps s["t"].
struct OptimiserText {
  bool constant_rate = true;

  struct Words {
    std::string own = {};     ///< torch.optim...
    std::string update = {};  ///< else these lines
  };

  Words operator()(const auto& o) const {
    throw Problem("training.optimiser", fmt::format("{} has no counterpart in PyTorch", o.name));
  }
  Words operator()(const Sgd& o) const {
    if (o.velocity == Velocity::scaled && o.momentum > 0 && !constant_rate) {
      const std::string moved =
          o.nesterov ? fmt::format("{} * s[\"m\"] - rate * g", o.momentum) : "s[\"m\"]";
      return {.update =
                  fmt::format("s[\"m\"] = {} * s[\"m\"] - rate * g\np += {}\n", o.momentum, moved)};
    }
    return {.own = fmt::format("SGD(learned, {}, momentum={}, weight_decay={}, nesterov={})",
                               o.rate, o.momentum, o.shaping.weight_decay,
                               o.nesterov && o.momentum > 0 ? "True" : "False")};
  }
  template <bool decoupled>
  Words operator()(const AdamForm<decoupled>& o) const {
    if (!o.epsilon_inside_root)
      return {.own = fmt::format("{}(learned, {}, ({}, {}), {}, {})", decoupled ? "AdamW" : "Adam",
                                 o.rate, o.beta1, o.beta2, o.epsilon, o.shaping.weight_decay)};
    std::string update;
    if (decoupled) update = fmt::format("p *= 1 - rate * {}\n", o.shaping.weight_decay);
    update += fmt::format("s[\"m\"] = {} * s[\"m\"] + {} * g\n", o.beta1, 1 - o.beta1);
    update += fmt::format("s[\"r\"] = {} * s[\"r\"] + {} * g * g\n", o.beta2, 1 - o.beta2);
    update += fmt::format(
        "p -= rate * s[\"m\"] / (1 - {} ** s[\"t\"]) / (s[\"r\"] / (1 - {} ** s[\"t\"]) + "
        "{}).sqrt()\n",
        o.beta1, o.beta2, o.epsilon);
    return {.update = update};
  }
  Words operator()(const RmsProp& o) const {
    if (!o.epsilon_inside_root)
      return {.own = fmt::format("RMSprop(learned, {}, {}, {}, {})", o.rate, o.decay, o.epsilon,
                                 o.shaping.weight_decay)};
    return {.update = fmt::format(
                "s[\"r\"] = {} * s[\"r\"] + {} * g * g\np -= rate * g / (s[\"r\"] + {}).sqrt()\n",
                o.decay, 1 - o.decay, o.epsilon)};
  }
  Words operator()(const Adagrad& o) const {
    if (!o.epsilon_inside_root)
      return {.own = fmt::format("Adagrad(learned, {}, weight_decay={}, eps={})", o.rate,
                                 o.shaping.weight_decay, o.epsilon)};
    return {.update =
                fmt::format("s[\"r\"] = s[\"r\"] + g * g\np -= rate * g / (s[\"r\"] + {}).sqrt()\n",
                            o.epsilon)};
  }
  Words operator()(const Perceptron& o) const {
    return {.own =
                fmt::format("SGD(learned, {}, weight_decay={})", o.rate, o.shaping.weight_decay)};
  }
};

std::string indented(const std::string& lines, int spaces) {
  std::string text;
  for (std::size_t at = 0, end = 0; at < lines.size(); at = end + 1) {
    end = lines.find('\n', at);
    text += std::string(static_cast<std::size_t>(spaces), ' ') + lines.substr(at, end - at) + "\n";
  }
  return text;
}

std::string optimiser_text(const Optimiser& optimiser, const Shaping& shaping, double rate) {
  const OptimiserText forms{.constant_rate =
                                std::holds_alternative<ConstantRate>(shaping.schedule)};
  const auto words = std::visit(forms, optimiser);
  if (!words.own.empty())
    return fmt::format("optimiser = torch.optim.{} if learned else None\n\n\n", words.own);
  const bool decoupled = std::holds_alternative<AdamW>(optimiser);
  return fmt::format(
             "class Form(torch.optim.Optimizer):\n"
             "    \"\"\"A form of the update that torch.optim does not have.\"\"\"\n\n"
             "    def __init__(self):\n"
             "        super().__init__(learned, {{\"lr\": {}}})\n\n"
             "    @torch.no_grad()\n"
             "    def step(self):\n"
             "        rate = self.param_groups[0][\"lr\"]\n"
             "        for p in learned:\n"
             "            s, g = self.state[p], p.grad + {} * p\n"
             "            if not s:\n"
             "                s.update(t=0, m=torch.zeros_like(p), r=torch.zeros_like(p))\n"
             "            s[\"t\"] += 1\n",
             rate, decoupled ? 0 : shaping.weight_decay) +
         indented(words.update, 12) + "\n\noptimiser = Form() if learned else None\n\n\n";
}

/// The rate of the step that follows `step` others.
struct ScheduleText {
  double rate;
  std::string operator()(const auto& s) const {
    throw Problem("training.optimiser.schedule",
                  fmt::format("{} has no counterpart in PyTorch", s.name));
  }
  std::string operator()(const ConstantRate&) const { return fmt::format("{}", rate); }
  std::string operator()(const StepRate& s) const {
    return fmt::format("{} * {} ** (step // {})", rate, s.factor, s.every);
  }
  std::string operator()(const CosineRate& s) const {
    return fmt::format("{0} + ({1} - {0}) * (1 + math.cos(math.pi * min(1, step / {2}))) / 2",
                       s.floor, rate, s.steps);
  }
  std::string operator()(const WarmupRate& s) const {
    return fmt::format("{} * min(1, (step + 1) / {})", rate, s.steps);
  }
  std::string operator()(const InverseTimeRate& s) const {
    return fmt::format("{} / (1 + {} * step)", rate, s.decay);
  }
};

std::string batches_text(const Training& training) {
  std::string text =
      "def batches(targets):\n"
      "    \"\"\"The samples of each step of an epoch.\"\"\"\n";
  if (training.balance == Balance::none) {
    text += "    order = torch.arange(len(targets))\n";
  } else {
    const bool over = training.balance == Balance::over;
    text += fmt::format(
        "    classes = torch.unique(targets, dim=0, return_inverse=True)[1]\n"
        "    each = int(torch.bincount(classes).{}())\n"
        "    parts = []\n"
        "    for k in range(int(classes.max()) + 1):\n"
        "        held = (classes == k).nonzero()[:, 0]\n"
        "        held = held[torch.randperm(len(held))[:each]]\n"
        "        more = held[torch.randint(len(held), (each - len(held),))]\n"
        "        parts.append(torch.cat([held, more]))\n"
        "    order = torch.cat(parts).sort()[0]\n",
        over ? "max" : "min");
  }
  const bool full = training.batch.full || training.sampling == Sampling::full;
  const bool shuffles =
      training.sampling == Sampling::shuffle || training.sampling == Sampling::one;
  if (training.sampling == Sampling::replacement)
    text += "    order = order[torch.randint(len(order), (len(order),))]\n";
  else if (shuffles && !full)
    text += "    order = order[torch.randperm(len(order))]\n";
  const std::string size = training.sampling == Sampling::one ? "1"
                           : full                             ? "len(order)"
                                  : fmt::format("{}", training.batch.size);
  return text + fmt::format("    return order.split({})\n\n\n", size);
}

}  // namespace

std::string training_text(const Trained& trained) {
  const Training& training = trained.document.training;
  const Shaping& shaping =
      std::visit([](const auto& o) -> const Shaping& { return o.shaping; }, training.optimiser);
  const double rate = std::visit([](const auto& o) { return o.rate; }, training.optimiser);
  std::string text =
      "model = Model()\n"
      "learned = [p for p in model.parameters() if p.requires_grad]\n" +
      optimiser_text(training.optimiser, shaping, rate) +
      fmt::format("def rate(step):\n    return {}\n\n\n",
                  std::visit(ScheduleText{rate}, shaping.schedule)) +
      batches_text(training);
  text += fmt::format(
      "def train(epochs, step={}):\n"
      "    inputs, targets = parts[\"train\"]\n"
      "    for epoch in range(epochs):\n"
      "        model.train()\n"
      "        for batch in batches(targets):\n"
      "            optimiser.zero_grad()\n"
      "            {}(model(inputs[batch]), targets[batch]).backward()\n"
      "            for p in learned:\n"
      "                if p.grad is None:\n"
      "                    p.grad = torch.zeros_like(p)\n",
      trained.document.state.step,
      std::holds_alternative<Perceptron>(training.optimiser) ? "rule" : "loss");
  if (shaping.clip_norm > 0)
    text += fmt::format("            nn.utils.clip_grad_norm_(learned, {})\n", shaping.clip_norm);
  if (shaping.l1 > 0)
    text += fmt::format(
        "            for p in learned:\n"
        "                p.grad += {} * p.detach().sign()\n",
        shaping.l1);
  return text +
         "            for group in optimiser.param_groups:\n"
         "                group[\"lr\"] = rate(step)\n"
         "            optimiser.step()\n"
         "            step += 1\n"
         "        print(f\"epoch {epoch + 1}: \" + scores())\n\n\n";
}

}  // namespace crease
