/// A run that is edited while it is trained, without a thread: what an edit keeps, what an undo
/// brings back, what a reset restores.
#include <doctest/doctest.h>

#include "live_documents.h"
#include "net/edit.h"

using namespace crease;

TEST_SUITE("live edits") {
  TEST_CASE("weights can be changed by hand, and changed back") {
    LiveRun run(1);
    Order order{.document = circle(3), .number = 1, .steps_wanted = 20};
    const auto before = obeyed(run, order);
    const float old = weight(*before, "h.weight", 4);
    order.number = 2;
    order.weight_edits = {{.number = 1, .tensor = "h.weight", .index = 4, .value = 1.25},
                          {.number = 2, .tensor = "out.bias", .index = 0, .value = -3}};
    auto snapshot = obeyed(run, order);
    CHECK(snapshot->weight_edits == 2);
    CHECK(weight(*snapshot, "h.weight", 4) == 1.25F);
    CHECK(weight(*snapshot, "out.bias", 0) == -3.0F);
    CHECK(snapshot->step == 20);
    CHECK_FALSE(same(snapshot->scored.training, before->scored.training));

    order.number = 3;  // still in the order, and not carried out again
    order.weight_edits.push_back({.number = 3, .tensor = "h.weight", .index = 4, .value = old});
    snapshot = obeyed(run, order);
    CHECK(weight(*snapshot, "h.weight", 4) == old);
    order.weight_edits = {
        {.number = 4, .tensor = "out.bias", .index = 0, .value = weight(*before, "out.bias", 0)}};
    snapshot = obeyed(run, order);
    CHECK(snapshot->parameters == before->parameters);
    CHECK(same(snapshot->scored.training, before->scored.training));

    const auto refused = [&](const char* tensor, std::size_t index, double value) {
      order.weight_edits = {{order.weight_edits.back().number + 1, tensor, index, value}};
      ++order.number;
      snapshot = obeyed(run, order);
      CHECK(snapshot->weight_edits == order.weight_edits.back().number);
      CHECK(snapshot->parameters == before->parameters);
      return snapshot->problem;
    };
    CHECK(refused("h9.weight", 0, 1) == "this network has no parameters \"h9.weight\" to change");
    CHECK(refused("out.bias", 1, 1) == "out.bias has 1 numbers: there is no number 1 to change");
    CHECK(refused("out.bias", 0, 1e39).find("cannot become 1e+39") != std::string::npos);
    CHECK(refused("out.bias", 0, std::nan("")).find("cannot become nan") != std::string::npos);
    ++order.number;
    CHECK(obeyed(run, order)->problem.empty());
  }

  TEST_CASE("a reset brings back the same start weights, whatever was done before") {
    LiveRun run(1);
    Order order{.document = circle(3), .number = 1, .steps_wanted = 10};
    run.obey({.document = circle(3)});
    const auto start = settle(run);
    const auto ten = obeyed(run, order);
    const auto change = [&](std::shared_ptr<Document> document) {
      order.document = std::move(document);
      ++order.number;
      order.steps_wanted += 5;
      return obeyed(run, order);
    };
    change(circle(6));
    auto edited = circle(3);
    edited->network.nodes.insert(edited->network.nodes.begin() + 1,
                                 Node{.id = "h2", .layer = Dense{.units = 4}});
    change(edited);
    auto other_seed = circle(3);
    other_seed->training.seed = 77;
    change(other_seed);
    change(circle(3, 0.5));
    order.weight_edits = {{.number = 1, .tensor = "h.weight", .index = 0, .value = 9}};
    CHECK(change(circle(3))->parameters != ten->parameters);

    ++order.resets;
    ++order.number;
    order.steps_wanted_at_reset = order.steps_wanted;
    const auto again = obeyed(run, order);
    CHECK(again->step == 0);
    CHECK(again->epochs == 0);
    CHECK(again->parameters == start->parameters);
    CHECK(same(again->curve, start->curve));
    CHECK(again->batch_curve.empty());
    order.steps_wanted += 10;
    CHECK(obeyed(run, order)->parameters == ten->parameters);

    order.document = other_seed;  // another seed is another start
    ++order.resets;
    CHECK(obeyed(run, order)->parameters != start->parameters);
  }

  TEST_CASE("what was asked for before a reset is undone by it, what comes after is not") {
    LiveRun run(1);
    run.obey({.document = circle(3)});
    const auto start = settle(run);
    Order order{.document = circle(3),
                .number = 1,
                .steps_wanted = 7,
                .resets = 1,
                .steps_wanted_at_reset = 5};
    order.weight_edits = {{.number = 1, .tensor = "out.bias", .index = 0, .value = 5}};
    auto snapshot = obeyed(run, order);
    CHECK(snapshot->step == 2);
    CHECK(snapshot->steps_done == 7);
    CHECK(snapshot->weight_edits == 1);
    order.resets = 2;
    order.steps_wanted_at_reset = 7;
    order.weight_edits = {{.number = 2, .tensor = "out.bias", .index = 0, .value = 5, .resets = 2}};
    snapshot = obeyed(run, order);
    CHECK(snapshot->step == 0);
    CHECK(weight(*snapshot, "out.bias", 0) == 5.0F);
    CHECK(weight(*snapshot, "h.weight", 0) == weight(*start, "h.weight", 0));
  }

  TEST_CASE("an edit says what it kept") {
    LiveRun run(1);
    Order order{.document = circle(3), .number = 1, .steps_wanted = 3};
    CHECK(obeyed(run, order)->kept.empty());
    const auto kept = [&](std::shared_ptr<Document> document) {
      order.document = std::move(document);
      ++order.number;
      return obeyed(run, order)->kept;
    };
    CHECK(kept(circle(5)) == "kept 13 of 21 parameters");
    CHECK(kept(circle(5, 0.5)).empty());
    auto adam = circle(5);
    adam->training.optimiser = Adam{};
    CHECK(kept(adam) == "adam starts without the memory of earlier steps");
    auto relu = circle(5);
    relu->training.optimiser = Adam{};
    std::get<Dense>(relu->network.nodes[0].layer).activation = Relu{};
    CHECK(kept(relu) == "kept all 21 parameters");
    auto seed = std::make_shared<Document>(*relu);
    seed->training.seed = 5;
    CHECK(kept(seed) == "the new start weights hold from the next reset");
  }

  TEST_CASE("an undo brings back what a deleted layer had learned") {
    auto deep = circle(3);
    deep->network.nodes.insert(deep->network.nodes.begin() + 1,
                               Node{.id = "h2", .layer = Dense{.units = 4, .activation = Tanh{}}});
    LiveRun run(1);
    Order order{.document = deep, .number = 1, .steps_wanted = 30};
    const auto learned = obeyed(run, order);
    order.document = circle(3);
    obeyed(run, order);
    order.document = deep;
    order.recall = learned;
    const auto undone = obeyed(run, order);
    for (const char* tensor : {"h2.weight", "h2.bias"})
      for (std::size_t i = 0; i < undone->plan->find(tensor)->size; ++i)
        CHECK(weight(*undone, tensor, i) == weight(*learned, tensor, i));

    // Units too: the rows that were gone, and the weights that leave them.
    order.document = circle(5);
    order.recall = nullptr;
    order.steps_wanted += 30;
    const auto wide = obeyed(run, order);
    order.document = circle(3);
    obeyed(run, order);
    order.document = circle(5);
    order.recall = wide;
    CHECK(obeyed(run, order)->parameters == wide->parameters);
  }

  TEST_CASE("undoing what a run has diverged on brings its weights back") {
    LiveRun run(1);
    auto calm = circle(3);
    calm->training.loss = Mse{};
    Order order{.document = calm, .number = 1, .steps_wanted = 30};
    const auto learned = obeyed(run, order);
    auto wild = std::make_shared<Document>(*calm);
    wild->training.optimiser = Sgd{.rate = 1e9};
    order.document = wild;
    order.steps_wanted += 30;
    const auto stopped = obeyed(run, order);
    REQUIRE_FALSE(stopped->divergence.empty());
    REQUIRE(stopped->parameters != learned->parameters);
    order.document = calm;
    order.recall = learned;
    const auto undone = obeyed(run, order);
    CHECK(undone->parameters == learned->parameters);
    CHECK(undone->divergence.empty());
    CHECK(undone->step == stopped->step);
    CHECK(undone->scored.step == stopped->step);
    CHECK(same(undone->scored.training, learned->scored.training));
    CHECK(undone->kept == "the weights of step 30 are back");
    order.recall = nullptr;
    order.steps_wanted += 5;
    CHECK(obeyed(run, order)->step == stopped->step + 5);
  }

  TEST_CASE("a reset with a document that cannot be trained restarts the one that is") {
    LiveRun run(1);
    Order order{.document = circle(3), .number = 1};
    const auto start = obeyed(run, order);
    order.steps_wanted = 9;
    obeyed(run, order);
    auto wrong = circle(3);
    wrong->network.nodes[1].inputs = {"nobody"};
    order.document = wrong;
    CHECK(obeyed(run, order)->step == 9);
    order.resets = 1;
    const auto snapshot = obeyed(run, order);
    CHECK(snapshot->problem.find("nobody") != std::string::npos);
    CHECK(snapshot->step == 0);
    CHECK(snapshot->parameters == start->parameters);
    order.document = circle(3);
    CHECK(obeyed(run, order)->problem.empty());
  }

  TEST_CASE("a unit in the middle goes and comes back, and the others stay what they are") {
    LiveRun run(1);
    Order order{.document = circle(6), .number = 1, .steps_wanted = 40};
    const auto six = obeyed(run, order);
    const edit::Narrowed narrowed = edit::remove_unit(order.document->network, "h", 2);
    auto five = std::make_shared<Document>(*order.document);
    five->network = narrowed.network;
    const auto removed = narrowed.removed.at(0);
    const auto is_without_it = [&](const Snapshot& snapshot) {
      CHECK(snapshot.plan->find("h.weight")->shape[0] == 5);
      for (std::size_t unit = 0; unit < 5; ++unit) {
        const std::size_t old = unit < 2 ? unit : unit + 1;
        CHECK(weight(snapshot, "h.bias", unit) == weight(*six, "h.bias", old));
        CHECK(weight(snapshot, "out.weight", unit) == weight(*six, "out.weight", old));
      }
    };
    const auto with_units = order.document;
    order.document = five;
    order.unit_edits = {{.number = 1, .unit = removed}};
    auto snapshot = obeyed(run, order);
    is_without_it(*snapshot);
    CHECK(snapshot->unit_edits == 1);
    CHECK(snapshot->kept == "kept the other 21 parameters");
    CHECK(obeyed(run, order)->parameters == snapshot->parameters);  // only once

    order.document = with_units;
    order.recall = six;
    order.unit_edits.push_back({.number = 2, .unit = removed, .restored = true});
    CHECK(obeyed(run, order)->parameters == six->parameters);

    // Removed, brought back and removed again between two looks.
    order.document = five;
    order.unit_edits.push_back({.number = 3, .unit = removed});
    order.unit_edits.push_back({.number = 4, .unit = removed, .restored = true});
    order.unit_edits.push_back({.number = 5, .unit = removed});
    snapshot = obeyed(run, order);
    is_without_it(*snapshot);
    CHECK(snapshot->unit_edits == 5);

    // While it trains the others keep what they have learned since.
    order.steps_wanted += 40;
    const auto trained = obeyed(run, order);
    order.document = with_units;
    order.recall = six;
    order.unit_edits = {{.number = 6, .unit = removed, .restored = true}};
    snapshot = obeyed(run, order);
    CHECK(weight(*snapshot, "h.bias", 2) == weight(*six, "h.bias", 2));
    CHECK(weight(*snapshot, "out.weight", 2) == weight(*six, "out.weight", 2));
    CHECK(weight(*snapshot, "h.bias", 4) == weight(*trained, "h.bias", 3));
    CHECK(weight(*snapshot, "out.weight", 4) == weight(*trained, "out.weight", 3));
  }

  TEST_CASE("weights a document was saved with fit its network after an edit") {
    Tasks tasks(1);
    auto document = circle(3);
    Trainer<float> trained = trainer_of(*document, tasks);
    for (int i = 0; i < 10; ++i) trained.step();
    auto saved = std::make_shared<Document>(trained.document());
    LiveRun run(1);
    Order order{.document = saved, .number = 1};
    const auto before = obeyed(run, order);
    REQUIRE(before->problem.empty());

    auto wider = std::make_shared<Document>(*saved);
    wider->network = edit::set_units(saved->network, "h", 5);
    order.document = wider;
    order.number = 2;
    auto snapshot = obeyed(run, order);
    CHECK(snapshot->problem.empty());
    CHECK(snapshot->step == 10);
    CHECK(weight(*snapshot, "h.weight", 5) == weight(*before, "h.weight", 5));
    CHECK(weight(*snapshot, "h.weight", 7) != 0);
    CHECK(weight(*snapshot, "out.weight", 2) == weight(*before, "out.weight", 2));
    CHECK(weight(*snapshot, "out.weight", 4) == 0);  // nobody listens to the new unit yet

    order.number = 3;
    order.resets = 1;
    snapshot = obeyed(run, order);
    CHECK(snapshot->problem.empty());
    CHECK(weight(*snapshot, "h.weight", 5) == weight(*before, "h.weight", 5));
    CHECK(weight(*snapshot, "out.weight", 4) == 0);

    // Opened like this from a file, it is wrong.
    wider->weights = saved->weights;
    LiveRun fresh(1);
    const std::string problem = obeyed(fresh, {.document = wider, .number = 1})->problem;
    CHECK_MESSAGE(problem.find("has shape [3] but this network needs [5]") != std::string::npos,
                  problem);
  }
}
