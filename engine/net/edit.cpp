#include "net/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace crease::edit {

namespace {

using Ids = std::vector<std::string>;

std::size_t index_of(const Network& network, const std::string& id) {
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (network.nodes[i].id == id) return i;
  throw Problem(id, "there is no such node");
}

Node& find(Network& network, const std::string& id) { return network.nodes[index_of(network, id)]; }

bool is_join(const Layer& layer) {
  return std::visit([](const auto& l) { return l.arity == Arity::several; }, layer);
}

/// The activation at the end of a layer, as constant as the layer; null where it has none.
auto activation_of(auto& layer) -> decltype(&std::get_if<Dense>(&layer)->activation) {
  if (auto* dense = std::get_if<Dense>(&layer)) return &dense->activation;
  if (auto* conv = std::get_if<Conv2d>(&layer)) return &conv->activation;
  if (auto* transposed = std::get_if<ConvTranspose2d>(&layer)) return &transposed->activation;
  if (auto* alone = std::get_if<ActivationLayer>(&layer)) return &alone->function;
  return nullptr;
}

/// The number of units, as constant as the layer; null where it has none of its own.
auto units_of(auto& layer) -> decltype(&std::get_if<Dense>(&layer)->units) {
  if (auto* dense = std::get_if<Dense>(&layer)) return &dense->units;
  if (auto* conv = std::get_if<Conv2d>(&layer)) return &conv->channels;
  if (auto* transposed = std::get_if<ConvTranspose2d>(&layer)) return &transposed->channels;
  if (auto* maxout = std::get_if<Maxout>(&layer)) return &maxout->units;
  return nullptr;
}

/// What a node reads where it does not say so.
std::string before(const Network& network, std::size_t node) {
  return node == 0 ? "input" : network.nodes[node - 1].id;
}

/// Edits work on networks whose every node names what it reads.
Network spelled_out(Network network) {
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (!network.nodes[i].inputs) network.nodes[i].inputs = Ids{before(network, i)};
  return network;
}

/// Leaves out again what goes without saying (where `old` left it out or had no such node), and
/// makes sure that nothing has been broken.
Network finished(Network network, const Network& old, const std::string& edited) {
  std::set<std::string> explicit_ones;
  for (const Node& node : old.nodes)
    if (node.inputs) explicit_ones.insert(node.id);
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (Node& node = network.nodes[i]; node.inputs == Ids{before(network, i)})
      if (!explicit_ones.contains(node.id)) node.inputs.reset();

  const auto was = compile(old);
  if (!std::holds_alternative<Plan>(was)) return network;
  const auto is = compile(network);
  if (const auto* problems = std::get_if<std::vector<NodeProblem>>(&is)) {
    const NodeProblem& first = problems->front();
    throw Problem(first.node.empty() ? edited : first.node, first.problem.sentence());
  }
  const Shape& wanted = std::get<Plan>(was).output_shape();
  if (std::get<Plan>(is).output_shape() != wanted)
    throw Problem(edited, "the output keeps its size " + to_string(wanted) +
                              ": it follows from what is to be learned");
  return network;
}

/// The nodes whose units correspond one to one: the terms of a sum, what stands between them, and
/// nodes that share parameters with one another.
std::set<std::string> tied_to(const Network& spelled, const std::string& id) {
  std::map<std::string, std::string> parent;
  const auto root = [&](std::string of) {
    for (auto up = parent.find(of); up != parent.end(); up = parent.find(of)) of = up->second;
    return of;
  };
  const auto tie = [&](const std::string& a, const std::string& b) {
    if (const auto from = root(a), to = root(b); from != to) parent[from] = to;
  };
  for (const Node& node : spelled.nodes) {
    const bool makes = units(node) > 0 || std::holds_alternative<Concat>(node.layer);
    if (std::holds_alternative<Dot>(node.layer))
      for (const std::string& from : *node.inputs) tie(node.inputs->front(), from);
    else if (!makes)
      for (const std::string& from : *node.inputs) tie(node.id, from);
    if (node.weights_of.empty()) continue;
    tie(node.id, node.weights_of);
    for (const Node& owner : spelled.nodes)
      if (owner.id == node.weights_of) tie(node.inputs->front(), owner.inputs->front());
  }
  std::set<std::string> tied{id};
  for (const Node& node : spelled.nodes)
    if (root(node.id) == root(id)) tied.insert(node.id);
  if (root("input") == root(id)) tied.insert("input");
  return tied;
}

Network resized(const Network& network, const std::string& id, int units,
                const std::set<std::string>& tied) {
  if (units < 1) throw Problem(id, "a layer has at least 1 unit");
  if (units > most_units)
    throw Problem(id, fmt::format("a layer has at most {} units", most_units));
  if (tied.contains("input"))
    throw Problem(id, "its units stand beside the input's, so their number is the input's");
  Network after = network;
  for (Node& node : after.nodes) {
    if (!tied.contains(node.id)) continue;
    if (int* count = units_of(node.layer)) *count = units;
    if (std::holds_alternative<Concat>(node.layer))
      throw Problem(id, fmt::format("its number of units is that of \"{}\"", node.id));
  }
  return finished(std::move(after), network, id);
}

/// Takes `id` out of a spelled-out network and joins its readers to what it has read.
Node take_out(Network& network, const std::string& id) {
  const std::size_t at = index_of(network, id);
  if (at + 1 == network.nodes.size()) throw Problem(id, "the output cannot be removed");
  Node node = network.nodes[at];
  network.nodes.erase(network.nodes.begin() + static_cast<std::ptrdiff_t>(at));
  Ids lonely;
  for (Node& reader : network.nodes) {
    if (std::count(reader.inputs->begin(), reader.inputs->end(), id) == 0) continue;
    Ids reads;
    for (const std::string& from : *reader.inputs) {
      if (from != id) {
        reads.push_back(from);
      } else if (!is_join(reader.layer)) {
        reads.push_back(node.inputs->front());
      } else {
        for (const std::string& source : *node.inputs)  // a skip around nothing is no skip
          if (std::count(reader.inputs->begin(), reader.inputs->end(), source) == 0 &&
              std::count(reads.begin(), reads.end(), source) == 0)
            reads.push_back(source);
      }
    }
    reader.inputs = reads;
    if (is_join(reader.layer) && reads.size() < 2) lonely.push_back(reader.id);
  }
  // Shared parameters pass to the next that has them.
  if (node.weights_of.empty()) {
    std::string heir;
    for (Node& sharer : network.nodes) {
      if (sharer.weights_of != id) continue;
      sharer.weights_of = heir;
      if (!heir.empty()) continue;
      heir = sharer.id;
      sharer.frozen = node.frozen;
      sharer.initialiser = node.initialiser;
    }
  }
  for (const std::string& join : lonely) take_out(network, join);
  return node;
}

/// Puts a node behind `source` (its place in the list too); its readers read the node then, or only
/// `reader`, where one is given.
void put_in(Network& network, const std::string& source, Node node, const std::string& reader) {
  for (Node& other : network.nodes) {
    if (!reader.empty() && other.id != reader) continue;
    for (std::string& from : *other.inputs)
      if (from == source) {
        from = node.id;
        if (!reader.empty()) break;
      }
  }
  node.inputs = Ids{source};
  const std::size_t place = !reader.empty()     ? index_of(network, reader)
                            : source == "input" ? 0
                                                : index_of(network, source) + 1;
  network.nodes.insert(network.nodes.begin() + static_cast<std::ptrdiff_t>(place), std::move(node));
}

Shape shape_of(const Plan& plan, const std::string& id) {
  const int index = plan.index_of(id);
  return index < 0 ? plan.input : plan.nodes[static_cast<std::size_t>(index)].shape;
}

/// Layers that may stand between `source` and its readers, the most natural first.
std::vector<Layer> layers_behind(const Network& spelled, const std::string& source,
                                 const Shape& shape) {
  const bool image = shape.is_image;
  const auto fits = [&](const Node& node) {
    return image ? std::holds_alternative<Conv2d>(node.layer)
                 : std::holds_alternative<Dense>(node.layer);
  };
  const Node* neighbour = nullptr;  // of the same kind: itself, its reader, else the nearest one
  std::vector<int> counts;
  const std::size_t place = source == "input" ? 0 : index_of(spelled, source) + 1;
  const auto look_at = [&](const Node& node) {
    if (!fits(node) || node.id == spelled.nodes.back().id) return;
    if (!neighbour) neighbour = &node;
    counts.push_back(units(node));
  };
  if (place > 0) {
    look_at(spelled.nodes[place - 1]);
    if (image) counts.push_back(shape.channels);
  }
  for (std::size_t i = place; i < spelled.nodes.size(); ++i) look_at(spelled.nodes[i]);
  for (std::size_t i = place; i-- > 0;) look_at(spelled.nodes[i]);
  counts.insert(counts.end(), {8, shape.channels});

  Activation function = Relu{};
  if (neighbour)
    function = *activation(*neighbour);
  else
    for (const Node& node : spelled.nodes)
      if (const Activation* other = activation(node); other && node.id != spelled.nodes.back().id)
        function = *other;
  std::vector<Layer> layers;
  for (const int count : counts) {
    const int n = std::min(count, most_units);
    if (image)
      layers.push_back(Conv2d{.channels = n, .padding = {.same = true}, .activation = function});
    else
      layers.push_back(Dense{.units = n, .activation = function});
  }
  return layers;
}

std::string stem_of(const Layer& layer) {
  if (std::holds_alternative<Dense>(layer)) return "h";
  if (std::holds_alternative<Conv2d>(layer)) return "conv";
  if (std::holds_alternative<MaxPool>(layer)) return "pool";
  return std::string(name_of(layer));
}

Inserted insert(const Network& network, const std::string& source, const std::string& reader,
                const std::optional<Layer>& layer, const Taken& taken) {
  const std::string at = reader.empty() ? source : reader;
  if (!reader.empty() || source != "input") index_of(network, at);  // throws where there is none
  if (reader.empty() && source == network.nodes.back().id)
    throw Problem(source, "nothing can follow the output: put the layer in front of it");
  const auto compiled = compile(network);
  if (const auto* problems = std::get_if<std::vector<NodeProblem>>(&compiled)) {
    const NodeProblem& first = problems->front();
    throw Problem(first.node, first.problem.sentence());
  }
  const Network spelled = spelled_out(network);
  const auto layers =
      layer ? std::vector{*layer}
            : layers_behind(spelled, source, shape_of(std::get<Plan>(compiled), source));
  for (std::size_t i = 0;; ++i) try {
      Node node{.id = fresh_id(network, stem_of(layers[i]), taken), .layer = layers[i]};
      Network after = spelled;
      const std::string made = node.id;
      put_in(after, source, std::move(node), reader);
      return {finished(std::move(after), network, made), made};
    } catch (const Problem&) {
      if (i + 1 == layers.size()) throw;
    }
}

}  // namespace

int units(const Node& node) {
  const int* count = units_of(node.layer);
  return count ? *count : 0;
}

const Activation* activation(const Node& node) { return activation_of(node.layer); }

std::string fresh_id(const Network& network, const std::string& stem, const Taken& taken) {
  long largest = 0;
  const auto look_at = [&](const std::string& id) {
    if (!id.starts_with(stem) || id.size() > stem.size() + 9) return;
    const std::string digits = id.substr(stem.size());
    const bool number = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c));
    });
    if (number) largest = std::max(largest, std::stol(digits));
  };
  for (const Node& node : network.nodes) look_at(node.id);
  for (const std::string& id : taken) look_at(id);
  return fmt::format("{}{}", stem, largest + 1);
}

Network set_units(const Network& network, const std::string& id, int count) {
  const Node& node = network.nodes[index_of(network, id)];
  if (units(node) == 0) throw Problem(id, "it has no units of its own");
  return resized(network, id, count, tied_to(spelled_out(network), id));
}

Narrowed remove_unit(const Network& network, const std::string& id, int unit) {
  const int count = units(network.nodes[index_of(network, id)]);
  if (count == 0) throw Problem(id, "it has no units of its own");
  if (unit < 0 || unit >= count)
    throw Problem(id, fmt::format("it has no unit {}: there are {}", unit, count));
  const auto tied = tied_to(spelled_out(network), id);
  Narrowed result{resized(network, id, count - 1, tied), {}};
  for (const std::string& other : tied) result.removed.push_back({other, unit});
  return result;
}

Inserted insert_after(const Network& network, const std::string& node, std::optional<Layer> layer,
                      const Taken& taken) {
  return insert(network, node, "", layer, taken);
}

Inserted insert_before(const Network& network, const std::string& node, std::optional<Layer> layer,
                       const Taken& taken) {
  const Network spelled = spelled_out(network);
  const Node& reader = spelled.nodes[index_of(spelled, node)];
  if (reader.inputs->empty()) throw Problem(node, "it reads nothing");
  return insert(network, reader.inputs->front(), node, layer, taken);
}

Network remove(const Network& network, const std::string& id) {
  Network after = spelled_out(network);
  take_out(after, id);
  return finished(std::move(after), network, id);
}

Network move_after(const Network& network, const std::string& id, const std::string& behind) {
  if (id == behind) return network;
  if (behind == network.nodes.back().id) throw Problem(id, "nothing can follow the output");
  if (is_join(network.nodes[index_of(network, id)].layer))
    throw Problem(id, "a join stands where its inputs meet");
  Network after = spelled_out(network);
  Node node = take_out(after, id);
  if (behind != "input") index_of(after, behind);
  put_in(after, behind, std::move(node), "");
  return finished(std::move(after), network, id);
}

Inserted connect(const Network& network, const std::string& from, const std::string& to,
                 const Taken& taken) {
  Network after = spelled_out(network);
  const std::size_t reader = index_of(after, to);
  if (from != "input" && index_of(after, from) >= reader)
    throw Problem(to,
                  fmt::format("it can only read what stands before it, and \"{}\" does not", from));
  Node& target = after.nodes[reader];
  if (std::count(target.inputs->begin(), target.inputs->end(), from) > 0)
    throw Problem(to, fmt::format("it reads \"{}\" already", from));
  if (is_join(target.layer)) {
    target.inputs->push_back(from);
    return {finished(std::move(after), network, to), to};
  }
  const auto compiled = compile(network);
  const auto* plan = std::get_if<Plan>(&compiled);
  if (!plan) throw Problem(to, "what is wrong with the network must be mended first");
  const std::string source = target.inputs->front();
  const bool equal = shape_of(*plan, source) == shape_of(*plan, from);
  const std::string id = fresh_id(network, equal ? "add" : "concat", taken);
  put_in(after, source, {.id = id, .layer = equal ? Layer{Add{}} : Layer{Concat{}}}, to);
  find(after, id).inputs = Ids{source, from};
  return {finished(std::move(after), network, to), id};
}

Network set_activation(const Network& network, const std::string& id, const Activation& function) {
  Network after = network;
  Activation* old = activation_of(find(after, id).layer);
  if (!old) throw Problem(id, "it has no activation");
  *old = function;
  return finished(std::move(after), network, id);
}

Network set_kernel(const Network& network, const std::string& id, Extent kernel) {
  Network after = network;
  Layer& layer = find(after, id).layer;
  if (auto* conv = std::get_if<Conv2d>(&layer)) {
    const bool keeps_size = conv->padding.same || (conv->stride == Extent{} &&
                                                   2 * conv->padding.h == conv->kernel.h - 1 &&
                                                   2 * conv->padding.w == conv->kernel.w - 1);
    conv->kernel = kernel;
    if (keeps_size && conv->stride == Extent{}) conv->padding = {.same = true};
  } else if (auto* pool = std::get_if<MaxPool>(&layer)) {
    pool->kernel = kernel;
  } else if (auto* mean = std::get_if<AvgPool>(&layer)) {
    mean->kernel = kernel;
  } else if (auto* transposed = std::get_if<ConvTranspose2d>(&layer)) {
    transposed->kernel = kernel;
  } else {
    throw Problem(id, "it has no kernel");
  }
  return finished(std::move(after), network, id);
}

Network set_layer(const Network& network, const std::string& id, const Layer& layer) {
  Network after = network;
  find(after, id).layer = layer;
  return finished(std::move(after), network, id);
}

}  // namespace crease::edit
