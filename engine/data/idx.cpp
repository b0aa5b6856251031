#include "data/idx.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "data/packed_file.h"

namespace crease {

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 31;
constexpr std::size_t widest = 4096;

std::string_view type_name(std::uint8_t code) {
  switch (code) {
    case 0x09:
      return "signed bytes";
    case 0x0B:
      return "16-bit integers";
    case 0x0C:
      return "32-bit integers";
    case 0x0D:
      return "32-bit floats";
    case 0x0E:
      return "64-bit floats";
    default:
      return {};
  }
}

/// The sizes an IDX header gives, which must be `rank`: two zero bytes, the type, the number of
/// dimensions, then each size as four bytes, the highest first.
std::vector<std::size_t> read_header(PackedFile& file, std::size_t rank, std::string_view content) {
  const auto magic = file.read(4);
  if (magic.size() < 4 || magic[0] != 0 || magic[1] != 0 ||
      (magic[2] != 0x08 && type_name(magic[2]).empty()))
    throw file.problem("this is not an IDX file");
  if (magic[2] != 0x08)
    throw file.problem(
        fmt::format("holds {}, but {} must be unsigned bytes", type_name(magic[2]), content));
  if (magic[3] != rank)
    throw file.problem(fmt::format("has {} dimension{}, but {} need {}", magic[3],
                                   magic[3] == 1 ? "" : "s", content, rank));
  const auto bytes = file.read(4 * rank);
  if (bytes.size() < 4 * rank) throw file.problem("the file is cut short");
  std::vector<std::size_t> sizes(rank);
  for (std::size_t i = 0; i < bytes.size(); ++i) sizes[i / 4] = sizes[i / 4] << 8 | bytes[i];
  if (sizes[0] == 0) throw file.problem(fmt::format("holds no {}", content));
  return sizes;
}

/// The bytes of the first `kept` of `count` items; of all, they must be all the file holds.
std::vector<std::uint8_t> read_items(PackedFile& file, std::size_t count, std::size_t kept,
                                     std::size_t item) {
  auto bytes = file.read(kept * item);
  if (bytes.size() < kept * item)
    throw file.problem(fmt::format("the file is cut short: it promises {} items of {} byte{}",
                                   count, item, item == 1 ? "" : "s"));
  if (kept == count && !file.read(1).empty())
    throw file.problem("the file is longer than its header says");
  return bytes;
}

/// Appends one part to the data set, and returns the number of its samples.
std::size_t append(DataSet& data, const source::IdxPart& part, const Request* limit) {
  PackedFile image_file(part.images);
  const auto sizes = read_header(image_file, 3, "images");
  const std::size_t count = sizes[0];
  const std::size_t height = sizes[1];
  const std::size_t width = sizes[2];
  if (height == 0 || width == 0 || height > widest || width > widest ||
      count > most_bytes / (height * width))
    throw image_file.problem(fmt::format(
        "promises {} images of {} x {}: that is not a sensible size (sides 1 to {}, 2 GiB "
        "in all)",
        count, height, width, widest));
  const Shape shape = Shape::image(1, static_cast<int>(height), static_cast<int>(width));
  if (!data.bytes.empty() && data.shape != shape)
    throw image_file.problem(fmt::format("the images are {}, but those for training {}",
                                         to_string(shape), to_string(data.shape)));

  PackedFile label_file(part.labels);
  const std::size_t labels = read_header(label_file, 1, "labels")[0];
  if (labels != count)
    throw label_file.problem(fmt::format("holds {} labels for the {} images of {}", labels, count,
                                         part.images.string()));
  const auto classes = read_items(label_file, count, count, 1);
  const std::size_t kept = limit != nullptr ? limit->keep(count) : count;
  auto bytes = read_items(image_file, count, kept, height * width);

  data.shape = shape;
  if (data.bytes.empty())
    data.bytes = std::move(bytes);
  else
    data.bytes.insert(data.bytes.end(), bytes.begin(), bytes.end());
  data.classes.insert(data.classes.end(), classes.begin(),
                      classes.begin() + static_cast<std::ptrdiff_t>(kept));
  data.class_count =
      std::max(data.class_count, *std::max_element(classes.begin(), classes.end()) + 1);
  return kept;
}

}  // namespace

namespace source {

DataSet read_idx(const IdxPart& train, const std::optional<IdxPart>& test, const Request& request) {
  DataSet data;
  data.class_count = 2;
  const std::size_t first = append(data, train, &request);
  if (!test) return data;
  const std::size_t second = append(data, *test, nullptr);
  data.train.resize(first);
  data.test.resize(second);
  std::iota(data.train.begin(), data.train.end(), std::size_t{0});
  std::iota(data.test.begin(), data.test.end(), first);
  return data;
}

}  // namespace source

DataSet Idx::make(const Request& request) const {
  if (images.empty()) throw Problem("data: images", "no file is named");
  if (labels.empty()) throw Problem("data: labels", "no file is named");
  if (test_images.empty() != test_labels.empty())
    throw Problem(test_images.empty() ? "data: test_images" : "data: test_labels",
                  "test_images and test_labels must be given together");
  const auto& folder = request.folder;
  std::optional<source::IdxPart> test;
  if (!test_images.empty()) test = source::IdxPart{folder / test_images, folder / test_labels};
  return source::read_idx({folder / images, folder / labels}, test, request);
}

}  // namespace crease
