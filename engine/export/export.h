#pragma once
/// Figures as files: PNG, SVG and PDF of the same scene as on the screen, CSV of the data behind
/// it. The same figure and options give the same bytes. Exports may run on any thread.
#include <filesystem>
#include <string>

#include "figure/layout.h"

namespace crease {

enum class Format { png, svg, pdf, csv };

/// By the ending of a file's name; a Problem that names the four where it is another.
Format format_of(const std::filesystem::path& file);

/// A px of a scene is 0.75 pt on paper.
inline constexpr double points_per_pixel = 0.75;

/// The resolutions that a PNG may have.
inline constexpr double least_dpi = 18, most_dpi = 1200;

struct ExportOptions {
  Size points = {360, 300};  ///< 1/72 inch
  double dpi = 144;          ///< of a PNG, which has points x dpi / 72 pixels
  bool dark = false;         ///< the figure itself must have been drawn with the same theme
  LayoutOptions layout;      ///< on paper (a light PDF) there is no ground, whatever this says
};

/// The bytes of a file. A Problem where the size is out of range or there is no table for CSV.
std::string figure_as(Format format, const Figure& figure, const ExportOptions& options = {});

/// Writes a figure; the file appears complete or not at all. A Problem where it cannot.
void export_figure(const Figure& figure, const std::filesystem::path& file,
                   const ExportOptions& options = {});

/// A table by RFC 4180: commas, CRLF, quotes where a cell needs them.
std::string csv_of(const Table& table);

}  // namespace crease
