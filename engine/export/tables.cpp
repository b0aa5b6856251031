#include "export/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace crease {

namespace {

bool is_single(const Tensors& tensors) {
  return std::all_of(tensors.begin(), tensors.end(), [](const auto& entry) {
    return std::all_of(entry.second.data.begin(), entry.second.data.end(), [](double value) {
      // Numbers of a float run are written as the shortest that reads back as the same float.
      return shortest(static_cast<float>(value)) == value;
    });
  });
}

template <class T>
void append(std::string& bytes, T value) {
  static_assert(std::endian::native == std::endian::little);
  std::array<char, sizeof(T)> raw{};
  std::memcpy(raw.data(), &value, sizeof(T));
  bytes.append(raw.data(), raw.size());
}

/// A name as a cell: in quotes where it needs them.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string to_safetensors(const Trained& trained) {
  const bool single = is_single(trained.weights);
  Json header = Json::object();
  std::string numbers;
  for (const auto& [name, tensor] : trained.weights) {
    const std::size_t start = numbers.size();
    for (const double value : tensor.data)
      if (single)
        append(numbers, static_cast<float>(value));
      else
        append(numbers, value);
    header[name] = {{"dtype", single ? "F32" : "F64"},
                    {"shape", tensor.shape},
                    {"data_offsets", {start, numbers.size()}}};
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the numbers are aligned
  std::string file;
  append(file, static_cast<std::uint64_t>(text.size()));
  return file + text + numbers;
}

std::string weights_csv(const Trained& trained) {
  constexpr std::size_t most = 4;
  std::string table = "tensor,i,j,k,l,value\n";
  for (const auto& [name, tensor] : trained.weights)
    for (std::size_t i = 0; i < tensor.data.size(); ++i) {
      std::array<std::size_t, most> index{};
      std::size_t rest = i;
      for (std::size_t d = tensor.shape.size(); d-- > 0; rest /= tensor.shape[d])
        index[d] = rest % tensor.shape[d];
      table += name;
      for (std::size_t d = 0; d < most; ++d)
        table += d < tensor.shape.size() ? fmt::format(",{}", index[d]) : ",";
      table += fmt::format(",{}\n", tensor.data[i]);
    }
  return table;
}

std::string data_csv(const DataSet& data) {
  const std::size_t inputs = data.shape.size();
  std::string table = "part";
  for (std::size_t f = 0; f < inputs; ++f)
    table +=
        "," + (data.input_names.empty() ? fmt::format("x{}", f + 1) : cell(data.input_names[f]));
  const Eigen::Index targets = data.is_classification() ? 0 : data.targets.rows();
  const std::string target = data.target_name.empty() ? "" : cell(data.target_name);
  if (data.is_classification()) table += "," + (target.empty() ? "class" : target);
  for (Eigen::Index k = 0; k < targets; ++k)
    table += "," + (targets == 1 && !target.empty() ? target : fmt::format("y{}", k + 1));
  table += '\n';
  const auto rows = [&](const char* part, const std::vector<std::size_t>& samples) {
    for (const std::size_t i : samples) {
      const auto column = static_cast<Eigen::Index>(i);
      table += part;
      for (std::size_t f = 0; f < inputs; ++f)
        table += fmt::format(",{}", data.bytes.empty()
                                        ? data.values(static_cast<Eigen::Index>(f), column)
                                        : data.bytes[i * inputs + f] / 255.0);
      if (data.is_classification())
        table += "," + (data.class_names.empty()
                            ? fmt::format("{}", data.classes[i])
                            : cell(data.class_names[static_cast<std::size_t>(data.classes[i])]));
      for (Eigen::Index k = 0; k < targets; ++k)
        table += fmt::format(",{}", data.targets(k, column));
      table += '\n';
    }
  };
  rows("train", data.train);
  rows("validation", data.validation);
  rows("test", data.test);
  return table;
}

}  // namespace crease
