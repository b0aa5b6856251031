/// The commands `crease figure` and `crease views`, run as a user would.
#include <doctest/doctest.h>

#include "places.h"
#include "plain_documents.h"
#include "refusal.h"

using crease::crease_binary;

namespace {

std::string text_of(const crease::Document& document) {
  return crease::document_to_json(document).dump();
}

struct Files {
  TemporaryFolder folder;
  std::string spiral =
      folder.write("spiral.crease.json", text_of(crease::plain_documents::spiral()));
  std::string sine = folder.write("sine.crease.json", text_of(crease::plain_documents::sine()));

  crease::Json drawn(const std::string& document, const std::string& view, const std::string& name,
                     Words more = {}) const {
    Words arguments{"figure", document, "--view", view, "--out", folder.path(name), "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Answer answer = run_program(crease_binary(), arguments);
    CAPTURE(answer.err);
    REQUIRE(answer.status == 0);
    return crease::parse_json(answer.out);
  }
  void refused(const std::string& name, const Words& arguments, const Words& words) const {
    check_refused(name, arguments, words);
  }
};

}  // namespace

TEST_SUITE("figure command") {
  TEST_CASE_FIXTURE(Files, "all four formats, twice, are the same bytes") {
    for (const std::string format : {"png", "svg", "pdf", "csv"}) {
      CAPTURE(format);
      const Words options{"--steps", "30", "--size", "180x200", "--dpi", "96"};
      const auto said = drawn(spiral, "decision_boundary", "a." + format, options);
      drawn(spiral, "decision_boundary", "b." + format, options);
      const std::string bytes = read_all(folder.path("a." + format));
      CHECK(bytes.size() > 1000);
      CHECK(bytes == read_all(folder.path("b." + format)));
      CHECK(said.at("file") == folder.path("a." + format));
      CHECK(said.at("width") == (format == "png" ? 240 : 180));
      CHECK(said.at("height") == (format == "png" ? 267 : 200));
    }
    CHECK(read_all(folder.path("a.png")).starts_with("\x89PNG"));
    CHECK(read_all(folder.path("a.pdf")).starts_with("%PDF"));
    CHECK(read_all(folder.path("a.svg")).find("<svg") != std::string::npos);
    CHECK(read_all(folder.path("a.csv"))
              .starts_with("part,x1,x2,target,output1,p_class0,p_class1\r\ntrain,"));
  }

  TEST_CASE_FIXTURE(Files, "steps, theme and settings change the picture") {
    drawn(spiral, "loss", "a.svg");
    drawn(spiral, "loss", "b.svg", {"--steps", "50"});
    drawn(spiral, "loss", "c.svg", {"--theme", "dark"});
    CHECK(read_all(folder.path("a.svg")) != read_all(folder.path("b.svg")));
    CHECK(read_all(folder.path("a.svg")) != read_all(folder.path("c.svg")));
    auto json = crease::read_json(spiral);
    json["view"]["loss"]["x"] = "steps";
    const std::string file = folder.write("steps.crease.json", json.dump());
    drawn(file, "loss", "d.svg");
    CHECK(read_all(folder.path("d.svg")).find("step<") != std::string::npos);
  }

  TEST_CASE_FIXTURE(Files, "training further and drawing is training and then drawing") {
    const std::string trained = folder.path("trained.crease.json");
    REQUIRE(
        run_program(crease_binary(), {"train", spiral, "--steps", "40", "--out", trained}).status ==
        0);
    drawn(trained, "decision_boundary", "a.svg");
    drawn(spiral, "decision_boundary", "b.svg", {"--steps", "40"});
    CHECK(read_all(folder.path("a.svg")) == read_all(folder.path("b.svg")));
  }

  TEST_CASE_FIXTURE(Files, "a run that diverges is drawn, and said") {
    auto json = crease::read_json(spiral);
    json["training"]["optimiser"] = crease::parse_json(R"({"type": "sgd", "rate": 1e30})");
    json["training"]["loss"] = crease::parse_json(R"({"type": "mse"})");
    const std::string file = folder.write("wild.crease.json", json.dump());
    const std::string out = folder.path("a.png");
    const Answer answer = run_program(
        crease_binary(), {"figure", file, "--view", "loss", "--out", out, "--steps", "500"});
    CHECK(answer.status == 0);
    CHECK(answer.err.find("rate") != std::string::npos);
    CHECK(read_all(out).size() > 500);
  }

  TEST_CASE("views are listed") {
    const Answer answer = run_program(crease_binary(), {"views", "--json"});
    REQUIRE(answer.status == 0);
    const auto list = crease::parse_json(answer.out);
    Words names;
    for (const auto& view : list) {
      names.push_back(view.at("name"));
      CHECK(view.at("title").get<std::string>().size() > 3);
      CHECK(view.at("needs").get<std::string>().size() > 3);
    }
    for (const std::string name : {"decision_boundary", "function_1d", "loss", "images"})
      CHECK(std::find(names.begin(), names.end(), name) != names.end());
    CHECK(run_program(crease_binary(), {"views"}).out.find("a network with 2 inputs") !=
          std::string::npos);
  }

  TEST_CASE_FIXTURE(Files, "wrong arguments") {
    const std::string out = folder.path("a.png");
    const Words good{"figure", spiral, "--view", "loss", "--out", out};
    const auto with = [&](Words more) {
      Words all = good;
      all.insert(all.end(), more.begin(), more.end());
      return all;
    };
    refused("no view", {"figure", spiral, "--out", out}, {"--view"});
    refused("no file", {"figure", spiral, "--view", "loss"}, {"--out"});
    refused("no document", {"figure", "--view", "loss", "--out", out}, {"document"});
    refused("unknown view", {"figure", spiral, "--view", "los", "--out", out},
            {"los", "decision_boundary, "});
    refused("another format", {"figure", spiral, "--view", "loss", "--out", folder.path("a.gif")},
            {"a.gif", "png", "pdf"});
    refused("no such folder",
            {"figure", spiral, "--view", "loss", "--out", folder.path("none/a.png")},
            {"none/a.png"});
    refused("no such document", {"figure", folder.path("x"), "--view", "loss", "--out", out},
            {"No such file"});
    for (const std::string size : {"300", "300x", "x300", "axb", "300x300x300", "10x300", "1e9x300",
                                   "nanxnan", "-5x300", "300X300"})
      refused("size " + size, with({"--size=" + size}), {"--size: must be WIDTHxHEIGHT"});
    refused("dpi", with({"--dpi", "0"}), {"--dpi"});
    refused("too much of both", with({"--size", "5000x5000", "--dpi", "1200"}),
            {"--size: ", "1200 dpi"});
    refused("theme", with({"--theme", "blue"}), {"--theme", "light"});
    refused("steps", with({"--steps=-1"}), {"--steps"});
    CHECK_FALSE(std::filesystem::exists(out));
  }

  TEST_CASE_FIXTURE(Files, "views that do not fit the document, and settings that are wrong") {
    const std::string out = folder.path("a.png");
    refused("digits in the plane",
            {"figure", sine, "--view", "decision_boundary", "--out", out, "--steps", "1000000000"},
            {"sine.crease.json: decision_boundary needs a network with 2 inputs, this one has 1"});
    auto json = crease::read_json(spiral);
    json["view"]["loss"]["smoothing"] = 0;
    const std::string file = folder.write("wrong.crease.json", json.dump());
    refused("a setting", {"figure", file, "--view", "loss", "--out", out},
            {file + ": view.loss.smoothing", "from 1 to 1000"});
    json["view"]["loss"] = 3;
    const std::string other = folder.write("other.crease.json", json.dump());
    refused("no object", {"figure", other, "--view", "loss", "--out", out},
            {other + ": view.loss", "an object"});
    auto bare = crease::read_json(spiral);
    bare.erase("data");
    const std::string none = folder.write("none.crease.json", bare.dump());
    refused("no data", {"figure", none, "--view", "loss", "--out", out}, {"needs data"});
    refused("no data to train on",
            {"figure", none, "--view", "decision_boundary", "--out", out, "--steps", "5"},
            {"training needs samples"});
  }
}
