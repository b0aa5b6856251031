#pragma once
/// What the picture of a network shows and how it hangs together, before anything has a place.
#include <string>
#include <vector>

#include "train/snapshot.h"

namespace crease::network_picture {

/// How the units of a node are drawn.
enum class Look {
  fields,  ///< what each computes over the plane of two inputs
  curves,  ///< over the axis of one input
  maps,    ///< a channel of an image
  cells,   ///< a value of one sample, by its colour
  bars,    ///< a value of one sample, by its length: the output
};

/// What a block reads.
struct Link {
  enum class Kind {
    weights,  ///< every unit reads every unit
    units,    ///< each unit reads the one of its number (counted from `first_unit`)
    mixed,    ///< every unit reads every unit, without weights between them
    whole,    ///< as a whole: the units do not correspond
  };
  std::size_t from = 0;  ///< number of a block
  Kind kind = Kind::weights;
  int first_unit = 0;
  bool skips = false;  ///< there are other columns between them
};

/// A node as the picture shows it, or the data. Flatten nodes are not shown: they move nothing.
struct Block {
  int node = -1;  ///< of the plan; -1: the data
  std::string id = "input";
  Shape shape;
  Look look = Look::cells;
  bool is_input = false, is_output = false;
  int column = 0;
  int units = 1;           ///< features or channels
  int places = 1;          ///< values of each
  bool resizable = false;  ///< has units of its own: they can be added and removed
  int kernel_side = 0;     ///< of a convolution whose filters are pictures (of one channel)
  std::vector<std::string> labels;  ///< markup, beside the units of the input and of the output
  std::string title;                ///< "Dense 8"
  std::string brief;                ///< "8"
  std::string detail;               ///< "ReLU", "8 × 28 × 28"
  std::vector<Link> links;
};

struct Model {
  std::vector<Block> blocks;  ///< the data first, the output last
  int columns = 0;
  bool has_images = false;
  bool has_plane = false;  ///< one or two inputs
};

Model model_of(const Snapshot& snapshot);

/// "ReLU", "tanh", "linear".
std::string activation_name(const Activation& activation);
/// The activation that a node ends with; null where it has none.
const Activation* activation_of(const PlanNode& node);
/// Whether a unit of that node can be off: its activation is 0 where z is not positive.
bool can_be_off(const PlanNode& node);

/// The weight of an edge. Where a unit reads a map, or is one: the norm of all weights between the
/// two, with the sign of their sum. Of a maxout unit: of its strongest piece.
struct Strength {
  float value = 0;
  std::size_t first = 0;  ///< of its weights, in the flat vector
  std::size_t count = 0;
  std::size_t pieces = 1;  ///< of which it is the strongest
};
/// Of the edge from `unit_from` to `unit`; none where they are in other groups.
Strength strength(const Snapshot& snapshot, const Block& to, const Block& from, int unit,
                  int unit_from);

/// How much the rest of the network listens to each unit of each block: the sum of the strengths of
/// the edges that leave it.
std::vector<std::vector<float>> importance(const Snapshot& snapshot, const Model& model);

}  // namespace crease::network_picture
