#pragma once
/// The contract of an optimiser: a described struct with
///   name, formula
///   moments            names of the vectors, as long as the parameters, that it keeps
///   void update(Update<T>& update) const     one step on a run of parameters
#include <array>
#include <cmath>
#include <string_view>

#include "core/fields.h"
#include "core/lanes.h"

namespace crease {

/// One step on a run of `size` parameters (a multiple of the lanes; padding has gradient 0).
template <class T>
struct Update {
  std::ptrdiff_t size = 0;
  T* w = nullptr;
  const T* gradient = nullptr;
  std::array<T*, 2> moments{};
  long step = 1;  ///< 1 for the first update since the moments were zero
};

}  // namespace crease
