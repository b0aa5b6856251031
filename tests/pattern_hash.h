#pragma once
/// The hash that a cell of this pattern has, put together from its bits alone.
#include <cstdint>

#include "probe/regions/regions.h"

namespace crease::regions {

inline std::uint64_t hash_of_pattern(const Program& program, const Pattern& pattern) {
  std::uint64_t hash = 0;
  for (std::size_t f = 0; f < pattern.size(); ++f)
    for (std::size_t u = 0; u < pattern[f].size(); ++u)
      hash ^= pattern_key(program.folds[f], u, pattern[f][u]);
  return hash;
}

}  // namespace crease::regions
