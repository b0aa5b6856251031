/// Every view in every format: a figure of a fitting document is a file, and twice the same one.
#include <doctest/doctest.h>

#include "export/export.h"
#include "marks.h"
#include "places.h"
#include "plain_documents.h"
#include "views/views.h"

using namespace crease;

namespace {

/// Documents of which each view fits at least one.
std::vector<Document> documents() {
  const std::string folder = tests_folder() + "/scripts/";
  return {load_document(source_folder() + "/assets/examples/01_spiral.crease.json"),
          plain_documents::sine(), plain_documents::digits(40),
          load_document(folder + "folding.crease.json"),
          load_document(folder + "three_units.crease.json")};
}

std::string bytes_of(const View& view, const Document& document, Format format) {
  const Snapshot snapshot = snapshot_from(document, 5);
  const Figure figure =
      draw(view, snapshot, compute(view, snapshot, {std::nullopt, 24}), light_theme());
  ExportOptions options;
  options.points = {240, 200};
  options.dpi = 72;
  return figure_as(format, figure, options);
}

/// A format, and how its files begin.
struct Kind {
  Format format;
  const char* start;
};
constexpr Kind kinds[] = {
    {Format::png, "\x89PNG"}, {Format::svg, "<"}, {Format::pdf, "%PDF"}, {Format::csv, ""}};

}  // namespace

TEST_SUITE("every view") {
  TEST_CASE("is drawn for a fitting document in all four formats, twice the same bytes") {
    const std::vector<Document> all = documents();
    for_each_alternative<View>([&](const auto& kind) {
      const View view = kind;
      CAPTURE(std::string(name_of(view)));
      const auto fitting = std::find_if(all.begin(), all.end(), [&](const Document& document) {
        return refuses(view, snapshot_from(document)).empty();
      });
      REQUIRE(fitting != all.end());
      for (const Kind& file : kinds) {
        CAPTURE(file.start);
        const std::string bytes = bytes_of(view, *fitting, file.format);
        CHECK(bytes.starts_with(file.start));
        CHECK(bytes.size() > (file.format == Format::csv ? 20 : 500));
        CHECK(bytes == bytes_of(view, *fitting, file.format));
      }
    });
  }
}
