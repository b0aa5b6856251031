/// The settings of views: as JSON, and as a document keeps them.
#include <doctest/doctest.h>

#include "views/views.h"

using namespace crease;

TEST_SUITE("view settings") {
  TEST_CASE("settings go to JSON and back") {
    View view = LossCurves{.log_loss = false, .x = TimeUnit::steps, .smoothing = 7};
    const Json json = settings_of(view);
    CHECK(json.at("x") == "steps");
    View other = LossCurves{};
    std::vector<std::string> warnings;
    set_settings(other, json, "", warnings);
    CHECK(other == view);
    CHECK(warnings.empty());
    set_settings(other, parse_json(R"({"colour": 1})"), "view.loss", warnings);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("view.loss.colour") != std::string::npos);
    CHECK_THROWS_WITH_AS(
        set_settings(other, parse_json(R"({"smoothing": 0})"), "view.loss", warnings),
        doctest::Contains("view.loss.smoothing"), Problem);
  }

  TEST_CASE("a document keeps the settings of its views") {
    Document document;
    document.view = R"({"decision_boundary": {"discretise": true}, "layout": 3})";
    View view = DecisionBoundary{};
    std::vector<std::string> warnings;
    set_settings(view, document, warnings);
    CHECK(std::get<DecisionBoundary>(view).discretise);
    View loss = LossCurves{};
    set_settings(loss, document, warnings);
    CHECK(loss == View(LossCurves{}));
    CHECK(warnings.empty());
    // Else those of the first tile that shows it, as the window saved them.
    document.view = R"({"tiles": [{"view": "loss"}, {"view": "loss", "settings": {"smoothing": 7}},
                                  {"view": "decision_boundary", "settings": {"discretise": true}},
                                  {"view": "decision_boundary", "settings": {}}]})";
    view = DecisionBoundary{};
    set_settings(view, document, warnings);
    CHECK(std::get<DecisionBoundary>(view).discretise);
    set_settings(loss, document, warnings);
    CHECK(std::get<LossCurves>(loss).smoothing == 7);
    CHECK(warnings.empty());
  }
}
