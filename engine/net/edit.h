#pragma once
/// Edits of a network as a person makes them, one press at a time. Each takes a network and gives
/// another; nothing is changed in place. A network that compiles gives one that compiles and whose
/// output has the same shape, or Problem says in a sentence why the edit cannot be made. (One that
/// does not compile yet may be edited all the same: that is how it is mended.)
#include <set>
#include <string>
#include <vector>

#include "net/network.h"
#include "net/transplant.h"

namespace crease::edit {

/// The most units or channels that an edit gives a layer.
inline constexpr int most_units = 1000;

/// The number of units (dense) or channels (conv2d) a node has of its own; 0 for all others.
int units(const Node& node);
/// The activation at the end of a node, or null where it has none of its own.
const Activation* activation(const Node& node);

/// Ids that were in use once and must not come back with another meaning.
using Taken = std::set<std::string>;
/// An id that no node has: `stem` and the number after the largest in use or `taken`.
std::string fresh_id(const Network& network, const std::string& stem, const Taken& taken = {});

/// Changes the number of units or channels, and that of every node that must stay equal to it (the
/// other terms of a sum; nodes with the same parameters).
Network set_units(const Network& network, const std::string& id, int units);

/// A network, and the units that are missing in it: transplant then moves the others up.
struct Narrowed {
  Network network;
  std::vector<RemovedUnit> removed;
};
/// Removes one unit, also from the nodes that must stay equal.
Narrowed remove_unit(const Network& network, const std::string& id, int unit);

/// A network with one node more, and its id.
struct Inserted {
  Network network;
  std::string id;
};
/// Puts a layer behind a node (or behind "input"): whatever read the node reads the layer. Without
/// `layer`: a dense layer with its neighbour's activation and as many units as fit there; behind an
/// image a 3 x 3 convolution that keeps the image's size.
Inserted insert_after(const Network& network, const std::string& node,
                      std::optional<Layer> layer = {}, const Taken& taken = {});
/// Puts a layer in front of a node: only this node (its first input) reads it.
Inserted insert_before(const Network& network, const std::string& node,
                       std::optional<Layer> layer = {}, const Taken& taken = {});

/// Removes a node; what read it reads what it has read. A join that has one input left goes too.
Network remove(const Network& network, const std::string& id);

/// Takes a node out and puts it behind another (or behind "input").
Network move_after(const Network& network, const std::string& id, const std::string& behind);

/// Lets a node also read `from`, by a sum in front of it where the shapes are equal, otherwise by a
/// concat.
Inserted connect(const Network& network, const std::string& from, const std::string& to,
                 const Taken& taken = {});

Network set_activation(const Network& network, const std::string& id, const Activation& function);
/// A convolution that keeps the size of its image still does.
Network set_kernel(const Network& network, const std::string& id, Extent kernel);
/// Other settings, or another kind of layer, in the same place.
Network set_layer(const Network& network, const std::string& id, const Layer& layer);

}  // namespace crease::edit
