#pragma once
#include "layers/layer.h"
#include "layers/window.h"

namespace crease {

/// The mean of each window (deck 002, pooling), divided by the whole kernel: padding counts as
/// zeros.
struct AvgPool {
  static constexpr std::string_view name = "avg_pool";
  static constexpr std::string_view formula = "a = mean over the window";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  Extent kernel{2, 2};
  std::optional<Extent> stride = {};
  Padding padding = {};

  static void fields(auto& self, auto&& visit) { pool_fields(self, visit); }
  Window window_on(const Shape& in) const { return pool_window(*this, in); }
  Shape shape(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const AvgPool&) const = default;
};

}  // namespace crease
