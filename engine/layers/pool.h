#pragma once
#include "layers/layer.h"
#include "layers/window.h"

namespace crease {

/// The largest value in each window (deck 002, pooling). Padding counts as minus infinity; of equal
/// values the first in row order wins, and the gradient goes to it.
struct MaxPool {
  static constexpr std::string_view name = "max_pool";
  static constexpr std::string_view formula = "a = max over the window";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  Extent kernel{2, 2};
  std::optional<Extent> stride = {};
  Padding padding = {};

  static void fields(auto& self, auto&& visit) { pool_fields(self, visit); }
  Window window_on(const Shape& in) const { return pool_window(*this, in); }
  Shape shape(Inputs in) const;
  Memory memory(Inputs in) const { return {shape(in).size(), 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const MaxPool&) const = default;
};

}  // namespace crease
