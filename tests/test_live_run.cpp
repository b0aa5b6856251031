/// A run between orders and pieces of work, without a thread: what is scored when, what an edit
/// keeps, what a reset restores.
#include <doctest/doctest.h>

#include "live/live_run.h"
#include "live_documents.h"

using namespace crease;

namespace {

/// Works until nothing is left to do.
std::shared_ptr<const Snapshot> settle(LiveRun& run) {
  for (int i = 0; i < 1'000'000 && run.work(); ++i) {
  }
  REQUIRE(run.settled());
  return run.snapshot();
}

std::shared_ptr<const Snapshot> obeyed(LiveRun& run, const Order& order) {
  run.obey(order);
  return settle(run);
}

Trainer<float> trainer_of(const Document& document, Tasks& tasks) {
  return {document, std::make_shared<const DataSet>(make_data(*document.data, "")), tasks};
}

bool same(const Score& a, const Score& b) {
  return a.loss == b.loss && a.accuracy == b.accuracy && a.has_accuracy == b.has_accuracy;
}

bool same(const SharedList<CurvePoint>& a, const SharedList<CurvePoint>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.step == y.step && same(x.training, y.training) && same(x.test, y.test);
  });
}

float weight(const Snapshot& snapshot, const char* tensor, std::size_t index) {
  return snapshot.parameters[snapshot.plan->find(tensor)->offset + index];
}

}  // namespace

TEST_SUITE("live run") {
  TEST_CASE("a large set is scored in slices, and training goes on between them") {
    const auto document = circle(3, 0.03, 40000);
    LiveRun run(1);
    run.obey({.document = document, .number = 1, .steps_wanted = 5});
    const std::size_t most = run.largest_slice();
    std::size_t left = 40000;
    int pieces = 0;
    while (run.work()) {
      ++pieces;
      const auto now = run.snapshot();
      CHECK(now->step == std::min(pieces, 5));
      if (pieces == 5) {
        CHECK(now->curve.empty());
        CHECK(now->batch_curve.size() == 5);
        CHECK_FALSE(now->settled);
        CHECK(run.samples_to_score() > 40000 - 5 * most);
      }
      if (!now->curve.empty()) break;
      CHECK(left - run.samples_to_score() <= most + lanes);
      left = run.samples_to_score();
    }
    CHECK(pieces > 5);

    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    const auto point = run.snapshot()->curve.front();
    CHECK(point.step == 0);
    CHECK(same(point.training, trainer.score_training()));
    CHECK(same(point.test, trainer.score_test()));
  }

  TEST_CASE("the curve does not depend on when things happen") {
    auto document = circle(3);
    document->data->test_fraction = 0.95;  // an epoch is over before a score is
    document->data->samples = 3000;
    const auto curve = [&](auto&& disturb) {
      LiveRun run(1);
      Order order{.document = document, .running = true, .number = 1};
      run.obey(order);
      for (int i = 0; run.snapshot()->step < 200; ++i) {
        disturb(run, order, i);
        run.work();
      }
      order.running = false;
      ++order.number;
      return obeyed(run, order)->curve;
    };
    const auto plain = curve([](LiveRun&, Order&, int) {});
    REQUIRE(plain.size() >= 13);
    CHECK(plain[1].step == 15);
    const auto paused = curve([](LiveRun& run, Order& order, int i) {
      order.running = i % 7 != 0;
      order.steps_per_second = i % 5 == 0 ? 1e6 : 0;
      ++order.number;
      run.obey(order);
      if (i % 21 == 0) settle(run);
    });
    for (std::size_t i = 0; i < 13; ++i) {
      CHECK(plain[i].step == paused[i].step);
      CHECK(same(plain[i].training, paused[i].training));
      CHECK(same(plain[i].test, paused[i].test));
    }

    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    for (int i = 0; i < 15; ++i) trainer.step();
    CHECK(same(plain[1].test, trainer.score_test()));
  }

  TEST_CASE("every step has its batch loss, and the curves stay bounded") {
    const auto document = circle(2, 0.01, 40);
    LiveRun run(1);
    const auto few = obeyed(run, {.document = document, .number = 1, .steps_wanted = 30});
    REQUIRE(few->batch_curve.size() == 30);
    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    for (long step = 0; step < 30; ++step) {
      trainer.step();
      CHECK(few->batch_curve[static_cast<std::size_t>(step)].step == step);
      CHECK(few->batch_curve[static_cast<std::size_t>(step)].loss == trainer.last_loss());
    }
    const auto many = obeyed(run, {.document = document, .number = 2, .steps_wanted = 9001});
    CHECK(many->batch_curve.size() > 1000);
    CHECK(many->batch_curve.size() <= CurveKeeper<BatchPoint>::most_points);
    for (std::size_t i = 0; i < many->batch_curve.size(); ++i)
      CHECK(many->batch_curve[i].step == 8 * static_cast<long>(i));
    CHECK(many->curve.size() <= CurveKeeper<CurvePoint>::most_points);
    for (std::size_t i = 0; i < many->curve.size(); ++i)
      CHECK(many->curve[i].step == 2 * 4 * static_cast<long>(i));
  }

  TEST_CASE("snapshots share what has not changed") {
    LiveRun run(1);
    const auto document = circle(2);
    const auto first = obeyed(run, {.document = document, .number = 1, .steps_wanted = 3});
    const auto second = obeyed(run, {.document = document, .number = 2, .steps_wanted = 3});
    CHECK(first->curve.shares(second->curve));
    CHECK(first->batch_curve.shares(second->batch_curve));
    const auto third = obeyed(run, {.document = document, .number = 3, .steps_wanted = 4});
    CHECK_FALSE(first->batch_curve.shares(third->batch_curve));
    CHECK(first->curve.shares(third->curve));
  }

  TEST_CASE("at rest the scores are those of the parameters shown") {
    LiveRun run(1);
    const auto document = circle(3);
    const auto snapshot = obeyed(run, {.document = document, .number = 1, .steps_wanted = 7});
    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    for (int i = 0; i < 7; ++i) trainer.step();
    CHECK(snapshot->scored.step == 7);
    CHECK(same(snapshot->scored.training, trainer.score_training()));
    CHECK(same(snapshot->scored.test, trainer.score_test()));
    CHECK(snapshot->curve.back().step == 5);  // the curve has its own points
    CHECK(snapshot->settled);
  }

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

  TEST_CASE("single steps are exact") {
    LiveRun run(1);
    Order order{.document = circle(3), .number = 1};
    for (int i = 1; i <= 50; ++i) {
      order.steps_wanted += i % 4;
      ++order.number;
      run.obey(order);
      for (int k = 0; k < i % 3; ++k) run.work();
    }
    CHECK(settle(run)->step == order.steps_wanted);
    CHECK(run.snapshot()->steps_done == order.steps_wanted);

    // At a slow speed too they come at once.
    order.steps_per_second = 0.001;
    order.steps_wanted += 100;
    CHECK(obeyed(run, order)->step == order.steps_wanted);
  }

  TEST_CASE("a run that diverges says so, and what is left of its steps is dropped") {
    auto wild = circle(3, 1e30);
    wild->training.loss = Mse{};
    LiveRun run(1);
    auto snapshot = obeyed(run, {.document = wild, .number = 1, .steps_wanted = 1000});
    REQUIRE_FALSE(snapshot->divergence.empty());
    CHECK(snapshot->divergence.find(fmt::format("at step {}", snapshot->step + 1)) !=
          std::string::npos);
    CHECK(snapshot->divergence.ends_with(". Training is paused: undo the last change, or press R"));
    CHECK(snapshot->steps_done == 1000);
    const long step = snapshot->step;
    CHECK(snapshot->scored.step == step);

    auto calm = circle(3, 0.01);
    snapshot = obeyed(run, {.document = calm, .number = 2, .steps_wanted = 1000});
    CHECK(snapshot->divergence.empty());
    CHECK(snapshot->step == step);
    snapshot = obeyed(
        run, {.document = wild, .running = true, .number = 3, .steps_wanted = 1000, .resets = 1});
    CHECK_FALSE(snapshot->divergence.empty());
    snapshot = obeyed(run, {.document = calm,
                            .number = 4,
                            .steps_wanted = 1004,
                            .resets = 2,
                            .steps_wanted_at_reset = 1000});
    CHECK(snapshot->divergence.empty());
    CHECK(snapshot->step == 4);
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
}
