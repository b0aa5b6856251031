/// Markers at many places: what a figure asks for, what a window makes of it.
#include <doctest/doctest.h>
#include <imgui_internal.h>

#include "figure/canvas.h"
#include "imgui_canvas.h"
#include "marks.h"
#include "pictures.h"
#include "plain_documents.h"
#include "stamp_pictures.h"
#include "views/views.h"

using namespace crease;
using namespace crease::app;

namespace {

Stamps stamps(std::size_t count, Colour fill = Colour::hex(0x336699)) {
  Stamps made{.marker = Marker::triangle,
              .layers = {{.radius = 4, .fill = fill, .edge = {Colour::hex(0xFFFFFF), 1, {}}}},
              .centres = {}};
  for (std::size_t i = 0; i < count; ++i) made.centres.push_back({10.0 * double(i), 20});
  return made;
}

}  // namespace

TEST_SUITE("stamps") {
  TEST_CASE("a stamp is its markers, one place after the other") {
    Scene together, apart;
    const Stamps all = stamps(3);
    together.add(all);
    for (const Point centre : all.centres)
      add_marker(apart, all.marker, centre, 4, all.layers[0].fill, all.layers[0].edge);
    CHECK(describe(together) == describe(apart));
    Scene moved;
    moved.add(together, {5, 7});
    CHECK(std::get<Stamps>(moved.items[0]).centres[1] == Point{15, 27});
  }

  TEST_CASE("many become two triangles each of one picture") {
    Gui gui;
    gui.begin_frame({400, 400}, 0.01);
    ImGui::Begin("stamps");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto triangles = [&](std::size_t count) {
      const int before = list.IdxBuffer.Size;
      ImGuiCanvas(gui, list, {0, 0}, 1).paint(stamps(count));
      return (list.IdxBuffer.Size - before) / 3;
    };
    CHECK(triangles(100) == 200);
    const std::size_t pictures = gui.pictures().size();
    CHECK(triangles(20000) == 40000);
    CHECK(gui.pictures().size() == pictures);
    CHECK(triangles(2) > 4);  // few are drawn as they are
    ImGui::End();
    gui.end_frame();
  }

  TEST_CASE("the picture of a stamp has the marker in its middle and nothing at its border") {
    StampPictures pictures;
    for (const Marker marker : {Marker::disc, Marker::triangle, Marker::triangle_down, Marker::star,
                                Marker::cross, Marker::ring, Marker::hexagon})
      for (const double scale : {0.75, 1.0, 2.5}) {
        CAPTURE(static_cast<int>(marker));
        CAPTURE(scale);
        Stamps one = stamps(1);
        one.marker = marker;
        const auto stamp = pictures.of(one, scale);
        const Raster& raster = *stamp.raster;
        CHECK(raster.width == raster.height);
        CHECK(raster.width == std::lround(stamp.side * scale * 2));
        const Colour middle = raster.at(raster.width / 2, raster.height / 2);
        if (marker != Marker::ring) CHECK(middle == one.layers[0].fill);
        for (int i = 0; i < raster.width; ++i)
          for (const Colour border : {raster.at(i, 0), raster.at(i, raster.height - 1),
                                      raster.at(0, i), raster.at(raster.width - 1, i)}) {
            CHECK(border.a == 0);
            CHECK(border.r == 255);  // sampling mixes the outline's colour in, not black
          }
        CHECK(pictures.of(one, scale).raster == stamp.raster);
      }
    CHECK(pictures.of(stamps(1, Colour::hex(0x000001)), 1).raster !=
          pictures.of(stamps(1), 1).raster);
  }

  TEST_CASE("samples that are wrong lie over all others") {
    const Snapshot snapshot = snapshot_from(plain_documents::spiral(), 300);
    const View view = DecisionBoundary{};
    const Figure figure =
        draw(view, snapshot, compute(view, snapshot, {std::nullopt, 20}), light_theme());
    const auto points = marks<PointsMark>(figure.panels[0]);
    const auto rings = std::find_if(points.begin(), points.end(),
                                    [](const PointsMark* mark) { return mark->key == "wrong"; });
    REQUIRE(rings != points.end());
    const auto count = [](auto from, auto to) {
      std::size_t all = 0;
      for (; from != to; ++from) all += (*from)->points.size();
      return all;
    };
    const std::size_t wrong = (*rings)->points.size();
    CHECK(wrong > 0);
    CHECK(count(points.begin(), rings) == 500 - wrong);  // the right ones
    CHECK(count(rings + 1, points.end()) == wrong);
  }

  TEST_CASE("a texture that shows one raster after the other is sent once for each") {
    Gui gui;
    for (int k = 0; k < 6; ++k) {
      const auto raster =
          std::make_shared<const Raster>(4, 4, Colour::hex(0x101010u * unsigned(k)));
      gui.begin_frame({100, 100}, 0.01);
      const ImTextureRef ref = gui.pictures().of(raster);
      CHECK(ref._TexData->Updates.Size == (k == 0 ? 0 : 1));
      gui.end_frame();
      CHECK(gui.pictures().size() == 1);
    }
  }
}
