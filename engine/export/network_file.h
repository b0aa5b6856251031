#pragma once
/// A whole network written for other tools.
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "train/document.h"

namespace crease {

struct NetworkFormat {
  std::string_view name;    ///< of the command line
  std::string_view title;   ///< of a menu
  std::string_view ending;  ///< of its files, with the dot
};
inline constexpr std::array<NetworkFormat, 4> network_formats{
    {{"pytorch", "PyTorch script", ".py"},
     {"onnx", "ONNX", ".onnx"},
     {"safetensors", "Weights as safetensors", ".safetensors"},
     {"csv", "Samples and weights as CSV", ".csv"}}};

/// Writes the network of a document in the format of that name: for pytorch with data and training
/// loop, for csv the samples, and the weights beside them. The files that were written. Throws
/// Problem.
std::vector<std::filesystem::path> export_network(const Document& document, std::string_view format,
                                                  const std::filesystem::path& file);

}  // namespace crease
