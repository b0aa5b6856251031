#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "commands/command.h"
#include "core/tasks.h"
#include "export/export.h"
#include "train/advice.h"
#include "train/snapshot_of.h"
#include "views/views.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, view, out, size, theme = "light";
  double dpi = 144;
  long steps = 0;
  bool json = false;
};

/// "360x300", in points.
Size size_of(const std::string& text) {
  const auto number = [&](std::string_view part) {
    double value = 0;
    const auto result = std::from_chars(part.data(), part.data() + part.size(), value);
    const bool whole = result.ec == std::errc() && result.ptr == part.data() + part.size();
    constexpr double least = 100, most = 5000;
    if (!whole || !(value >= least && value <= most))
      throw Problem("--size", fmt::format("must be WIDTHxHEIGHT, each from {} to {} points, not {}",
                                          least, most, text));
    return value;
  };
  const std::size_t cross = std::min(text.find('x'), text.size());
  const std::string_view all = text;
  return {number(all.substr(0, cross)), number(cross < all.size() ? all.substr(cross + 1) : "")};
}

/// How finely a field is computed: as the picture will show it, within reason.
int resolution(Format format, Size size, double dpi) {
  if (format == Format::csv) return Frame{}.pixels;
  const double side = std::min(size.width, size.height);
  const double pixels = format == Format::png ? side * dpi / 72 : 2 * side;
  return static_cast<int>(std::clamp(pixels, 160.0, 600.0));
}

void run(const Options& options) {
  const Format format = format_of(options.out);
  constexpr double most_pixels = 1e8;
  const double scale = options.dpi / 72;
  View view = view_named(options.view);
  const Size size = options.size.empty() ? usual_size(view) : size_of(options.size);
  if (format == Format::png && size.width * scale * size.height * scale > most_pixels)
    throw Problem("--size", fmt::format("the picture is too large at {} dpi: it may have {} pixels",
                                        options.dpi, thousands(most_pixels)));
  check_writable(options.out);
  const Document document = open(options.file);
  in_file(options.file, [&] {
    std::vector<std::string> warnings;
    set_settings(view, document, warnings);
    for (const std::string& warning : warnings) warn(options.file, warning);
  });

  Tasks tasks(hardware_threads());
  const Snapshot snapshot = in_file(options.file, [&] {
    Snapshot start;
    start.document = std::make_shared<const Document>(document);
    start.plan = std::make_shared<const Plan>(compile_or_throw(document.network));
    if (document.data)
      start.data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
    // What the view cannot show is said before anything is trained.
    if (const std::string sentence = refuses(view, start); !sentence.empty())
      throw Problem(sentence);
    if (start.data)
      if (const std::string advice = outputs_advice(*start.plan, document.training, *start.data);
          !advice.empty())
        warn(options.file, advice);
    return snapshot_of(document, start.data, options.steps, tasks);
  });
  if (!snapshot.divergence.empty())
    fmt::print(stderr, "{}: {}\n", options.file, one_line(snapshot.divergence));

  const Theme& theme = options.theme == "dark" ? dark_theme() : light_theme();
  const Frame frame{.window = {}, .pixels = resolution(format, size, options.dpi)};
  const std::any answer = compute(view, snapshot, frame);
  ExportOptions how;
  how.points = size;
  how.dpi = options.dpi;
  how.dark = theme.dark;
  export_figure(draw(view, snapshot, answer, theme), options.out, how);
  if (!options.json) {
    fmt::print("saved as {}\n", options.out);
    return;
  }
  const auto whole = [&](double points) {
    return static_cast<long>(std::lround(format == Format::png ? points * scale : points));
  };
  print(Json{{"file", options.out}, {"width", whole(size.width)}, {"height", whole(size.height)}});
}

}  // namespace

void add_figure(CLI::App& app) {
  auto* command = app.add_subcommand("figure", "draw one view of a document into a file");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command->add_option("--view", options->view, "what to draw: crease views lists the names")
      ->required();
  command->add_option("--out", options->out, "a file that ends in .png, .svg, .pdf or .csv")
      ->required();
  command->add_option("--size", options->size,
                      "WIDTHxHEIGHT in points of 1/72 inch (else what suits the view)");
  command->add_option("--dpi", options->dpi, "pixels per inch of a PNG")
      ->capture_default_str()
      ->check(from_to(least_dpi, most_dpi));
  command->add_option("--theme", options->theme, "light or dark")
      ->capture_default_str()
      ->check(CLI::IsMember({"light", "dark"}));
  command->add_option("--steps", options->steps, "further optimiser steps to train first")
      ->check(from_to(0L, most_steps));
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] { run(*options); });
}

}  // namespace crease::commands
