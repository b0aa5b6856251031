#pragma once
#include "layers/layer.h"

namespace crease {

/// What lies between the pixels of a smaller image: the nearest of them, or straight lines.
enum class Resampling { nearest, bilinear };
template <>
inline constexpr std::array<std::string_view, 2> names_of<Resampling>{"nearest", "bilinear"};

/// A larger image (deck 000, sampling). Output pixel o stands at (o + 1/2)/factor - 1/2 in the
/// input; beyond the outer pixels their values go on.
struct Upsample {
  static constexpr std::string_view name = "upsample";
  static constexpr std::string_view formula = "a(j) = x((j + 1/2)/factor - 1/2)";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  Extent factor{2, 2};
  Resampling mode = Resampling::nearest;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "factor",
                .help = "how many times higher and wider it becomes",
                .least = 1,
                .most = 1024},
          self.factor);
    visit(Field{.name = "mode", .help = "what stands between the pixels"}, self.mode);
  }
  Shape shape(Inputs in) const;
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const Upsample&) const = default;
};

}  // namespace crease
