/// The network in the window, pressed and dragged as a person would, without a display.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "script/driver.h"

using namespace crease;
using namespace crease::app;

namespace {

/// A window with a small document, paused.
struct Stand {
  explicit Stand(const char* nodes, const char* input = "[2]",
                 const char* data = R"({"source": "spiral", "samples": 60})") {
    session.show(document_from_json(parse_json(fmt::format(
                     R"({{"crease": 1, "data": {}, "network": {{"input": {}, "nodes": {}}},
                         "training": {{"loss": {{"type": "{}"}}}}}})",
                     data, input, nodes,
                     std::string(input) == "[2]" ? "bce_logits" : "cross_entropy_logits"))),
                 {}, false);
    driver.settle();
  }

  /// What a script of these lines ends with; empty where nothing failed.
  std::string play(const std::string& lines) {
    return driver.play(parse_script(lines, "a.script")).why;
  }
  std::vector<std::string> ids() {
    std::vector<std::string> all;
    for (const Node& node : session.run().document().network.nodes) all.push_back(node.id);
    return all;
  }
  const Node& node(std::size_t number) { return session.run().document().network.nodes[number]; }
  double number(const char* tensor, std::size_t index) {
    return session.run().weight(tensor, index);
  }

  Session session{{}};
  Gui gui;
  Shell shell{gui, session};
  Driver driver{{.gui = gui, .shell = shell}};
};

using Words = std::vector<std::string>;

constexpr const char* two_layers =
    R"([{"id": "h1", "type": "dense", "units": 4, "activation": "relu"},
        {"id": "h2", "type": "dense", "units": 4, "activation": "tanh"},
        {"id": "out", "type": "dense", "units": 1}])";

}  // namespace

TEST_SUITE("threads: network canvas") {
  TEST_CASE("every place has a name of its own, and layers and units have their buttons") {
    Stand stand(two_layers);
    for (const char* name :
         {"network", "input", "input2", "h1", "h1.unit4", "h2.weight[3,0]", "out.unit1",
          "h1.add_unit", "h1.remove_unit", "insert_after_input", "insert_after_h2"})
      CHECK_MESSAGE(stand.driver.items().find(name) != nullptr, name);
    CHECK(stand.driver.items().find("out.add_unit") == nullptr);
    CHECK(stand.driver.items().doubled() == Words{});
  }

  TEST_CASE("a single step sends a light along the lines and back, where motion is wanted") {
    Stand stand(two_layers);
    const auto lit = [&](double seconds = 1.0 / 60) {
      stand.gui.begin_frame({1280, 720}, seconds);
      stand.shell.draw();
      stand.gui.end_frame();
      const ImU32 accent = colour(stand.gui.theme().accent) & ~IM_COL32_A_MASK;
      int count = 0;
      for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        for (const ImDrawVert& vertex : list->VtxBuffer)
          count += (vertex.col & ~IM_COL32_A_MASK) == accent ? 1 : 0;
      return count;
    };
    const int still = lit();
    stand.session.run().step();
    lit(1);  // the window has slept
    int most = 0;
    for (int frame = 0; frame < 50; ++frame) most = std::max(most, lit());
    CHECK(most > still + 100);
    CHECK(stand.gui.awake());
    for (int frame = 0; frame < 20; ++frame) lit();
    stand.driver.settle();
    CHECK(lit() == still);
    stand.session.preferences.less_motion = true;
    stand.session.run().step();
    most = 0;
    for (int frame = 0; frame < 20; ++frame) most = std::max(most, lit());
    CHECK(most == still);
  }

  TEST_CASE("a unit in the middle is removed, and comes back with what it was") {
    Stand stand(two_layers);
    const double second = stand.number("h1.weight", 2), third = stand.number("h1.weight", 4);
    CHECK(stand.play("click \"h1.unit2\"\nclick \"h1.unit2.remove\"\nexpect hidden \"h1.unit4\"") ==
          "");
    CHECK(stand.number("h1.weight", 2) == third);
    CHECK(stand.play("key \"Ctrl+Z\"\nexpect shown \"h1.unit4\"") == "");
    CHECK(stand.number("h1.weight", 2) == second);
    CHECK(stand.number("h1.weight", 4) == third);
    CHECK(stand.play("click \"h1.unit2\"\nkey \"Delete\"\nexpect hidden \"h1.unit4\"") == "");
    CHECK(stand.number("h1.weight", 2) == third);
  }

  TEST_CASE("a drag changes a bias or a weight, a little with Shift; it is one step to undo") {
    Stand stand(two_layers);
    const double before = stand.number("h1.bias", 2);
    CHECK(stand.play("drag \"h1.unit3\" 0 -50") == "");
    CHECK(stand.number("h1.bias", 2) == doctest::Approx(before + 1).epsilon(0.1));
    CHECK(stand.play("key \"Ctrl+Z\"") == "");
    CHECK(stand.number("h1.bias", 2) == before);
    const double weight = stand.number("h2.weight", 12);
    CHECK(stand.play("drag \"h2.weight[3,0]\" 0 40") == "");
    CHECK(stand.number("h2.weight", 12) < weight - 0.3);
  }

  TEST_CASE("the menu of a layer") {
    Stand stand(two_layers);
    CHECK(stand.play("click \"h1\"\nclick \"h1.menu.activation\"\n"
                     "click \"h1.menu.activation.sigmoid\"") == "");
    CHECK(name_of(std::get<Dense>(stand.node(0).layer).activation) == "sigmoid");
    CHECK(stand.play("click \"h2\"\nclick \"h2.menu.insert_before\"") == "");
    CHECK(stand.ids() == Words{"h1", "h3", "h2", "out"});
    CHECK(stand.play("click \"h3\"\nclick \"h3.menu.remove\"") == "");
    // The id of a layer that is gone is not given to another.
    CHECK(stand.play("click \"insert_after_h1\"") == "");
    CHECK(stand.ids() == Words{"h1", "h4", "h2", "out"});
    CHECK(stand.play("click \"h2\"\nclick \"h2.menu.skip\"\nclick \"h2.menu.skip.h1\"") == "");
    CHECK(stand.ids() == Words{"h1", "h4", "add1", "h2", "out"});
    CHECK(stand.play("click \"h2\"\nclick \"h2.menu.frozen\"") == "");
    CHECK(stand.node(3).frozen);
    CHECK(stand.play("click \"out\"\nexpect disabled \"out.menu.remove\"") == "");
  }

  TEST_CASE("what cannot be done is said in a sentence, and nothing changes") {
    Stand stand(two_layers);
    CHECK(stand.play("click \"h1\"\nclick \"h1.menu.skip\"\nclick \"h1.menu.skip.input\"\n"
                     "expect text \"it reads \\\"input\\\" already\"") == "");
    CHECK(stand.ids() == Words{"h1", "h2", "out"});
  }

  TEST_CASE("weights that came with the document do not stand in the way") {
    Stand stand(two_layers);
    Document trained = stand.session.run().document();
    const auto& snapshot = *stand.session.run().snapshot();
    trained.weights = write_tensors(*snapshot.plan, snapshot.parameters);
    stand.session.show(trained, {}, false);
    stand.driver.settle();
    const double first = stand.number("h2.weight", 0);
    CHECK(stand.play(
              "click \"h1.add_unit\"\nexpect shown \"h1.unit5\"\nexpect hidden \"notice0\"") == "");
    CHECK(stand.number("h2.weight", 0) == first);
    CHECK(stand.number("h2.weight", 4) == 0);
    CHECK(stand.play("key \"R\"\nexpect hidden \"notice0\"") == "");
    CHECK(stand.number("h2.weight", 0) == first);
  }

  TEST_CASE("images: the next sample, wider filters, the rest of the channels") {
    Stand stand(R"([{"id": "conv1", "type": "conv2d", "channels": 40, "padding": 1},
                      {"id": "pool1", "type": "max_pool"},
                      {"id": "out", "type": "dense", "units": 10}])",
                "[1, 28, 28]", R"({"source": "mnist", "samples": 60})");
    CHECK(stand.play("click \"sample.next\"\nexpect enabled \"sample.previous\"") == "");
    const auto shown = [&] {
      int channels = 0;
      for (const NamedItem& item : stand.driver.items().all())
        channels += item.name.starts_with("conv1.unit") ? 1 : 0;
      return channels;
    };
    CHECK(shown() < 40);
    CHECK(stand.play("click \"conv1.more\"") == "");
    CHECK(shown() == 40);
    CHECK(stand.play(
              "click \"conv1\"\nclick \"conv1.menu.kernel\"\nclick \"conv1.menu.kernel.5\"") == "");
    CHECK(std::get<Conv2d>(stand.node(0).layer).kernel == Extent{5, 5});
    CHECK(stand.session.run().snapshot()->plan->nodes[0].shape == Shape::image(40, 28, 28));
  }
}
