// Every kind of item with Cairo.
#include "export/cairo_canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "export/cairo_fonts.h"
#include "export/resample.h"

namespace crease {

namespace {

constexpr double print_scale = 2.5;  // pixels for each px of an image on a page: 240 dpi

bool seen(const Stroke& stroke) { return stroke.width > 0 && stroke.colour.a > 0; }

std::uint32_t premultiplied(Colour c) {
  const auto part = [&c](std::uint8_t channel) {
    return static_cast<std::uint32_t>((channel * c.a + 127) / 255);
  };
  return static_cast<std::uint32_t>(c.a) << 24 | part(c.r) << 16 | part(c.g) << 8 | part(c.b);
}

}  // namespace

cairo_surface_t* surface_of(const Raster& raster) {
  const bool opaque =
      std::all_of(raster.pixels.begin(), raster.pixels.end(), [](Colour c) { return c.a == 255; });
  cairo_surface_t* surface = cairo_image_surface_create(
      opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, raster.width, raster.height);
  unsigned char* data = cairo_image_surface_get_data(surface);
  if (data == nullptr) return surface;
  const int stride = cairo_image_surface_get_stride(surface);
  for (int row = 0; row < raster.height; ++row) {
    auto* line = reinterpret_cast<std::uint32_t*>(data + row * stride);
    for (int column = 0; column < raster.width; ++column)
      line[column] = premultiplied(raster.at(column, row));
  }
  cairo_surface_mark_dirty(surface);
  return surface;
}

CairoCanvas::CairoCanvas(cairo_t* context, bool vector) : cairo_(context), vector_(vector) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cairo_, options);
  cairo_font_options_destroy(options);
}

void CairoCanvas::set(Colour c) {
  cairo_set_source_rgba(cairo_, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

void CairoCanvas::path(const std::vector<Point>& points, bool closed) {
  cairo_new_path(cairo_);
  for (const Point p : points) cairo_line_to(cairo_, p.x, p.y);
  if (closed) cairo_close_path(cairo_);
}

void CairoCanvas::fill(Colour colour) {
  set(colour);
  cairo_fill(cairo_);
}

void CairoCanvas::stroke(const Stroke& stroke) {
  set(stroke.colour);
  cairo_set_line_width(cairo_, std::max(stroke.width, least_stroke));
  cairo_set_dash(cairo_, stroke.dash.data(), static_cast<int>(stroke.dash.size()), 0);
  cairo_stroke(cairo_);
}

void CairoCanvas::fill_and_stroke(Colour colour, const Stroke& edge) {
  if (colour.a > 0) {
    set(colour);
    seen(edge) ? cairo_fill_preserve(cairo_) : cairo_fill(cairo_);
  }
  if (seen(edge)) stroke(edge);
  cairo_new_path(cairo_);
}

void CairoCanvas::paint(const Polyline& p) {
  if (p.points.size() < 2 || !seen(p.stroke)) return;
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  path(p.points, p.closed);
  stroke(p.stroke);
}

void CairoCanvas::paint(const Polygon& p) {
  path(p.points, true);
  fill(p.fill);
}

void CairoCanvas::paint(const RoundRect& r) {
  const Rect& at = r.at;
  const double radius = std::min({r.radius, at.width / 2, at.height / 2});
  cairo_new_path(cairo_);
  if (radius <= 0) {
    cairo_rectangle(cairo_, at.x, at.y, at.width, at.height);
  } else {
    const double quarter = std::numbers::pi / 2;
    cairo_arc(cairo_, at.right() - radius, at.y + radius, radius, -quarter, 0);
    cairo_arc(cairo_, at.right() - radius, at.bottom() - radius, radius, 0, quarter);
    cairo_arc(cairo_, at.x + radius, at.bottom() - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo_, at.x + radius, at.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo_);
  }
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_MITER);
  fill_and_stroke(r.fill, r.edge);
}

void CairoCanvas::paint(const Curve& c) {
  if (!seen(c.stroke)) return;
  cairo_new_path(cairo_);
  cairo_move_to(cairo_, c.from.x, c.from.y);
  cairo_curve_to(cairo_, c.first.x, c.first.y, c.second.x, c.second.y, c.to.x, c.to.y);
  stroke(c.stroke);
}

void CairoCanvas::paint(const Disc& d) {
  cairo_new_path(cairo_);
  cairo_arc(cairo_, d.centre.x, d.centre.y, d.radius, 0, 2 * std::numbers::pi);
  cairo_close_path(cairo_);
  fill_and_stroke(d.fill, d.edge);
}

void CairoCanvas::paint(const Mesh& m) {
  cairo_pattern_t* pattern = cairo_pattern_create_mesh();
  for (std::size_t i = 0; i + 2 < m.triangles.size(); i += 3) {
    cairo_mesh_pattern_begin_patch(pattern);
    for (std::size_t k = 0; k < 3; ++k) {
      const Point p = m.points[m.triangles[i + k]];
      k == 0 ? cairo_mesh_pattern_move_to(pattern, p.x, p.y)
             : cairo_mesh_pattern_line_to(pattern, p.x, p.y);
    }
    for (unsigned k = 0; k < 3; ++k) {
      const Colour c = m.colours[m.triangles[i + k]];
      cairo_mesh_pattern_set_corner_color_rgba(pattern, k, c.r / 255.0, c.g / 255.0, c.b / 255.0,
                                               c.a / 255.0);
    }
    cairo_mesh_pattern_end_patch(pattern);
  }
  cairo_set_source(cairo_, pattern);
  cairo_paint(cairo_);
  cairo_pattern_destroy(pattern);
}

void CairoCanvas::paint(const Image& image) {
  if (!image.raster || !(image.at.width > 0 && image.at.height > 0)) return;
  Raster raster = cropped(*image.raster, image.part);
  if (raster.width < 1 || raster.height < 1) return;
  if (vector_)
    raster = enlarged(std::move(raster), static_cast<int>(image.at.width * print_scale),
                      static_cast<int>(image.at.height * print_scale), image.smooth);
  double sx = 1, sy = 1;
  cairo_user_to_device_distance(cairo_, &sx, &sy);
  const bool smaller = raster.width > image.at.width * sx || raster.height > image.at.height * sy;
  cairo_surface_t* surface = surface_of(raster);
  cairo_save(cairo_);
  cairo_rectangle(cairo_, image.at.x, image.at.y, image.at.width, image.at.height);
  cairo_clip(cairo_);
  cairo_translate(cairo_, image.at.x, image.at.y);
  cairo_scale(cairo_, image.at.width / raster.width, image.at.height / raster.height);
  cairo_set_source_surface(cairo_, surface, 0, 0);
  cairo_pattern_t* pattern = cairo_get_source(cairo_);
  cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
  const bool blend = !vector_ && (image.smooth || smaller);
  cairo_pattern_set_filter(pattern, blend ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(surface);
}

void CairoCanvas::paint(const Text& text) {
  cairo_save(cairo_);
  cairo_translate(cairo_, text.baseline.x, text.baseline.y);
  if (text.turn != 0) cairo_rotate(cairo_, -text.turn * std::numbers::pi / 2);
  set(text.colour);
  show_text(cairo_, text);
  cairo_restore(cairo_);
}

void CairoCanvas::paint(const Clip& clip) {
  cairo_save(cairo_);
  cairo_rectangle(cairo_, clip.at.x, clip.at.y, clip.at.width, clip.at.height);
  cairo_clip(cairo_);
}

void CairoCanvas::paint(const Unclip&) { cairo_restore(cairo_); }

}  // namespace crease
