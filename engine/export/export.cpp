// Formats, and which of them is made how.
#include "export/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/problem.h"
#include "export/files.h"
#include "export/pages.h"
#include "export/svg.h"

namespace crease {

namespace {

void check(const ExportOptions& options) {
  const auto good = [](double points) { return points >= 24 && points <= 14400; };
  if (!good(options.points.width) || !good(options.points.height))
    throw Problem("size", "must be 24 to 14400 points (1/72 inch) wide and high");
  if (!(options.dpi >= least_dpi && options.dpi <= most_dpi))
    throw Problem("dpi", fmt::format("must be {} to {}", least_dpi, most_dpi));
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

void add_row(std::string& csv, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) csv += ',';
    csv += quoted(cells[i]);
  }
  csv += "\r\n";
}

}  // namespace

Format format_of(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (ending == ".png") return Format::png;
  if (ending == ".svg") return Format::svg;
  if (ending == ".pdf") return Format::pdf;
  if (ending == ".csv") return Format::csv;
  throw Problem(file.string(), "the name must end in .png, .svg, .pdf or .csv");
}

std::string csv_of(const Table& table) {
  std::string csv;
  add_row(csv, table.columns);
  for (const auto& row : table.rows) add_row(csv, row);
  return csv;
}

std::string figure_as(Format format, const Figure& figure, const ExportOptions& options) {
  if (format == Format::csv) {
    if (!figure.table) throw Problem(figure.name, "has no table of numbers for a CSV file");
    return csv_of(figure.table());
  }
  check(options);
  const Theme& theme = options.dark ? dark_theme() : light_theme();
  LayoutOptions layout_options = options.layout;
  if (format == Format::pdf && !options.dark) layout_options.ground = false;
  const Size pixels = {options.points.width / points_per_pixel,
                       options.points.height / points_per_pixel};
  const Laid laid = layout(figure, pixels, theme, layout_options);
  if (format == Format::svg) return svg_of(laid.scene, pixels, figure.name);
  if (format == Format::pdf) return pdf_of(laid.scene, pixels, figure.name);
  return png_of(laid.scene, pixels, options.dpi);
}

void export_figure(const Figure& figure, const std::filesystem::path& file,
                   const ExportOptions& options) {
  write_whole(file, figure_as(format_of(file), figure, options));
}

}  // namespace crease
