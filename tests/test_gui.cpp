// The ground of the window without one: fonts, scale, idling, names, pictures; scenes on a draw
// list.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "components.h"
#include "gui_hand.h"
#include "imgui_canvas.h"
#include "pictures.h"
#include "stroke.h"

using namespace crease;
using namespace crease::app;

namespace {

/// What a drawing adds to a list: its corners.
struct Drawn {
  std::vector<ImDrawVert> vertices;

  Rect box() const {
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const ImDrawVert& v : vertices) {
      x0 = std::min<double>(x0, v.pos.x);
      x1 = std::max<double>(x1, v.pos.x);
      y0 = std::min<double>(y0, v.pos.y);
      y1 = std::max<double>(y1, v.pos.y);
    }
    return {x0, y0, x1 - x0, y1 - y0};
  }
  int most_alpha() const {
    unsigned most = 0;
    for (const ImDrawVert& v : vertices) most = std::max(most, v.col >> IM_COL32_A_SHIFT);
    return static_cast<int>(most);
  }
};

Drawn drawn(const std::function<void(Gui&, ImDrawList&)>& draw) {
  Drawn made;
  Gui* gui = nullptr;
  Hand hand([&] {
    if (gui == nullptr) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const int before = list.VtxBuffer.Size;
    draw(*gui, list);
    made.vertices.assign(list.VtxBuffer.begin() + before, list.VtxBuffer.end());
  });
  gui = &hand.gui;
  hand.frame();
  return made;
}

Drawn painted(const Item& item) {
  return drawn([&](Gui& gui, ImDrawList& list) {
    Scene scene;
    scene.add(item);
    ImGuiCanvas canvas(gui, list, {0, 0}, 1);
    paint(scene, canvas);
  });
}

const Colour black = Colour::hex(0x000000);

}  // namespace

TEST_SUITE("gui") {
  TEST_CASE("text is as wide as its layout says, in every face and size") {
    const std::vector<std::string> texts{"Each layer folds the plane", "θ ← θ − η ∇L(θ)",
                                         "∂L/∂w ∈ ℝ ⊙ ⌊x⌋", "0.0894", "−1.25 4\u2009800"};
    drawn([&](Gui& gui, ImDrawList& list) {
      for (const Face face : {Face::regular, Face::semibold, Face::italic, Face::mathematics})
        for (const double size : {12.0, 13.0, 14.0, 17.0, 22.75, 48.0})
          for (const bool fixed : {false, true})
            for (const std::string& text : texts) {
              // Thin spaces stand in numbers only, which no formula's face sets.
              if (face == Face::mathematics && text.find("\u2009") != std::string::npos) continue;
              CAPTURE(text);
              const double width = draw_glyphs(gui, list, {0, 0}, text, face, size, black, fixed);
              CHECK(width == doctest::Approx(text_width(text, face, size, fixed)).epsilon(1e-4));
            }
    });
  }

  TEST_CASE("text stands on its baseline") {
    for (const double size : {12.0, 13.0, 24.0, 31.5}) {
      const Rect box = drawn([&](Gui& gui, ImDrawList& list) {
                         draw_glyphs(gui, list, {10, 100}, "H", Face::regular, size, black);
                       }).box();
      CHECK(box.bottom() == doctest::Approx(100).epsilon(0.001));
      CHECK(box.height == doctest::Approx(0.727 * size).epsilon(1.2 / size));
    }
    const Rect turned =
        drawn([&](Gui& gui, ImDrawList& list) {
          draw_glyphs(gui, list, {10, 100}, "HH", Face::regular, 20, black, false, 1);
        }).box();
    CHECK(turned.right() == doctest::Approx(10).epsilon(0.001));
    CHECK(turned.bottom() < 100);
    CHECK(turned.height > turned.width);
  }

  TEST_CASE("a frame costs vertices, and every texture is taken") {
    Hand hand([] { ImGui::TextUnformatted("words"); });
    CHECK(ImGui::GetDrawData()->Valid);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
    for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
      CHECK(texture->Status == ImTextureStatus_OK);
  }

  TEST_CASE("it sleeps three frames after the last event") {
    Hand hand([] {});
    hand.frames(10);
    CHECK_FALSE(hand.gui.awake());
    ImGui::GetIO().AddMousePosEvent(10, 10);
    for (int i = 0; i < 3; ++i) {
      hand.frame();
      CHECK(hand.gui.awake());
    }
    hand.frame();
    CHECK_FALSE(hand.gui.awake());
    hand.gui.wake();
    CHECK(hand.gui.awake());
    hand.frames(4);
    CHECK(hand.gui.wanted_in() < 0);
    hand.gui.wake_in(0.5);
    hand.gui.wake_in(2);
    CHECK(hand.gui.wanted_in() == 0.5);
  }

  TEST_CASE("lengths follow the scale of the display and of the text") {
    Gui* gui = nullptr;
    Hand hand([&] {
      if (gui) button(*gui, "b", "Button");
    });
    gui = &hand.gui;
    hand.frames(3);
    const Rect before = hand.item("b").rect;
    CHECK(before.height == 30);
    hand.gui.set_display_scale(1.5);
    hand.gui.set_text_scale(2);
    hand.frames(3);
    CHECK(hand.gui.scale() == 3);
    CHECK(hand.item("b").rect.height == 90);
    CHECK(hand.item("b").rect.width == doctest::Approx(3 * before.width).epsilon(0.02));
    CHECK(hand.gui.size().width == doctest::Approx(800.0 / 3));
    CHECK(hand.gui.px(0.1) == 1);
    CHECK(hand.gui.px(0) == 0);
    hand.gui.set_text_scale(9);
    CHECK(hand.gui.text_scale() == 2.5);
  }

  TEST_CASE("names find the items of the last whole frame") {
    bool there = true;
    Gui* gui = nullptr;
    Hand hand([&] {
      if (!gui || !there) return;
      gui->named_at({10, 10, 20, 20}, "a", "A", "1");
      gui->named_at({10, 10, 30, 20}, "a");
      gui->named_at({-50, 0, 60, 10}, "half");
      gui->named_at({-50, 0, 40, 10}, "outside");
      gui->named_at({0, 0, 1, 1}, "");
    });
    gui = &hand.gui;
    hand.frame();
    CHECK(hand.item("a").rect == Rect{10, 10, 20, 20});
    CHECK(hand.item("a").value == "1");
    CHECK(hand.gui.items().doubled() == std::vector<std::string>{"a"});
    CHECK(hand.item("half").visible == Rect{0, 0, 10, 10});
    CHECK(hand.item("outside").visible.width == 0);
    CHECK(hand.gui.items().all().size() == 4);
    there = false;
    hand.frame();
    CHECK_FALSE(hand.has("a"));
  }

  TEST_CASE("the sheet of all widgets draws without a name used twice") {
    for (const bool dark : {false, true})
      for (const double scale : {1.0, 1.75}) {
        Gui gui;
        gui.set_theme(dark);
        gui.set_display_scale(scale);
        for (int i = 0; i < 8; ++i) {
          gui.begin_frame({1280 * scale, 1150 * scale}, 1.0 / 60);
          draw_components(gui);
          gui.end_frame();
        }
        auto doubled = gui.items().doubled();
        std::erase(doubled, "tip");  // three tips are shown at once, as never else
        CHECK(doubled == std::vector<std::string>{});
        CHECK(gui.items().all().size() > 50);
      }
  }
}

TEST_SUITE("canvas") {
  TEST_CASE("a polygon looks alike in both directions") {
    const std::vector<Point> clockwise{{10, 10}, {50, 10}, {50, 40}, {10, 40}};
    const std::vector<Point> other(clockwise.rbegin(), clockwise.rend());
    const Rect a = painted(Polygon{clockwise, black}).box();
    const Rect b = painted(Polygon{other, black}).box();
    CHECK(a == b);
    CHECK(a.width == doctest::Approx(41).epsilon(0.02));  // half a pixel of smoothing all around
  }

  TEST_CASE("a dent of a polygon stays empty") {
    const Drawn fill = painted(Polygon{{{0, 0}, {40, 0}, {20, 10}, {40, 40}, {0, 40}}, black});
    CHECK(fill.vertices.size() >= 5);
    CHECK(painted(Polygon{{{0, 0}, {1, 1}}, black}).vertices.empty());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(painted(Polygon{{{0, 0}, {40, 0}, {nan, 10}}, black}).vertices.empty());
  }

  TEST_CASE("thin lines are a pixel wide and fainter") {
    const auto line = [](double width) {
      return painted(Polyline{{{10, 20}, {90, 50}}, {black, width, {}}, false});
    };
    CHECK(line(1).most_alpha() == 255);
    CHECK(line(0.5).most_alpha() == 128);
    CHECK(line(0).vertices.empty());
    CHECK(line(0.5).box() == line(1).box());
  }

  TEST_CASE("level lines fill whole pixels") {
    const Rect box = painted(Polyline{{{10, 20}, {90, 20}}, {black, 1, {}}, false}).box();
    CHECK(box.centre().y == doctest::Approx(20.5));
    const Rect two = painted(Polyline{{{10, 20}, {90, 20}}, {black, 2, {}}, false}).box();
    CHECK(two.centre().y == doctest::Approx(20));
  }

  TEST_CASE("a zigzag has no spikes") {
    std::vector<Point> zigzag;
    for (int i = 0; i < 60; ++i) zigzag.push_back({10.0 + i, i % 2 == 0 ? 100.0 : 140.0});
    const Rect box = painted(Polyline{zigzag, {black, 2, {}}, false}).box();
    CHECK(box.y > 97);
    CHECK(box.bottom() < 143);
    const Rect closed = painted(Polyline{zigzag, {black, 2, {}}, true}).box();
    CHECK(closed.y > 97);
    CHECK(closed.bottom() < 143);
  }

  TEST_CASE("lines break where they are not finite") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Drawn parts = painted(Polyline{
        {{nan, 0}, {10, 10}, {20, 11}, {nan, nan}, {40, 10}, {50, 12}, {60, nan}, {70, 10}},
        {black, 1, {}},
        false});
    CHECK_FALSE(parts.vertices.empty());
    for (const ImDrawVert& v : parts.vertices) {
      CHECK(std::isfinite(v.pos.x));
      const bool gap = v.pos.x > 23 && v.pos.x < 37;
      CHECK_FALSE(gap);
      CHECK(v.pos.x < 60);
    }
  }

  TEST_CASE("dashes cover their share of a line") {
    // Straight, so that every dash is one piece: its extent is the distance of its vertices.
    const Drawn dashes = drawn([](Gui&, ImDrawList& list) {
      const ImVec2 path[] = {{0, 10}, {70, 10.001F}};
      const double dash[] = {4, 3};
      draw_stroke(list, path, Colour::hex(0), 1, dash);
    });
    std::vector<double> starts;
    for (const ImDrawVert& v : dashes.vertices) starts.push_back(std::round(v.pos.x));
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    CHECK(starts.size() == 20);  // ten dashes, two ends each
    CHECK(starts[0] == 0);
    CHECK(starts[1] == 4);
    CHECK(starts[2] == 7);
  }

  TEST_CASE("large meshes are cut so that their indices fit") {
    Mesh mesh;
    for (int i = 0; i < 70000; ++i) {
      mesh.points.push_back({i % 300 + 0.0, i / 300 + 0.0});
      mesh.colours.push_back(black);
    }
    for (std::uint32_t i = 0; i + 2 < 70000; i += 3)
      for (std::uint32_t k = 0; k < 3; ++k) mesh.triangles.push_back(i + k);
    CHECK(painted(mesh).vertices.size() == mesh.triangles.size());
    mesh.points.resize(3);
    mesh.colours.resize(3);
    mesh.triangles = {0, 1, 2, 2, 1, 0};
    CHECK(painted(mesh).vertices.size() == 3);
  }

  TEST_CASE("clips nest and need not be closed") {
    drawn([](Gui& gui, ImDrawList& list) {
      const ImVec2 low = list.GetClipRectMin();
      {
        ImGuiCanvas canvas(gui, list, {0, 0}, 2);
        canvas.paint(Clip{{10, 10, 100, 100}});
        canvas.paint(Clip{{0, 20, 30, 500}});
        CHECK(list.GetClipRectMin().x == 20);
        CHECK(list.GetClipRectMin().y == 40);
        CHECK(list.GetClipRectMax().x == 60);
        CHECK(list.GetClipRectMax().y == 220);
        canvas.paint(Unclip{});
        CHECK(list.GetClipRectMax().x == 220);
        canvas.paint(Clip{{0, 0, 1, 1}});
      }
      CHECK(list.GetClipRectMin().x == low.x);
      ImGuiCanvas canvas(gui, list, {0, 0}, 1);
      canvas.paint(Unclip{});
      CHECK(list.GetClipRectMin().x == low.x);
    });
  }

  TEST_CASE("a picture is made once, and dropped with its raster") {
    auto raster = std::make_shared<const Raster>(8, 4, Colour::hex(0x123456));
    Gui* gui = nullptr;
    bool shown = true;
    Hand hand([&] {
      if (!gui || !shown) return;
      ImGuiCanvas canvas(*gui, *ImGui::GetWindowDrawList(), {0, 0}, 1);
      canvas.paint(Image{{0, 0, 64, 32}, raster, {}, false});
      canvas.paint(Image{{80, 0, 64, 32}, raster, {}, false});
      canvas.paint(Image{{0, 80, 64, 32}, raster, {}, true});
    });
    gui = &hand.gui;
    hand.frames(3);
    CHECK(hand.gui.pictures().size() == 2);  // enlarged eightfold, and as it is
    raster = std::make_shared<const Raster>(8, 4, Colour::hex(0x654321));
    hand.frames(1);
    CHECK(hand.gui.pictures().size() == 2);  // the same textures with other pixels
    hand.frames(3);
    shown = false;
    raster.reset();
    const int drawn = ImGui::GetPlatformIO().Textures.Size;
    for (int frame = 0; frame < 200 && hand.gui.pictures().size() > 0; ++frame) hand.frames(1);
    CHECK(hand.gui.pictures().size() == 0);
    // The renderer's list does not hold them any longer either, also between frames.
    CHECK(ImGui::GetPlatformIO().Textures.Size == drawn - 2);
  }

  TEST_CASE("a texture holds its raster's pixels, each enlarged") {
    auto raster = std::make_shared<Raster>(2, 1);
    raster->at(0, 0) = Colour::hex(0xFF0000);
    raster->at(1, 0) = Colour::hex(0x00FF00);
    Gui gui;
    gui.begin_frame({100, 100}, 0.01);
    const ImTextureRef ref = gui.pictures().of(raster, 4);
    gui.end_frame();
    const ImTextureData& texture = *ref._TexData;
    CHECK(texture.Width == 8);
    CHECK(texture.Height == 4);
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 8; ++x) {
        const unsigned char* pixel = texture.Pixels + 4 * (y * 8 + x);
        CHECK(pixel[0] == (x < 4 ? 255 : 0));
        CHECK(pixel[1] == (x < 4 ? 0 : 255));
        CHECK(pixel[3] == 255);
      }
    const auto huge = std::make_shared<const Raster>(3000, 2);
    gui.begin_frame({100, 100}, 0.01);
    CHECK(gui.pictures().of(huge, 8)._TexData->Width == 3000);
    gui.end_frame();
  }
}
