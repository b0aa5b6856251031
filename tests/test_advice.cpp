/// What is allowed but seldom meant: warnings, not errors.
#include <doctest/doctest.h>

#include "train/document.h"

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
          "identity: bce_logits takes its output as it is");
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
        "in identity"));
  }
}
