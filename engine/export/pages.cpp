// PNG and PDF: surfaces, their bytes, and what Cairo cannot write itself.
#include "export/pages.h"

#include <cairo-pdf.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>

#include "core/problem.h"
#include "export/cairo_canvas.h"
#include "export/cairo_fonts.h"
#include "export/files.h"
#include "export/png.h"

namespace crease {

namespace {

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

void must_be_good(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY || status == CAIRO_STATUS_INVALID_SIZE)
    throw Problem("picture", "is too large; ask for a smaller size or fewer dpi");
  if (status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(status));
}

cairo_status_t collect(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void paint_on(cairo_surface_t* surface, const Scene& scene, double scale, bool vector) {
  cairo_t* cairo = cairo_create(surface);
  cairo_scale(cairo, scale, scale);
  CairoCanvas canvas(cairo, vector);
  paint(scene, canvas);
  const cairo_status_t status = cairo_status(cairo);
  cairo_destroy(cairo);
  must_be_good(status);
}

Surface picture_of(const Scene& scene, Size pixels, double scale) {
  const auto whole = [scale](double length) {
    return std::max(1, static_cast<int>(std::lround(length * scale)));
  };
  const int width = whole(pixels.width), height = whole(pixels.height);
  if (width > 32767 || height > 32767 || static_cast<double>(width) * height > 4e8)
    throw Problem("picture", "is too large; ask for a smaller size or fewer dpi");
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  must_be_good(cairo_surface_status(surface.get()));
  paint_on(surface.get(), scene, scale, false);
  cairo_surface_flush(surface.get());
  return surface;
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255);
  return bytes;
}

/// Writes the resolution behind the header, so that programs show the picture in its size.
std::string with_resolution(std::string png, double dpi) {
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
  const std::string chunk = "pHYs" + big_endian(per_metre) + big_endian(per_metre) + '\1';
  const auto* data = reinterpret_cast<const Bytef*>(chunk.data());
  const auto sum = static_cast<std::uint32_t>(crc32(0, data, static_cast<uInt>(chunk.size())));
  constexpr std::size_t behind_header = 8 + 25;
  return png.insert(behind_header, big_endian(9) + chunk + big_endian(sum));
}

std::string png_bytes(cairo_surface_t* surface, double dpi) {
  std::string bytes;
  must_be_good(cairo_surface_write_to_png_stream(surface, collect, &bytes));
  return dpi > 0 ? with_resolution(std::move(bytes), dpi) : bytes;
}

}  // namespace

std::string png_of(const Scene& scene, Size pixels, double dpi) {
  const auto held = hold_cairo();
  return png_bytes(picture_of(scene, pixels, dpi / 96).get(), dpi);
}

Raster raster_of(const Scene& scene, Size pixels, double scale) {
  // Fonts alone are shared: shapes need not wait for a large export.
  std::unique_lock<std::mutex> held;
  if (std::any_of(scene.items.begin(), scene.items.end(),
                  [](const Item& item) { return std::holds_alternative<Text>(item); }))
    held = hold_cairo();
  const Surface surface = picture_of(scene, pixels, scale);
  Raster raster(cairo_image_surface_get_width(surface.get()),
                cairo_image_surface_get_height(surface.get()));
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int row = 0; row < raster.height; ++row) {
    const auto* line = reinterpret_cast<const std::uint32_t*>(data + row * stride);
    for (int column = 0; column < raster.width; ++column) {
      const std::uint32_t pixel = line[column], a = pixel >> 24;
      const auto part = [a](std::uint32_t channel) {
        channel &= 255;
        return static_cast<std::uint8_t>(a == 0 ? 0 : std::min(255u, (channel * 255 + a / 2) / a));
      };
      raster.at(column, row) = {part(pixel >> 16), part(pixel >> 8), part(pixel),
                                static_cast<std::uint8_t>(a)};
    }
  }
  return raster;
}

std::string pdf_of(const Scene& scene, Size pixels, std::string_view title) {
  const auto held = hold_cairo();
  constexpr double points = 0.75;
  std::string bytes;
  {
    const Surface surface(cairo_pdf_surface_create_for_stream(
        collect, &bytes, pixels.width * points, pixels.height * points));
    must_be_good(cairo_surface_status(surface.get()));
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   std::string(title).c_str());
    // Without a date the same figure is the same file.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
    paint_on(surface.get(), scene, points, true);
    cairo_surface_finish(surface.get());
    must_be_good(cairo_surface_status(surface.get()));
  }
  return bytes;
}

std::string encode_png(const Raster& raster, double dpi) {
  if (raster.width < 1 || raster.height < 1) throw Problem("picture", "has no pixels");
  const Surface surface(surface_of(raster));
  must_be_good(cairo_surface_status(surface.get()));
  return png_bytes(surface.get(), dpi);
}

void write_png(const std::filesystem::path& file, const Raster& raster) {
  write_whole(file, encode_png(raster));
}

}  // namespace crease
