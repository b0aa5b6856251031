#pragma once
/// Colours, colour maps, and pictures made of them.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace crease {

/// sRGB and opacity, 0 to 255 each.
struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;

  /// From 0xRRGGBB.
  static constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
            static_cast<std::uint8_t>(rgb), 255};
  }
  /// The same colour, `opacity` (0 to 1) times as opaque.
  Colour faded(double opacity) const;
};

/// Of a level from 0 to 255, which is a number: rounded, without the call that std::lround is, for
/// whole pictures.
constexpr std::uint8_t nearest_byte(double level) {
  // Never negative. NOLINTNEXTLINE(bugprone-incorrect-roundings)
  return static_cast<std::uint8_t>(level + 0.5);
}

/// From `a` (share 0) to `b` (share 1), in sRGB.
Colour mix(Colour a, Colour b, double share);

/// Relative luminance (WCAG), 0 black to 1 white; opacity is not looked at.
double luminance(Colour colour);
/// Contrast of two opaque colours (WCAG), 1 to 21.
double contrast(Colour a, Colour b);
/// `colour` for text on `ground`: moved towards `ink` as far as a contrast of 4.5 needs.
Colour legible(Colour colour, Colour ground, Colour ink);

/// Evenly spaced stops with straight lines in sRGB between them.
struct ColourMap {
  std::vector<Colour> stops;
  /// `t` is clamped to 0..1; not a number gives the middle at no opacity.
  Colour at(double t) const;
  bool operator==(const ColourMap&) const = default;
};

/// A picture, row by row from the top.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<Colour> pixels;

  Raster() = default;
  Raster(int w, int h, Colour fill = {})
      : width(w),
        height(h),
        pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}
  Colour& at(int column, int row) {
    return pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(column)];
  }
  const Colour& at(int column, int row) const {
    return pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(column)];
  }
  bool operator==(const Raster&) const = default;
};

}  // namespace crease
