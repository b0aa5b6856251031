/// The live trainer and the analyst: orders, snapshots, answers. Run under thread sanitizer too.
#include <doctest/doctest.h>

#include <chrono>

#include "live/analyst.h"
#include "live/live_trainer.h"

using namespace crease;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Document> circle(int units, double rate = 0.03) {
  auto document = std::make_shared<Document>(document_from_json(parse_json(R"({"crease": 1,
    "data": {"source": "circle", "samples": 100},
    "network": {"input": [2], "nodes": [
      {"id": "h", "type": "dense", "units": 3, "activation": "tanh"},
      {"id": "out", "type": "dense", "units": 1}]},
    "training": {"loss": {"type": "bce_logits"}, "seed": 2}})")));
  std::get<Dense>(document->network.nodes[0].layer).units = units;
  document->training.optimiser = Sgd{.rate = rate};
  return document;
}

/// Waits for a snapshot that fits; fails after ten seconds.
template <class Fits>
std::shared_ptr<const Snapshot> await(LiveTrainer& trainer, const Fits& fits) {
  const auto end = std::chrono::steady_clock::now() + 10s;
  while (std::chrono::steady_clock::now() < end) {
    const unsigned long seen = trainer.snapshots().number();
    const auto snapshot = trainer.snapshot();
    if (snapshot && fits(*snapshot)) return snapshot;
    trainer.snapshots().wait(seen, 100ms);
  }
  FAIL("no such snapshot within ten seconds");
  return nullptr;
}

std::shared_ptr<const Snapshot> answered(LiveTrainer& trainer, long order) {
  return await(trainer, [&](const Snapshot& s) { return s.order >= order; });
}

}  // namespace

TEST_SUITE("threads: live") {
  TEST_CASE("runs, pauses, steps, resets") {
    LiveTrainer trainer;
    trainer.order({.document = circle(3), .number = 1});
    auto snapshot = answered(trainer, 1);
    CHECK(snapshot->step == 0);
    CHECK(snapshot->problem.empty());
    CHECK(snapshot->curve.size() == 1);
    const auto start = snapshot->parameters;

    trainer.order({.document = circle(3), .number = 2, .steps_wanted = 3});
    snapshot = await(trainer, [](const Snapshot& s) { return s.steps_done == 3; });
    CHECK(snapshot->step == 3);
    CHECK(snapshot->parameters != start);

    trainer.order(
        {.document = snapshot->document, .running = true, .number = 3, .steps_wanted = 3});
    await(trainer, [](const Snapshot& s) { return s.step > 200; });
    trainer.order({.document = snapshot->document, .number = 4, .steps_wanted = 3});
    snapshot = answered(trainer, 4);
    const long paused = snapshot->step;
    trainer.order({.document = snapshot->document, .number = 5, .steps_wanted = 3});
    CHECK(answered(trainer, 5)->step == paused);
    CHECK(snapshot->curve.size() > 10);

    trainer.order({.document = snapshot->document, .number = 6, .steps_wanted = 3, .resets = 1});
    snapshot = answered(trainer, 6);
    CHECK(snapshot->step == 0);
    CHECK(snapshot->parameters == start);
  }

  TEST_CASE("the same steps as without a thread") {
    LiveTrainer live(2);
    const auto document = circle(3);
    live.order({.document = document, .number = 1, .steps_wanted = 40});
    const auto snapshot = await(live, [](const Snapshot& s) { return s.steps_done == 40; });
    Tasks tasks(1);
    Trainer<float> trainer(*document,
                           std::make_shared<const DataSet>(make_data(*document->data, "")), tasks);
    for (int i = 0; i < 40; ++i) trainer.step();
    CHECK(snapshot->parameters == trainer.parameters());
  }

  TEST_CASE("edits keep the weights; a document that is wrong leaves the run alone") {
    LiveTrainer trainer;
    trainer.order({.document = circle(3), .running = true, .number = 1});
    await(trainer, [](const Snapshot& s) { return s.step > 50; });
    trainer.order({.document = circle(5), .running = true, .number = 2});
    auto snapshot = answered(trainer, 2);
    CHECK(snapshot->step > 50);
    CHECK(snapshot->plan->find("h.weight")->shape[0] == 5);
    CHECK(snapshot->kept == "kept 13 of 21 parameters");

    auto wrong = std::make_shared<Document>(*circle(5));
    wrong->network.nodes[1].inputs = {"nobody"};
    trainer.order({.document = wrong, .running = true, .number = 3});
    snapshot = answered(trainer, 3);
    CHECK(snapshot->problem.find("nobody") != std::string::npos);
    const long step = snapshot->step;
    snapshot = await(trainer, [&](const Snapshot& s) { return s.step > step; });
    CHECK(snapshot->plan->find("h.weight")->shape[0] == 5);
    trainer.order({.document = circle(4), .running = true, .number = 4});
    CHECK(answered(trainer, 4)->problem.empty());
  }

  TEST_CASE("a rate that is too high pauses the run and is said") {
    LiveTrainer trainer;
    auto document = std::make_shared<Document>(*circle(3, 1e30));
    document->training.loss = Mse{};
    trainer.order({.document = document, .running = true, .number = 1});
    const auto snapshot = await(trainer, [](const Snapshot& s) { return !s.divergence.empty(); });
    CHECK(snapshot->divergence.find("rate") != std::string::npos);
    trainer.order({.document = circle(3), .running = true, .number = 2, .resets = 1});
    await(trainer, [](const Snapshot& s) { return s.divergence.empty() && s.step > 10; });
  }

  TEST_CASE("taking back an edit that was wrong takes back its message") {
    LiveTrainer trainer;
    const auto right = circle(3);
    auto wrong = std::make_shared<Document>(*right);
    wrong->network.nodes[1].inputs = {"nobody"};
    trainer.order({.document = right, .number = 1});
    answered(trainer, 1);
    trainer.order({.document = wrong, .number = 2});
    CHECK_FALSE(answered(trainer, 2)->problem.empty());
    trainer.order({.document = right, .number = 3});
    CHECK(answered(trainer, 3)->problem.empty());
  }

  TEST_CASE("a new speed holds at once") {
    LiveTrainer trainer;
    const auto document = circle(3);
    trainer.order({.document = document, .running = true, .steps_per_second = 0.01, .number = 1});
    await(trainer, [](const Snapshot& s) { return s.step == 1; });
    trainer.order({.document = document, .running = true, .steps_per_second = 200, .number = 2});
    await(trainer, [](const Snapshot& s) { return s.step > 20; });
  }

  TEST_CASE("a speed limit holds") {
    LiveTrainer trainer;
    trainer.order({.document = circle(3), .running = true, .steps_per_second = 50, .number = 1});
    await(trainer, [](const Snapshot& s) { return s.step > 0; });
    const auto start = std::chrono::steady_clock::now();
    await(trainer, [](const Snapshot& s) { return s.step >= 20; });
    CHECK(std::chrono::steady_clock::now() - start > 200ms);
  }

  TEST_CASE("many orders at random times: nothing is lost") {
    LiveTrainer trainer;
    Random random(9, "orders");
    for (long number = 1; number <= 200; ++number) {
      trainer.order({.document = circle(1 + static_cast<int>(random.below(6))),
                     .running = random.below(2) == 1,
                     .number = number,
                     .steps_wanted = number,
                     .resets = number / 50});
      std::this_thread::sleep_for(std::chrono::microseconds(random.below(2000)));
    }
    trainer.order({.document = circle(4), .number = 201, .steps_wanted = 250, .resets = 4});
    const auto snapshot =
        await(trainer, [](const Snapshot& s) { return s.order == 201 && s.steps_done == 250; });
    CHECK(snapshot->problem.empty());
    CHECK(snapshot->plan->find("h.weight")->shape[0] == 4);
  }

  TEST_CASE("the analyst answers for the newest snapshot, and says what went wrong") {
    LiveTrainer trainer;
    Analyst analyst;
    trainer.snapshots().set_hook([&] { analyst.see(trainer.snapshot()); });
    const auto norm = [](const Snapshot& s, const Analysis::Cancelled&) -> std::any {
      double total = 0;
      for (const float w : s.parameters) total += static_cast<double>(w) * static_cast<double>(w);
      return total;
    };
    const auto broken = [](const Snapshot&, const Analysis::Cancelled&) -> std::any {
      throw Problem("needs two inputs");
    };
    analyst.ask({{"norm", {"", norm}}, {"broken", {"", broken}}});
    trainer.order({.document = circle(3), .number = 1, .steps_wanted = 500});
    await(trainer, [](const Snapshot& s) { return s.steps_done == 500; });
    const auto end = std::chrono::steady_clock::now() + 10s;
    std::shared_ptr<const Answers> answers;
    while (std::chrono::steady_clock::now() < end) {
      answers = analyst.answers();
      if (answers && answers->contains("norm") && answers->at("norm")->snapshot->step == 500 &&
          answers->contains("broken"))
        break;
      std::this_thread::sleep_for(1ms);
    }
    REQUIRE(answers);
    CHECK(answers->at("norm")->snapshot->step == 500);
    CHECK(std::any_cast<double>(answers->at("norm")->value) > 0);
    CHECK(answers->at("broken")->problem == "needs two inputs");
    trainer.snapshots().set_hook(nullptr);
  }
}
