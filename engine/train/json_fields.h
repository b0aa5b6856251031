#pragma once
/// Settings between JSON and described structs (core/fields.h): one reader and one writer for all.
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/problem.h"
#include "core/tensor.h"
#include "train/json_text.h"

namespace crease::json {

/// How an object may be saved in short: as the name that stands at its tag, or not at all where
/// that is the usual one. No tag: always in full.
struct Bare {
  std::string tag;
  std::string usual;
  bool operator==(const Bare&) const = default;
};

/// A field this version does not know: where it stands and its JSON. A node's place is its id.
struct UnknownField {
  std::vector<std::string> path;
  std::string value;
  Bare bare;  ///< of the object that holds it
  bool operator==(const UnknownField&) const = default;
};

/// What reading found besides the values.
struct Reading {
  std::vector<std::string> warnings;
  std::vector<UnknownField> unknown;
};

/// A place in a document: as text for messages (`network.nodes[1] "out".units`) and as a path.
struct Place {
  Reading* reading = nullptr;
  std::string text;
  std::vector<std::string> path;

  Place operator/(std::string_view name) const {
    return child(text.empty() ? std::string(name) : text + "." + std::string(name), name);
  }
  Place operator[](std::size_t i) const {
    return child(fmt::format("{}[{}]", text, i), std::to_string(i));
  }
  Place child(std::string said, std::string_view step) const {
    Place place{reading, std::move(said), path};
    place.path.emplace_back(step);
    return place;
  }
};

[[noreturn]] inline void wrong(const Place& where, const Json& found, const std::string& allowed) {
  throw Problem(where.text, fmt::format("must be {}, not {}", allowed, describe(found)));
}

/// "a number from 0 to 1", "a whole number of at least 1".
std::string range_text(const Field& field, bool whole);
void check_range(const Field& field, double value, bool whole, const Place& where,
                 const Json& found);

/// A whole number in the field's range and no larger than `most`, also where it is written 3.0.
double read_whole(const Json& from, const Field& field, double most, const Place& where);

// Reading. `where` names the place in the document.
void read(const Json& from, bool& to, const Field& field, const Place& where);
void read(const Json& from, int& to, const Field& field, const Place& where);
void read(const Json& from, std::uint64_t& to, const Field& field, const Place& where);
void read(const Json& from, double& to, const Field& field, const Place& where);
void read(const Json& from, std::string& to, const Field& field, const Place& where);
void read(const Json& from, Extent& to, const Field& field, const Place& where);
void read(const Json& from, Padding& to, const Field& field, const Place& where);
void read(const Json& from, Tensor& to, const Field& field, const Place& where);

/// How to write: all fields, or only those that differ from their defaults.
struct Writing {
  bool defaults_too = true;
};

Json write(bool value, Writing how);
Json write(int value, Writing how);
Json write(std::uint64_t value, Writing how);
Json write(double value, Writing how);
Json write(const std::string& value, Writing how);
Json write(Extent value, Writing how);
Json write(Padding value, Writing how);
Json write(const Tensor& value, Writing how);

template <class S>
concept Described = requires(S s) {
  S::fields(s, [](auto&&...) {});
};

/// Reads the fields of a described struct that `from` holds; adds the names it used to `known`.
template <Described S>
void read_fields(const Json& from, S& to, const Place& where, std::set<std::string>& known);
template <Described S>
void write_fields(const S& value, Json& to, Writing how);

template <Choice E>
void read(const Json& from, E& to, const Field&, const Place& where) {
  if (from.is_string())
    for (std::size_t i = 0; i < names_of<E>.size(); ++i)
      if (from.get<std::string>() == names_of<E>[i]) {
        to = static_cast<E>(i);
        return;
      }
  wrong(where, from, "one of " + allowed_names<E>());
}

template <class T>
void read(const Json& from, std::vector<T>& to, const Field& field, const Place& where) {
  if (!from.is_array()) wrong(where, from, "a list");
  to.assign(from.size(), T{});
  for (std::size_t i = 0; i < from.size(); ++i) read(from[i], to[i], field, where[i]);
}

template <class T>
void read(const Json& from, std::optional<T>& to, const Field& field, const Place& where) {
  to.emplace();
  read(from, *to, field, where);
}

/// Sets the alternative that `from[tag]` names.
template <class V>
void read_tag(const Json& from, V& to, const Field& field, const Place& where) {
  const std::string tag(field.tag);
  if (!from.contains(tag))
    throw Problem(where.text,
                  fmt::format("has no \"{}\": allowed are {}", tag, allowed_names<V>()));
  const Json& name = from.at(tag);
  if (!name.is_string() || !select(to, name.get<std::string>()))
    throw Problem((where / tag).text,
                  fmt::format("{} is unknown: allowed are {}", describe(name), allowed_names<V>()));
}

/// Warns of the fields that are not known, and keeps them for saving.
void keep_unknown(const Json& from, const std::set<std::string>& known, const Place& where,
                  const Bare& bare = {});
/// Puts kept fields back where their place still exists.
void restore_unknown(Json& document, const std::vector<UnknownField>& unknown);

/// A described struct in an object of its own. Unknown fields are reported.
template <Described S>
void read(const Json& from, S& to, const Field&, const Place& where) {
  if (!from.is_object()) wrong(where, from, "an object");
  std::set<std::string> known;
  read_fields(from, to, where, known);
  keep_unknown(from, known, where);
}

/// One of a closed list, as an object with a tag, or as a bare name where the field allows it.
template <class... Ts>
void read(const Json& from, std::variant<Ts...>& to, const Field& field, const Place& where) {
  using V = std::variant<Ts...>;
  if (field.shorthand && from.is_string()) {
    if (!select(to, from.get<std::string>()))
      throw Problem(where.text, fmt::format("{} is unknown: allowed are {}", describe(from),
                                            allowed_names<V>()));
    return;
  }
  if (!from.is_object()) wrong(where, from, field.shorthand ? "a name or an object" : "an object");
  read_tag(from, to, field, where);
  std::set<std::string> known{std::string(field.tag)};
  std::visit([&](auto& alternative) { read_fields(from, alternative, where, known); }, to);
  const Bare bare{std::string(field.tag), std::string(name_of(V{}))};
  keep_unknown(from, known, where, field.shorthand ? bare : Bare{});
}

template <Described S>
void read_fields(const Json& from, S& to, const Place& where, std::set<std::string>& known) {
  S::fields(to, [&]<class V>(const Field& field, V& value) {
    if constexpr (is_variant<V>::value) {
      if (field.flat) {
        if (from.contains(std::string(field.tag))) {
          read_tag(from, value, field, where);
          known.insert(std::string(field.tag));
        } else if (field.tag == "type" || field.tag == "source") {
          read_tag(from, value, field, where);
        }
        std::visit([&](auto& alternative) { read_fields(from, alternative, where, known); }, value);
        return;
      }
    }
    const std::string name(field.name);
    known.insert(name);
    if (from.contains(name))
      read(from.at(name), value, field, where / name);
    else if (field.required)
      throw Problem(where.text, fmt::format("{} is missing, and must be {}: the {}", name,
                                            range_text(field, std::is_same_v<V, int>), field.help));
  });
}

template <Choice E>
Json write(E value, Writing) {
  return std::string(name_of(value));
}
template <class T>
Json write(const std::vector<T>& values, Writing how) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(write(value, how));
  return list;
}
template <class T>
Json write(const std::optional<T>& value, Writing how) {
  return value ? write(*value, how) : Json();
}
template <Described S>
Json write(const S& value, Writing how) {
  Json object = Json::object();
  write_fields(value, object, how);
  return object;
}
template <class... Ts>
Json write(const std::variant<Ts...>& value, const Field& field, Writing how) {
  Json object = Json::object();
  object[std::string(field.tag)] = std::string(name_of(value));
  if (field.shorthand) how.defaults_too = false;
  std::visit([&](const auto& alternative) { write_fields(alternative, object, how); }, value);
  if (field.shorthand && object.size() == 1) return std::string(name_of(value));
  return object;
}

template <Described S>
void write_fields(const S& value, Json& to, Writing how) {
  const auto json_of = [&]<class V>(const Field& field, const V& v) {
    if constexpr (is_variant<V>::value)
      return write(v, field, how);
    else
      return write(v, how);
  };
  const S defaults{};
  std::vector<Json> usual;  // the defaults, in the fields' order
  if (!how.defaults_too)
    S::fields(defaults,
              [&](const Field& field, const auto& v) { usual.push_back(json_of(field, v)); });
  std::size_t i = 0;
  S::fields(value, [&]<class V>(const Field& field, const V& v) {
    const std::size_t index = i++;
    if constexpr (is_variant<V>::value) {
      if (field.flat) {
        to[std::string(field.tag)] = std::string(name_of(v));
        std::visit([&](const auto& alternative) { write_fields(alternative, to, how); }, v);
        return;
      }
    }
    Json json = json_of(field, v);
    if (json.is_null() || (!how.defaults_too && !field.required && json == usual[index])) return;
    to[std::string(field.name)] = std::move(json);
  });
}

}  // namespace crease::json
