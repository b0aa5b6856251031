#pragma once
#include "layers/pooling.h"

namespace crease {

/// The mean of each window (deck 002, pooling), divided by the whole kernel: padding counts as
/// zeros.
struct AvgPool : PoolSettings {
  static constexpr std::string_view name = "avg_pool";
  static constexpr std::string_view formula = "a = mean over the window";
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const AvgPool&) const = default;
};

}  // namespace crease
