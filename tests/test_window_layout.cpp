// How the window's room is shared: parts never overlap, never vanish, and the rules of the
// breakpoints hold.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "file_list.h"
#include "panels/top_bar.h"
#include "tile_layout.h"
#include "window_layout.h"

using namespace crease;
using namespace crease::app;

TEST_SUITE("window layout") {
  TEST_CASE("a presentation says its numbers in a line below, or in a column beside one picture") {
    for (const Alone alone : {Alone::nothing, Alone::network, Alone::tiles})
      for (const Size size : {Size{1600, 900}, Size{1000, 560}, Size{640, 480}, Size{640, 360}}) {
        CAPTURE(size.width);
        const WindowLayout all = window_layout(size, {.presenting = true, .alone = alone});
        const Rect& last = all.tiles ? *all.tiles : *all.network;
        CHECK(last.bottom() == doctest::Approx(size.height - all.lecture_line.height));
        const bool has_line = all.lecture_line.height > 0, has_column = all.lecture.width > 0;
        CHECK_FALSE((has_line && has_column));
        CHECK((has_line || has_column) == (size.height >= 400));
        CHECK(has_column == (alone == Alone::tiles && size.width >= 700));
      }
    CHECK(window_layout({1600, 900}, {}).lecture_line.height == 0);
  }

  TEST_CASE("parts fill the window without overlapping, at every size") {
    for (double width = 480; width <= 2600; width += 40)
      for (double height = 320; height <= 1500; height += 35)
        for (const bool maximised : {false, true}) {
          CAPTURE(width);
          CAPTURE(height);
          const WindowLayout all = window_layout({width, height}, {.maximised = maximised});
          const WindowLayout told =
              window_layout({width, height}, {.maximised = maximised, .notices = 100});
          const auto top_of = [](const WindowLayout& l) {
            return (l.network ? l.network : l.tiles)->y;
          };
          CHECK(top_of(told) == doctest::Approx(top_of(all) + 100));
          CHECK((told.tiles ? told.tiles : told.network)->bottom() == doctest::Approx(height));
          CHECK(told.left.y == all.left.y);
          REQUIRE((all.network || all.tiles));
          for (const auto* part : {&all.network, &all.tiles}) {
            if (!*part) continue;
            CHECK((*part)->x == all.left.right());
            CHECK((*part)->y >= all.top + all.tab_bar);
            CHECK((*part)->right() == doctest::Approx(width));
            CHECK((*part)->height > 150);
          }
          const Rect& lowest = all.tiles ? *all.tiles : *all.network;
          CHECK(lowest.bottom() == doctest::Approx(height));
          if (all.network && all.tiles)
            CHECK(all.network->bottom() == doctest::Approx(all.tiles->y));
        }
  }

  TEST_CASE("however long a notice is, pictures keep most of the room") {
    const WindowLayout all = window_layout({1280, 720}, {.notices = 5000});
    REQUIRE(all.network.has_value());
    REQUIRE(all.tiles.has_value());
    CHECK(all.network->y < 0.5 * 720);
    CHECK(all.network->height > 100);
    CHECK(all.tiles->height > 100);
    CHECK(window_layout({900, 600}, {.notices = 5000}).tiles->height > 100);
  }

  TEST_CASE("panels become a strip, and network and pictures tabs, where there is little room") {
    CHECK_FALSE(window_layout({1600, 900}, {}).left_is_strip);
    CHECK_FALSE(window_layout({1280, 720}, {}).left_is_strip);
    const WindowLayout small = window_layout({914, 514}, {});
    CHECK(small.left_is_strip);
    CHECK(small.tabbed);
    CHECK_FALSE(small.network.has_value());
    CHECK(window_layout({914, 514}, {.network_first = true}).network.has_value());
    CHECK_FALSE(window_layout({1600, 900}, {.maximised = true}).network.has_value());
  }

  TEST_CASE("tiles share their room: squares first, curves the rest") {
    const Rect area{248, 400, 1352, 404};
    const auto places =
        place_tiles(area, {{.square = true, .share = {}}, {.square = false, .share = {}}});
    REQUIRE(places.size() == 2);
    CHECK(places[0].x == area.x);
    CHECK(places[0].width == doctest::Approx(404 - tile_title + 24).epsilon(0.01));
    CHECK(places[1].x == places[0].right());
    CHECK(places[1].right() == area.right());
    for (int count = 1; count <= most_tiles; ++count)
      for (double width = 300; width < 2000; width += 97) {
        std::vector<TileWish> wishes;
        for (int i = 0; i < count; ++i)
          wishes.push_back(
              {.square = i % 2 == 0, .share = i == 1 ? std::optional(0.9) : std::nullopt});
        const auto all = place_tiles({0, 0, width, 400}, wishes);
        double covered = 0;
        for (const Rect& place : all) {
          CHECK(place.width > width / count / 12);
          CHECK(place.height >= least_stacked);
          covered += place.width * place.height;
        }
        CHECK(covered == doctest::Approx(width * 400));
      }
  }

  TEST_CASE("four tiles: two squares, and two curves above each other; in little room the rest") {
    const TileWish square{.square = true, .share = {}}, curve{.square = false, .share = {}};
    const std::vector<TileWish> four{square, curve, square, curve};
    const Rect wide{248, 425, 1352, 475};
    using Columns = std::vector<std::vector<std::size_t>>;
    CHECK(tile_columns(wide, four) == Columns{{0}, {1, 3}, {2}});
    const auto places = place_tiles(wide, four);
    CHECK(places[0].width == places[2].width);
    CHECK(places[1].width > least_tile);
    CHECK(places[1].bottom() == places[3].y);
    CHECK(places[3].bottom() == wide.bottom());
    CHECK(tiles_that_fit(wide, four) == 4);
    CHECK(tiles_that_fit({0, 0, 866, 300}, four) == 2);
    CHECK(tiles_that_fit({0, 0, 200, 300}, four) == 1);
    // Two alone stand beside each other.
    CHECK(tile_columns(wide, {curve, curve}) == Columns{{0}, {1}});
  }

  TEST_CASE("the speed slider reaches 1 step a second, round numbers, and flat out") {
    CHECK(speed_of(0) == 1);
    CHECK(speed_of(1) == 0);
    CHECK(speed_words(0) == "flat out");
    CHECK(speed_words(1) == "1 step/s");
    double before = 0;
    for (double share = 0; share < 0.97; share += 0.01) {
      const double speed = speed_of(share);
      CHECK(speed >= before);
      CHECK(std::abs(speed - std::round(speed)) < 1e-9);
      CHECK(speed_of(share_of(speed)) == doctest::Approx(speed));
      before = speed;
    }
  }

  TEST_CASE("a folder lists folders first and only what can be opened") {
    const auto folder = std::filesystem::temp_directory_path() / "crease_file_list";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "zoo");
    for (const char* name : {"b.csv", "A.CSV", "note.txt", ".hidden.csv"})
      std::ofstream(folder / name) << "x\n1\n";
    const auto entries = list_folder(folder, {".csv"});
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].name == "..");
    CHECK(entries[1].name == "zoo");
    CHECK(entries[2].name == "A.CSV");
    CHECK(entries[3].name == "b.csv");
    CHECK(list_folder(folder / "nowhere", {}).size() == 1);
    std::filesystem::remove_all(folder);
  }
}
