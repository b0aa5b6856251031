/// What a document keeps of its tiles, also where it keeps nonsense.
#include <doctest/doctest.h>

#include "workspace.h"

using crease::Document;
using crease::Json;
using crease::app::Workspace;

TEST_SUITE("workspace") {
  TEST_CASE("tiles are kept with their shares, and come back") {
    Document document;
    document.view = R"({"tiles": [{"view": "loss", "share": 0.25}, {"view": "network"}]})";
    Workspace workspace;
    CHECK(workspace.open(document).empty());
    CHECK(workspace.count() == 2);
    Document saved;
    workspace.save_in(saved);
    const Json tiles = Json::parse(saved.view).at("tiles");
    CHECK(tiles.at(0).at("share") == 0.25);
    CHECK_FALSE(tiles.at(1).contains("share"));
  }

  TEST_CASE("a share that leaves no room is told, and the tile is shown without it") {
    for (const char* share : {"0", "-1", "1e308", "1.01", "\"wide\"", "[0.5]"}) {
      CAPTURE(share);
      Document document;
      document.view = std::string(R"({"tiles": [{"view": "loss", "share": )") + share + "}]}";
      Workspace workspace;
      const auto warnings = workspace.open(document);
      REQUIRE(warnings.size() == 1);
      CHECK(warnings[0].find("share must be a number above 0 and up to 1") != std::string::npos);
      REQUIRE(workspace.count() == 1);
      CHECK_FALSE(workspace.find("loss")->share.has_value());
    }
  }

  TEST_CASE("tiles that are no list are told") {
    Document document;
    document.view = R"({"tiles": 3})";
    Workspace workspace;
    const auto warnings = workspace.open(document);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("view.tiles: must be a list of tiles, not 3") != std::string::npos);
  }

  TEST_CASE("a splitter leaves both columns their room, and does nothing where there is none") {
    CHECK(Workspace::splitter_move(0.1, 0.5, 0.5) == 0.1);
    CHECK(Workspace::splitter_move(0.9, 0.5, 0.5) == doctest::Approx(0.38));
    CHECK(Workspace::splitter_move(-0.9, 0.5, 0.5) == doctest::Approx(-0.38));
    for (const double moved : {-0.9, 0.0, 0.9})
      CHECK(Workspace::splitter_move(moved, 0.1, 0.1) == 0);
    CHECK(Workspace::splitter_move(0.9, 0.05, 0.2) == doctest::Approx(0.08));
    CHECK(Workspace::splitter_move(-0.9, 0.05, 0.2) == 0);
  }
}
