/// The generated sources by their formulas, and what is done with the samples.
#include <doctest/doctest.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "core/paths.h"
#include "core/problem.h"
#include "data/data.h"

using namespace crease;
using doctest::Approx;
namespace {

DataSettings settings_of(const Source& source, int samples, double noise = 0) {
  DataSettings settings = DataSettings::of(source);
  settings.samples = samples;
  settings.noise = noise;
  settings.test_fraction = 0;
  return settings;
}

/// The samples as the source makes them, in its own order.
DataSet samples_of(const Source& source, int samples, double noise = 0) {
  return make_data(settings_of(source, samples, noise), "");
}
/// The share of samples whose class is not `rule`'s.
double flipped(const DataSet& data, auto&& rule) {
  int count = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const auto point = data.values.col(static_cast<Eigen::Index>(i));
    if (data.classes[i] != (rule(point(0), point(1)) ? 1 : 0)) ++count;
  }
  return static_cast<double>(count) / static_cast<double>(data.size());
}

}  // namespace

TEST_SUITE("data") {
  TEST_CASE("the sources have their own names, and settings to start with") {
    CHECK(allowed_names<Source>() ==
          "spiral, circle, xor, gauss, moons, rings, checkerboard, stripes, spiral3, sine, "
          "step_function, line, udl_line, udl_curve, regression_plane, regression_gauss, xor4, "
          "xor4_signed, and, or, mnist1d, shapes, points, csv, idx, mnist, fashion_mnist");
    CHECK(DataSettings::of(Spiral{}).samples == 500);
    CHECK(DataSettings::of(Sine{}).samples == 1200);
    CHECK(DataSettings::of(Xor4{}).samples == 4);
    CHECK(DataSettings::of(Xor4{}).test_fraction == 0);
    CHECK(DataSettings::of(Idx{}).test_fraction == 0.5);
    CHECK_FALSE(DataSettings::of(Csv{}).samples.has_value());
    // A generated source makes its usual number when no number is given.
    CHECK(make_data(DataSettings{}, "").size() == 500);
  }

  TEST_CASE("the same seed gives the same bits, another seed others") {
    for_each_alternative<Source>([](const auto& source) {
      if (source.samples > 4) {
        INFO(source.name);
        DataSettings settings = settings_of(source, 60, 0.2);
        const DataSet a = make_data(settings, "");
        const DataSet b = make_data(settings, "");
        CHECK(a.values == b.values);
        CHECK(a.classes == b.classes);
        CHECK(a.targets == b.targets);
        settings.seed = 2;
        CHECK(make_data(settings, "").values != a.values);
      }
    });
  }

  TEST_CASE("four points: both codings, and, or, in order") {
    const DataSet data = samples_of(Xor4{}, 4);
    Eigen::MatrixXd expected(2, 4);
    expected << 0, 0, 1, 1, 0, 1, 0, 1;
    CHECK(data.values == expected);
    CHECK(data.classes == std::vector<int>{0, 1, 1, 0});
    CHECK(data.train == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(data.class_count == 2);
    CHECK(samples_of(And{}, 4).classes == std::vector<int>{0, 0, 0, 1});
    CHECK(samples_of(Or{}, 4).classes == std::vector<int>{0, 1, 1, 1});
    const DataSet coded = samples_of(Xor4Signed{}, 6);
    CHECK(coded.values ==
          (Eigen::MatrixXd(2, 6) << -1, -1, 1, 1, -1, -1, -1, 1, -1, 1, -1, 1).finished());
    CHECK(coded.classes == std::vector<int>{0, 1, 1, 0, 0, 1});
  }

  TEST_CASE("spiral: points of the formula without noise, bounded noise with it") {
    const DataSet data = samples_of(Spiral{}, 500);
    double largest = 0;
    for (int i = 0; i < 500; ++i) {
      const int k = i % 250;
      const double r = 5 * k / 250.0;
      const double t = 1.75 * 2 * std::numbers::pi * k / 250.0 + (i < 250 ? 0 : std::numbers::pi);
      largest = std::max({largest, std::abs(data.values(0, i) - r * std::sin(t)),
                          std::abs(data.values(1, i) - r * std::cos(t))});
      CHECK(data.classes[static_cast<std::size_t>(i)] == (i < 250 ? 1 : 0));
    }
    CHECK(largest < 1e-12);
    CHECK(data.values.col(0).isZero());
    CHECK(data.values.col(250).isZero());

    const Eigen::MatrixXd moved = samples_of(Spiral{}, 500, 0.5).values - data.values;
    CHECK(moved.cwiseAbs().maxCoeff() <= 0.5);
    CHECK(moved.cwiseAbs().maxCoeff() > 0.45);
    CHECK(moved.squaredNorm() / 1000 == Approx(0.25 / 3).epsilon(0.1));
  }

  TEST_CASE("spiral: more arms, numbers that do not divide evenly") {
    const DataSet data = samples_of(Spiral{3}, 301);
    CHECK(data.class_count == 3);
    for (const int c : {0, 1, 2})
      CHECK(std::count(data.classes.begin(), data.classes.end(), c) == (c == 2 ? 101 : 100));
    // The arms are the same curve, turned: same radius where they have as many points.
    CHECK(data.values.col(101 + 50).norm() == Approx(data.values.col(201 + 50).norm()));
    CHECK(data.values.col(101 + 50).dot(data.values.col(201 + 50)) ==
          Approx(-0.5 * data.values.col(151).squaredNorm()));
    CHECK(samples_of(Spiral{20}, 3).size() == 3);
  }

  TEST_CASE("circle: radii, halves, and labels the noise moves") {
    const auto rule = [](double x, double y) { return std::hypot(x, y) < 2.5; };
    const DataSet data = samples_of(Circle{}, 20000);
    for (Eigen::Index i = 0; i < 20000; ++i) {
      const double r = data.values.col(i).norm();
      if (i < 10000 ? r > 2.5 : r < 3.5 || r > 5 + 1e-12)
        FAIL("radius " << r << " of sample " << i);
    }
    CHECK(flipped(data, rule) == 0);
    CHECK(std::accumulate(data.classes.begin(), data.classes.end(), 0) == 10000);
    CHECK(data.values.leftCols(10000).colwise().norm().mean() == Approx(1.25).epsilon(0.02));
    const DataSet noisy = samples_of(Circle{}, 20000, 0.25);
    CHECK(noisy.values == data.values);
    CHECK(flipped(noisy, rule) == Approx(0.081).epsilon(0.1));
    CHECK(flipped(samples_of(Circle{}, 20000, 0.5), rule) == Approx(0.247).epsilon(0.04));
  }

  TEST_CASE("xor: a gap around the axes, and labels the noise moves") {
    const auto rule = [](double x, double y) { return x * y >= 0; };
    const DataSet data = samples_of(Xor{}, 20000);
    CHECK(data.values.cwiseAbs().minCoeff() >= 0.3);
    CHECK(data.values.cwiseAbs().maxCoeff() <= 5.3);
    CHECK(data.values.cwiseAbs().maxCoeff() > 5.29);
    CHECK(flipped(data, rule) == 0);
    const DataSet noisy = samples_of(Xor{}, 20000, 0.25);
    CHECK(noisy.values == data.values);
    CHECK(flipped(noisy, rule) == Approx(0.068).epsilon(0.1));
    CHECK(flipped(samples_of(Xor{}, 20000, 0.5), rule) == Approx(0.174).epsilon(0.05));
  }

  TEST_CASE("gauss: centres and spread") {
    for (const double noise : {0.0, 0.5}) {
      const DataSet data = samples_of(Gauss{}, 20000, noise);
      const double std = noise == 0 ? std::sqrt(0.5) : 2;
      for (const int c : {1, 0}) {
        const Eigen::MatrixXd part =
            c == 1 ? data.values.leftCols(10000) : data.values.rightCols(10000);
        const double centre = c == 1 ? 2 : -2;
        for (const int row : {0, 1}) {
          CHECK(part.row(row).mean() == Approx(centre).epsilon(0.04));
          CHECK(std::sqrt((part.row(row).array() - centre).square().mean()) ==
                Approx(std).epsilon(0.03));
        }
        CHECK(data.classes[c == 1 ? 0 : 19999] == c);
        CHECK(data.classes[c == 1 ? 9999 : 10000] == c);
      }
    }
  }

  TEST_CASE("moons: scikit-learn's half circles") {
    const DataSet data = samples_of(Moons{}, 201);
    CHECK(std::count(data.classes.begin(), data.classes.end(), 0) == 100);
    CHECK(data.values.col(0).isApprox(Eigen::Vector2d(1, 0)));
    CHECK(data.values.col(99).isApprox(Eigen::Vector2d(-1, 0)));
    CHECK(data.values.col(100).isApprox(Eigen::Vector2d(0, 0.5)));
    CHECK(data.values.col(150).isApprox(Eigen::Vector2d(1, -0.5)));
    CHECK(data.values.col(200).isApprox(Eigen::Vector2d(2, 0.5)));
    const Eigen::MatrixXd moved = samples_of(Moons{}, 201, 0.1).values - data.values;
    CHECK(std::sqrt(moved.squaredNorm() / 402) == Approx(0.1).epsilon(0.1));
    CHECK(samples_of(Moons{}, 1).size() == 1);
  }

  TEST_CASE("sine: real targets of the formula") {
    const DataSet data = samples_of(Sine{}, 1200);
    CHECK_FALSE(data.is_classification());
    CHECK(data.classes.empty());
    CHECK(data.shape == Shape::features(1));
    CHECK(data.values.cwiseAbs().maxCoeff() <= 3);
    CHECK((data.targets - Eigen::MatrixXd((2 * data.values.array()).sin())).isZero(1e-15));
    const DataSet noisy = samples_of(Sine{}, 1200, 1);
    const Eigen::MatrixXd moved = noisy.targets - Eigen::MatrixXd((2 * noisy.values.array()).sin());
    CHECK(std::sqrt(moved.squaredNorm() / 1200) == Approx(0.5).epsilon(0.07));
  }

  TEST_CASE("split: sizes, no sample twice, only the split depends on the fractions") {
    DataSettings settings = DataSettings::of(Circle{});
    settings.samples = 101;
    settings.validation_fraction = 0.2;
    const DataSet data = make_data(settings, "");
    CHECK(data.test.size() == 51);
    CHECK(data.validation.size() == 20);
    CHECK(data.train.size() == 30);
    std::vector<std::size_t> all = data.train;
    all.insert(all.end(), data.validation.begin(), data.validation.end());
    all.insert(all.end(), data.test.begin(), data.test.end());
    CHECK_FALSE(std::is_sorted(all.begin(), all.end()));
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < 101; ++i) CHECK(all[i] == i);
    CHECK(make_data(settings, "").test == data.test);
    settings.test_fraction = 0;
    CHECK(make_data(settings, "").values == data.values);

    settings.test_fraction = 0.8;
    CHECK_THROWS_AS(make_data(settings, ""), Problem);
    settings.samples = 1;
    settings.test_fraction = 0.5;
    settings.validation_fraction = 0;
    CHECK_THROWS_AS(make_data(settings, ""), Problem);
  }

  TEST_CASE(
      "standardise: mean 0 and variance 1 of the training part, a constant input only shifted") {
    DataSettings settings = DataSettings::of(Gauss{});
    settings.noise = 0.3;
    settings.standardise = true;
    const DataSet data = make_data(settings, "");
    Eigen::MatrixXd train(2, static_cast<Eigen::Index>(data.train.size()));
    for (std::size_t i = 0; i < data.train.size(); ++i)
      train.col(static_cast<Eigen::Index>(i)) =
          data.values.col(static_cast<Eigen::Index>(data.train[i]));
    for (const int row : {0, 1}) {
      CHECK(std::abs(train.row(row).mean()) < 1e-12);
      CHECK(train.row(row).array().square().mean() == Approx(1));
    }

    Points points{{{7, 2}, {}}, {{7}, std::vector<double>(7, 1.0)}};
    for (int i = 0; i < 7; ++i) points.inputs.data.insert(points.inputs.data.end(), {0.1, 1.0 * i});
    settings = DataSettings::of(points);
    settings.standardise = true;
    const DataSet flat = make_data(settings, "");
    CHECK(flat.values.row(0).isZero(1e-12));
    CHECK(flat.values(1, 6) == Approx(1.5));
  }

  TEST_CASE("shuffle_features: one order of the inputs for all samples") {
    Points points{{{2, 6}, {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}}, {{2}, {0, 1}}};
    DataSettings settings = DataSettings::of(points);
    settings.shuffle_features = true;
    const DataSet data = make_data(settings, "");
    CHECK((data.values.col(1) - data.values.col(0)).isApprox(Eigen::VectorXd::Constant(6, 10)));
    CHECK(data.values.col(0).sum() == 15);
    CHECK(data.values.col(0) != Eigen::VectorXd::LinSpaced(6, 0, 5));
  }

  TEST_CASE("a document that moves to another folder still finds its files") {
    DataSettings settings = DataSettings::of(Csv{.path = "sub/points.csv"});
    move_paths(settings, "/home/ada", "/home/ada/results");
    CHECK(std::get<Csv>(settings.source).path == "../sub/points.csv");
    move_paths(settings, "/home/ada/results", "/home/ada");
    CHECK(std::get<Csv>(settings.source).path == "sub/points.csv");
    settings.source = Csv{.path = "/data/points.csv"};
    move_paths(settings, "", "/tmp");
    CHECK(std::get<Csv>(settings.source).path == "/data/points.csv");
  }
}
