#pragma once
/// One description per setting: the struct that owns a setting lists it once, and the JSON reader
/// and writer, the editor's widgets, the tooltips and the fuzz tests all walk that list.
///
///     struct LeakyRelu {
///       static constexpr std::string_view name = "leaky_relu";
///       double slope = 0.1;
///       static void fields(auto& self, auto&& visit) {
///         visit(Field{.name = "slope", .help = "slope below zero", .least = 0, .most = 1},
///         self.slope);
///       }
///     };
///
/// Kinds of values: bool, int, double, std::string, std::optional, std::vector, Extent, Padding, an
/// enumeration with `names_of`, and a variant of described structs (one of a closed list).
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace crease {

/// What a person may know about one setting.
struct Field {
  std::string_view name = {};
  std::string_view help = {};
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool below_most = false;        ///< `most` itself is not allowed
  bool required = false;          ///< has no usual value: a document must give it
  bool is_path = false;           ///< a file, relative to the document
  bool logarithmic = false;       ///< a slider moves by factors
  std::string_view tag = "type";  ///< for a variant: the key that names the alternative
  bool flat = false;       ///< for a variant: its fields stand beside the tag, not in an object
  bool shorthand = false;  ///< for a variant: a bare name stands for the defaults
  double from = std::numeric_limits<double>::quiet_NaN();  ///< a slider's ends, where what is
  double to = std::numeric_limits<double>::quiet_NaN();    ///< allowed reaches further
  bool rare = false;              ///< few people change it: the window shows it on demand
  std::string_view zero = {};     ///< what 0 is called where it means no number: "never"
  std::string_view formula = {};  ///< for the tooltip, in the markup of figure/text.h
};

/// The names of an enumeration's values, in order.
template <class E>
inline constexpr std::array<std::string_view, 0> names_of{};

template <class E>
concept Choice = std::is_enum_v<E>;

template <Choice E>
constexpr std::string_view name_of(E value) {
  return names_of<E>[static_cast<std::size_t>(value)];
}

/// Height and width of a kernel or a stride; written n when both are n.
struct Extent {
  int h = 1;
  int w = 1;
  bool operator==(const Extent&) const = default;
};

/// Rows and columns of zeros around an image: "same", n, or [h, w].
struct Padding {
  bool same = false;
  int h = 0;
  int w = 0;
  bool operator==(const Padding&) const = default;
};

template <class V>
struct is_variant : std::false_type {};
template <class... Ts>
struct is_variant<std::variant<Ts...>> : std::true_type {};

/// Calls `f(alternative)` with a default-made value of every type in the closed list `V`.
template <class V, class F>
void for_each_alternative(F&& f) {
  [&]<std::size_t... i>(std::index_sequence<i...>) { (f(std::variant_alternative_t<i, V>{}), ...); }
  (std::make_index_sequence<std::variant_size_v<V>>{});
}

/// Sets `value` to the default-made alternative called `name`; false when there is none.
template <class V>
bool select(V& value, std::string_view name) {
  bool found = false;
  for_each_alternative<V>([&](auto alternative) {
    if (alternative.name == name) {
      value = alternative;
      found = true;
    }
  });
  return found;
}

/// The name of the alternative a closed list holds.
template <class... Ts>
std::string_view name_of(const std::variant<Ts...>& value) {
  return std::visit([](const auto& alternative) { return alternative.name; }, value);
}

/// The allowed names of a closed list or an enumeration, as "a, b, c".
template <class V>
std::string allowed_names() {
  std::string text;
  const auto add = [&](std::string_view name) {
    if (!text.empty()) text += ", ";
    text += name;
  };
  if constexpr (is_variant<V>::value)
    for_each_alternative<V>([&](const auto& alternative) { add(alternative.name); });
  else
    for (std::string_view name : names_of<V>) add(name);
  return text;
}

}  // namespace crease
