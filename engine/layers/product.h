#pragma once
/// Nodes that multiply their inputs (deck 000: branching).
#include "layers/layer.h"

namespace crease {

namespace product {

/// Throws where the inputs differ.
inline void check_equal(Inputs in, std::string_view name) {
  for (const Shape& shape : in)
    if (shape != in[0])
      throw Problem(std::string(name) + " needs inputs of one shape, not " + to_string(in[0]) +
                    " and " + to_string(shape));
}

/// The product of all inputs' feature `f`, but for input `without`.
template <class T>
Lanes<T> of_feature(const Pass<T>& pass, std::size_t f, std::size_t without) {
  Lanes<T> result = all<Lanes<T>>(1);
  for (std::size_t i = 0; i < pass.x.size(); ++i)
    if (i != without) result *= load(pass.x[i] + f * lanes);
  return result;
}

inline constexpr auto nothing = static_cast<std::size_t>(-1);

}  // namespace product

/// Value times value: a gate.
struct Multiply {
  static constexpr std::string_view name = "multiply";
  static constexpr std::string_view formula = "a = x_1 x_2 ...";
  static constexpr Arity arity = Arity::several;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const {
    product::check_equal(in, name);
    return in[0];
  }
  template <class T>
  void forward(Pass<T>& pass) const {
    for (std::size_t f = 0; f < pass.out.size(); ++f)
      store<T>(pass.y + f * lanes, product::of_feature(pass, f, product::nothing));
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    for (std::size_t i = 0; i < pass.x.size(); ++i)
      pass.give(i, pass.out.size(), [&](std::size_t f) {
        return Lanes<T>(load(pass.dy + f * lanes) * product::of_feature(pass, f, i));
      });
  }
  bool operator==(const Multiply&) const = default;
};

/// The sum of the products: one number a sample, how alike its inputs are.
struct Dot {
  static constexpr std::string_view name = "dot";
  static constexpr std::string_view formula = "a = x_1.x_2";
  static constexpr Arity arity = Arity::several;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const {
    product::check_equal(in, name);
    return Shape::features(1);
  }
  template <class T>
  void forward(Pass<T>& pass) const {
    Lanes<T> total{};
    for (std::size_t f = 0; f < pass.in[0].size(); ++f)
      total += product::of_feature(pass, f, product::nothing);
    store<T>(pass.y, total);
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    const Lanes<T> slope = load(pass.dy);
    for (std::size_t i = 0; i < pass.x.size(); ++i)
      pass.give(i, pass.in[i].size(),
                [&](std::size_t f) { return Lanes<T>(slope * product::of_feature(pass, f, i)); });
  }
  bool operator==(const Dot&) const = default;
};

}  // namespace crease
