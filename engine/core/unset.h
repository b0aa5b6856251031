#pragma once
/// Vectors whose new elements stay unset when they grow: for what is written right after.
#include <memory>
#include <utility>
#include <vector>

namespace crease {

template <class T>
struct UnsetAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UnsetAllocator<U>;
  };
  template <class U, class... Values>
  void construct(U* place, Values&&... values) {
    if constexpr (sizeof...(Values) > 0) ::new (place) U(std::forward<Values>(values)...);
  }
};

/// Only for types that need no constructor.
template <class T>
using UnsetVector = std::vector<T, UnsetAllocator<T>>;

}  // namespace crease
