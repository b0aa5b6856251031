#pragma once
/// The shape of one sample between two nodes.
#include <cstddef>
#include <string>
#include <vector>

namespace crease {

/// Either a list of features ([n]) or an image ([channels, height, width]). An image is stored as
/// its flat column: channel, row, column.
struct Shape {
  int channels = 1;
  int height = 1;
  int width = 1;
  bool is_image = false;

  static Shape features(int n) { return {n, 1, 1, false}; }
  static Shape image(int channels, int height, int width) {
    return {channels, height, width, true};
  }

  /// Numbers per sample.
  std::size_t size() const {
    return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
           static_cast<std::size_t>(width);
  }
  std::vector<std::size_t> dimensions() const {
    const auto whole = [](int n) { return static_cast<std::size_t>(n); };
    if (is_image) return {whole(channels), whole(height), whole(width)};
    return {whole(channels)};
  }
  bool operator==(const Shape&) const = default;
};

/// "[3]" or "[1, 28, 28]".
std::string to_string(const Shape& shape);

}  // namespace crease
