#include "data/mnist.h"

#include <string>
#include <system_error>

#include "core/paths.h"
#include "data/idx.h"
#include "data/packed_file.h"

namespace crease {

namespace {

using std::filesystem::path;

struct Parts {
  source::IdxPart train;
  source::IdxPart test;
};

/// The four files in a folder, each packed or not; nothing where one is missing.
std::optional<Parts> find_parts(const path& folder) {
  bool all = true;
  const auto find = [&](const char* name) {
    std::error_code ignored;
    for (const char* ending : {".gz", ""})
      if (path file = folder / (std::string(name) + ending); is_regular_file(file, ignored))
        return file;
    all = false;
    return path();
  };
  const Parts parts{{find("train-images-idx3-ubyte"), find("train-labels-idx1-ubyte")},
                    {find("t10k-images-idx3-ubyte"), find("t10k-labels-idx1-ubyte")}};
  if (!all) return {};
  return parts;
}

}  // namespace

DataSet Mnist::make(const Request& request) const {
  auto parts = find_parts(data_folder() / "mnist");
  if (!parts) parts = find_parts(assets_folder() / "mnist");
  if (!parts)
    throw file_problem(
        assets_folder() / "mnist",
        "the sample of MNIST is not there; CREASE_ASSETS can name the assets folder");
  return source::read_idx(parts->train, parts->test, request);
}

DataSet FashionMnist::make(const Request& request) const {
  const path own = data_folder() / "fashion_mnist";
  auto parts = find_parts(own);
  if (!parts) parts = find_parts("/usr/share/datasets/fashion-mnist");
  if (!parts)
    throw Problem(
        "data: source",
        "Fashion-MNIST is not installed: \"apt-get install dataset-fashion-mnist\" gets it, "
        "or put its four files into " +
            own.string());
  DataSet data = source::read_idx(parts->train, parts->test, request);
  if (data.class_count == 10)
    data.class_names = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                        "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
  return data;
}

}  // namespace crease
