/// Probes of a network: they must find what the engine itself computes.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "plain_documents.h"
#include "probe/contour.h"
#include "probe/predictions.h"
#include "train/derivatives.h"
#include "train/snapshot_of.h"
#include "train/trainer.h"

using namespace crease;
using namespace crease::plain_documents;

namespace {

Snapshot trained(const Document& document, long steps) {
  Tasks tasks(1);
  return snapshot_of(document, steps, tasks);
}

Document with_points(const std::string& network, const std::string& loss,
                     const std::string& points) {
  return document_from_json(parse_json(R"({"crease": 1, "data": {"source": "points", )" + points +
                                       R"(}, "network": )" + network +
                                       R"(, "training": {"loss": {"type": ")" + loss + R"("}}})"));
}

/// The document with the snapshot's weights, as the command line would save it.
Document saved(const Snapshot& snapshot) {
  Document document = *snapshot.document;
  document.weights = write_tensors(*snapshot.plan, snapshot.parameters);
  return document;
}

Grid grid_of(int side) { return {{-2, 2, -2, 2}, side, side}; }

std::vector<float> values_of(const Grid& grid, double (*f)(double, double)) {
  std::vector<float> values;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const Point at = grid.place(row, column);
      values.push_back(static_cast<float>(f(at.x, at.y)));
    }
  return values;
}

}  // namespace

TEST_SUITE("probe") {
  TEST_CASE("a field is what evaluate computes at its places") {
    const Snapshot snapshot = trained(spiral(), 100);
    const Grid grid{{-6, 6, -3, 4}, 7, 5};
    const OutputField field = field_of_outputs(*snapshot.plan, snapshot.parameters, grid);
    Tensor inputs{{35, 2}, {}};
    for (int row = 0; row < 5; ++row)
      for (int column = 0; column < 7; ++column) {
        const Point at = grid.place(row, column);
        inputs.data.insert(inputs.data.end(), {at.x, at.y});
      }
    const Tensor expected = evaluate(saved(snapshot), inputs);
    for (std::size_t i = 0; i < 35; ++i)
      CHECK(static_cast<double>(field.values[i]) ==
            doctest::Approx(expected.data[i]).epsilon(1e-4));
    CHECK(grid.place(0, 0) == Point{-6, 4});
    CHECK(grid.place(4, 6) == Point{6, -3});
    CHECK(field.between(0, grid.place(2, 3)) == doctest::Approx(field.values[2 * 7 + 3]));
    CHECK(std::isnan(field.between(0, {7, 0})));
  }

  TEST_CASE("a field stops when it is no longer wanted") {
    const Snapshot snapshot = trained(exclusive_or(), 0);
    int asked = 0;
    const OutputField field = field_of_outputs(*snapshot.plan, snapshot.parameters, grid_of(200),
                                               [&] { return ++asked > 3; });
    CHECK(asked == 4);
    CHECK(std::isfinite(field.values.front()));
    CHECK(std::isnan(field.values.back()));
  }

  TEST_CASE("a circle's contour lies on the circle, closed") {
    const Grid grid = grid_of(81);
    const auto values = values_of(grid, [](double x, double y) { return std::hypot(x, y); });
    const Lines lines = contour(grid, values, 1.3);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].size() > 100);
    CHECK(lines[0].front() == lines[0].back());
    for (const Point& p : lines[0])
      CHECK(std::hypot(p.x, p.y) == doctest::Approx(1.3).epsilon(1e-3));
    CHECK(contour(grid, values, 5).empty());
  }

  TEST_CASE("a straight line's contour is that line from border to border") {
    const Grid grid = grid_of(21);
    const Lines lines =
        contour(grid, values_of(grid, [](double x, double y) { return x - 0.5 * y; }), 0.3);
    REQUIRE(lines.size() == 1);
    for (const Point& p : lines[0]) CHECK(p.x - 0.5 * p.y == doctest::Approx(0.3).epsilon(1e-5));
    CHECK(std::abs(lines[0].front().y) == doctest::Approx(2));
    CHECK(std::abs(lines[0].back().y) == doctest::Approx(2));
  }

  TEST_CASE("a saddle is joined as the bilinear surface joins it") {
    // Corners 3, -1, 2, -1 clockwise: the middle of the saddle lies above 0, below 1.
    const Grid cell{{0, 1, 0, 1}, 2, 2};
    const std::vector<float> values{3, -1, -1, 2};
    const auto joins_upper_left = [&](double level) {
      const Lines lines = contour(cell, values, level);
      REQUIRE(lines.size() == 2);
      // Where the high corners are joined, each line cuts off a low one: (1, 1) or (0, 0).
      return std::any_of(lines.begin(), lines.end(), [](const auto& line) {
        return std::all_of(line.begin(), line.end(),
                           [](Point p) { return p.x == 1 || p.y == 1; }) &&
               line.front() != line.back() &&
               std::any_of(line.begin(), line.end(), [](Point p) { return p.x == 1; });
      });
    };
    // Saddle value (3 * 2 - (-1) * (-1)) / (3 + 2 + 1 + 1) = 5/7.
    CHECK(joins_upper_left(0.70));
    CHECK_FALSE(joins_upper_left(0.73));
  }

  TEST_CASE("what is not finite has no contour, and does no harm") {
    const Grid grid = grid_of(11);
    auto values = values_of(grid, [](double x, double) { return x; });
    values[60] = std::numeric_limits<float>::quiet_NaN();
    values[5] = std::numeric_limits<float>::infinity();
    const Lines lines = contour(grid, values, 0.1);
    CHECK(lines.size() >= 1);
    for (const auto& line : lines)
      for (const Point& p : line) CHECK(std::isfinite(p.x + p.y));
    const std::vector<float> nothing(grid.size(), std::numeric_limits<float>::quiet_NaN());
    CHECK(contour(grid, nothing, 0).empty());
    const std::vector<float> flat(grid.size(), 1);
    CHECK(contour(grid, flat, 1).empty());
  }

  TEST_CASE("three classes meet in one point, and each border is drawn once") {
    // The largest of three planes: borders leave (0, 0) in three directions.
    const Grid grid = grid_of(40);
    OutputField field{grid, 3, {}};
    for (double (*plane)(double, double) :
         {+[](double, double y) { return y; }, +[](double x, double y) { return x - 0.5 * y; },
          +[](double x, double y) { return -x - 0.5 * y; }}) {
      const auto values = values_of(grid, plane);
      field.values.insert(field.values.end(), values.begin(), values.end());
    }
    const Lines lines = borders(field);
    REQUIRE(lines.size() == 3);
    double length = 0;
    for (const auto& line : lines) {
      const bool meets = std::min(std::hypot(line.front().x, line.front().y),
                                  std::hypot(line.back().x, line.back().y)) < 0.05;
      CHECK(meets);
      for (std::size_t i = 1; i < line.size(); ++i)
        length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
    // Down to y = -2, and twice along x = 1.5 y up to x = 2.
    const double expected = 2 + 2 * std::hypot(2, 2 / 1.5);
    CHECK(length == doctest::Approx(expected).epsilon(0.02));
  }

  TEST_CASE("two outputs have the border that their difference has") {
    const Grid grid = grid_of(31);
    const auto f = values_of(grid, [](double x, double y) { return x * x + y * y - 1.1; });
    OutputField field{grid, 2, f};
    field.values.resize(2 * grid.size(), 0);
    CHECK(borders(field) == contour(grid, f, 0));
  }

  TEST_CASE("predictions agree with the trainer's own scores") {
    for (const Document& document : {spiral(), exclusive_or(), sine()}) {
      const Snapshot snapshot = trained(document, 300);
      Tasks tasks(1);
      Trainer<float> trainer(saved(snapshot), snapshot.data, tasks);
      const Score score = trainer.score_test();
      const Predictions found = predict(snapshot, snapshot.data->test);
      const auto count = static_cast<double>(found.samples.size());
      double loss = 0;
      for (const double l : found.losses) loss += l;
      CHECK(loss / count == doctest::Approx(score.loss).epsilon(1e-6));
      CHECK(found.meaning.decides() == score.has_accuracy);
      if (!score.has_accuracy) continue;
      CHECK(1 - static_cast<double>(found.wrong()) / count == doctest::Approx(score.accuracy));
      for (std::size_t i = 0; i < found.samples.size(); ++i) {
        CHECK((found.chosen[i] == found.labels[i]) == (found.right[i] != 0));
        CHECK(found.labels[i] == snapshot.data->classes[found.samples[i]]);
        CHECK((found.shares(i)[1] > 0.5) == (found.chosen[i] == 1));
      }
    }
  }

  TEST_CASE("a known network is wrong where it must be") {
    const std::string unit =
        R"({"input": [2], "nodes": [{"id": "out", "type": "dense", "units": 1}]})";
    const std::string points = R"("inputs": {"shape": [4, 2], "data": [1, 0, 2, 0, -1, 0, -2, 0]},
        "targets": {"shape": [4, 1], "data": [1, 0, 0, 0]})";
    Document document = with_points(unit, "bce_logits", points);
    document.weights["out.weight"] = {{1, 2}, {1, 0}};
    document.weights["out.bias"] = {{1}, {0}};
    Tasks tasks(1);
    const Snapshot snapshot = snapshot_of(document, 0, tasks);
    const Predictions found = predict(snapshot, snapshot.data->train);
    CHECK(found.wrong() == 1);
    CHECK(found.chosen == std::vector<int>{1, 1, 0, 0});
    CHECK(found.shares(0)[1] == doctest::Approx(1 / (1 + std::exp(-1.0))));
  }

  TEST_CASE("what outputs mean follows from the loss") {
    const auto meaning = [](const std::string& data, int outputs, const std::string& loss) {
      Tasks tasks(1);
      return meaning_of(snapshot_of(
          document_from_json(parse_json(
              R"({"crease": 1, )" +
              (data.empty() ? "" : R"("data": {"source": ")" + data + R"("},)") +
              R"("network": {"input": [2], "nodes": [{"id": "out", "type": "dense", "units": )" +
              std::to_string(outputs) + R"(}]}, "training": {"loss": {"type": ")" + loss +
              R"("}}})")),
          0, tasks));
    };
    const auto shares = [](const Meaning& what, std::vector<float> y) {
      std::vector<double> to(static_cast<std::size_t>(what.classes()));
      what.shares(y.data(), 1, to);
      return to;
    };
    CHECK(meaning("xor", 1, "bce_logits").threshold() == 0);
    CHECK(meaning("xor", 1, "bce").threshold() == 0.5);
    CHECK(meaning("xor", 1, "mse").has_probabilities() == false);
    CHECK(shares(meaning("xor", 1, "mse"), {0.5F})[1] == doctest::Approx(0.75));
    CHECK(shares(meaning("xor", 1, "mse"), {7})[1] == 1);
    CHECK(meaning("xor", 2, "cross_entropy_logits").classes() == 2);
    CHECK(shares(meaning("xor", 2, "cross_entropy_logits"), {1, 1})[0] == doctest::Approx(0.5));
    CHECK(shares(meaning("xor", 2, "mse"), {-3, 2})[1] == 1);
    CHECK(std::isnan(shares(meaning("xor", 1, "bce_logits"), {std::nanf("")})[0]));
    CHECK(std::isnan(shares(meaning("xor", 2, "cross_entropy_logits"), {std::nanf(""), 1})[0]));
    // Without data only the loss can tell.
    CHECK(meaning("", 1, "bce_logits").decides());
    CHECK(meaning("", 3, "cross_entropy_logits").classes() == 3);
    CHECK_FALSE(meaning("", 1, "mse").decides());
  }

  TEST_CASE("activations of one sample are the nodes' outputs in evaluate") {
    const Snapshot snapshot = trained(digits(20), 0);
    const auto outputs = activations_of(snapshot, 17);
    REQUIRE(outputs.size() == snapshot.plan->nodes.size());
    Tensor input{{1, 1, 28, 28}, {}};
    for (std::size_t i = 0; i < 784; ++i)
      input.data.push_back(snapshot.data->bytes[17 * 784 + i] / 255.0);
    Document document = saved(snapshot);
    while (!document.network.nodes.empty()) {
      const std::size_t node = document.network.nodes.size() - 1;
      const Tensor expected = evaluate(document, input);
      REQUIRE(expected.data.size() == outputs[node].size());
      double largest = 0;
      for (std::size_t i = 0; i < outputs[node].size(); ++i)
        largest =
            std::max(largest, std::abs(static_cast<double>(outputs[node][i]) - expected.data[i]));
      CHECK(largest < 1e-4);
      std::erase_if(document.weights, [&](const auto& entry) {
        return entry.first.starts_with(document.network.nodes[node].id + ".");
      });
      document.network.nodes.pop_back();
    }
  }
}
