#pragma once
/// From cells to what is counted: which cells touch, where the map does not change, and how many
/// vertices, edges, regions and maps there are.
#include <cstdint>
#include <vector>

#include "probe/regions/cells.h"

namespace crease::regions {

/// Two cells on both sides of a piece of a crease.
struct Contact {
  std::uint32_t before, beyond;
};

/// How the cells of a slice lie together. Found by structure, not by distance: on both sides of a
/// crease the cells stand in the same order (a continuous network has the same corners there), so
/// they are paired from one end to the other.
struct Arrangement {
  std::vector<Contact> contacts;
  std::size_t vertices = 0, edges = 0;
  bool is_consistent = true;  ///< the two sides of every crease agree
};
Arrangement arrange(const Cells& cells, bool is_continuous);

/// The region of each cell: cells joined over edges across which the output map does not change
/// (its gradient, for continuous networks).
struct Joined {
  std::vector<std::uint32_t> region_of;  ///< numbers from 0
  std::size_t regions = 0;
  std::size_t affine_maps = 0;
};
Joined join(const Program& program, const Cells& cells, const Arrangement& arrangement);

}  // namespace crease::regions
