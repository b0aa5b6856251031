/// The numbers of a run that the bar and a presentation tell: which, of what, and how old.
#include "told_numbers.h"

#include <doctest/doctest.h>

#include "marks.h"
#include "plain_documents.h"

using namespace crease;
using namespace crease::app;

namespace {

const ToldNumber* find(const std::vector<ToldNumber>& all, std::string_view name) {
  for (const ToldNumber& told : all)
    if (told.name == name) return &told;
  return nullptr;
}

}  // namespace

TEST_SUITE("told numbers") {
  TEST_CASE("scores of more than an epoch ago are old, and say so") {
    const auto told_at = [](double scored, double now) {
      auto snapshot = std::make_shared<Snapshot>(snapshot_from(plain_documents::spiral(), 20));
      snapshot->scored.epoch = scored;
      snapshot->epochs = now;
      return told_numbers(snapshot);
    };
    struct Case {
      double scored, now;
      bool is_old;
    };
    for (const Case& it :
         {Case{3, 3.5, false}, {3, 4, false}, {3, 4.1, true}, {95, 100, false}, {85, 100, true}}) {
      CAPTURE(it.scored);
      const auto all = told_at(it.scored, it.now);
      for (const char* name : {"train_loss", "test_loss", "test_accuracy"}) {
        const ToldNumber* told = find(all, name);
        REQUIRE(told);
        CHECK(told->is_old == it.is_old);
        CHECK(told->tip.empty() == !it.is_old);
      }
      CHECK_FALSE(find(all, "epoch")->is_old);
    }
  }

  TEST_CASE("a score of some of the samples says of how many") {
    auto snapshot = std::make_shared<Snapshot>(snapshot_from(plain_documents::spiral(), 20));
    CHECK(find(told_numbers(snapshot), "train_loss")->tip.empty());
    snapshot->scored.training.samples = 100;
    CHECK(find(told_numbers(snapshot), "train_loss")->tip ==
          "Of 100 of the 250 training samples; all of them once training pauses");
    CHECK(find(told_numbers(snapshot), "test_loss")->tip.empty());
  }

  TEST_CASE("one score is the main one: the accuracy, or the loss of the test part") {
    const auto main_of = [](const Document& document) {
      std::string main;
      for (const ToldNumber& told :
           told_numbers(std::make_shared<Snapshot>(snapshot_from(document, 20))))
        if (told.is_main) main += told.name;
      return main;
    };
    Document document = plain_documents::spiral();
    CHECK(main_of(document) == "test_accuracy");
    document.data->source = Sine{};
    document.network.input = Shape::features(1);
    document.training.loss = Mse{};
    CHECK(main_of(document) == "test_loss");
    document.data->test_fraction = 0;
    CHECK(main_of(document) == "train_loss");
  }

  TEST_CASE("before there is a score there are fewer, and none before there is anything") {
    CHECK(told_numbers(nullptr).empty());
    auto snapshot = std::make_shared<Snapshot>(snapshot_from(plain_documents::spiral()));
    snapshot->scored.step = -1;
    CHECK(told_numbers(snapshot).size() == 2);
  }
}
