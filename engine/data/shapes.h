#pragma once
/// Toy images for classification and for segmentation.
#include "data/source.h"

namespace crease {

/// What is to be learned of an image of shapes: its class, or for each pixel whether it lies
/// inside.
enum class ShapesTarget { classes, mask };
template <>
inline constexpr std::array<std::string_view, 2> names_of<ShapesTarget>{"class", "mask"};

/// Images [1, 32, 32] of one disc, square or triangle (sample i: class i mod 3) of radius U(5, 11)
/// (of the circle through its corners), anywhere inside, of grey level U(0.5, 1) on U(0, 0.3), plus
/// noise N(0, 1) per pixel. Draws: radius, row and column of the centre, grey, background, noise.
struct Shapes {
  static constexpr std::string_view name = "shapes";
  static constexpr std::string_view help = "images of a disc, a square or a triangle, with masks";
  static constexpr int samples = 500;
  static constexpr double test_fraction = 0.5;
  ShapesTarget target = ShapesTarget::classes;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "target", .help = "the class of an image, or the mask of its pixels"},
          self.target);
  }
  DataSet make(const Request& request) const;
  bool operator==(const Shapes&) const = default;
};

}  // namespace crease
