#pragma once
/// Random legal settings for any described struct: the property tests walk the registry with it.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "core/fields.h"
#include "core/random.h"

namespace crease::testing {

/// Small enough that networks of these settings run in no time.
inline constexpr int largest_whole = 4;

template <class S>
void randomise(S& settings, Random& random);

inline void draw(bool& value, const Field&, Random& random) { value = random.below(2) == 1; }
inline void draw(int& value, const Field& field, Random& random) {
  const int least = static_cast<int>(std::max(field.least, 0.0));
  const int most = static_cast<int>(std::min<double>(field.most, least + largest_whole - 1));
  value = least + static_cast<int>(random.below(static_cast<std::uint64_t>(most - least + 1)));
}
inline void draw(double& value, const Field& field, Random& random) {
  const double least = std::isfinite(field.least) ? field.least : -1;
  const double most = std::isfinite(field.most) ? field.most : least + 2;
  value = random.uniform(least, most);
}
inline void draw(Extent& value, const Field& field, Random& random) {
  draw(value.h, field, random);
  draw(value.w, field, random);
}
inline void draw(Padding& value, const Field& field, Random& random) {
  value = {.same = random.below(4) == 0};
  if (value.same) return;
  draw(value.h, field, random);
  draw(value.w, field, random);
}
template <Choice E>
void draw(E& value, const Field&, Random& random) {
  value = static_cast<E>(random.below(names_of<E>.size()));
}
template <class T>
void draw(std::optional<T>& value, const Field& field, Random& random) {
  value.reset();
  if (random.below(2) == 0) draw(value.emplace(), field, random);
}
template <class T>
void draw(std::vector<T>& value, const Field&, Random&) {
  value.clear();  // lists depend on the network: tested by the cases that need them
}
template <class... Ts>
void draw(std::variant<Ts...>& value, const Field&, Random& random) {
  using V = std::variant<Ts...>;
  const std::size_t chosen = random.below(sizeof...(Ts));
  std::size_t i = 0;
  for_each_alternative<V>([&](auto alternative) {
    if (i++ != chosen) return;
    randomise(alternative, random);
    value = alternative;
  });
}

template <class S>
void randomise(S& settings, Random& random) {
  S::fields(settings, [&](const Field& field, auto& value) { draw(value, field, random); });
}

}  // namespace crease::testing
