#pragma once
/// Nodes that join several inputs (decks 000, 002: branching, skips, residuals).
#include "layers/layer.h"

namespace crease {

/// Sum of inputs of equal shape.
struct Add {
  static constexpr std::string_view name = "add";
  static constexpr std::string_view formula = "a = x_1 + x_2 + ...";
  static constexpr Arity arity = Arity::several;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const {
    for (const Shape& shape : in)
      if (shape != in[0])
        throw Problem("add needs inputs of one shape, not " + to_string(in[0]) + " and " +
                      to_string(shape));
    return in[0];
  }
  template <class T>
  void forward(Pass<T>& pass) const {
    for (std::size_t f = 0; f < pass.out.size(); ++f) {
      Lanes<T> total = load(pass.x[0] + f * lanes);
      for (std::size_t i = 1; i < pass.x.size(); ++i) total += load(pass.x[i] + f * lanes);
      store<T>(pass.y + f * lanes, total);
    }
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    for (std::size_t i = 0; i < pass.x.size(); ++i)
      pass.give(i, pass.out.size(), [&](std::size_t f) { return load(pass.dy + f * lanes); });
  }
  bool operator==(const Add&) const = default;
};

/// Features one after the other; images of one size channel after channel.
struct Concat {
  static constexpr std::string_view name = "concat";
  static constexpr std::string_view formula = "a = (x_1, x_2, ...)";
  static constexpr Arity arity = Arity::several;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const {
    Shape joined = in[0];
    for (const Shape& shape : in.subspan(1)) {
      if (shape.is_image != joined.is_image || shape.height != joined.height ||
          shape.width != joined.width)
        throw Problem("concat needs features, or images of one height and width, not " +
                      to_string(in[0]) + " and " + to_string(shape));
      joined.channels += shape.channels;
    }
    return joined;
  }
  template <class T>
  void forward(Pass<T>& pass) const {
    T* to = pass.y;
    for (std::size_t i = 0; i < pass.x.size(); ++i)
      to = std::copy_n(pass.x[i], pass.in[i].size() * lanes, to);
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    const T* from = pass.dy;
    for (std::size_t i = 0; i < pass.x.size(); ++i) {
      pass.give(i, pass.in[i].size(), [&](std::size_t f) { return load(from + f * lanes); });
      from += pass.in[i].size() * lanes;
    }
  }
  bool operator==(const Concat&) const = default;
};

}  // namespace crease
