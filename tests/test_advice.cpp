/// What is allowed but seldom meant: warnings, not errors.
#include <doctest/doctest.h>

#include "core/tasks.h"
#include "train/advice.h"
#include "train/document.h"
#include "train/trainer.h"

using namespace crease;

TEST_SUITE("advice") {
  TEST_CASE("a loss that does not fit the last activation is warned of") {
    const auto warning = [](const std::string& loss, const std::string& end) {
      const Document document = document_from_json(parse_json(
          R"({"crease": 1, "network": {"input": [2], "nodes": [
          {"id": "out", "type": "dense", "units": 2)" +
          end + R"(]}, "training": {"loss": {"type": ")" + loss + R"("}}})"));
      REQUIRE(document.warnings.size() <= 1);
      return document.warnings.empty() ? "" : document.warnings[0];
    };
    const std::string plain = "}", sigmoid = R"(, "activation": "sigmoid"})",
                      softmax = R"(, "activation": "softmax"})",
                      own = R"(}, {"id": "p", "type": "activation", "function": "sigmoid"},
                               {"id": "f", "type": "flatten"})";
    CHECK(warning("bce", plain) ==
          "training.loss: bce wants probabilities (a last sigmoid), but the network ends in "
          "a linear unit: bce_logits takes its output as it is");
    CHECK(warning("cross_entropy", sigmoid).find("a last softmax") != std::string::npos);
    CHECK(warning("cross_entropy", plain).find("cross_entropy_logits takes") != std::string::npos);
    CHECK(warning("bce_logits", own) ==
          "training.loss: bce_logits squashes the output itself, and the network ends in sigmoid "
          "already: bce takes its output as it is");
    CHECK(warning("cross_entropy_logits", softmax).find("cross_entropy takes") !=
          std::string::npos);
    for (const std::string& end : {sigmoid, own}) CHECK(warning("bce", end).empty());
    CHECK(warning("cross_entropy", softmax).empty());
    for (const char* loss : {"bce_logits", "cross_entropy_logits", "mse"})
      CHECK(warning(loss, plain).empty());
    CHECK(warning("mse", sigmoid).empty());
    for (const char* loss : {"dice", "jaccard"}) {
      CHECK(warning(loss, plain)
                .ends_with("wants probabilities (a last sigmoid), but the network "
                           "ends in a linear unit"));
      CHECK(warning(loss, sigmoid).empty());
      CHECK(warning(loss, softmax).empty());
    }
    CHECK(warning("emd", plain).find("a last softmax") != std::string::npos);
    CHECK(warning("emd", softmax).empty());
    CHECK(warning("focal_logits", sigmoid)
              .ends_with("squashes the output itself, and the network ends in sigmoid already"));
    CHECK(warning("kl_logits", softmax).find("squashes") != std::string::npos);
  }

  TEST_CASE("the loss that fits is offered with the settings of the one that does not") {
    Network network;
    network.nodes = {Node{.id = "out", .layer = Dense{.units = 1}}};
    Bce odd;
    odd.positive_weight = 3;
    const std::optional<Loss> better = loss_advice(network, odd).better;
    REQUIRE(better);
    REQUIRE(std::holds_alternative<BceLogits>(*better));
    CHECK(std::get<BceLogits>(*better).positive_weight == 3);
    CHECK_FALSE(loss_advice(network, *better).better);
    CHECK_FALSE(loss_advice(network, Mse{}).better);
    const LossAdvice no_other_form = loss_advice(network, Emd{});
    CHECK_FALSE(no_other_form.better);
    CHECK(no_other_form.is_unmet);
  }

  TEST_CASE("each of several outputs is judged by its own end") {
    const Document document = document_from_json(parse_json(
        R"({"crease": 1, "network": {"input": [2], "nodes": [
        {"id": "a", "type": "dense", "units": 1, "activation": "sigmoid"},
        {"id": "b", "type": "dense", "units": 1, "inputs": ["input"]}], "outputs": ["a", "b"]},
        "training": {"losses": {"a": {"type": "bce"}, "b": {"type": "bce"}}}})"));
    REQUIRE(document.warnings.size() == 1);
    CHECK(document.warnings[0].starts_with(
        "training.losses.b: bce wants probabilities (a last sigmoid), but the network at b ends "
        "in a linear unit"));
  }

  TEST_CASE("what made a run diverge is named: the loss, the weights, or the rate") {
    const auto sentence = [](const std::string& training, const std::string& more) {
      Tasks tasks(1);
      const Document document = document_from_json(parse_json(
          R"({"crease": 1, "data": {"source": "xor", "samples": 40},
              "network": {"input": [2], "nodes": [{"id": "out", "type": "dense", "units": 1}]},
              "training": {)" +
          training + "}" + more + "}"));
      Trainer<float> trainer(document,
                             std::make_shared<const DataSet>(make_data(*document.data, "")), tasks);
      for (int i = 0; i < 4 && trainer.divergence().empty(); ++i) trainer.step();
      return trainer.divergence();
    };
    const std::string at_five = R"(, "state": {"step": 5}, "weights": {)",
                      usual = R"("out.weight": {"shape": [1, 2], "data": [0.5, 0.4]}})",
                      huge = R"("out.weight": {"shape": [1, 2], "data": [1e38, 1e38]}})";
    const std::string rate =
        sentence(R"("loss": {"type": "bce_logits"}, "optimiser": {"type": "sgd", "rate": 1e39})",
                 at_five + usual);
    CHECK(rate.find("the rate 1e+39 may be too high") != std::string::npos);
    CHECK(rate.find("whatever the rate") == std::string::npos);
    const std::string weights = sentence(
        R"("loss": {"type": "mse"}, "optimiser": {"type": "sgd", "rate": 0.01})", at_five + huge);
    CHECK(weights.find("the weights are too large already, whatever the rate is now") !=
          std::string::npos);
    const Document started = document_from_json(parse_json(
        R"({"crease": 1, "data": {"source": "xor", "samples": 40},
            "network": {"input": [2], "nodes": [{"id": "out", "type": "dense", "units": 1}]},
            "training": {"loss": {"type": "mse"}, "optimiser": {"type": "sgd", "rate": 0.01}}})"));
    Tasks tasks(1);
    Trainer<float> by_hand(started, std::make_shared<const DataSet>(make_data(*started.data, "")),
                           tasks);
    by_hand.step();
    by_hand.set_parameter("out.weight", 0, 1e30);
    by_hand.step();
    CHECK(by_hand.divergence().ends_with("a number of out.weight had just been set to 1e+30"));
    for (const std::string& state : {std::string(), at_five + usual}) {
      const std::string loss = sentence(R"("loss": {"type": "bce"})", state);
      CHECK(
          loss.ends_with("bce wants probabilities (a last sigmoid), but the network ends in "
                         "a linear unit: bce_logits takes its output as it is"));
    }
  }

  TEST_CASE("outputs that no class asks for are told") {
    const auto advice = [](int units, const std::string& loss) {
      const Document document = document_from_json(parse_json(
          R"({"crease": 1, "data": {"source": "xor", "samples": 8}, "network": {"input": [2],
              "nodes": [{"id": "out", "type": "dense", "units": )" +
          std::to_string(units) + R"(}]}, "training": {"loss": {"type": ")" + loss + R"("}}})"));
      return outputs_advice(compile_or_throw(document.network), document.training,
                            make_data(*document.data, ""));
    };
    CHECK(advice(7, "mse") ==
          "the network has 7 outputs, but the data has 2 classes: no sample asks for the others");
    CHECK_FALSE(advice(3, "cross_entropy_logits").empty());
    for (const int units : {1, 2}) CHECK(advice(units, "mse").empty());
    CHECK(advice(2, "gaussian_nll").empty());
  }
}
