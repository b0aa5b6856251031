#pragma once
/// Paints scenes with Cairo.
#include <cairo.h>

#include "figure/canvas.h"

namespace crease {

class CairoCanvas final : public Canvas {
 public:
  /// On a context whose unit is the px. `vector`: the surface is a page, where a raster is made
  /// fine enough for print. Only one canvas at a time may paint text (fonts are shared).
  CairoCanvas(cairo_t* context, bool vector);

  using Canvas::paint;
  void paint(const Polyline&) override;
  void paint(const Polygon&) override;
  void paint(const RoundRect&) override;
  void paint(const Curve&) override;
  void paint(const Disc&) override;
  void paint(const Mesh&) override;
  void paint(const Image&) override;
  void paint(const Text&) override;
  void paint(const Clip&) override;
  void paint(const Unclip&) override;

 private:
  void set(Colour colour);
  void path(const std::vector<Point>& points, bool closed);
  void fill(Colour colour);
  void stroke(const Stroke& stroke);
  void fill_and_stroke(Colour colour, const Stroke& edge);

  cairo_t* cairo_;
  bool vector_;
};

/// Nothing is thinner than 0.4 pt.
constexpr double least_stroke = 0.4 / 0.75;

/// An image surface with the raster's pixels, to be destroyed by the caller.
cairo_surface_t* surface_of(const Raster& raster);

}  // namespace crease
