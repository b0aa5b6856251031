#include "train/json_fields.h"

#include <limits>

namespace crease::json {

std::string range_text(const Field& field, bool whole) {
  std::string kind = whole ? "a whole number" : "a number";
  const bool has_least = std::isfinite(field.least), has_most = std::isfinite(field.most);
  if (has_least && has_most)
    return fmt::format("{} from {} to {}{}", kind, field.least, field.below_most ? "below " : "",
                       field.most);
  if (has_least) return fmt::format("{} {} {}", kind, "of at least", field.least);
  if (has_most) return fmt::format("{} of at most {}", kind, field.most);
  return kind;
}

void check_range(const Field& field, double value, bool whole, const Place& where,
                 const Json& found) {
  const bool low = value < field.least;
  const bool high = field.below_most ? value >= field.most : value > field.most;
  if (low || high || !std::isfinite(value)) wrong(where, found, range_text(field, whole));
}

void read(const Json& from, bool& to, const Field&, const Place& where) {
  if (!from.is_boolean()) wrong(where, from, "true or false");
  to = from.get<bool>();
}

namespace {

/// A whole number, also where it is written 3.0.
bool is_whole(const Json& from, double& value) {
  if (!from.is_number()) return false;
  value = from.get<double>();
  return std::floor(value) == value;
}

}  // namespace

double read_whole(const Json& from, const Field& field, double most, const Place& where) {
  double value = 0;
  if (!is_whole(from, value)) wrong(where, from, range_text(field, true));
  // What the kind of number holds is said only to who goes beyond it.
  Field bounded = field;
  if (value > most) bounded.most = std::min(field.most, most);
  if (value < -most) bounded.least = std::max(field.least, -most);
  check_range(bounded, value, true, where, from);
  return value;
}

void read(const Json& from, int& to, const Field& field, const Place& where) {
  to = static_cast<int>(read_whole(from, field, std::numeric_limits<int>::max(), where));
}

void read(const Json& from, std::uint64_t& to, const Field&, const Place& where) {
  if (from.is_number_unsigned()) {
    to = from.get<std::uint64_t>();
    return;
  }
  double value = 0;
  if (!is_whole(from, value) || value < 0 || value >= 18446744073709551616.0)
    wrong(where, from,
          fmt::format("a whole number from 0 to {}", std::numeric_limits<std::uint64_t>::max()));
  to = static_cast<std::uint64_t>(value);
}

void read(const Json& from, double& to, const Field& field, const Place& where) {
  if (!from.is_number()) wrong(where, from, range_text(field, false));
  check_range(field, from.get<double>(), false, where, from);
  to = from.get<double>();
}

void read(const Json& from, std::string& to, const Field&, const Place& where) {
  if (!from.is_string()) wrong(where, from, "a text in quotes");
  to = from.get<std::string>();
}

namespace {

/// n, or [h, w].
void read_two(const Json& from, int& h, int& w, const Field& field, const Place& where) {
  if (from.is_array() && from.size() == 2) {
    read(from[0], h, field, where[0]);
    read(from[1], w, field, where[1]);
  } else if (from.is_number()) {
    read(from, h, field, where);
    w = h;
  } else {
    wrong(where, from, range_text(field, true) + " or a list of two, [height, width]");
  }
}

}  // namespace

void read(const Json& from, Extent& to, const Field& field, const Place& where) {
  read_two(from, to.h, to.w, field, where);
}

void read(const Json& from, Padding& to, const Field& field, const Place& where) {
  to = {};
  if (from == "same") {
    to.same = true;
    return;
  }
  if (from.is_string()) wrong(where, from, "\"same\", a whole number or [rows, columns]");
  read_two(from, to.h, to.w, field, where);
}

void read(const Json& from, Tensor& to, const Field&, const Place& where) {
  if (!from.is_object() || !from.contains("shape") || !from.contains("data"))
    wrong(where, from, "a tensor {\"shape\": [..], \"data\": [..]}");
  const Json& shape = from.at("shape");
  const Json& data = from.at("data");
  if (!shape.is_array() || shape.size() > 8)
    wrong(where / "shape", shape, "a list of at most 8 whole numbers");
  if (!data.is_array()) wrong(where / "data", data, "a list of numbers");
  to = {};
  double count = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    int size = 0;
    read(shape[i], size, Field{.name = "shape", .least = 1}, (where / "shape")[i]);
    to.shape.push_back(static_cast<std::size_t>(size));
    count *= size;
  }
  if (count != static_cast<double>(data.size()))
    throw Problem(where.text, fmt::format("shape {} asks for {} numbers but data holds {}",
                                          to_string(to.shape), count, data.size()));
  to.data.reserve(data.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data[i].is_number() || !std::isfinite(data[i].get<double>()))
      wrong((where / "data")[i], data[i], "a finite number");
    to.data.push_back(data[i].get<double>());
  }
  keep_unknown(from, {"shape", "data"}, where);
}

void keep_unknown(const Json& from, const std::set<std::string>& known, const Place& where,
                  const Bare& bare) {
  for (auto item = from.begin(); item != from.end(); ++item) {
    if (known.contains(item.key())) continue;
    where.reading->warnings.push_back((where / item.key()).text +
                                      ": unknown field, ignored but kept on saving");
    where.reading->unknown.push_back({(where / item.key()).path, item->dump(), bare});
  }
}

namespace {

/// The item of a list that a step of a path names: by its id, else by its number.
Json* item_of(Json& list, const std::string& step) {
  for (Json& item : list)
    if (item.is_object() && item.contains("id") && item.at("id") == step) return &item;
  const bool is_number = step.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || step.size() > 9 || std::stoul(step) >= list.size()) return nullptr;
  Json& item = list[std::stoul(step)];
  return item.is_object() && item.contains("id") ? nullptr : &item;
}

/// Makes an object of a field that was saved as a bare name, or left out.
void write_in_full(Json& parent, const std::string& name, const Bare& bare) {
  if (bare.tag.empty() || (parent.contains(name) && !parent.at(name).is_string())) return;
  Json object = Json::object();
  object[bare.tag] = parent.contains(name) ? parent.at(name) : Json(bare.usual);
  parent[name] = std::move(object);
}

}  // namespace

void restore_unknown(Json& document, const std::vector<UnknownField>& unknown) {
  for (const UnknownField& field : unknown) {
    Json* at = &document;
    for (std::size_t i = 0; at && i + 1 < field.path.size(); ++i) {
      if (at->is_object() && i + 2 == field.path.size())
        write_in_full(*at, field.path[i], field.bare);
      if (at->is_array())
        at = item_of(*at, field.path[i]);
      else
        at = at->is_object() && at->contains(field.path[i]) ? &at->at(field.path[i]) : nullptr;
    }
    if (at && at->is_object() && !at->contains(field.path.back()))
      (*at)[field.path.back()] = Json::parse(field.value);
  }
}

Json write(bool value, Writing) { return value; }
Json write(int value, Writing) { return value; }
Json write(std::uint64_t value, Writing) { return value; }
Json write(double value, Writing) {
  // 10 rather than 10.0: a whole number is written as one.
  if (std::floor(value) == value && std::abs(value) < 1e15 && !(value == 0 && std::signbit(value)))
    return static_cast<std::int64_t>(value);
  return value;
}
Json write(const std::string& value, Writing) { return value.empty() ? Json() : Json(value); }
Json write(Extent value, Writing) {
  if (value.h == value.w) return value.h;
  return Json::array({value.h, value.w});
}
Json write(Padding value, Writing how) {
  if (value.same) return "same";
  return write(Extent{value.h, value.w}, how);
}
Json write(const Tensor& value, Writing how) {
  if (value == Tensor{}) return {};  // none is given
  Json shape = Json::array(), data = Json::array();
  for (const std::size_t n : value.shape) shape.push_back(n);
  for (const double number : value.data) data.push_back(write(number, how));
  return {{"shape", std::move(shape)}, {"data", std::move(data)}};
}

}  // namespace crease::json
