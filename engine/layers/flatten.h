#pragma once
#include "layers/layer.h"

namespace crease {

/// An image as its flat column (channel, row, column). It moves nothing: the plan gives it the
/// memory of the node before.
struct Flatten {
  static constexpr std::string_view name = "flatten";
  static constexpr std::string_view formula = "a = x as a column";
  static constexpr Arity arity = Arity::one;
  static constexpr bool is_view = true;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const { return Shape::features(static_cast<int>(in[0].size())); }
  template <class T>
  void forward(Pass<T>&) const {}
  template <class T>
  void backward(Pass<T>&) const {}
  bool operator==(const Flatten&) const = default;
};

}  // namespace crease
