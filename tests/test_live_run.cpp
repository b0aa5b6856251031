/// A run between orders and pieces of work, without a thread: what is scored when, what an edit
/// keeps, what a reset restores.
#include <doctest/doctest.h>

#include "live/live_run.h"
#include "live_documents.h"
#include "train/snapshot_of.h"

using namespace crease;

namespace {

/// What becomes of a run whose document is now a changed copy of `from`.
template <class Change>
std::shared_ptr<const Snapshot> edited(LiveRun& run, Order& order, const Document& from,
                                       const Change& change) {
  auto changed = std::make_shared<Document>(from);
  change(*changed);
  order.document = changed;
  ++order.number;
  return obeyed(run, order);
}

}  // namespace

TEST_SUITE("live run") {
  TEST_CASE("a large set is scored in slices, and training goes on between them") {
    const auto document = circle(3, 0.03, 400000);
    document->data->test_fraction = 0.96;
    const std::size_t measured =
        Trainer<float>::samples_of_curve(16000) + Trainer<float>::samples_of_curve(384000);
    LiveRun run(1);
    run.obey({.document = document, .number = 1, .steps_wanted = 5});
    const std::size_t most = run.largest_slice();
    std::size_t left = measured;
    int pieces = 0;
    while (run.work()) {
      ++pieces;
      const auto now = run.snapshot();
      CHECK(now->step == std::min(pieces, 5));
      if (pieces == 5) {
        CHECK(now->curve.empty());
        CHECK(now->batch_curve.size() == 5);
        CHECK_FALSE(now->settled);
        CHECK(run.samples_to_score() > measured - 5 * most);
      }
      if (!now->curve.empty()) break;
      CHECK(left - run.samples_to_score() <= most + lanes);
      left = run.samples_to_score();
    }
    CHECK(pieces > 5);

    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    const auto point = run.snapshot()->curve.front();
    const CurvePoint at_once = trainer.score(Trainer<float>::Measured::some);
    CHECK(point.step == 0);
    CHECK(same(point.training, at_once.training));
    CHECK(same(point.test, at_once.test));
  }

  TEST_CASE("a point of the curve measures a tenth of the samples, a rest all of them") {
    const auto document = circle(3, 0.03, 20000);
    LiveRun run(1);
    const auto rested = obeyed(run, {.document = document, .number = 1, .steps_wanted = 5});
    Tasks tasks(1);
    auto trainer = trainer_of(*document, tasks);
    const CurvePoint some = trainer.score(Trainer<float>::Measured::some);
    CHECK(Trainer<float>::samples_of_curve(400) == 400);
    CHECK(Trainer<float>::samples_of_curve(6000) == 600);
    CHECK(some.training.samples == Trainer<float>::samples_of_curve(rested->data->train.size()));
    CHECK(some.training.loss == doctest::Approx(trainer.score_training().loss).epsilon(0.05));
    const CurvePoint& first = rested->curve.front();
    CHECK(first.step == 0);
    CHECK(first.training.samples == some.training.samples);
    CHECK(same(first.training, some.training));
    CHECK(same(first.test, some.test));
    for (int i = 0; i < 5; ++i) trainer.step();
    CHECK(rested->scored.step == 5);
    CHECK(rested->scored.training.samples == rested->data->train.size());
    CHECK(same(rested->scored.training, trainer.score_training()));
  }

  TEST_CASE("classes that alternate are all measured, each about as often as it is there") {
    auto document = circle(3);
    document->data->source = Rings{.rings = 5};
    document->data->samples = 6000;
    document->data->test_fraction = 0;
    std::get<Dense>(document->network.nodes.back().layer).units = 5;
    select(document->training.loss, "cross_entropy_logits");
    Tasks tasks(1);
    const auto data = std::make_shared<const DataSet>(make_data(*document->data, ""));
    const Trainer<float> trainer(*document, data, tasks);
    std::vector<int> found(5, 0);
    for (const std::size_t i :
         trainer.begin_scoring(Trainer<float>::Measured::some).training.samples)
      ++found[static_cast<std::size_t>(data->classes[i])];
    for (const int each : found) CHECK(std::abs(each - 120) < 40);
  }

  TEST_CASE("the curve does not depend on when things happen") {
    auto document = circle(3);
    document->data->test_fraction = 0.98;  // an epoch is over before a score is
    document->data->samples = 7500;
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
    CHECK(same(plain[1].test, trainer.score(Trainer<float>::Measured::some).test));
  }

  TEST_CASE("another loss or other data begin an era; epochs that have passed stay") {
    const auto first = circle(2, 0.01, 40);
    LiveRun run(1);
    auto now = obeyed(run, {.document = first, .number = 1, .steps_wanted = 40});
    CHECK(now->eras.size() == 1);
    CHECK(now->eras[0].loss.find("bce_logits") != std::string::npos);
    const double epochs = now->epochs;
    CHECK(now->curve.back().epoch == doctest::Approx(epochs).epsilon(0.1));
    auto larger = std::make_shared<Document>(*first);
    larger->data->samples = 400;
    now = obeyed(run, {.document = larger, .number = 2, .steps_wanted = 60});
    REQUIRE(now->eras.size() == 2);
    CHECK(now->eras[1].step == 40);
    CHECK(now->eras[1].epoch >= std::floor(epochs));
    for (const CurvePoint& point : now->curve) {
      CHECK(point.era == (point.step < 40 ? 0 : 1));
      CHECK(point.epoch <= now->epochs);
    }
    CHECK(now->curve[1].epoch == 1);  // it was an epoch then
    auto other = std::make_shared<Document>(*larger);
    other->training.loss = Mse{};
    now = obeyed(run, {.document = other, .number = 3, .steps_wanted = 61});
    REQUIRE(now->eras.size() == 3);
    CHECK(now->eras[2].loss.find("mse") != std::string::npos);
    now = obeyed(run, {.document = other, .number = 4, .steps_wanted = 61, .resets = 1});
    CHECK(now->eras.size() == 1);
  }

  TEST_CASE("what is taken back while paused leaves no mark") {
    const auto first = circle(2, 0.01, 40);
    LiveRun run(1);
    Order order{.document = first, .number = 1, .steps_wanted = 40};
    const auto before = obeyed(run, order);
    const auto with = [&](const auto& change) { return edited(run, order, *first, change); };
    const auto back = [&] {
      const auto now = with([](Document&) {});
      CHECK(now->eras.size() == 1);
      CHECK(same(now->curve, before->curve));
      for (const CurvePoint& point : now->curve) CHECK(point.era == 0);
      CHECK(now->scored.era == 0);
      CHECK(same(now->scored.training, before->scored.training));
    };
    CHECK(with([](Document& d) { d.training.loss = Mse{}; })->eras.size() == 2);
    CHECK(with([](Document& d) { d.training.loss = L1{}; })->eras.size() == 2);
    back();
    CHECK(with([](Document& d) { d.data->noise = 0.3; })->eras.size() == 2);
    CHECK(with([](Document& d) { d.data->noise = 0.4; })->eras.size() == 2);
    back();
    // Half typed while it trains: a few steps of other data are not a part of the run.
    CHECK(with([](Document& d) { d.data->noise = 1; })->eras.size() == 2);
    order.steps_wanted += 1;
    CHECK(with([](Document& d) { d.data->noise = 1; })->eras.size() == 2);
    const auto now = with([](Document&) {});
    CHECK(now->eras.size() == 1);
    for (const CurvePoint& point : now->curve) CHECK(point.era == 0);
    CHECK(now->batch_curve.back().era == 0);
  }

  TEST_CASE("what changes no sample leaves no mark") {
    const auto first = circle(2, 0.01, 40);
    LiveRun run(1);
    Order order{.document = first, .number = 1, .steps_wanted = 40};
    obeyed(run, order);
    const auto with = [&](const auto& change) { return edited(run, order, *first, change); };
    // Refused, or another setting of the same samples.
    const auto refused = with([](Document& d) { d.data->test_fraction = 0.999; });
    CHECK_FALSE(refused->problem.empty());
    CHECK(refused->eras.size() == 1);
    CHECK(with([](Document& d) { d.folder = "elsewhere"; })->eras.size() == 1);
  }

  TEST_CASE("a loss is another with other settings, and each of several outputs counts") {
    const auto first = circle(2, 0.01, 40);
    LiveRun run(1);
    Order order{.document = first, .number = 1, .steps_wanted = 8};
    const auto mean = obeyed(run, order);
    auto sum = std::make_shared<Document>(*first);
    std::get<BceLogits>(sum->training.loss).reduction = Reduction::sum;
    order = {.document = sum, .number = 2, .steps_wanted = 8};
    const auto now = obeyed(run, order);
    REQUIRE(now->eras.size() == 2);
    CHECK(now->eras[0].loss != now->eras[1].loss);
    CHECK(now->scored.training.loss > 5 * mean->scored.training.loss);

    auto two = std::make_shared<Document>(*first);
    two->network.nodes.push_back(
        Node{.id = "more", .layer = Dense{.units = 1}, .inputs = std::vector<std::string>{"h"}});
    two->network.outputs = {"out", "more"};
    two->training.losses = {{"out", {BceLogits{}, 1}}, {"more", {BceLogits{}, 0.5}}};
    LiveRun both(1);
    order = {.document = two, .number = 1, .steps_wanted = 3};
    const double light = obeyed(both, order)->scored.training.loss;
    auto heavy = std::make_shared<Document>(*two);
    heavy->training.losses.at("more").weight = 50;
    order = {.document = heavy, .number = 2, .steps_wanted = 3};
    const auto heavier = obeyed(both, order);
    CHECK(heavier->scored.training.loss > 5 * light);
    CHECK(heavier->eras.size() == 2);
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
    CHECK(snapshot->divergence.find(fmt::format("at step {}", snapshot->step)) !=
          std::string::npos);
    CHECK(snapshot->divergence.ends_with(". Training is paused until something is changed."));
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

  TEST_CASE("without a thread a snapshot is the same") {
    auto document = circle(3);
    document->data->samples = 30;
    LiveRun run(1);
    const auto live = obeyed(run, {.document = document, .number = 1, .steps_wanted = 5000});
    Tasks tasks(1);
    const Snapshot plain = snapshot_of(*document, 5000, tasks);
    CHECK(plain.parameters == live->parameters);
    CHECK(plain.gradient == live->gradient);
    CHECK(plain.step == live->step);
    CHECK(plain.epochs == live->epochs);
    CHECK(plain.curve.size() > 1024);
    CHECK(same(plain.curve, live->curve));
    CHECK(plain.batch_curve.size() == live->batch_curve.size());
    CHECK(plain.batch_curve.back().loss == live->batch_curve.back().loss);
    CHECK(same(plain.scored.test, live->scored.test));
  }
}
