#include "core/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crease {

std::string to_string(const Shape& shape) {
  return fmt::format("[{}]", fmt::join(shape.dimensions(), ", "));
}

}  // namespace crease
