/// Activations at their corners, far out, and where the curriculum gives a number.
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "activations/activations.h"
#include "places.h"
#include "softsign.h"

using namespace crease;
using doctest::Approx;

namespace {

using V = Lanes<double>;

template <class F>
double value(const F& f, double z) {
  if constexpr (activation::Learned<F>)
    return f.value(all<V>(z), all<V>(f.learned_start()))[0];
  else
    return f.value(all<V>(z))[0];
}

template <class F>
double derivative(const F& f, double z) {
  if constexpr (activation::Learned<F>)
    return f.derivative(all<V>(z), all<V>(value(f, z)), all<V>(f.learned_start()))[0];
  else
    return f.derivative(all<V>(z), all<V>(value(f, z)))[0];
}

}  // namespace

TEST_SUITE("activations") {
  TEST_CASE("at a corner the derivative is the left piece's") {
    CHECK(derivative(Relu{}, 0) == 0);
    CHECK(derivative(LeakyRelu{}, 0) == 0.1);
    CHECK(derivative(Prelu{}, 0) == 0.25);
    CHECK(derivative(Abs{}, 0) == 0);
    CHECK(derivative(Elu{.alpha = 0.5}, 0) == 0.5);
    CHECK(derivative(Selu{}, 0) == Approx(1.0507009873554805 * 1.6732632423543772));
    CHECK(derivative(HardTanh{}, 1) == 0);
    CHECK(derivative(HardTanh{}, -1) == 0);
    CHECK(derivative(HardSwish{}, -3) == 0);
    CHECK(derivative(HardSwish{}, 3) == 1.5);
    CHECK(derivative(StepActivation{}, 0) == 0);
    CHECK(value(StepActivation{}, 0) == 0);
  }

  TEST_CASE("values that the curriculum names") {
    CHECK(derivative(Sigmoid{}, 0) == 0.25);
    CHECK(value(Sigmoid{}, 2) == Approx(0.880797).epsilon(1e-6));
    CHECK(derivative(Sigmoid{}, 5) == Approx(0.00665).epsilon(1e-3));
    CHECK(value(LeakyRelu{}, -2) == Approx(-0.2));
    for (double z = -4; z < 4; z += 0.37)
      CHECK(value(Tanh{}, z) == Approx(2 * value(Sigmoid{}, 2 * z) - 1).epsilon(1e-14));
  }

  TEST_CASE("the README's example of an activation is one, word for word") {
    const auto text = [](const std::string& file) {
      std::ifstream stream(source_folder() + "/" + file);
      return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    const std::string example = text("tests/softsign.h");
    REQUIRE(!example.empty());
    CHECK(text("README.md").find("```cpp\n" + example + "```") != std::string::npos);
    CHECK(value(Softsign{}, -3) == -0.75);
    for (double z = -4; z < 4; z += 0.37) {
      const double slope = (value(Softsign{}, z + 1e-6) - value(Softsign{}, z - 1e-6)) / 2e-6;
      CHECK(derivative(Softsign{}, z) == Approx(slope).epsilon(1e-7));
    }
  }

  TEST_CASE("far out nothing overflows, and what is not a number stays so") {
    for_each_alternative<Activation>([]<class F>(const F& f) {
      if constexpr (!activation::AcrossFeatures<F>) {
        CAPTURE(F::name);
        for (const double z : {-800.0, 800.0, -1e5, 1e5}) {
          CHECK(std::isfinite(value(f, z)));
          CHECK(std::isfinite(derivative(f, z)));
        }
        const bool hides = std::is_same_v<F, StepActivation>;
        CHECK(std::isnan(value(f, std::numeric_limits<double>::quiet_NaN())) == !hides);
      }
    });
  }
}
