/// The generated sources by their formulas: patterns of the plane, curves, signals, shapes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/data.h"

using namespace crease;
using doctest::Approx;

namespace {

DataSet samples_of(const Source& source, int samples, double noise = 0) {
  DataSettings settings = DataSettings::of(source);
  settings.samples = samples;
  settings.noise = noise;
  settings.test_fraction = 0;
  return make_data(settings, "");
}

}  // namespace

TEST_SUITE("data") {
  TEST_CASE("patterns: the class is that of the place, and noise moves the point") {
    const auto check = [](const Source& source, const auto& rule) {
      const DataSet clean = samples_of(source, 2000), noisy = samples_of(source, 2000, 0.3);
      Eigen::Index wrong = 0;
      for (Eigen::Index i = 0; i < 2000; ++i) {
        const auto c = static_cast<std::size_t>(i);
        CHECK(clean.values.col(i).cwiseAbs().maxCoeff() <= 5);
        CHECK(clean.classes[c] == rule(clean.values(0, i), clean.values(1, i)));
        if (noisy.classes[c] != rule(noisy.values(0, i), noisy.values(1, i))) ++wrong;
      }
      const int ones = std::accumulate(clean.classes.begin(), clean.classes.end(), 0);
      CHECK(ones > 800);
      CHECK(ones < 1200);
      CHECK(wrong > 100);
    };
    const auto parity = [](double n) { return static_cast<int>(n - 2 * std::floor(n / 2)); };
    check(Checkerboard{},
          [&](double x, double y) { return parity(std::floor(x / 2.5) + std::floor(y / 2.5)); });
    check(Stripes{}, [&](double x, double) { return parity(std::floor(x / 1.5)); });
  }

  TEST_CASE("rings and the three arms") {
    const DataSet rings = samples_of(Rings{}, 300), moved = samples_of(Rings{}, 3000, 1);
    double square = 0;
    for (Eigen::Index i = 0; i < 300; ++i)
      CHECK(rings.values.col(i).norm() ==
            Approx(1 + 1.5 * rings.classes[static_cast<std::size_t>(i)]));
    for (Eigen::Index i = 2; i < 3000; i += 3)  // the outermost ring: radii are never below 0
      square += std::pow(moved.values.col(i).norm() - 4, 2) / 1000;
    CHECK(square == Approx(0.25).epsilon(0.15));
    const DataSet arms = samples_of(Spiral3{}, 300);
    double mean = 0, spread = 0;
    for (int i = 0; i < 300; ++i) {
      const double share = i % 100 / 99.0;
      CHECK(arms.values.col(i).norm() == Approx(share));
      CHECK(arms.classes[static_cast<std::size_t>(i)] == i / 100);
      if (share < 0.1) continue;
      const double t = std::atan2(arms.values(0, i), arms.values(1, i));
      const double off = std::remainder(t - 4 * (i / 100 + share), 2 * std::acos(-1.0));
      mean += off / 270;
      spread += off * off / 270;
    }
    CHECK(std::abs(mean) < 0.04);
    CHECK(std::sqrt(spread) == Approx(0.2).epsilon(0.15));
  }

  TEST_CASE("curves and planes: targets of the formula, noise of the spread that is said") {
    const auto check_curve = [](const Source& source, double spread, const auto& f) {
      const DataSet clean = samples_of(source, 500), noisy = samples_of(source, 5000, 0.4);
      for (Eigen::Index i = 0; i < 500; ++i) {
        CHECK(std::abs(clean.values(0, i)) <= 3);
        CHECK(clean.targets(0, i) == f(clean.values(0, i)));
      }
      double square = 0;
      for (Eigen::Index i = 0; i < 5000; ++i)
        square += std::pow(noisy.targets(0, i) - f(noisy.values(0, i)), 2) / 5000;
      CHECK(std::sqrt(square) == Approx(0.4 * spread).epsilon(0.05));
    };
    check_curve(Sine{}, 0.5, [](double x) { return std::sin(2 * x); });
    check_curve(StepFunction{}, 1, [](double x) { return x > 0 ? 1.0 : -1.0; });
    check_curve(Line{}, 1, [](double x) { return 0.5 * x + 0.3; });
    const DataSet plane = samples_of(RegressionPlane{}, 300),
                  hills = samples_of(RegressionGauss{}, 3000);
    for (Eigen::Index i = 0; i < 300; ++i)
      CHECK(plane.targets(0, i) == Approx(plane.values.col(i).sum() / 10));
    // Noise moves each coordinate by U(-6, 6) noise: variance 2 (6 noise)^2 / 3 over 100.
    const DataSet moved = samples_of(RegressionPlane{}, 5000, 0.5);
    double square = 0;
    for (Eigen::Index i = 0; i < 5000; ++i)
      square += std::pow(moved.targets(0, i) - moved.values.col(i).sum() / 10, 2) / 5000;
    CHECK(square == Approx(2 * 9.0 / 3 / 100).epsilon(0.06));
    CHECK(source::RegressionGaussRule::at(-4, 2.5) == 1);
    CHECK(source::RegressionGaussRule::at(0, 1.5) == -0.5);
    CHECK(source::RegressionGaussRule::at(4, 0) == 0);
    CHECK(hills.targets.maxCoeff() > 0.9);
    CHECK(hills.targets.minCoeff() < -0.9);
    CHECK(DataSettings::of(RegressionPlane{}).samples == 1200);
  }

  TEST_CASE("Understanding Deep Learning's line: the least squares sum that the book gives") {
    const DataSet data = make_data(DataSettings::of(UdlLine{}), "");
    double sum = 0, slope = 0, offset = 0;
    for (Eigen::Index i = 0; i < 12; ++i) {
      const double e = 0.6 - 0.2 * data.values(0, i) - data.targets(0, i);
      sum += e * e;
      offset += 2 * e;
      slope += 2 * e * data.values(0, i);
    }
    CHECK(sum == Approx(12.3669).epsilon(1e-5));
    CHECK(offset == Approx(-21.904));
    CHECK(slope == Approx(-26.84044));
    CHECK(make_data(DataSettings::of(UdlCurve{}), "").train.size() == 20);
  }

  TEST_CASE("MNIST-1D: its steps, and the whole set") {
    CHECK(source::resample(std::vector<double>{0, 1, 4}, 5) ==
          std::vector<double>{0, 0.5, 1, 2.5, 4});
    // A constant stays, a peak keeps its sum and becomes a bell of standard deviation 2.
    for (const double v : source::smooth(std::vector<double>(72, 3.0))) CHECK(v == Approx(3));
    std::vector<double> peak(72, 0.0);
    peak[40] = 1;
    const auto bell = source::smooth(peak);
    CHECK(bell[40] == Approx(0.19948).epsilon(1e-3));
    CHECK(bell[42] / bell[40] == Approx(std::exp(-0.5)));
    CHECK(bell[49] == 0);

    source::SignalDraws draws;
    draws.padding = 0.5;
    draws.scale = draws.shear = 0.5;  // neither scaled nor sheared
    draws.coarse.assign(72, 0.0);
    draws.fine.assign(72, 0.0);
    const auto still = source::signal_of(1, draws);
    CHECK(still.size() == 40);
    // The digit 1 falls by two of its units at once, then rises to 5.8.
    const double least = *std::min_element(still.begin(), still.end());
    const double most = *std::max_element(still.begin(), still.end());
    CHECK(most / -least == Approx(0.8 / 2).epsilon(0.05));
    draws.shift = 30;
    CHECK(source::signal_of(1, draws)[5] == Approx(0).epsilon(1e-6));

    const DataSet data = make_data(DataSettings::of(Mnist1d{}), "");
    CHECK(data.shape == Shape::image(1, 1, 40));
    CHECK(data.train.size() == 4000);
    CHECK(data.test.size() == 1000);
    CHECK(data.values.mean() == Approx(0).epsilon(1e-9));
    CHECK(data.values.array().square().mean() == Approx(1));
    for (int c = 0; c < 10; ++c)
      CHECK(std::count(data.classes.begin(), data.classes.end(), c) == 500);
  }

  TEST_CASE("shapes: one of each, inside, with its area; the mask is the shape") {
    const DataSet classes = samples_of(Shapes{}, 60);
    const DataSet masks = samples_of(Shapes{.target = ShapesTarget::mask}, 60);
    CHECK(classes.values == masks.values);
    CHECK(classes.class_count == 3);
    for (Eigen::Index i = 0; i < 60; ++i) {
      const auto& image = masks.values.col(i);
      double darkest_inside = 1, brightest_outside = 0, area = 0;
      for (Eigen::Index p = 0; p < 1024; ++p) {
        const bool inside = masks.targets(p, i) == 1;
        (inside ? darkest_inside : brightest_outside) =
            inside ? std::min(darkest_inside, image(p)) : std::max(brightest_outside, image(p));
        area += inside ? 1 : 0;
      }
      CHECK(darkest_inside >= 0.5);
      CHECK(brightest_outside <= 0.3);
      // Disc pi r^2, square 2 r^2, triangle 3 sqrt(3)/4 r^2, r from 5 to 11.
      const double unit = i % 3 == 0 ? 3.1416 : i % 3 == 1 ? 2 : 1.299;
      CHECK(area > unit * 25 * 0.8);
      CHECK(area < unit * 121 * 1.1);
    }
  }
}
