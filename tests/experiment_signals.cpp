/// MNIST-1D and MNIST: published accuracies, depth with and without skips, optimisers,
/// normalisation under a bad start, autoencoders. Ranges were measured with another framework; the
/// signals here are another draw of the same recipe.
#include <Eigen/SVD>

#include "experiment.h"

using namespace crease;
using namespace crease::experiment;

namespace {

const std::string classes = R"("loss": {"type": "cross_entropy_logits"}, "batch": 100)";

Document signals(const std::string& nodes, const std::string& training,
                 const std::string& more = "", const std::string& input = "[40]") {
  return document(R"({"source": "mnist1d")" + more + "}", input, nodes, classes + ", " + training);
}

const std::string adam = R"("optimiser": {"type": "adam", "rate": 0.01},
  "initialiser": {"type": "torch"})";

const std::string convolutions = R"(
  {"id": "c1", "type": "conv2d", "channels": 25, "kernel": [1, 5], "stride": [1, 2], "padding": [0, 1], "activation": "relu"},
  {"id": "c2", "type": "conv2d", "channels": 25, "kernel": [1, 3], "stride": [1, 2], "padding": [0, 1], "activation": "relu"},
  {"id": "c3", "type": "conv2d", "channels": 25, "kernel": [1, 3], "stride": [1, 2], "padding": [0, 1], "activation": "relu"},
  {"id": "out", "type": "dense", "units": 10})";

/// A first layer, `blocks` times z + W2 relu(W1 z) with W2 = 0 at the start, and a last layer.
std::string residual(int blocks) {
  std::string nodes = R"({"id": "z0", "type": "dense", "units": 32}, )";
  for (int b = 1; b <= blocks; ++b)
    nodes += fmt::format(
        R"({{"id": "a{0}", "type": "dense", "units": 32, "activation": "relu"}},
           {{"id": "b{0}", "type": "dense", "units": 32, "initialiser": {{"type": "zeros"}}}},
           {{"id": "z{0}", "type": "add", "inputs": ["z{1}", "b{0}"]}}, )",
        b, b - 1);
  return nodes + R"({"id": "out", "type": "dense", "units": 10})";
}

/// 6 layers of 50 ReLU units, a node of type `norm` before each activation.
std::string normalised(const std::string& norm) {
  std::string nodes;
  for (int i = 1; i <= 6; ++i) {
    nodes += fmt::format(R"({{"id": "h{}", "type": "dense", "units": 50}}, )", i);
    if (!norm.empty()) nodes += fmt::format(R"({{"id": "n{}", "type": "{}"}}, )", i, norm);
    nodes += fmt::format(R"({{"id": "a{}", "type": "activation", "function": "relu"}}, )", i);
  }
  return nodes + R"({"id": "out", "type": "dense", "units": 10})";
}

}  // namespace

TEST_SUITE("experiments") {
  TEST_CASE("E10: MNIST-1D, 6000 steps of Adam: linear, MLP, CNN, CNN on shuffled inputs") {
    constexpr long epochs = 150;
    const auto test = Of::test_accuracy;
    check_range(scores("linear", signals(layers({}, "relu", 10), adam), epochs, test), 0.26, 0.37,
                0);
    check_range(scores("MLP", signals(layers({100, 100}, "relu", 10), adam), epochs, test), 0.61,
                0.72, 0);
    check_range(scores("CNN", signals(convolutions, adam, "", "[1, 1, 40]"), epochs, test), 0.91,
                0.96, 0);
    check_range(scores("CNN, shuffled",
                       signals(convolutions, adam, R"(, "shuffle_features": true)", "[1, 1, 40]"),
                       75, test),
                0.50, 0.65, 0);
  }

  TEST_CASE("E9: fifty layers, plain and with skips: the training error") {
    const auto of = [](const char* name, const std::string& nodes, double rate, Of what) {
      return scores(
          fmt::format("{} rate {} {}", name, rate, what == Of::test_accuracy ? "test" : "training"),
          signals(nodes, fmt::format(R"("initialiser": {{"type": "he_normal"}},
          "optimiser": {{"type": "sgd", "rate": {}, "momentum": 0.9}})",
                                     rate)),
          20, what);
    };
    const std::string plain = layers(std::vector<int>(50, 32), "relu", 10);
    check_range(of("plain 50", plain, 0.003, Of::training_accuracy), 0.30, 0.39);
    check_range(
        of("plain 4", layers(std::vector<int>(4, 32), "relu", 10), 0.003, Of::training_accuracy),
        0.42, 0.45);
    check_range(of("residual 50", residual(25), 0.003, Of::training_accuracy), 0.80, 0.82);
    check_range(of("residual 50", residual(25), 0.003, Of::test_accuracy), 0.59, 0.63);
    check_range(of("residual 50", residual(25), 0.01, Of::training_accuracy), 0.83, 0.88);
    check_range(of("residual 50", residual(25), 0.01, Of::test_accuracy), 0.62, 0.66);
  }

  TEST_CASE("E13: optimisers: the training loss after ten epochs") {
    const auto of = [](const std::string& optimiser) {
      return scores(optimiser,
                    signals(layers({100, 100}, "relu", 10),
                            R"("initialiser": {"type": "torch"}, "optimiser": )" + optimiser),
                    10, Of::training_loss);
    };
    check_range(of(R"({"type": "sgd", "rate": 0.05})"), 1.64, 1.65);
    check_range(of(R"({"type": "sgd", "rate": 0.05, "momentum": 0.9})"), 0.85, 0.88);
    check_range(of(R"({"type": "adagrad", "rate": 0.01})"), 1.14, 1.16);
    check_range(of(R"({"type": "rmsprop", "rate": 0.001})"), 1.05, 1.09);
    check_range(of(R"({"type": "adam", "rate": 0.001})"), 1.12, 1.14);
  }

  TEST_CASE("E16: normalisation under a bad start") {
    const auto of = [](const std::string& norm, const std::string& start) {
      return scores(fmt::format("{} from {}", norm.empty() ? "plain" : norm, start),
                    signals(normalised(norm),
                            R"("optimiser": {"type": "sgd", "rate": 0.05, "momentum": 0.9},
                               "initialiser": )" +
                                start),
                    5, Of::training_accuracy);
    };
    const std::string tiny = R"({"type": "normal", "std": 0.01})";
    const std::string wide = R"({"type": "normal", "std": 0.5})";
    check_range(of("", tiny), 0.10, 0.10);
    check_range(of("batch_norm", tiny), 0.51, 0.54);
    check_range(of("layer_norm", tiny), 0.10, 0.28);
    CHECK(std::isnan(of("", wide).median()));
    check_range(of("batch_norm", wide), 0.51, 0.54);
    check_range(of("", R"({"type": "he_normal"})"), 0.47, 0.56);
  }

  TEST_CASE("E18: a linear autoencoder finds what principal components leave") {
    for (const int k : {1, 2, 5, 10}) {
      Document d = document(R"({"source": "mnist1d", "reconstruct": true})", "[40]",
                            layers({k}, "identity", 40),
                            R"("batch": "full", "optimiser": {"type": "adam", "rate": 0.01})");
      const auto data = data_of(d);
      Eigen::MatrixXd x(40, static_cast<Eigen::Index>(data->train.size()));
      for (Eigen::Index i = 0; i < x.cols(); ++i)
        x.col(i) =
            data->values.col(static_cast<Eigen::Index>(data->train[static_cast<std::size_t>(i)]));
      x.colwise() -= Eigen::VectorXd(x.rowwise().mean());
      const Eigen::VectorXd singular = Eigen::BDCSVD<Eigen::MatrixXd>(x).singularValues();
      const double rest = singular.tail(40 - k).squaredNorm() / static_cast<double>(x.size());
      const Spread losses = scores(fmt::format("{} numbers of code (components leave {})", k, rest),
                                   d, 800, Of::training_loss);
      for (const double loss : losses.values) {
        CHECK(loss >= rest * (1 - 1e-6));
        CHECK(loss == doctest::Approx(rest).epsilon(0.001));
      }
    }
  }

  TEST_CASE("E12: one epoch of MNIST") {
    // Inputs (x - 0.1307)/0.3081, by a frozen convolution.
    const auto mnist = [](const std::string& nodes) {
      Document d = document(R"({"source": "mnist"})", "[1, 28, 28]",
                            R"({"id": "scale", "type": "conv2d", "channels": 1, "kernel": 1,
                                "frozen": true}, )" +
                                nodes,
                            R"("loss": {"type": "cross_entropy_logits"}, "batch": 64,
                               "initialiser": {"type": "torch"},
                               "optimiser": {"type": "adam", "rate": 0.001})");
      d.weights["scale.weight"] = Tensor{{1, 1, 1, 1}, {1 / 0.3081}};
      d.weights["scale.bias"] = Tensor{{1}, {-0.1307 / 0.3081}};
      return d;
    };
    if (data_of(mnist(layers({}, "relu", 10)))->train.size() != 60000) {
      MESSAGE("skipped: the full set is not installed (assets/mnist/fetch.sh)");
      return;
    }
    const auto test = Of::test_accuracy;
    check_range(scores("softmax", mnist(layers({}, "relu", 10)), 1, test), 0.9163, 0.9169);
    check_range(scores("784-128-10", mnist(layers({128}, "relu", 10)), 1, test), 0.9568, 0.961);
    check_range(
        scores(
            "convolutions 8 and 16",
            mnist(
                R"({"id": "c1", "type": "conv2d", "channels": 8, "padding": 1, "activation": "relu"},
                          {"id": "p1", "type": "max_pool"},
                          {"id": "c2", "type": "conv2d", "channels": 16, "padding": 1, "activation": "relu"},
                          {"id": "p2", "type": "max_pool"},
                          {"id": "out", "type": "dense", "units": 10})"),
            1, test),
        0.9733, 0.9786);
  }
}
