/// What outputs say under every loss, and that the pictures say the same.
#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>

#include "core/tasks.h"
#include "probe/predictions.h"
#include "train/snapshot_of.h"
#include "views/decision_boundary.h"
#include "views/network_view_model.h"

using namespace crease;

TEST_SUITE("meaning") {
  TEST_CASE("of every loss: what its outputs say, and where a single one changes its mind") {
    struct Said {
      bool probabilities;
      double threshold;
      bool squashed;  // by the loss
      bool decides_alone = true;
    };
    const std::map<std::string, Said> single{{"mse", {false, 0, false, false}},
                                             {"half_mse", {false, 0, false, false}},
                                             {"l1", {false, 0, false, false}},
                                             {"huber", {false, 0, false, false}},
                                             {"smooth_l1", {false, 0, false, false}},
                                             {"cosine", {false, 0, false, false}},
                                             {"linear", {false, 0, false, false}},
                                             {"gaussian_nll", {false, 0, false, false}},
                                             {"bce", {true, 0.5, false}},
                                             {"bce_logits", {true, 0, true}},
                                             {"focal_logits", {true, 0, true}},
                                             {"dice", {true, 0.5, false}},
                                             {"jaccard", {true, 0.5, false}},
                                             {"hinge", {false, 0, false}},
                                             {"perceptron", {false, 0, false}}};
    const std::set<std::string> of_probabilities{"bce",       "bce_logits", "focal_logits",
                                                 "dice",      "jaccard",    "cross_entropy",
                                                 "kl_logits", "emd",        "cross_entropy_logits"};
    const Shape one = Shape::features(1), three = Shape::features(3);
    for_each_alternative<Loss>([&](const auto& alternative) {
      const Loss loss = alternative;
      const std::string name(name_of(loss));
      CAPTURE(name);
      // Class numbers are told by the sign of one output and the largest of several.
      const Meaning several(loss, three, Decision::largest);
      CHECK(several.decides());
      CHECK(several.has_probabilities() == of_probabilities.contains(name));
      CHECK(several.is_squashed() == name.ends_with("_logits"));
      if (!single.contains(name)) return;  // it wants several
      const Said& said = single.at(name);
      CHECK((decision_of(loss) != Decision::none) == said.decides_alone);
      const Meaning meaning(loss, one, said.decides_alone ? decision_of(loss) : Decision::sign);
      CHECK(meaning.decides());
      CHECK(meaning.has_probabilities() == said.probabilities);
      CHECK(meaning.threshold() == said.threshold);
      CHECK(meaning.is_squashed() == said.squashed);
      // Between the classes no one is preferred.
      const auto y = static_cast<float>(meaning.threshold());
      std::array<double, 2> shares{};
      meaning.shares(&y, 1, shares);
      CHECK(shares[1] == doctest::Approx(0.5));
    });
  }

  TEST_CASE("of every loss: the boundary lies where accuracy changes its mind, and is called so") {
    int drawn = 0;
    for_each_alternative<Loss>([&](const auto& alternative) {
      CAPTURE(alternative.name);
      // One output that is x_1 itself.
      Document document = document_from_json(parse_json(R"({"crease": 1,
          "data": {"source": "xor", "samples": 40}, "network": {"input": [2], "nodes": [
            {"id": "out", "type": "dense", "units": 1}]},
          "weights": {"out.weight": {"shape": [1, 2], "data": [1, 0]},
                      "out.bias": {"shape": [1], "data": [0]}}})"));
      document.training.loss = alternative;
      Tasks tasks(1);
      Snapshot snapshot;
      try {
        snapshot = snapshot_of(document, 0, tasks);
      } catch (const Problem&) {
        return;  // it wants several outputs
      }
      ++drawn;
      const auto answer = DecisionBoundary{}.compute(snapshot, {}, never_cancelled);
      REQUIRE_FALSE(answer.boundary.empty());
      const double x = answer.boundary.front().front().x;
      const Predictions found = predict(snapshot, snapshot.data->train);
      for (std::size_t i = 0; i < found.samples.size(); ++i)
        CHECK((static_cast<double>(*found.of(i)) > x) == (found.chosen[i] == 1));
      const auto block = network_picture::model_of(snapshot).blocks.back();
      CHECK(block.labels.at(0) == (found.meaning.has_probabilities() ? "$p$" : "$y$"));
      CHECK((block.detail == "sigmoid") == found.meaning.is_squashed());
    });
    CHECK(drawn == 14);  // all but five for classes, and one that wants means and variances
  }
}
