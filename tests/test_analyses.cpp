/// Analyses with numbers of their own: numerical differentiation, least squares, the distance of
/// two batches; and data whose targets are its inputs.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "probe/least_squares.h"
#include "probe/mmd.h"
#include "probe/numerical_gradient.h"
#include "train/trainer.h"

using namespace crease;
using doctest::Approx;

namespace {

Document document(const std::string& input, const std::string& nodes, const std::string& training,
                  const std::string& data) {
  return document_from_json(parse_json(R"({"crease": 1, "data": )" + data +
                                       R"(, "network": {"input": )" + input + R"(, "nodes": [)" +
                                       nodes + R"(]}, "training": )" + training + "}"));
}

std::shared_ptr<const DataSet> data_of(const Document& d) {
  return std::make_shared<const DataSet>(make_data(*d.data, d.folder));
}

const std::string unit = R"({"id": "out", "type": "dense", "units": 1})";

Document line() {
  return document("[1]", unit, R"({"loss": {"type": "mse", "reduction": "sum"}, "batch": "full",
                  "optimiser": {"type": "sgd", "rate": 0.03}})",
                  R"({"source": "udl_line", "test_fraction": 0})");
}

template <class T>
GradientComparison at_step(double h, bool central) {
  const Document d =
      document("[2]", R"({"id": "h", "type": "dense", "units": 6, "activation": "tanh"},
      {"id": "b", "type": "batch_norm"}, {"id": "d", "type": "dropout", "rate": 0.3},
      {"id": "out", "type": "dense", "units": 1})",
               R"({"loss": {"type": "bce_logits"}})", R"({"source": "circle", "samples": 100})");
  const auto data = data_of(d);
  return compare_gradients<T>(d, data, data->train, {.step = h, .central = central});
}

}  // namespace

TEST_SUITE("analyses") {
  TEST_CASE("differences: the error is a V over the step, lowest where theory says") {
    // Truncation falls with h (forward) or h^2 (central), rounding rises with 1/h: the best steps
    // are near the square and the cube root of the machine's epsilon.
    const auto best = [](bool central) {
      double least = 1, where = 0;
      for (int power = -12; power <= -1; ++power) {
        const double h = std::pow(10.0, power), error = at_step<double>(h, central).relative;
        if (error < least) least = error, where = h;
      }
      CHECK(at_step<double>(1e-1, central).relative > 100 * least);
      CHECK(at_step<double>(1e-12, central).relative > 100 * least);
      return where;
    };
    const double forward = best(false), central = best(true);
    CHECK(forward >= 0.99e-9);
    CHECK(forward <= 1.01e-7);
    CHECK(central >= 0.99e-7);
    CHECK(central <= 1.01e-4);
    CHECK(at_step<double>(central, true).worst < 1e-8);
    CHECK(at_step<double>(central, true).relative < at_step<double>(forward, false).relative);
  }

  TEST_CASE("differences: in float the floor is higher at every step; their cost is counted") {
    for (const double h : {1e-7, 1e-6, 1e-5, 1e-4, 1e-3})
      CHECK(at_step<float>(h, true).relative > at_step<double>(h, true).relative);
    CHECK(at_step<float>(1e-2, true).relative < 1e-2);
    CHECK(at_step<float>(1e-12, true).relative == 1);  // the step is swallowed
    const long parameters = 2 * 6 + 6 + 6 + 6 + 6 + 1;
    CHECK(at_step<double>(1e-5, true).evaluations == 2 * parameters);
    CHECK(at_step<double>(1e-5, false).evaluations == parameters + 1);
    CHECK_THROWS_AS(at_step<double>(0, true), Problem);
  }

  TEST_CASE("least squares: the book's line, and where descent comes to rest") {
    Document d = line();
    const auto data = data_of(d);
    const Tensors best = least_squares(d, *data);
    CHECK(best.at("out.weight").data[0] == Approx(0.52223).epsilon(1e-5));
    CHECK(best.at("out.bias").data[0] == Approx(0.82595).epsilon(1e-5));
    Document solved = d;
    solved.weights = best;
    Tasks tasks(1);
    CHECK(Trainer<double>(solved, data, tasks).score_training().loss ==
          Approx(0.199866).epsilon(1e-5));
    Trainer<double> descent(d, data, tasks);
    for (int i = 0; i < 2000; ++i) descent.step();
    for (const auto& [name, tensor] : descent.document().weights)
      CHECK(tensor.data[0] == Approx(best.at(name).data[0]).epsilon(1e-9));
    // Above 2 / 50.03 the sum diverges.
    const auto after = [&](double rate) {
      d.training.optimiser = Sgd{.rate = rate};
      Trainer<double> t(d, data, tasks);
      for (int i = 0; i < 3000; ++i) t.step();
      return t.divergence().empty() ? t.score_training().loss : 1e300;
    };
    CHECK(after(0.0399) < 0.2);
    CHECK(after(0.0401) > 1e6);
  }

  TEST_CASE("least squares: several outputs, classes, no bias; the gradient there is 0") {
    for (const char* nodes :
         {R"({"id": "f", "type": "flatten"}, {"id": "out", "type": "dense", "units": 10})",
          R"({"id": "out", "type": "dense", "units": 10, "bias": false})"}) {
      Document d = document("[40]", nodes, R"({"loss": {"type": "half_mse"}, "batch": "full"})",
                            R"({"source": "mnist1d", "samples": 300})");
      const auto data = data_of(d);
      d.weights = least_squares(d, *data);
      Tasks tasks(1);
      Trainer<double> trainer(d, data, tasks);
      trainer.step();
      for (const double g : trainer.gradient()) CHECK(std::abs(g) < 1e-10);
    }
  }

  TEST_CASE("least squares: what has no closed form says what it would need") {
    const auto why = [](const std::string& nodes, const std::string& training) {
      return no_closed_form(document("[1]", nodes, training, R"({"source": "line"})"));
    };
    CHECK(why(unit, "{}").empty());
    CHECK(why(unit, R"({"loss": {"type": "bce_logits"}})").find("mse") != std::string::npos);
    CHECK(why(R"({"id": "h", "type": "dense", "units": 2},)" + unit, "{}").find("linear model") !=
          std::string::npos);
    CHECK(why(R"({"id": "h", "type": "dense", "units": 1, "activation": "relu"})", "{}") != "");
    CHECK(why(unit, R"({"optimiser": {"type": "adam", "weight_decay": 1}})") != "");
  }

  TEST_CASE("mmd: 0 for the same batch, the kernel's own numbers, growing with a shift") {
    const auto normal = [](int count, double shift, const char* stream) {
      Random random(3, stream);
      Eigen::MatrixXd batch(2, count);
      for (double& value : batch.reshaped()) value = random.normal() + shift;
      return batch;
    };
    const Eigen::MatrixXd a = normal(200, 0, "a");
    CHECK(squared_mmd(a, a, 1) < 1e-15);
    const Eigen::MatrixXd p = Eigen::Vector2d(0, 0), q = Eigen::Vector2d(3, 4);
    CHECK(squared_mmd(p, q, 5) == Approx(2 - 2 * std::exp(-0.5)));
    CHECK(median_distance(p, q) == 5);
    CHECK(median_distance(p, p) == 1);
    // Of N(0, 1) and N(m, 1) in two dimensions with kernel width s: 2 (s^2/(s^2 + 2)) (1 -
    // exp(-2 m^2 / (2 (s^2 + 2)))), apart from what the finite batches add.
    double before = 0;
    for (const double m : {0.0, 0.5, 1.0, 2.0}) {
      const double found = squared_mmd(normal(600, 0, "a"), normal(600, m, "b"), 1);
      CHECK(found == Approx(2.0 / 3 * (1 - std::exp(-m * m / 3))).epsilon(0.03));
      CHECK(found > before);
      before = found;
    }
    CHECK_THROWS_AS(squared_mmd(a, Eigen::MatrixXd(3, 2), 1), Problem);
    CHECK_THROWS_AS(squared_mmd(a, a, 0), Problem);
    CHECK_THROWS_AS(squared_mmd(a, Eigen::MatrixXd(2, 0), 1), Problem);
  }

  TEST_CASE("reconstruct: the targets are the inputs as the network reads them") {
    Document d = document("[40]", R"({"id": "code", "type": "dense", "units": 2},
                                     {"id": "out", "type": "dense", "units": 40})",
                          R"({"optimiser": {"type": "adam", "rate": 0.01}})",
                          R"({"source": "mnist1d", "samples": 200, "standardise": true,
                              "shuffle_features": true, "reconstruct": true})");
    const auto data = data_of(d);
    CHECK(!data->is_classification());
    CHECK(data->targets == data->values);
    Tasks tasks(1);
    Trainer<float> trainer(d, data, tasks);
    const double before = trainer.score_training().loss;
    for (int i = 0; i < 300; ++i) trainer.step();
    CHECK(trainer.score_training().loss < 0.8 * before);
    CHECK(document_from_json(document_to_json(d)).data->reconstruct);
    // Images of bytes, too, pixel by pixel.
    const Document images =
        document("[1, 28, 28]", R"({"id": "c", "type": "conv2d", "channels": 1,
        "padding": 1})",
                 "{}", R"({"source": "mnist", "samples": 20, "reconstruct": true})");
    const auto pixels = data_of(images);
    CHECK(pixels->targets(400, 3) == pixels->bytes[3 * 784 + 400] / 255.0);
    Trainer<float>(images, pixels, tasks).step();
  }
}
