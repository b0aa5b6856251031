/// The live trainer and the analyst: orders, snapshots, answers. Run under thread sanitizer too.
#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <mutex>

#include "live/analyst.h"
#include "live/live_trainer.h"
#include "live_documents.h"
#include "train/trainer.h"

using namespace crease;
using namespace std::chrono_literals;

namespace {

/// Waits for a snapshot that fits; fails after a minute.
template <class Fits>
std::shared_ptr<const Snapshot> await(LiveTrainer& trainer, const Fits& fits) {
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (std::chrono::steady_clock::now() < end) {
    const unsigned long seen = trainer.snapshots().number();
    auto snapshot = trainer.snapshot();
    if (snapshot && fits(*snapshot)) return snapshot;
    trainer.snapshots().wait(seen, 100ms);
  }
  FAIL("no such snapshot within a minute");
  return nullptr;
}

std::shared_ptr<const Snapshot> answered(LiveTrainer& trainer, long order) {
  return await(trainer, [&](const Snapshot& s) { return s.order >= order; });
}

}  // namespace

TEST_SUITE("threads: live") {
  TEST_CASE("runs, pauses, steps, resets") {
    LiveTrainer trainer(1);
    trainer.order({.document = circle(3), .number = 1});
    auto snapshot = await(trainer, [](const Snapshot& s) { return s.order == 1 && s.settled; });
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
    LiveTrainer trainer(1);
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
    LiveTrainer trainer(1);
    auto document = std::make_shared<Document>(*circle(3, 1e30));
    document->training.loss = Mse{};
    trainer.order({.document = document, .running = true, .number = 1});
    const auto snapshot = await(trainer, [](const Snapshot& s) { return !s.divergence.empty(); });
    CHECK(snapshot->divergence.find("at step") != std::string::npos);
    CHECK(snapshot->divergence.find("the rate 1e+30 may be too high") != std::string::npos);
    CHECK(snapshot->divergence.ends_with("until something is changed."));  // R leads back here
    trainer.order({.document = circle(3), .running = true, .number = 2, .resets = 1});
    await(trainer, [](const Snapshot& s) { return s.divergence.empty() && s.step > 10; });
  }

  TEST_CASE("taking back an edit that was wrong takes back its message") {
    LiveTrainer trainer(1);
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
    LiveTrainer trainer(1);
    const auto document = circle(3);
    trainer.order({.document = document, .running = true, .steps_per_second = 0.01, .number = 1});
    await(trainer, [](const Snapshot& s) { return s.step == 1; });
    trainer.order({.document = document, .running = true, .steps_per_second = 200, .number = 2});
    await(trainer, [](const Snapshot& s) { return s.step > 20; });
  }

  TEST_CASE("a speed limit holds") {
    LiveTrainer trainer(1);
    trainer.order({.document = circle(3), .running = true, .steps_per_second = 50, .number = 1});
    await(trainer, [](const Snapshot& s) { return s.step > 0; });
    const auto start = std::chrono::steady_clock::now();
    await(trainer, [](const Snapshot& s) { return s.step >= 20; });
    CHECK(std::chrono::steady_clock::now() - start > 200ms);
  }

  TEST_CASE("many orders at random times: nothing is lost") {
    LiveTrainer trainer(1);
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

  TEST_CASE("three hundred edits of every kind at random times: the last one is answered") {
    LiveTrainer trainer(3);
    Random random(4, "edits");
    const auto below = [&](std::uint64_t n) { return static_cast<int>(random.below(n)); };
    Order order;
    std::shared_ptr<const Snapshot> seen;
    long edits = 0;
    auto document = std::make_shared<Document>(*circle(3));
    const std::vector<std::function<void(Document&)>> changes{
        [&](Document& d) {  // units
          auto& nodes = d.network.nodes;
          const auto at = random.below(nodes.size() - 1);
          std::get<Dense>(nodes[at].layer).units = 1 + below(60);
        },
        [&](Document& d) {  // a layer more
          auto& nodes = d.network.nodes;
          if (nodes.size() < 6)
            nodes.insert(nodes.begin() + 1 + below(nodes.size() - 1),
                         Node{.id = fmt::format("new{}", order.number),
                              .layer = Dense{.units = 1 + below(9), .activation = Relu{}}});
        },
        [&](Document& d) {  // a layer less
          if (d.network.nodes.size() > 2) d.network.nodes.erase(d.network.nodes.begin() + 1);
        },
        [&](Document& d) { d.network.nodes.back().inputs = {"nobody"}; },
        [&](Document& d) { d.network.nodes.back().inputs = {}; },
        [&](Document& d) {
          d.data->samples = 20 + below(3000);
          d.data->noise = random.uniform();
        },
        [&](Document& d) {
          if (below(2) == 0)
            d.data->source = Xor{};
          else
            d.data->source = Spiral{};
        },
        [&](Document& d) {
          if (below(2) == 0)
            d.training.loss = Mse{};
          else
            d.training.loss = BceLogits{};
        },
        [&](Document& d) { d.training.optimiser = Adam{.rate = random.uniform(0, 0.1)}; },
        [&](Document& d) { d.training.optimiser = Sgd{.rate = random.uniform(0, 40)}; },
        [&](Document& d) { d.training.batch = {.full = below(4) == 0, .size = 1 + below(200)}; },
        [&](Document& d) { d.training.seed = random.below(5); },
        [&](Document&) { order.resets += 1; },
        [&](Document&) { order.running = !order.running; },
        [&](Document&) { order.steps_per_second = below(3) * 300; },
        [&](Document&) { order.steps_wanted += below(20); },
        [&](Document&) {
          order.weight_edits.push_back(
              {++edits, "h.weight", random.below(2), random.uniform(-1, 1), order.resets});
        },
        [&](Document&) { order.recall = seen; },
    };
    for (order.number = 1; order.number <= 300; ++order.number) {
      auto edited = std::make_shared<Document>(*document);
      changes[random.below(changes.size())](*edited);
      document = edited;
      order.document = document;
      trainer.order(order);
      if (below(3) > 0) std::this_thread::sleep_for(std::chrono::microseconds(below(3000)));
      if (const auto snapshot = trainer.snapshot()) seen = snapshot;
    }
    order.document = circle(4);
    order.running = false;
    order.steps_wanted += 10;
    order.recall = nullptr;
    trainer.order(order);
    const auto snapshot =
        await(trainer, [&](const Snapshot& s) { return s.order == order.number && s.settled; });
    CHECK(snapshot->problem.empty());
    CHECK(snapshot->steps_done == order.steps_wanted);
    CHECK(snapshot->weight_edits == edits);
    CHECK(snapshot->plan->find("h.weight")->shape[0] == 4);
    CHECK(snapshot->scored.step == snapshot->step);
    for (std::size_t i = 1; i < snapshot->curve.size(); ++i)
      CHECK(snapshot->curve[i - 1].step < snapshot->curve[i].step);
  }

  TEST_CASE("snapshots come and orders are answered while a large set is scored") {
    LiveTrainer trainer(1);
    auto document = circle(256, 0.03, 300000);
    document->network.nodes.insert(
        document->network.nodes.begin() + 1,
        Node{.id = "h2", .layer = Dense{.units = 256, .activation = Tanh{}}});
    // The score of the start takes seconds; the test is over long before.
    trainer.order({.document = document, .running = true, .number = 1});
    auto snapshot = await(trainer, [](const Snapshot& s) { return s.step > 1; });
    CHECK(snapshot->curve.empty());
    CHECK_FALSE(snapshot->batch_curve.empty());
    trainer.order({.document = document, .number = 2});
    snapshot = answered(trainer, 2);
    CHECK(snapshot->curve.empty());
    CHECK_FALSE(snapshot->settled);
    auto edited = std::make_shared<Document>(*document);
    edited->training.optimiser = Adam{};
    trainer.order({.document = edited, .number = 3});
    CHECK(answered(trainer, 3)->curve.empty());
    trainer.order({.document = circle(3), .number = 4});  // abandons it
    snapshot = await(trainer, [](const Snapshot& s) { return s.order == 4 && s.settled; });
    CHECK(snapshot->curve.size() == 1);
    CHECK(snapshot->curve.front().step == snapshot->step);
  }

  TEST_CASE("the analyst answers for the newest snapshot, and says what went wrong") {
    Analyst analyst;
    LiveTrainer trainer(1);  // gone first: a hook under way may still use the analyst
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
    const auto end = std::chrono::steady_clock::now() + 60s;
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

  TEST_CASE("what an analysis remembers of the run outlives a time in which it is not asked") {
    Analyst analyst;
    const auto step = [](const Snapshot& s, const Analysis::Cancelled&) -> std::any {
      return std::vector<long>{s.step};
    };
    const auto follow = [](std::any now, const std::any& before) -> std::any {
      auto all = std::any_cast<std::vector<long>>(before);
      all.push_back(std::any_cast<std::vector<long>>(now).front());
      return all;
    };
    const std::map<std::string, Analysis> history{{"history", {"", step, follow}}},
        other{{"other", {"", step}}};
    const auto shown = [&](const std::string& name, long at) {
      auto snapshot = std::make_shared<Snapshot>();
      snapshot->step = at;
      analyst.see(snapshot);
      const auto end = std::chrono::steady_clock::now() + 60s;
      while (std::chrono::steady_clock::now() < end) {
        const auto answers = analyst.answers();
        if (answers && answers->contains(name) && answers->at(name)->snapshot == snapshot)
          return std::any_cast<std::vector<long>>(answers->at(name)->value);
        std::this_thread::sleep_for(1ms);
      }
      FAIL("not within a minute");
      return std::vector<long>{};
    };
    analyst.ask(history);
    CHECK(shown("history", 1) == std::vector<long>{1});
    CHECK(shown("history", 2) == std::vector<long>{1, 2});
    analyst.ask(other);
    CHECK(shown("other", 3) == std::vector<long>{3});
    analyst.ask(history);
    CHECK(shown("history", 4).front() == 1);
    // With other settings, as of a picture of another size, it is still the same run.
    analyst.ask({{"history", {"larger", step, follow}}});
    CHECK(shown("history", 5).front() == 1);
  }

  TEST_CASE("what was just asked goes before what is asked again, and those take turns") {
    // Every analysis notes its name; the slow one meanwhile asks a new question and sees news.
    std::mutex mutex;
    std::string order;
    const auto noting = [&](char name) {
      return [&mutex, &order, name](const Snapshot&, const Analysis::Cancelled&) -> std::any {
        const std::lock_guard lock(mutex);
        order += name;
        return 1;
      };
    };
    const auto noted = [&] {
      const std::lock_guard lock(mutex);
      return order;
    };
    Analyst analyst;
    std::map<std::string, Analysis> questions{
        {"b", {"", noting('b')}}, {"c", {"", noting('c')}}, {"d", {"", noting('d')}}};
    int rounds = 0;
    questions["a"] = {"", [&](const Snapshot&, const Analysis::Cancelled&) -> std::any {
                        const std::lock_guard lock(mutex);
                        order += 'a';
                        if (++rounds < 3) analyst.see(std::make_shared<Snapshot>());
                        if (rounds == 2) {
                          questions["z"] = {"", noting('z')};
                          questions["d"].settings = "changed";
                          analyst.ask(questions);
                        }
                        return 1;
                      }};
    {
      const std::lock_guard lock(mutex);
      analyst.ask(questions);
      analyst.see(std::make_shared<Snapshot>());
    }
    const auto end = std::chrono::steady_clock::now() + 60s;
    // First all in order of their names, then in turns; in the second turn the slow one's news goes
    // first: what it changed, and what is new.
    const std::string expected = "abcdadzbca";
    while (noted().size() < expected.size() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(1ms);
    CHECK(noted() == expected);
  }
}
