#include "export/pytorch.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>

#include "export/pytorch_parts.h"

namespace crease {

namespace {

std::string base64(const std::string& bytes) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    const std::size_t held = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < held ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= held ? letters[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

std::string compressed(const void* from, std::size_t bytes) {
  uLongf size = compressBound(bytes);
  std::string to(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(to.data()), &size, static_cast<const Bytef*>(from),
               bytes) != Z_OK)
    throw Problem("the numbers cannot be compressed");
  to.resize(size);
  return to;
}

constexpr std::size_t most_numbers_in_words = 20000;

std::string title_of(const Document& document) {
  std::string title = document.title.empty() ? "A network, exported by Crease" : document.title;
  std::replace_if(
      title.begin(), title.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return title;
}

constexpr const char* usage = R"(#
# The network with its weights, its data, its loss and its optimiser, exported by Crease.
#   python3 FILE                          the scores of each part of the data
#   python3 FILE --train 20               twenty more epochs, from fresh moments of the optimiser
#   python3 FILE --gradient BATCH [train] loss, outputs and gradients on a batch of `crease gradient`
import base64
import json
import math
import sys
import zlib

import torch
import torch.nn as nn
import torch.nn.functional as F

dtype = torch.float64


def numbers(shape, values):
    return torch.tensor(values, dtype=dtype).reshape(shape)


def packed(shape, kind, text):
    data = bytearray(zlib.decompress(base64.b64decode(text)))
    return torch.frombuffer(data, dtype=kind).to(dtype).reshape(shape)


)";

constexpr const char* ending = R"(def scores():
    model.eval()
    words = []
    with torch.no_grad():
        for name, (inputs, targets) in parts.items():
            outputs = model(inputs)
            words.append(f"{name} loss {float(loss(outputs, targets)):.6g}")
            if (found := accuracy(outputs[0], targets)) is not None:
                words[-1] += f" accuracy {float(found):.4f}"
    return ", ".join(words)


def gradient(batch, training=False):
    tensor = lambda t: numbers(t["shape"], t["data"])
    x = tensor(batch["input"]).requires_grad_()
    model.train(training)
    model.zero_grad()
    outputs = model(x)
    value = loss(outputs, tensor(batch["target"]).flatten(1))
    value.backward()
    return {
        "loss": float(value),
        "output": torch.cat([y.flatten(1) for y in outputs], 1).flatten().tolist(),
        "gradients": {n: p.grad.flatten().tolist() for n, p in model.p.items() if p.grad is not None},
        "input_gradient": x.grad.flatten().tolist(),
    }


if __name__ == "__main__":
    if "--gradient" in sys.argv:
        at = sys.argv.index("--gradient")
        print(json.dumps(gradient(json.load(open(sys.argv[at + 1])), "train" in sys.argv[at + 2:])))
    else:
        print(scores())
        if "--train" in sys.argv:
            train(int(sys.argv[sys.argv.index("--train") + 1]))
)";

/// The share of the samples, or of the pixels, that are decided rightly.
std::string accuracy_text(Decision decision, const Plan& plan, int targets) {
  std::string text = "def accuracy(y, target):\n";
  if (decision == Decision::none) return text + "    return None  # real targets\n\n\n";
  const Shape& shape = plan.nodes[static_cast<std::size_t>(plan.outputs[0])].shape;
  auto dimensions = shape.dimensions();
  dimensions[0] = static_cast<std::size_t>(targets) * dimensions[0] / shape.size();
  text +=
      fmt::format("    t = target[:, :{}].reshape(-1, {})\n", targets, fmt::join(dimensions, ", "));
  const char* right = decision == Decision::largest       ? "y.argmax(1) == t.argmax(1)"
                      : decision == Decision::probability ? "((y > 0.5) == (t > 0.5)).all(1)"
                                                          : "((y > 0) == (t > 0.5)).all(1)";
  return text + fmt::format("    return ({}).to(dtype).mean()\n\n\n", right);
}

std::string parts_text(const Trained& trained, const DataSet* data) {
  std::string text =
      "# The samples of each part: inputs, and targets as the loss sees them.\nparts = {";
  Decision decision = Decision::none;
  const Objective objective(trained.document.training, trained.plan);
  if (data) {
    text += '\n';
    const auto add = [&](const char* name, const std::vector<std::size_t>& samples) {
      if (samples.empty()) return;
      const ExportedPart part = exported_part(*data, objective, samples);
      text += fmt::format("    \"{}\": (\n        {},\n        {},\n    ),\n", name,
                          tensor_text(part.inputs), tensor_text(part.targets));
    };
    add("train", data->train);
    add("validation", data->validation);
    add("test", data->test);
    decision = objective.code(*data, data->train).decision;
  }
  const Shape& first = trained.plan.nodes[static_cast<std::size_t>(trained.plan.outputs[0])].shape;
  const auto& losses = trained.document.training.losses;
  const auto own =
      losses.find(trained.plan.nodes[static_cast<std::size_t>(trained.plan.outputs[0])].id);
  const Loss& loss = own == losses.end() ? trained.document.training.loss : own->second.loss;
  return text + "}\n\n\n" + accuracy_text(decision, trained.plan, Objective(loss, first).targets());
}

}  // namespace

std::string tensor_text(const Tensor& tensor) {
  const std::string shape = fmt::format("[{}]", fmt::join(tensor.shape, ", "));
  if (tensor.data.size() <= most_numbers_in_words)
    return fmt::format("numbers({}, [{}])", shape, fmt::join(tensor.data, ", "));
  const auto all = [&](auto holds) {
    return std::all_of(tensor.data.begin(), tensor.data.end(), holds);
  };
  const auto text = [&](const char* kind, const void* from, std::size_t bytes) {
    return fmt::format("packed({}, torch.{}, \"{}\")", shape, kind,
                       base64(compressed(from, bytes)));
  };
  // Bytes of images are numbers b/255.
  const auto as_byte = [](double v) { return static_cast<unsigned char>(std::lround(v * 255)); };
  if (all([&](double v) { return v >= 0 && v <= 1 && as_byte(v) / 255.0 == v; })) {
    std::vector<unsigned char> bytes;
    for (const double v : tensor.data) bytes.push_back(as_byte(v));
    return text("uint8", bytes.data(), bytes.size()) + " / 255";
  }
  return text("float64", tensor.data.data(), tensor.data.size() * sizeof(double));
}

std::string to_pytorch(const Trained& trained, const DataSet* data) {
  std::string weights = "weights = {\n";
  for (const Segment& segment : trained.plan.segments)
    weights += fmt::format("    \"{}\": (\"{}\", {}),\n", segment.name,
                           segment.is_statistic ? "statistic"
                           : segment.frozen     ? "frozen"
                                                : "learned",
                           tensor_text(trained.weights.at(segment.name)));
  return fmt::format("# {}\n", title_of(trained.document)) + usage + weights + "}\n\n\n" +
         model_text(trained.plan) + losses_text(trained) + parts_text(trained, data) +
         training_text(trained) + ending;
}

}  // namespace crease
