/// Properties that every entry of the registry must have, whatever its settings.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

#include "random_settings.h"
#include "train/derivatives.h"
#include "train/objective.h"

using namespace crease;
using namespace crease::testing;

namespace {

constexpr int rounds = 60;

Tensor random_tensor(std::vector<std::size_t> shape, Random& random, double from, double to) {
  Tensor tensor{std::move(shape), {}};
  for (std::size_t i = 0; i < element_count(tensor.shape); ++i)
    tensor.data.push_back(random.uniform(from, to));
  return tensor;
}

Tensor batch_of(const Shape& shape, std::size_t samples, Random& random, double from, double to) {
  auto dimensions = shape.dimensions();
  dimensions.insert(dimensions.begin(), samples);
  return random_tensor(std::move(dimensions), random, from, to);
}

/// The largest |analytic - central difference| over the inputs and all parameters, relative to 1 +
/// size. Corners (relu at 0, ties of a maximum) are hit with probability zero; a difference that
/// straddles one is told by its disagreement with a smaller step and left out.
double worst_difference(const Document& document, GivenBatch batch, std::size_t& compared,
                        bool training = true) {
  const Derivatives found = differentiate<double>(document, batch, training);
  const auto loss_of = [&](const Document& d, const GivenBatch& b) {
    return differentiate<double>(d, b, training).loss;
  };
  double worst = 0;
  const auto compare = [&](double& number, double analytic, const auto& loss) {
    const double at = number;
    const auto slope = [&](double h) {
      number = at + h;
      const double above = loss();
      number = at - h;
      const double below = loss();
      number = at;
      return (above - below) / (2 * h);
    };
    const double coarse = slope(1e-5), fine = slope(2.5e-6);
    if (std::abs(coarse - fine) > 1e-5 * (1 + std::abs(fine))) return;
    ++compared;
    worst = std::max(worst, std::abs(fine - analytic) / (1 + std::abs(analytic)));
  };
  for (std::size_t i = 0; i < batch.input.data.size(); ++i)
    compare(batch.input.data[i], found.input_gradient.data[i],
            [&] { return loss_of(document, batch); });
  Document changed = document;
  for (auto& [name, tensor] : changed.weights)
    for (std::size_t i = 0; found.gradients.contains(name) && i < tensor.data.size(); ++i)
      compare(tensor.data[i], found.gradients.at(name).data[i],
              [&] { return loss_of(changed, batch); });
  return worst;
}

/// Random weights for every parameter of the document's network.
void randomise_weights(Document& document, Random& random) {
  const Plan plan = compile_or_throw(document.network);
  for (const Segment& segment : plan.segments)
    document.weights[segment.name] = random_tensor(
        segment.shape, random, segment.is_statistic ? 0.2 : -0.8, segment.is_statistic ? 1.5 : 0.8);
}

/// A network that ends in the layer under test, which reads a node with parameters, and also gives
/// its input to a second branch, so that gradients must add up.
std::optional<Document> document_around(const Layer& layer, Random& random) {
  const bool image = random.below(2) == 0;
  const auto size = [&] { return 1 + static_cast<int>(random.below(6)); };
  Document document;
  document.network.input = image
                               ? Shape::image(1 + static_cast<int>(random.below(3)), size(), size())
                               : Shape::features(size());
  const bool several = std::visit([](const auto& l) { return l.arity == Arity::several; }, layer);
  Node first{.id = "first", .layer = ActivationLayer{.function = Tanh{}}};
  Node tested{.id = "tested", .layer = layer, .inputs = std::vector<std::string>{"first"}};
  if (several) tested.inputs = {"first", "input", "first"};
  Node last{.id = "last", .layer = Dense{.units = 2}};
  document.network.nodes = {first, tested, last};
  document.training.loss = Mse{};
  try {
    randomise_weights(document, random);
  } catch (const Problem&) {
    return std::nullopt;  // these settings do not fit this input
  }
  std::size_t numbers = document.network.input.size();
  for (const auto& [name, tensor] : document.weights) numbers += tensor.data.size();
  if (numbers > 200) return std::nullopt;  // each number costs four evaluations
  return document;
}

}  // namespace

TEST_SUITE("properties") {
  TEST_CASE("every layer: gradients agree with central differences") {
    for_each_alternative<Layer>([]<class L>(const L&) {
      CAPTURE(L::name);
      int tested = 0;
      std::size_t compared = 0;
      // Many random convolutions do not fit a random image: more rounds, until enough have.
      for (int round = 0; round < 10 * rounds && tested < 12; ++round) {
        CAPTURE(round);
        Random random(static_cast<std::uint64_t>(round), L::name);
        L layer;
        randomise(layer, random);
        const auto document = document_around(layer, random);
        if (!document) continue;
        ++tested;
        const std::size_t samples = 1 + random.below(20);
        GivenBatch batch{.input = batch_of(document->network.input, samples, random, -1, 1),
                         .target = random_tensor({samples, 2}, random, -1, 1),
                         .labels = {}};
        CHECK(worst_difference(*document, batch, compared, round % 3 != 0) < 1e-6);
      }
      CHECK(tested == 12);
      CHECK(compared > 100);
    });
  }

  TEST_CASE("every activation: gradients agree with central differences") {
    for_each_alternative<Activation>([]<class A>(const A&) {
      CAPTURE(A::name);
      std::size_t compared = 0;
      for (int round = 0; round < 10; ++round) {
        Random random(static_cast<std::uint64_t>(round), A::name);
        A activation;
        randomise(activation, random);
        Document document;
        document.network.input = Shape::features(3);
        document.network.nodes = {
            Node{.id = "a", .layer = Dense{.units = 4, .activation = activation}},
            Node{.id = "b", .layer = Dense{.units = 2}}};
        randomise_weights(document, random);
        GivenBatch batch{.input = random_tensor({18, 3}, random, -3, 3),
                         .target = random_tensor({18, 2}, random, -1, 1),
                         .labels = {}};
        CHECK(worst_difference(document, batch, compared) < 1e-6);
      }
      CHECK(compared > 500);
    });
  }

  TEST_CASE("every loss: gradients agree with central differences") {
    for_each_alternative<Loss>([]<class L>(const L&) {
      CAPTURE(L::name);
      std::size_t compared = 0;
      for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        Random random(static_cast<std::uint64_t>(round), L::name);
        L loss;
        randomise(loss, random);
        Document document;
        const bool image = random.below(3) == 0;
        document.network.input = image ? Shape::image(4, 2, 1) : Shape::features(4);
        document.network.nodes = {
            Node{.id = "y", .layer = ActivationLayer{.function = Identity{}}}};
        document.training.loss = loss;
        const std::size_t samples = 1 + random.below(20);
        // Probabilities, which every loss takes; targets in (0, 1) or soft classes.
        const Objective objective(loss, document.network.input);
        const auto targets = static_cast<std::size_t>(objective.targets());
        GivenBatch batch{.input = batch_of(document.network.input, samples, random, 0.05, 0.95),
                         .target = random_tensor({samples, targets}, random, 0, 1),
                         .labels = {}};
        CHECK(worst_difference(document, batch, compared) < 1e-6);
      }
      CHECK(compared > 500);
    });
  }

  TEST_CASE("every loss: finite at logits of 800 and -800, at probabilities of 0 and 1") {
    for_each_alternative<Loss>([]<class L>(const L&) {
      CAPTURE(L::name);
      const std::set<std::string> on_probabilities{"bce", "cross_entropy", "dice", "jaccard",
                                                   "emd"};
      const bool unit = on_probabilities.contains(std::string(L::name));
      Document document;
      document.network.input = Shape::features(4);
      document.network.nodes = {Node{.id = "y", .layer = ActivationLayer{.function = Identity{}}}};
      document.training.loss = L{};
      const auto targets =
          static_cast<std::size_t>(Objective(document.training.loss, Shape::features(4)).targets());
      GivenBatch batch{.input = {{16, 4}, {}}, .target = Tensor{{16, targets}, {}}, .labels = {}};
      for (unsigned s = 0; s < 16; ++s) {  // every way to be very sure
        for (unsigned k = 0; k < 4; ++k) {
          const bool high = (s >> k & 1U) != 0;
          batch.input.data.push_back(unit ? high : high ? 800 : -800);
        }
        for (unsigned k = 0; k < targets; ++k)
          batch.target->data.push_back(k == s % targets ? 1 : 0);
      }
      const auto check = [](const Derivatives& found) {
        CHECK(std::isfinite(found.loss));
        for (const double slope : found.input_gradient.data) CHECK(std::isfinite(slope));
      };
      check(differentiate<float>(document, batch, true));
      check(differentiate<double>(document, batch, true));
    });
  }

  TEST_CASE("gaussian_nll: the formula down to ln sigma^2 = -50, its own derivative below") {
    Document document;
    document.network.input = Shape::features(2);
    document.network.nodes = {Node{.id = "y", .layer = ActivationLayer{.function = Identity{}}}};
    document.training.loss = GaussianNll{};
    const auto at = [&](double e, double log_variance) {
      return differentiate<double>(
          document,
          {.input = {{1, 2}, {e, log_variance}}, .target = Tensor{{1, 1}, {0.0}}, .labels = {}},
          true);
    };
    for (const auto& [e, s] : {std::pair(2.0, 3.0), {0.1, -8.0}, {1e-7, -30.0}, {1e-10, -49.9}})
      CHECK(at(e, s).loss ==
            doctest::Approx(e * e / (2 * std::exp(s)) + s / 2 + 0.5 * std::log(2 * std::acos(-1))));
    for (const auto& [e, log_variance] :
         {std::pair(1e-10, -49.9), {1e-10, -50.0}, {1e-11, -60.0}, {1e-11, -800.0}}) {
      const double s = log_variance;
      CAPTURE(s);
      const auto slope = at(e, s).input_gradient.data;
      const double h = 1e-3, k = e * 1e-3;
      CHECK(slope[1] ==
            doctest::Approx((at(e, s + h).loss - at(e, s - h).loss) / (2 * h)).epsilon(1e-3));
      CHECK(slope[0] ==
            doctest::Approx((at(e + k, s).loss - at(e - k, s).loss) / (2 * k)).epsilon(1e-3));
    }
  }

  TEST_CASE("gaussian_nll is finite in float for any ln sigma^2") {
    Document document;
    document.network.input = Shape::features(2);
    document.network.nodes = {Node{.id = "y", .layer = ActivationLayer{.function = Identity{}}}};
    document.training.loss = GaussianNll{};
    for (const double e : {0.0, 1.0, 1e7})
      for (const double s : {-49.0, -51.0, -1e3, -1e17, -3e38, 80.0, 3e38}) {
        CAPTURE(e);
        CAPTURE(s);
        const Derivatives found = differentiate<float>(
            document, {.input = {{1, 2}, {e, s}}, .target = Tensor{{1, 1}, {0.0}}, .labels = {}},
            true);
        CHECK(std::isfinite(found.loss));
        for (const double slope : found.input_gradient.data) CHECK(std::isfinite(slope));
      }
  }

  TEST_CASE("every entry: settings survive JSON") {
    const auto survive = []<class V>(const V&, const char* tag) {
      for_each_alternative<V>([&]<class S>(const S&) {
        CAPTURE(S::name);
        for (int round = 0; round < rounds; ++round) {
          Random random(static_cast<std::uint64_t>(round), S::name);
          S settings;
          randomise(settings, random);
          const Field field{.name = "x", .tag = tag};
          json::Reading reading;
          V back;
          json::read(json::write(V(settings), field, json::Writing{}), back, field,
                     json::Place{&reading, "x", {"x"}});
          CHECK(back == V(settings));
          json::read(json::write(V(settings), field, json::Writing{.defaults_too = false}), back,
                     field, json::Place{&reading, "x", {"x"}});
          CHECK(back == V(settings));
          CHECK(reading.warnings.empty());
        }
      });
    };
    survive(Layer{}, "type");
    survive(Activation{}, "function");
    survive(Loss{}, "type");
    survive(Optimiser{}, "type");
    survive(InitialiserFamily{}, "type");
  }

  TEST_CASE("every entry has a name of its own and says what its settings are for") {
    const auto check = []<class V>(const V&) {
      std::set<std::string_view> names;
      for_each_alternative<V>([&](const auto& entry) {
        CAPTURE(entry.name);
        CHECK(names.insert(entry.name).second);
        if constexpr (requires { entry.formula; }) CHECK(!entry.formula.empty());
        entry.fields(entry, [](const Field& field, const auto&) {
          CAPTURE(field.name);
          CHECK(!field.name.empty());
          CHECK(!field.help.empty());
        });
      });
    };
    check(Layer{});
    check(Activation{});
    check(Loss{});
    check(Optimiser{});
    check(InitialiserFamily{});
    check(Source{});
  }

  TEST_CASE("every optimiser makes a bowl's loss small") {
    for_each_alternative<Optimiser>([]<class O>(const O&) {
      CAPTURE(O::name);
      O optimiser;
      AlignedVector<double> w(16, 1.0), g(16), first(16, 0.0), second(16, 0.0);
      for (long step = 1; step <= 2000; ++step) {
        for (std::size_t i = 0; i < w.size(); ++i) g[i] = w[i] * (1 + static_cast<double>(i) / 4);
        optimiser.update(Update<double>{.size = 16,
                                        .w = w.data(),
                                        .gradient = g.data(),
                                        .moments = {first.data(), second.data()},
                                        .step = step,
                                        .rate = 0.05});
      }
      for (const double value : w) CHECK(std::abs(value) < 0.05);
    });
  }

  TEST_CASE("every initialiser has the spread its formula says") {
    const Fan fan{50, 30};
    const auto spread = [&](const char* name) {
      Initialiser initialiser;
      REQUIRE(select(initialiser.family, name));
      std::vector<double> w(40000);
      Random random(3, "spread");
      initialiser.fill(w, fan, random, std::vector<std::size_t>{200, 200});
      double mean = 0, square = 0;
      for (const double x : w) {
        mean += x / 40000;
        square += x * x / 40000;
      }
      CHECK(std::abs(mean) < 0.51);
      return std::sqrt(std::max(0.0, square - mean * mean));
    };
    CHECK(spread("zeros") == 0);
    CHECK(spread("constant") < 1e-6);
    CHECK(spread("normal") == doctest::Approx(0.01).epsilon(0.02));
    CHECK(spread("uniform") == doctest::Approx(0.5 / std::sqrt(3)).epsilon(0.02));
    CHECK(spread("fan_in_uniform") == doctest::Approx(1 / std::sqrt(3 * fan.in)).epsilon(0.02));
    CHECK(spread("torch") == doctest::Approx(1 / std::sqrt(3 * fan.in)).epsilon(0.02));
    CHECK(spread("xavier_uniform") ==
          doctest::Approx(std::sqrt(2 / (fan.in + fan.out))).epsilon(0.02));
    CHECK(spread("xavier_normal") ==
          doctest::Approx(std::sqrt(2 / (fan.in + fan.out))).epsilon(0.02));
    CHECK(spread("he_uniform") == doctest::Approx(std::sqrt(2 / fan.in)).epsilon(0.02));
    CHECK(spread("lecun_uniform") == doctest::Approx(std::sqrt(1 / fan.in)).epsilon(0.02));
    CHECK(spread("lecun_normal") == doctest::Approx(std::sqrt(1 / fan.in)).epsilon(0.02));
    CHECK(spread("orthogonal") == doctest::Approx(std::sqrt(1 / 200.0)).epsilon(0.02));
    CHECK(spread("identity") == doctest::Approx(std::sqrt(199.0) / 200).epsilon(0.02));
    CHECK(spread("he_normal") == doctest::Approx(std::sqrt(2 / fan.in)).epsilon(0.02));
  }
}
