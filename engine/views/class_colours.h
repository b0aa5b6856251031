#pragma once
/// Colours of classes, of areas between classes, and of real outputs.
#include <span>
#include <vector>

#include "figure/theme.h"

namespace crease {

/// A class's style. Ten differ; from the eleventh on they repeat in a deeper shade.
ClassStyle class_style(const Theme& theme, int number);
/// Its colour where it fills an area under points.
Colour class_tint(const Theme& theme, int number);

/// A colour map read off at many places once, for pictures of many pixels.
class ColourTable {
 public:
  explicit ColourTable(const ColourMap& map);
  /// Within one step of a channel of what the map says. Clear where `share` is not a number.
  Colour at(double share) const {
    if (!(share == share)) return {0, 0, 0, 0};
    const double within = share < 0 ? 0 : share > 1 ? 1 : share;
    // Never negative; lround would be a call for each pixel.
    // NOLINTNEXTLINE(bugprone-incorrect-roundings)
    return colours_[static_cast<std::size_t>(within * steps + 0.5)];
  }

 private:
  static constexpr int steps = 1024;
  std::vector<Colour> colours_;
};

/// The colour of a place from its classes' shares: their tints mixed, paler where it is a close
/// call.
class ClassColours {
 public:
  /// `discretise`: the full tint of the largest share.
  ClassColours(const Theme& theme, int classes, bool discretise);
  /// Clear where the shares are not numbers.
  Colour of(std::span<const double> shares) const;

 private:
  ColourTable two_;
  bool discretise_;
  std::vector<Colour> tints_;
};

/// For real values, signed or of one sign; `pale`: to lie under points.
ColourMap value_map(const Theme& theme, bool is_signed, bool pale);

}  // namespace crease
