#pragma once
/// Samples and maps as pictures, unsmoothed, and the parts of the data they come from.
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/shape.h"
#include "data/dataset.h"
#include "figure/scene.h"

namespace crease {

enum class Part { test, train };
template <>
inline constexpr std::array<std::string_view, 2> names_of<Part>{"test", "train"};

/// The samples of a part; those of training where there is no test part.
const std::vector<std::size_t>& samples_of(const DataSet& data, Part part);
/// "test", or "train" where there is no test part.
std::string_view name_of_part(const DataSet& data, Part part);

/// The numbers of one sample, as the network sees them.
std::vector<float> inputs_of(const DataSet& data, std::size_t sample);

/// Whether it is a signal: one row of numbers, which is drawn as a curve.
bool is_signal(const Shape& shape);

/// A signal is a curve of its first channel. Of images: one channel from the picture's ground (low)
/// to ink (high), three as red, green and blue, of any other number the first; where numbers go
/// beyond 0 .. 1 their own range is used.
std::shared_ptr<const Raster> picture_of(const Shape& shape, std::span<const float> values,
                                         const Theme& theme);

/// The largest size of a finite number; 0 of none.
double largest_of(std::span<const float> values);

/// What full colour means for one unit or map: its own largest value, but small ones beside large
/// ones (`largest` of its layer) stay pale.
double full_colour(std::span<const float> unit, double largest);

/// A colour for numbers up to `largest` in size: signed around the neutral, or its blue half.
struct ValueColours {
  const Theme* theme;
  double largest = 1;
  bool is_signed = true;

  static ValueColours of(const Theme& theme, std::span<const float> values);
  Colour operator()(double value) const;
};

/// One channel's map; of one row a curve, filled from zero.
std::shared_ptr<const Raster> map_of(int width, int height, std::span<const float> values,
                                     const ValueColours& colours);

/// Adds a picture in a frame as large as fits into `at`, in its own proportions, and returns where.
Rect add_picture(Scene& scene, const Rect& at, std::shared_ptr<const Raster> raster,
                 const Stroke& frame);

/// A picture that lays itself out, with the margin that panels have around them.
std::function<Scene(Size)> with_margin(std::function<Scene(Size)> compose);

/// Text in the middle of an empty picture.
void add_message(Scene& scene, Size size, const std::string& markup, const Theme& theme);

}  // namespace crease
