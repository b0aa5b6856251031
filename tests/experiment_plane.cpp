/// Small networks on the plane: how often XOR is solved, TensorFlow Playground's own settings,
/// symmetry, dead units, and a wrong start. Ranges were measured with another framework.
#include <Eigen/Cholesky>

#include "experiment.h"
#include "probe/unit_fields.h"

using namespace crease;
using namespace crease::experiment;

namespace {

Document xor4(const std::string& source, const std::vector<int>& hidden,
              const std::string& activation, const std::string& initialiser = "xavier_uniform") {
  return document(R"({"source": ")" + source + R"("})", "[2]", layers(hidden, activation),
                  R"("loss": {"type": "bce_logits"}, "batch": "full", "initialiser": {"type": ")" +
                      initialiser + R"("}, "optimiser": {"type": "sgd", "rate": 0.5})");
}

/// The share of 200 seeds that end with all four points right.
double solved(const std::string& source, int units, const std::string& activation, long steps) {
  const Document d = xor4(source, {units}, activation);
  const auto data = data_of(d);
  int count = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed)
    trained(d, data, steps, seed,
            [&](Trainer<float>& t) { count += t.score_training().accuracy == 1 ? 1 : 0; });
  const double share = count / 200.0;
  MESSAGE(source, " 2-", units, "-1 ", activation, ": solved ", share);
  return share;
}

/// Two samples of 200 of the same share differ by less than this in all but 3 of 1000 cases.
void check_share(double found, double expected) {
  const double spread = std::sqrt(2 * expected * (1 - expected) / 200);
  CHECK(std::abs(found - expected) <= 3 * spread + 0.02);
}

Document playground(const std::string& source, const std::vector<int>& hidden,
                    const std::string& activation) {
  return document(R"({"source": ")" + source + R"(", "seed": 0})", "[2]",
                  layers(hidden, activation, 1, "tanh"),
                  R"("loss": {"type": "half_mse"}, "batch": 10,
                     "initialiser": {"type": "uniform", "range": 0.5, "bias": 0.1},
                     "optimiser": {"type": "sgd", "rate": 0.03})");
}

Document logits(const std::string& source, const std::vector<int>& hidden,
                const std::string& activation, const std::string& optimiser,
                const std::string& initialiser = "xavier_uniform") {
  return document(R"({"source": ")" + source + R"(", "seed": 0})", "[2]",
                  layers(hidden, activation),
                  R"("loss": {"type": "bce_logits"}, "batch": 10, "initialiser": {"type": ")" +
                      initialiser + R"("}, "optimiser": )" + optimiser);
}

const std::string sgd = R"({"type": "sgd", "rate": 0.03})";
const std::string adam = R"({"type": "adam", "rate": 0.01})";

double dead_share(Trainer<float>& trainer, const DataSet& data) {
  const UnitActivity activity =
      unit_activity(trainer.plan(), trainer.parameters(), data, data.train);
  double dead = 0, all = 0;
  for (std::size_t n = 0; n + 1 < activity.nodes.size(); ++n)
    for (const auto& unit : activity.nodes[n]) {
      dead += unit.on == 0 ? 1 : 0;
      all += 1;
    }
  return dead / all;
}

/// The least loss that one unit can have on the training part: logistic regression by Newton's
/// method.
double least_line_loss(const DataSet& data) {
  const auto count = static_cast<Eigen::Index>(data.train.size());
  Eigen::MatrixX3d x(count, 3);
  Eigen::ArrayXd t(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::size_t sample = data.train[static_cast<std::size_t>(i)];
    x.row(i) << data.values.col(static_cast<Eigen::Index>(sample)).transpose(), 1;
    t(i) = data.classes[sample];
  }
  Eigen::Vector3d w = Eigen::Vector3d::Zero();
  for (int step = 0; step < 30; ++step) {
    const Eigen::ArrayXd p = 1 / (1 + (-(x * w).array()).exp());
    const Eigen::Matrix3d curvature = x.transpose() * (p * (1 - p)).matrix().asDiagonal() * x;
    w -= curvature.ldlt().solve(x.transpose() * (p - t).matrix());
  }
  const Eigen::ArrayXd z = (x * w).array();
  return ((1 + z.exp()).log() - t * z).mean();
}

/// One unit on two clouds from the weights (-3, -3), by gradient descent at .1: the steps until
/// 99 % are right, `most` at most, and the first gradient's norm.
struct WrongStart {
  double steps = 0, first_gradient = 0;
};

WrongStart wrong_start(const std::string& last, const std::string& loss, std::uint64_t draw,
                       int most) {
  Document d =
      document(R"({"source": "gauss", "test_fraction": 0})", "[2]", layers({}, "tanh", 1, last),
               fmt::format(R"("loss": {{"type": "{}"}}, "batch": "full",
                              "optimiser": {{"type": "sgd", "rate": 0.1}})",
                           loss));
  d.data->seed = draw;
  d.weights["out.weight"] = Tensor{{1, 2}, {-3, -3}};
  d.weights["out.bias"] = Tensor{{1}, {0}};
  // Targets 0 and 1 for both losses, as the deck has them.
  auto data = std::make_shared<DataSet>(*data_of(d));
  const std::vector<int> classes = std::exchange(data->classes, {});
  data->targets.resize(1, static_cast<Eigen::Index>(classes.size()));
  for (std::size_t i = 0; i < classes.size(); ++i)
    data->targets(0, static_cast<Eigen::Index>(i)) = classes[i];
  data->class_count = 0;
  data->targets_as_given = true;
  Tasks tasks(1);
  Trainer<double> trainer(d, data, tasks);
  const auto right = [&] {
    const Tensors w = trainer.document().weights;
    const auto& weight = w.at("out.weight").data;
    std::size_t count = 0;
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const auto x = data->values.col(static_cast<Eigen::Index>(i));
      const double z = weight[0] * x(0) + weight[1] * x(1) + w.at("out.bias").data[0];
      count += (z > 0) == (classes[i] == 1) ? 1 : 0;
    }
    return static_cast<double>(count) / static_cast<double>(classes.size());
  };
  WrongStart found;
  while (found.steps < most && right() < 0.99) {
    trainer.step();
    if (++found.steps > 1) continue;
    for (const double g : trainer.gradient())
      found.first_gradient = std::hypot(found.first_gradient, g);
  }
  return found;
}

}  // namespace

TEST_SUITE("experiments") {
  TEST_CASE("E1: how often four points are solved, of 200 seeds") {
    check_share(solved("xor4", 2, "tanh", 5000), 0.585);
    check_share(solved("xor4", 3, "tanh", 5000), 0.95);
    check_share(solved("xor4", 4, "tanh", 5000), 0.99);
    check_share(solved("xor4", 8, "tanh", 5000), 1);
    check_share(solved("xor4", 2, "relu", 5000), 0.195);
    check_share(solved("xor4", 3, "relu", 5000), 0.405);
    check_share(solved("xor4", 4, "relu", 5000), 0.59);
    check_share(solved("xor4", 8, "relu", 5000), 0.905);
    check_share(solved("xor4_signed", 2, "tanh", 2000), 0.615);
    check_share(solved("xor4_signed", 3, "tanh", 2000), 0.965);
    check_share(solved("xor4_signed", 4, "tanh", 2000), 1);
    check_share(solved("xor4_signed", 2, "relu", 2000), 0.27);
    check_share(solved("xor4_signed", 3, "relu", 2000), 0.605);
    check_share(solved("xor4_signed", 4, "relu", 2000), 0.825);
    const Document one = xor4("xor4", {}, "tanh");
    trained(one, data_of(one), 5000, 1, [](Trainer<float>& t) {
      CHECK(t.score_training().loss == doctest::Approx(std::log(2.0)).epsilon(1e-4));
    });
  }

  TEST_CASE("E2: TensorFlow Playground's settings") {
    const auto of = [](const char* name, const Document& d, long epochs) {
      return scores(fmt::format("{} {} epochs", name, epochs), d, epochs, Of::test_accuracy);
    };
    const Document circle = playground("circle", {4, 2}, "tanh");
    check_range(of("circle tanh", circle, 50), 0.864, 0.996);
    check_range(of("circle tanh", circle, 200), 0.892, 1);
    check_range(of("circle tanh", circle, 500), 1, 1);
    check_range(of("circle relu", playground("circle", {4, 2}, "relu"), 50), 1, 1);
    check_range(of("circle sigmoid", playground("circle", {4, 2}, "sigmoid"), 50), 0.488, 0.628);
    check_range(of("circle sigmoid", playground("circle", {4, 2}, "sigmoid"), 500), 0.656, 1);
    check_range(of("xor tanh", playground("xor", {4, 2}, "tanh"), 100), 0.972, 1);
    check_range(of("xor tanh", playground("xor", {4, 2}, "tanh"), 200), 1, 1);
    check_range(of("gauss", playground("gauss", {}, "tanh"), 50), 1, 1);
    const Document spiral = playground("spiral", {8, 8}, "tanh");
    check_range(of("spiral tanh", spiral, 200), 0.58, 0.64);
    check_range(of("spiral tanh", spiral, 500), 0.68, 0.93);
    const Document folded = playground("spiral", {8, 8}, "relu");
    check_range(of("spiral relu", folded, 200), 0.64, 0.71);
    check_range(of("spiral relu", folded, 500), 0.78, 0.98);
  }

  TEST_CASE("E3: logits, 100 epochs: what each further unit buys") {
    const auto of = [](const char* source, const std::vector<int>& hidden) {
      return scores(fmt::format("{} with {} units", source, hidden.empty() ? 0 : hidden[0]),
                    logits(source, hidden, "tanh", sgd), 100, Of::test_accuracy);
    };
    check_range(of("circle", {2}), 0.82, 0.85);
    check_range(of("circle", {3}), 0.92, 1);
    check_range(of("circle", {4}), 0.90, 0.98);
    check_range(of("xor", {}), 0.37, 0.59);
    check_range(of("xor", {2}), 0.62, 0.92);
    check_range(of("xor", {4}), 0.89, 0.99);
  }

  // The reference's .60 to .61 on the test part is one draw of the circle: in PyTorch a hundred
  // draws give .29 to .69, mean .504, standard deviation .10. A straight line has one best place,
  // though.
  TEST_CASE("E3: one unit on the circle finds the best straight line there is") {
    const Document d = logits("circle", {}, "tanh", sgd);
    double far = 0;
    const Spread test = seeds(50, "circle with 0 units", [&](std::uint64_t seed) {
      Document mine = d;
      mine.data->seed = seed;
      const auto data = data_of(mine);
      double accuracy = 0;
      trained(mine, data, 2500, seed, [&](Trainer<float>& t) {
        const double more = t.score_training().loss - least_line_loss(*data);
        CHECK(more >= -1e-6);
        far = std::max(far, more);
        accuracy = t.score_test().accuracy;
      });
      return accuracy;
    });
    MESSAGE("at most ", far, " above the least loss of a line");
    CHECK(far < 0.003);  // PyTorch: .0013 in fifty draws
    CHECK(std::abs(test.mean() - 0.504) < 3 * 0.10 * std::sqrt(1 / 50.0 + 1 / 100.0));
  }

  TEST_CASE("E4: the spiral, 200 epochs of Adam") {
    const auto of = [](const std::vector<int>& hidden, const char* activation,
                       const std::string& optimiser, const char* initialiser = "xavier_uniform",
                       int count = 5) {
      return scores(fmt::format("spiral {} layers of {}, {}", hidden.size(), hidden[0], activation),
                    logits("spiral", hidden, activation, optimiser, initialiser), 200,
                    Of::test_accuracy, count);
    };
    check_range(of({8, 8}, "relu", adam, "he_normal"), 0.844, 0.996);
    check_range(of({8, 8}, "tanh", adam), 0.82, 0.92);
    check_range(of({8, 8}, "sigmoid", adam), 0.58, 0.71);
    check_range(of({16, 16}, "tanh", adam), 0.936, 0.992);
    check_range(of({32}, "tanh", adam), 0.67, 0.75);
    // In PyTorch the middle 90 of a hundred splits of the spiral give .60 to .74, median .672.
    check_range(of({8}, "tanh", adam, "xavier_uniform", 51), 0.61, 0.67);
    check_range(of({8, 8}, "tanh", sgd), 0.59, 0.64);
  }

  TEST_CASE("E5: equal units stay equal for ever") {
    const auto run = [](const std::string& initialiser, std::uint64_t seed) {
      Document d = xor4("xor4", {4}, "tanh");
      d.training.initialiser = document(R"({"source": "xor4"})", "[2]", layers({4}, "tanh"),
                                        R"("initialiser": )" + initialiser)
                                   .training.initialiser;
      Score score;
      double spread = 0;
      trained(d, data_of(d), 3000, seed, [&](Trainer<float>& t) {
        score = t.score_training();
        const std::vector<double> w = t.document().weights.at("h1.weight").data;
        for (std::size_t u = 2; u < w.size(); u += 2)
          spread = std::max({spread, std::abs(w[u] - w[0]), std::abs(w[u + 1] - w[1])});
      });
      MESSAGE(initialiser, ": loss ", score.loss, ", accuracy ", score.accuracy, ", spread ",
              spread);
      return std::tuple(score, spread);
    };
    const auto [half, half_spread] = run(R"({"type": "constant", "value": 0.5})", 1);
    CHECK(half.accuracy == 0.75);
    CHECK(half.loss == doctest::Approx(0.4799).epsilon(0.001));
    CHECK(half_spread == 0);
    const auto [zero, zero_spread] = run(R"({"type": "zeros"})", 1);
    CHECK(zero.loss == doctest::Approx(std::log(2.0)).epsilon(1e-4));
    CHECK(zero_spread == 0);
    CHECK(std::get<0>(run(R"({"type": "normal", "std": 0.01})", 1)).loss ==
          doctest::Approx(std::log(2.0)).epsilon(1e-3));
    std::vector<double> losses;
    for (std::uint64_t seed = 1; seed <= 5; ++seed)
      losses.push_back(std::get<0>(run(R"({"type": "xavier_uniform"})", seed)).loss);
    std::sort(losses.begin(), losses.end());
    CHECK(losses[2] < 0.0037);
  }

  TEST_CASE("E6: units that never fire again") {
    const auto of = [](const std::vector<int>& hidden, const char* activation, double rate,
                       const std::string& initialiser, long epochs, bool dead) {
      Document d = logits("circle", hidden, activation,
                          fmt::format(R"({{"type": "sgd", "rate": {}}})", rate));
      d.training.initialiser = document(R"({"source": "circle"})", "[2]", layers({4}, "relu"),
                                        R"("initialiser": )" + initialiser)
                                   .training.initialiser;
      return five_seeds(fmt::format("{} rate {}: {}", activation, rate, dead ? "dead" : "accuracy"),
                        [&](std::uint64_t seed) {
                          d.data->seed = seed;
                          const auto data = data_of(d);
                          double value = 0;
                          trained(d, data, epochs * 25, seed, [&](Trainer<float>& t) {
                            value = dead ? dead_share(t, *data) : t.score_test().accuracy;
                          });
                          return value;
                        });
    };
    const std::string he = R"({"type": "he_normal"})";
    check_range(of({16, 16}, "relu", 0.03, he, 20, true), 0, 0.06);
    check_range(of({16, 16}, "relu", 0.03, he, 20, false), 0.97, 1);
    check_range(of({16, 16}, "relu", 0.3, he, 20, true), 0, 0.09);
    check_range(of({16, 16}, "relu", 1.0, he, 20, true), 0.125, 0.25);
    check_range(of({16, 16}, "relu", 3.0, he, 20, true), 0.41, 0.56);
    check_range(of({16, 16}, "relu", 3.0, he, 20, false), 0.5, 0.5);
    check_range(of({16, 16}, "leaky_relu", 0.3, he, 20, true), 0, 0.125);
    const std::string sunk = R"({"type": "xavier_uniform", "bias": -20})";
    check_range(of({8}, "relu", 0.03, sunk, 50, true), 1, 1, 0);
    check_range(of({8}, "relu", 0.03, sunk, 50, false), 0.488, 0.488);
  }

  TEST_CASE("E14: a wrong start: cross entropy against squared error on a probability") {
    // The gradient is that of a few points near the boundary: it spreads, so the draws are fifty.
    // PyTorch, 200 draws: 16 or 17 steps; medians 2.83 and 4.18e-4 (of half the squared error).
    std::vector<WrongStart> entropy, squared;
    for (std::uint64_t draw = 1; draw <= 50; ++draw) {
      entropy.push_back(wrong_start("identity", "bce_logits", draw, 2000));
      squared.push_back(wrong_start("sigmoid", "half_mse", draw, draw <= 5 ? 2000 : 1));
    }
    const auto all = [](const char* name, const std::vector<WrongStart>& runs, auto member) {
      return seeds(static_cast<int>(runs.size()), name,
                   [&](std::uint64_t seed) { return runs[seed - 1].*member; });
    };
    const Spread steps = all("cross entropy: steps", entropy, &WrongStart::steps);
    CHECK(steps.values.front() >= 15);
    CHECK(std::abs(steps.median() - 16) <= 1);
    CHECK(steps.values.back() <= 18);
    CHECK(all("cross entropy: first gradient", entropy, &WrongStart::first_gradient).median() ==
          doctest::Approx(2.84).epsilon(0.01));
    CHECK(all("squared error: first gradient", squared, &WrongStart::first_gradient).median() ==
          doctest::Approx(4.2e-4).epsilon(0.1));
    for (std::size_t i = 0; i < 5; ++i) CHECK(squared[i].steps == 2000);
  }
}
