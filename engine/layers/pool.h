#pragma once
#include "layers/pooling.h"

namespace crease {

/// The largest value in each window (deck 002, pooling). Padding counts as minus infinity; of equal
/// values the first in row order wins, and the gradient goes to it.
struct MaxPool : PoolSettings {
  static constexpr std::string_view name = "max_pool";
  static constexpr std::string_view formula = "a = max over the window";
  Memory memory(Inputs in) const { return {shape(in).size(), 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const MaxPool&) const = default;
};

}  // namespace crease
