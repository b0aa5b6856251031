#include "export/network_file.h"

#include <optional>

#include "export/onnx.h"
#include "export/pytorch.h"
#include "export/tables.h"
#include "train/json_text.h"
#include "train/trainer.h"

namespace crease {

namespace {

/// NAME.csv for the samples, NAME.weights.csv for the weights.
std::filesystem::path beside(const std::filesystem::path& file) {
  return file.parent_path() / (file.stem().string() + ".weights" + file.extension().string());
}

}  // namespace

std::vector<std::filesystem::path> export_network(const Document& document, std::string_view format,
                                                  const std::filesystem::path& file) {
  const Trained ready = trained(document);
  std::optional<DataSet> data;
  if ((format == "pytorch" || format == "csv") && document.data) {
    data = make_data(*document.data, document.folder);
    if (format == "pytorch") check_fit(ready.plan, *data);
  }
  const DataSet* samples = data ? &*data : nullptr;
  std::vector<std::filesystem::path> files;
  const auto write = [&](const std::filesystem::path& to, const std::string& text) {
    write_file(to, text);
    files.push_back(to);
  };
  if (format == "pytorch") {
    write(file, to_pytorch(ready, samples));
  } else if (format == "onnx") {
    write(file, to_onnx(ready));
  } else if (format == "safetensors") {
    write(file, to_safetensors(ready));
  } else {
    write(file, samples ? data_csv(*samples) : weights_csv(ready));
    if (samples) write(beside(file), weights_csv(ready));
  }
  return files;
}

}  // namespace crease
