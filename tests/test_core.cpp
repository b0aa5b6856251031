#include <doctest/doctest.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <numeric>

#include "core/lanes.h"
#include "core/random.h"
#include "core/tasks.h"
#include "core/tensor.h"
#include "layers/window.h"

using namespace crease;

TEST_SUITE("core") {
  TEST_CASE("random numbers: a stream's bits never change, and streams differ") {
    // The bits of a stream never change: documents rely on them.
    Random a(1, "order"), b(1, "order"), other(1, "split"), later(1, "order", 1);
    const std::uint64_t first = a.bits();
    CHECK(first == b.bits());
    CHECK(first != other.bits());
    CHECK(first != later.bits());
    Random fixed(42, "fixed");
    const std::uint64_t x = fixed.bits(), y = fixed.bits();
    CHECK(x == 12220139399336749293ULL);
    CHECK(y == 11501444391960598359ULL);
  }

  TEST_CASE("random numbers: moments") {
    Random random(7, "moments");
    double mean = 0, square = 0, normal = 0, normal_square = 0;
    constexpr int n = 200000;
    std::array<int, 7> counts{};
    for (int i = 0; i < n; ++i) {
      const double u = random.uniform(), z = random.normal();
      CHECK_UNARY(u >= 0 && u < 1);
      mean += u / n;
      square += u * u / n;
      normal += z / n;
      normal_square += z * z / n;
      ++counts[random.below(7)];
    }
    CHECK(mean == doctest::Approx(0.5).epsilon(0.01));
    CHECK(square == doctest::Approx(1.0 / 3).epsilon(0.01));
    CHECK(std::abs(normal) < 0.01);
    CHECK(normal_square == doctest::Approx(1).epsilon(0.02));
    for (const int count : counts) CHECK(std::abs(count - n / 7.0) < 800);
  }

  TEST_CASE("numbers written shortly read back to the same bits") {
    Random random(11, "bits");
    for (int i = 0; i < 20000; ++i) {
      const auto bits = static_cast<std::uint32_t>(random.bits());
      float value;
      std::memcpy(&value, &bits, sizeof value);
      if (!std::isfinite(value)) continue;
      CHECK(static_cast<float>(shortest(value)) == value);
    }
    CHECK(shortest(0.1f) == 0.1);
  }

  TEST_CASE_TEMPLATE("lanes: elementary functions", T, float, double) {
    const double tolerance = sizeof(T) == 4 ? 3e-7 : 1e-14;
    for (double at = -30; at < 30; at += 0.37) {
      Lanes<T> z;
      for (int s = 0; s < lanes; ++s) z[s] = static_cast<T>(at + 0.01 * s);
      const Lanes<T> t = tanh(z), p = sigmoid(z), tail = softplus_tail(z), e = exp(z);
      for (int s = 0; s < lanes; ++s) {
        const double x = static_cast<double>(z[s]);
        CHECK(std::abs(static_cast<double>(t[s]) - std::tanh(x)) <= tolerance);
        CHECK(std::abs(static_cast<double>(p[s]) - 1 / (1 + std::exp(-x))) <= tolerance);
        CHECK(std::abs(static_cast<double>(tail[s]) - std::log1p(std::exp(-std::abs(x)))) <=
              tolerance);
        CHECK(std::abs(static_cast<double>(e[s]) / std::exp(x) - 1) <= 4 * tolerance);
      }
    }
    const Lanes<T> huge = all<Lanes<T>>(800);
    CHECK(static_cast<double>(sigmoid(huge)[3]) == 1);
    CHECK(static_cast<double>(sigmoid(Lanes<T>(-huge))[3]) < 1e-30);
    CHECK(static_cast<double>(softplus_tail(huge)[0]) >= 0);
  }

  TEST_CASE("sizes of convolution and pooling (deck 002's formula, put right)") {
    const auto out = [](int in, int kernel, int padding, int stride, int dilation = 1) {
      return WindowAxis::of(in, kernel, stride, dilation, false, padding).out;
    };
    CHECK(out(4, 3, 1, 1) == 4);
    CHECK(out(5, 3, 1, 2) == 3);
    CHECK(out(7, 3, 0, 2) == 3);
    CHECK(out(28, 5, 0, 1) == 24);
    CHECK(out(224, 7, 3, 2) == 112);
    CHECK(out(10, 3, 0, 1, 3) == 4);
    CHECK_THROWS_AS(out(2, 3, 0, 1), Problem);
    const WindowAxis same = WindowAxis::of(5, 2, 2, 1, true, 0);
    CHECK(same.out == 3);
    CHECK(same.before == 0);
    CHECK(same.after == 1);
  }
}

TEST_SUITE("threads: tasks") {
  TEST_CASE("every piece is done once, by any number of workers") {
    for (const int threads : {1, 2, 5}) {
      Tasks tasks(threads);
      for (int round = 0; round < 300; ++round) {
        std::vector<int> done(static_cast<std::size_t>(round % 40), 0);
        std::atomic<int> highest{0};
        tasks.run(static_cast<int>(done.size()), [&](int i, int worker) {
          ++done[static_cast<std::size_t>(i)];
          int seen = highest.load();
          while (worker > seen && !highest.compare_exchange_weak(seen, worker)) {
          }
        });
        CHECK(std::accumulate(done.begin(), done.end(), 0) == static_cast<int>(done.size()));
        CHECK(highest.load() < threads);
      }
    }
  }

  TEST_CASE("an exception in a piece comes back, and the pool works on") {
    Tasks tasks(3);
    CHECK_THROWS_AS(tasks.run(20,
                              [](int i, int) {
                                if (i == 7) throw std::runtime_error("seven");
                              }),
                    std::runtime_error);
    std::atomic<int> count{0};
    tasks.run(50, [&](int, int) { ++count; });
    CHECK(count == 50);
  }
}
