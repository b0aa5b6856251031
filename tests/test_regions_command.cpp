/// The command `crease regions`, and the regions that `crease figure` draws, run as a user would.
#include <doctest/doctest.h>

#include <algorithm>

#include "places.h"
#include "plain_documents.h"
#include "refusal.h"
#include "train/document.h"

using namespace crease;

namespace {

Json spiral_with(const std::string& first_layer) {
  return document_to_json(
      plain_documents::from(R"({"source": "spiral", "samples": 60})", "[2]",
                            R"({"id": ")" + first_layer + R"(", "type": "dense", "units": 5,
                                "activation": "relu"},
                               {"id": "h2", "type": "dense", "units": 5, "activation": "relu"},
                               {"id": "out", "type": "dense", "units": 1})",
                            "bce_logits"));
}

std::string said(const Words& arguments) {
  const Answer answer = run_program(crease_binary(), arguments);
  CAPTURE(answer.err);
  REQUIRE(answer.status == 0);
  return answer.out;
}

}  // namespace

TEST_SUITE("regions command") {
  TEST_CASE("its window is told, and long names stay apart from their numbers") {
    const TemporaryFolder folder;
    const std::string name(70, 'n'), file = folder.write("a.crease.json", spiral_with(name).dump());
    const std::string text = said({"regions", file, "--window=-1,2,-3,4"});
    CHECK(text.find("-1, 2, -3, 4\n") != std::string::npos);
    CHECK(text.find("patterns after " + name + "  ") != std::string::npos);
  }

  TEST_CASE("a figure is drawn as the document's tile has it") {
    const TemporaryFolder folder;
    Json document = spiral_with("h1");
    const auto rows = [&](const std::string& name) {
      const std::string file = folder.write(name + ".crease.json", document.dump()),
                        table = folder.path(name + ".csv");
      said({"figure", file, "--view", "regions", "--out", table});
      const std::string bytes = read_all(table);
      return std::count(bytes.begin(), bytes.end(), '\n');
    };
    const auto all = rows("all");
    document["view"] = parse_json(R"({"tiles": [{"view": "regions", "settings": {"layers": 1}}]})");
    // Five lines cut at most 16 parts; a row more has the columns' names.
    CHECK(rows("first") <= 17);
    CHECK(rows("first") < all);
  }
}
