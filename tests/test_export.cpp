// Figures as files: valid, complete, with text that can be found, twice the same bytes.
#include <doctest/doctest.h>
#include <zlib.h>

#include <cmath>
#include <thread>

#include "core/problem.h"
#include "export/export.h"
#include "export/pages.h"
#include "export/png.h"
#include "export/resample.h"
#include "export/svg.h"
#include "run_program.h"

using namespace crease;

namespace {

/// A bit of everything.
Figure all_sorts() {
  const Theme& theme = light_theme();
  Figure figure;
  figure.name = "Loss & \"accuracy\" <of $5>";
  figure.fact = "$‖∂L/∂W‖ ∈ ℝ$, 13 of 500";
  Panel panel;
  panel.x = {"$x_1$", -1, 1};
  panel.y = {"$x_2$", -1, 1};
  panel.equal = panel.framed = true;
  auto raster = std::make_shared<Raster>(3, 2, theme.positive);
  raster->at(1, 1) = theme.negative.faded(0.5);
  LinesMark line;
  line.paths = {{{-1, -1}, {0, 0.5}, {1, 1}}};
  line.stroke = {theme.ink.faded(0.5), 1.6, {4, 3}};
  panel.marks = {ImageMark{"", {-1, 1, -1, 1}, raster, true}, line};
  for (int i = 0; i < 10; ++i) {
    PointsMark points;
    points.marker = theme.of_class(i).marker;
    points.fill = theme.of_class(i).colour;
    points.points = {{i / 10.0, 0}};
    points.edge = {theme.picture, 1, {}};
    points.hollow = i % 2 == 1;
    panel.marks.push_back(points);
  }
  figure.panels = {panel};
  figure.bars = {{"$p$", theme.field, {{0, "0"}, {1, "1"}}}};
  figure.table = [] {
    return Table{{"step", "name, \"quoted\""}, {{cell(0.1), "a\nb"}, {"-3", ""}}};
  };
  return figure;
}

/// Whether a document is well-formed as far as its tags, attributes and entities go; collects the
/// text inside <text> elements.
bool well_formed(const std::string& xml, std::vector<std::string>& texts) {
  std::vector<std::string> open;
  std::size_t at = 0;
  const auto entities_good = [](const std::string& text) {
    for (std::size_t i = text.find('&'); i != std::string::npos; i = text.find('&', i + 1)) {
      const std::string name = text.substr(i + 1, text.find(';', i) - i - 1);
      if (name != "amp" && name != "lt" && name != "gt" && name != "quot") return false;
    }
    return text.find('<') == std::string::npos;
  };
  while (at < xml.size()) {
    const std::size_t tag = std::min(xml.find('<', at), xml.size());
    const std::string text = xml.substr(at, tag - at);
    if (!entities_good(text)) return false;
    if (!open.empty() && open.back() == "text") texts.push_back(text);
    if (tag == xml.size()) break;
    const std::size_t end = xml.find('>', tag);
    if (end == std::string::npos) return false;
    std::string inside = xml.substr(tag + 1, end - tag - 1);
    at = end + 1;
    if (inside[0] == '?') continue;
    if (inside[0] == '/') {
      if (open.empty() || open.back() != inside.substr(1)) return false;
      open.pop_back();
      continue;
    }
    const bool closed = inside.back() == '/';
    if (closed) inside.pop_back();
    const std::size_t space = std::min(inside.find(' '), inside.size());
    std::string names = " ";
    for (std::size_t i = space; i < inside.size();) {
      const std::size_t equals = inside.find("=\"", i);
      const std::size_t quote = equals == std::string::npos ? equals : inside.find('"', equals + 2);
      if (inside[i] != ' ' || quote == std::string::npos) return false;
      const std::string name = inside.substr(i + 1, equals - i - 1) + " ";
      if (names.find(" " + name) != std::string::npos) return false;  // given twice
      names += name;
      if (!entities_good(inside.substr(equals + 2, quote - equals - 2))) return false;
      i = quote + 1;
    }
    if (!closed) open.push_back(inside.substr(0, space));
  }
  return open.empty();
}

std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> pairs[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [from, to] : pairs)
    for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + 1))
      text.replace(i, std::string(from).size(), to);
  return text;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// All compressed streams of a PDF, one after the other.
std::string streams(const std::string& pdf) {
  std::string all;
  for (std::size_t at = pdf.find("stream\n"); at != std::string::npos;
       at = pdf.find("\nstream\n", at + 1)) {
    const std::size_t start = pdf.find('\n', at + 1) + 1, end = pdf.find("endstream", start);
    if (end == std::string::npos) break;
    std::string out(1 << 20, '\0');
    uLongf size = out.size();
    const auto* data = reinterpret_cast<const Bytef*>(pdf.data() + start);
    if (uncompress(reinterpret_cast<Bytef*>(out.data()), &size, data, end - start) == Z_OK)
      all += out.substr(0, size);
  }
  return all;
}

/// The sentence with which something is refused, or nothing.
template <class Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

}  // namespace

TEST_SUITE("export") {
  TEST_CASE("the same figure is the same file, on every thread") {
    const Figure figure = all_sorts();
    for (const Format format : {Format::png, Format::svg, Format::pdf, Format::csv}) {
      const std::string once = figure_as(format, figure);
      CHECK(once.size() > 10);
      std::string others[2];
      std::thread first([&] { others[0] = figure_as(format, figure); });
      std::thread second([&] { others[1] = figure_as(format, figure); });
      first.join();
      second.join();
      CHECK((others[0] == once && others[1] == once));
    }
  }

  TEST_CASE("an SVG is well-formed XML and holds every text of the scene as text") {
    const Figure figure = all_sorts();
    const std::string svg = figure_as(Format::svg, figure);
    std::vector<std::string> found;
    CHECK(well_formed(svg, found));
    const Laid laid = layout(figure, {480, 400}, light_theme());
    std::size_t count = 0;
    for (const Item& item : laid.scene.items)
      if (const auto* text = std::get_if<Text>(&item)) {
        REQUIRE(count < found.size());
        CHECK(unescaped(found[count++]) == text->text);
      }
    CHECK(count == found.size());
    CHECK(svg.find("width=\"360pt\" height=\"300pt\" viewBox=\"0 0 480 400\"") !=
          std::string::npos);
    CHECK(svg.find("textLength=") != std::string::npos);
    CHECK(svg.find("data:image/png;base64,iVBORw0KGgo") != std::string::npos);
    CHECK(svg.find("stroke-dasharray=\"4 3\"") != std::string::npos);
    // The check of this test refuses what is not well-formed.
    for (const char* bad : {"<a><b></a></b>", "<a", "<a x=\"1\" x=\"2\"/>", "<a>&nbsp;</a>",
                            "<a x=1/>", "<a>", "<a x=\"<\"/>"})
      CHECK_FALSE(well_formed(bad, found));
  }

  TEST_CASE("every kind of item is in the SVG; bytes that are no text do no harm") {
    Scene scene;
    const Colour ink = light_theme().ink;
    scene.add(Clip{{0, 0, 50, 50}});
    scene.add(Curve{{0, 0}, {1, 2}, {3, 4}, {5, 6}, {ink, 0.1, {}}});
    scene.add(RoundRect{{1, 2, 3, 4}, 2, ink, {ink, 1, {}}});
    scene.add(Mesh{{{0, 0}, {9, 0}, {0, 9}}, {ink, light_theme().accent, ink}, {0, 1, 2}});
    scene.add(Unclip{});
    scene.add(Text{{1, 2}, "a\xFF\x01<b", Face::regular, 13, ink, false, 1});
    scene.add(Text{{1, 2}, "0.12", Face::semibold, 13, ink, true});
    std::vector<std::string> found;
    const std::string svg = svg_of(scene, {100, 100}, "a\x02&");
    CHECK(well_formed(svg, found));
    CHECK(found == std::vector<std::string>{"a\uFFFD &lt;b", "0.12"});
    CHECK(svg.find("<path d=\"M0 0C1 2 3 4 5 6\"/>") != std::string::npos);
    CHECK(svg.find("stroke-width=\"0.53\"") != std::string::npos);  // 0.4 pt
    CHECK(svg.find("rotate(-90 1 2)") != std::string::npos);
    CHECK(svg.find("clip-path=\"url(#clip1)\"") != std::string::npos);
    CHECK(figure_as(Format::svg, all_sorts()).find("nan") == std::string::npos);
  }

  TEST_CASE("a PDF holds text that can be copied, and no date") {
    const std::string pdf = figure_as(Format::pdf, all_sorts());
    CHECK(pdf.substr(0, 8) == "%PDF-1.5");
    const std::string all = pdf + streams(pdf);
    CHECK(all.find("/CreationDate") == std::string::npos);
    CHECK(all.find("/ModDate") == std::string::npos);
    CHECK(all.find("/ToUnicode") != std::string::npos);
    CHECK(all.find("beginbfchar") != std::string::npos);
    CHECK(all.find("Inter-Regular") != std::string::npos);
    CHECK(all.find("NotoSansMath") != std::string::npos);  // for ∈ and ℝ
    CHECK(all.find("<2208>") != std::string::npos);
    CHECK(all.find("MediaBox [ 0 0 360 300 ]") != std::string::npos);
  }

  TEST_CASE("a PNG has points x dpi / 72 pixels, and says so") {
    ExportOptions options;
    options.points = {100, 50};
    options.dpi = 216;
    const std::string png = figure_as(Format::png, all_sorts(), options);
    CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    CHECK(big_endian(png, 16) == 300);
    CHECK(big_endian(png, 20) == 150);
    const std::size_t resolution = png.find("pHYs");
    REQUIRE(resolution != std::string::npos);
    CHECK(big_endian(png, resolution + 4) == 8504);
    const auto* chunk = reinterpret_cast<const Bytef*>(png.data() + resolution);
    CHECK(big_endian(png, resolution + 13) == crc32(0, chunk, 13));
  }

  TEST_CASE("what is painted has its colour where it should") {
    Scene scene;
    scene.add(RoundRect{{0, 0, 10, 10}, 0, Colour::hex(0x123456)});
    auto raster = std::make_shared<Raster>(2, 1, Colour::hex(0xFF0000));
    raster->at(1, 0) = Colour::hex(0x0000FF);
    scene.add(Clip{{0, 0, 20, 5}});
    scene.add(Image{{10, 0, 10, 10}, raster, {}, false});
    scene.add(Unclip{});
    const Raster seen = raster_of(scene, {20, 10}, 2);
    CHECK(seen.width == 40);
    CHECK(seen.at(5, 15) == Colour::hex(0x123456));
    CHECK(seen.at(22, 3) == Colour::hex(0xFF0000));
    CHECK(seen.at(38, 3) == Colour::hex(0x0000FF));
    CHECK(seen.at(22, 15).a == 0);
  }

  TEST_CASE("rasters are enlarged without moving their pixels") {
    Raster raster(2, 1, Colour::hex(0x000000));
    raster.at(1, 0) = Colour::hex(0xFFFFFF);
    const Raster hard = enlarged(raster, 5, 2, false);
    CHECK(hard.width == 6);
    CHECK(hard.at(2, 1) == Colour::hex(0x000000));
    CHECK(hard.at(3, 1) == Colour::hex(0xFFFFFF));
    const Raster soft = enlarged(raster, 8, 1, true);
    CHECK(soft.at(0, 0) == Colour::hex(0x000000));
    CHECK(soft.at(7, 0) == Colour::hex(0xFFFFFF));
    CHECK(soft.at(3, 0).r + soft.at(4, 0).r == 255);
    CHECK(cropped(raster, {1, 0, 1, 1}).at(0, 0) == Colour::hex(0xFFFFFF));
    CHECK(enlarged(hard, 2, 2, true) == hard);
  }

  TEST_CASE("CSV by RFC 4180") {
    CHECK(figure_as(Format::csv, all_sorts()) ==
          "step,\"name, \"\"quoted\"\"\"\r\n0.1,\"a\nb\"\r\n-3,\r\n");
  }

  TEST_CASE("files appear complete or not at all") {
    const TemporaryFolder folder;
    for (const char* ending : {".png", ".svg", ".pdf", ".CSV"}) {
      const std::string file = folder.path(std::string("figure") + ending);
      export_figure(all_sorts(), file);
      CHECK(read_all(file) == figure_as(format_of(file), all_sorts()));
    }
    int files = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(folder.path("."))))
      ++files;
    CHECK(files == 4);
    write_png(folder.path("raster.png"), Raster(3, 2, Colour::hex(0xFF8800)));
    CHECK(read_all(folder.path("raster.png")) == encode_png(Raster(3, 2, Colour::hex(0xFF8800))));
  }

  TEST_CASE("what cannot be exported is refused in a sentence") {
    const Figure figure = all_sorts();
    CHECK(refusal([&] {
            export_figure(figure, "/tmp/figure.bmp");
          }).find(".png, .svg, .pdf or .csv") != std::string::npos);
    CHECK(refusal([&] { export_figure(figure, "figure"); }).find(".png, .svg, .pdf or .csv") !=
          std::string::npos);
    CHECK(refusal([&] {
            export_figure(figure, "/no/such/folder/figure.png");
          }).find("cannot be written") != std::string::npos);
    CHECK(refusal([&] { figure_as(Format::csv, {}); }).find("no table") != std::string::npos);
    ExportOptions options;
    options.points = {1e6, 100};
    CHECK(refusal([&] { figure_as(Format::pdf, figure, options); }).find("14400 points") !=
          std::string::npos);
    options.points = {std::nan(""), 100};
    CHECK(refusal([&] { figure_as(Format::svg, figure, options); }).find("14400 points") !=
          std::string::npos);
    options.points = {14000, 14000};
    options.dpi = most_dpi;
    CHECK(refusal([&] { figure_as(Format::png, figure, options); }).find("too large") !=
          std::string::npos);
    options.dpi = 0;
    CHECK(refusal([&] { figure_as(Format::png, figure, options); }).find("dpi") !=
          std::string::npos);
  }
}
