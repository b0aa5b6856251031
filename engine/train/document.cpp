#include "train/document.h"

#include "train/advice.h"

namespace crease {

namespace json {

void read(const Json& from, long& to, const Field& field, const Place& where) {
  Field bounded = field;
  bounded.most = std::min(field.most, 9007199254740992.0);  // 2^53: up to here JSON is exact
  to = static_cast<long>(read_whole(from, bounded, bounded.most, where));
}

void read(const Json& from, Batch& to, const Field& field, const Place& where) {
  to.full = from == "full";
  if (to.full) return;
  try {
    read(from, to.size, field, where);
  } catch (const Problem&) {
    wrong(where, from, "\"full\" or " + range_text(field, true));
  }
}

void read(const Json& from, Shape& to, const Field&, const Place& where) {
  constexpr const char* allowed = "[features] or [channels, height, width]";
  if (!from.is_array()) wrong(where, from, allowed);
  if (from.size() != 1 && from.size() != 3)
    throw Problem(where.text, fmt::format("must be {}, not {}", allowed,
                                          from.empty() ? "an empty list"
                                                       : fmt::format("a list of {}", from.size())));
  std::array<int, 3> sizes{1, 1, 1};
  for (std::size_t i = 0; i < from.size(); ++i)
    read(from[i], sizes[i], Field{.name = "input", .least = 1, .most = 1 << 25}, where[i]);
  to = from.size() == 1 ? Shape::features(sizes[0]) : Shape::image(sizes[0], sizes[1], sizes[2]);
}

template <class T>
void read(const Json& from, std::map<std::string, T>& to, const Field& field, const Place& where) {
  if (!from.is_object()) wrong(where, from, "an object");
  for (auto item = from.begin(); item != from.end(); ++item)
    read(*item, to[item.key()], field, where / item.key());
}

void read(const Json& from, Node& to, const Place& where) {
  if (!from.is_object()) wrong(where, from, "an object");
  if (!from.contains("id")) throw Problem(where.text, "has no \"id\"");
  read(from.at("id"), to.id, Field{.name = {}}, where / "id");
  Place place = where;
  place.text += " \"" + to.id + "\"";
  place.path.back() = to.id;
  std::set<std::string> known{"id", "type", "inputs"};
  read_tag(from, to.layer, Field{.name = "type"}, place);
  std::visit([&](auto& layer) { read_fields(from, layer, place, known); }, to.layer);
  read_fields(from, to, place, known);
  if (from.contains("inputs")) {
    to.inputs.emplace();
    read(from.at("inputs"), *to.inputs, Field{.name = {}}, place / "inputs");
  }
  keep_unknown(from, known, place);
}

void read(const Json& from, Network& to, const Field&, const Place& where) {
  if (!from.is_object()) wrong(where, from, "an object");
  if (!from.contains("input"))
    throw Problem(where.text, "has no \"input\": [features] or [channels, height, width]");
  read(from.at("input"), to.input, Field{.name = {}}, where / "input");
  if (!from.contains("nodes") || !from.at("nodes").is_array() || from.at("nodes").empty())
    throw Problem((where / "nodes").text, "must be a list of at least one node");
  const Json& nodes = from.at("nodes");
  to.nodes.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) read(nodes[i], to.nodes[i], (where / "nodes")[i]);
  if (from.contains("outputs"))
    read(from.at("outputs"), to.outputs, Field{.name = {}}, where / "outputs");
  keep_unknown(from, {"input", "nodes", "outputs"}, where);
}

void read(const Json& from, DataSettings& to, const Field&, const Place& where) {
  if (!from.is_object()) wrong(where, from, "an object");
  read_tag(from, to.source, Field{.name = "source", .tag = "source"}, where);
  to = DataSettings::of(to.source);
  std::set<std::string> known;
  read_fields(from, to, where, known);
  keep_unknown(from, known, where);
}

Json write(long value, Writing) { return value; }
Json write(const Batch& value, Writing) { return value.full ? Json("full") : Json(value.size); }
Json write(const Tensors& tensors, Writing how) {
  Json object = Json::object();
  for (const auto& [name, tensor] : tensors) object[name] = write(tensor, how);
  return object;
}
Json write(const std::map<std::string, Tensors>& moments, Writing how) {
  Json object = Json::object();
  for (const auto& [name, tensors] : moments) object[name] = write(tensors, how);
  return object;
}

Json write(const std::map<std::string, WeightedLoss>& losses, Writing how) {
  if (losses.empty()) return {};  // none are given
  Json object = Json::object();
  for (const auto& [output, loss] : losses) object[output] = write(loss, how);
  return object;
}

Json write_node(const Node& node) {
  const Writing how{.defaults_too = false};
  Json object = Json::object();
  object["id"] = node.id;
  object["type"] = std::string(name_of(node.layer));
  if (node.inputs) object["inputs"] = *node.inputs;
  std::visit([&](const auto& layer) { write_fields(layer, object, how); }, node.layer);
  write_fields(node, object, how);
  return object;
}

}  // namespace json

Document document_from_json(const Json& from) {
  if (!from.is_object()) throw Problem("must be an object with \"crease\": 1");
  json::Reading reading;
  const json::Place root{&reading, "", {}};
  if (!from.contains("crease")) throw Problem("has no \"crease\": 1, so it is no Crease document");
  if (from.at("crease") != 1)
    throw Problem("crease", "is version " + describe(from.at("crease")) +
                                ", but this program reads version 1");
  Document document;
  const auto part = [&](const char* name, auto& to) {
    if (from.contains(name)) json::read(from.at(name), to, Field{.name = name}, root / name);
  };
  part("title", document.title);
  if (from.contains("data") && !from.at("data").is_null()) {
    document.data.emplace();
    part("data", *document.data);
  }
  if (!from.contains("network")) throw Problem("has no \"network\"");
  part("network", document.network);
  part("training", document.training);
  part("weights", document.weights);
  part("state", document.state);
  if (from.contains("view")) {
    if (!from.at("view").is_object()) json::wrong(root / "view", from.at("view"), "an object");
    document.view = from.at("view").dump();
  }
  json::keep_unknown(
      from, {"crease", "title", "data", "network", "training", "weights", "state", "view"}, root);
  document.warnings = std::move(reading.warnings);
  const auto advise = [&](const std::string& where, const std::string& advice) {
    if (!advice.empty()) document.warnings.push_back(where + ": " + advice);
  };
  const Training& training = document.training;
  if (training.losses.empty())
    advise("training.loss", loss_advice(document.network, training.loss).sentence);
  for (const auto& [output, weighted] : training.losses)
    advise("training.losses." + output,
           loss_advice(document.network, weighted.loss, output).sentence);
  document.unknown = std::move(reading.unknown);
  return document;
}

Document load_document(const std::filesystem::path& file) {
  const Json from = read_json(file);
  try {
    Document document = document_from_json(from);
    document.folder = file.parent_path();
    return document;
  } catch (const Problem& problem) {
    throw problem.inside(file.string());
  }
}

Json document_to_json(const Document& document) {
  Json to = Json::object();
  to["crease"] = 1;
  to["title"] = document.title;
  if (document.data) to["data"] = json::write(*document.data, json::Writing{});
  Json nodes = Json::array();
  for (const Node& node : document.network.nodes) nodes.push_back(json::write_node(node));
  to["network"] = {{"input", document.network.input.dimensions()}, {"nodes", std::move(nodes)}};
  if (!document.network.outputs.empty()) to["network"]["outputs"] = document.network.outputs;
  to["training"] = json::write(document.training, json::Writing{});
  to["weights"] = json::write(document.weights, json::Writing{});
  to["state"] = json::write(document.state, json::Writing{});
  to["view"] = Json::parse(document.view);
  json::restore_unknown(to, document.unknown);
  return to;
}

namespace {

/// JSON has no word for infinity: a file that holds one could not be read again.
void check_finite(const Tensors& tensors, const std::string& where,
                  const std::filesystem::path& file) {
  for (const auto& [name, tensor] : tensors)
    for (const double value : tensor.data)
      if (!std::isfinite(value))
        throw Problem(file.string(), fmt::format("cannot be written: {}.{} holds {}, and numbers "
                                                 "must be finite",
                                                 where, name, value));
}

}  // namespace

void save_document(const Document& document, const std::filesystem::path& file) {
  check_finite(document.weights, "weights", file);
  for (const auto& [name, moments] : document.state.moments)
    check_finite(moments, "state.moments." + name, file);
  Document moved = document;
  if (moved.data) move_paths(*moved.data, document.folder, file.parent_path());
  write_file(file, write_json(document_to_json(moved)));
}

}  // namespace crease
