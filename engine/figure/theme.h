#pragma once
/// The colours of everything that is drawn, light and dark.
#include <array>

#include "figure/colour.h"

namespace crease {

/// A shape for the points of a class, so that colour is never the only sign.
enum class Marker {
  disc,
  triangle,
  square,
  diamond,
  triangle_down,
  cross,
  plus,
  star,
  pentagon,
  hexagon,
  ring
};

struct ClassStyle {
  Colour colour;
  Marker marker = Marker::disc;
  bool outlined = false;  ///< too pale on the picture's ground: wants a thin outline in ink 2
};

struct Theme {
  bool dark = false;

  Colour chrome, picture, hover, press, rule, frame;
  Colour ink, ink2, ink3;
  Colour accent, accent_hover, on_accent, accent_soft;
  Colour reverse;  ///< values of the reverse pass, dL/d.
  Colour warn, warn_ground, error, error_ground;
  Colour tip, tip_text, tip_text2;
  Colour positive, negative;

  std::array<ClassStyle, 10> classes;
  ColourMap signed_values;  ///< orange, neutral, blue; zero in the middle
  ColourMap field;          ///< the paler one, to lie under points
  ColourMap ordered;        ///< viridis
  ColourMap depth;          ///< lines of layers, first to last
  std::array<Colour, 5> runs;

  const ClassStyle& of_class(int number) const {
    return classes[static_cast<std::size_t>(number < 0 ? 0 : number) % classes.size()];
  }
  /// The blue half of `signed_values`, for values that are never negative; t from 0 to 1.
  Colour positive_value(double t) const { return signed_values.at(0.5 + 0.5 * t); }
};

const Theme& light_theme();
const Theme& dark_theme();

}  // namespace crease
