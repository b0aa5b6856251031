#include "data/data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/source.h"

namespace crease {

namespace {

/// Test first, then validation, the rest is for training. A part of nothing leaves the stored
/// order.
void split(DataSet& data, const DataSettings& settings) {
  if (settings.test_fraction + settings.validation_fraction >= 1)
    throw Problem("data: test_fraction and validation_fraction",
                  "together they leave nothing to train on: their sum must be below 1");
  std::vector<std::size_t> order(data.test.empty() ? data.size() : data.train.size());
  if (data.test.empty())
    std::iota(order.begin(), order.end(), std::size_t{0});
  else
    order = data.train;
  const auto share = [&](double fraction) {
    return static_cast<std::ptrdiff_t>(std::llround(fraction * static_cast<double>(order.size())));
  };
  const std::ptrdiff_t tests = data.test.empty() ? share(settings.test_fraction) : 0;
  const std::ptrdiff_t validations = share(settings.validation_fraction);
  const auto total = static_cast<std::ptrdiff_t>(order.size());
  if (tests + validations >= total)
    throw Problem("data: test_fraction", "leaves no sample to train on");
  if (tests + validations > 0) Random(settings.seed, "split").shuffle(order);
  const auto first_validation = order.begin() + (total - tests - validations);
  const auto first_test = order.begin() + (total - tests);
  data.train.assign(order.begin(), first_validation);
  data.validation.assign(first_validation, first_test);
  if (data.test.empty()) data.test.assign(first_test, order.end());
  // Each part in stored order: what "sequential" draws.
  for (auto* part : {&data.train, &data.validation, &data.test})
    std::sort(part->begin(), part->end());
}

void bytes_to_values(DataSet& data) {
  if (data.bytes.empty()) return;
  data.values = Eigen::Map<const Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic>>(
                    data.bytes.data(), static_cast<Eigen::Index>(data.shape.size()),
                    static_cast<Eigen::Index>(data.size()))
                    .cast<double>() /
                255.0;
  data.bytes.clear();
}

/// Mean 0 and variance 1 (1/N) of each input over the training part; a constant input is only
/// shifted.
void standardise(DataSet& data) {
  bytes_to_values(data);
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(data.values.rows());
  Eigen::VectorXd variance = mean;
  for (const std::size_t i : data.train) mean += data.values.col(static_cast<Eigen::Index>(i));
  mean /= static_cast<double>(data.train.size());
  for (const std::size_t i : data.train)
    variance += (data.values.col(static_cast<Eigen::Index>(i)) - mean).cwiseAbs2();
  variance /= static_cast<double>(data.train.size());
  // The rounding of the mean gives a constant input a variance of its own, far below its square.
  const Eigen::VectorXd scale = variance.binaryExpr(
      mean, [](double v, double m) { return v > 1e-24 * m * m ? 1 / std::sqrt(v) : 1.0; });
  data.values = scale.asDiagonal() * (data.values.colwise() - mean);
}

void shuffle_features(DataSet& data, std::uint64_t seed) {
  std::vector<std::size_t> order(data.shape.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random(seed, "features").shuffle(order);
  if (!data.input_names.empty()) {
    const std::vector<std::string> names = data.input_names;
    for (std::size_t f = 0; f < order.size(); ++f) data.input_names[f] = names[order[f]];
  }
  if (data.bytes.empty()) {
    const Eigen::MatrixXd old = data.values;
    for (std::size_t f = 0; f < order.size(); ++f)
      data.values.row(static_cast<Eigen::Index>(f)) = old.row(static_cast<Eigen::Index>(order[f]));
    return;
  }
  std::vector<std::uint8_t> old(order.size());
  for (std::size_t s = 0; s < data.size(); ++s) {
    std::uint8_t* sample = data.bytes.data() + s * order.size();
    std::copy_n(sample, order.size(), old.data());
    for (std::size_t f = 0; f < order.size(); ++f) sample[f] = old[order[f]];
  }
}

/// Every sample's target becomes the sample as the network reads it.
void target_inputs(DataSet& data) {
  data.classes.clear();
  data.class_count = 0;
  data.class_names.clear();
  data.targets_as_given = false;
  data.target_name.clear();
  data.targets = data.values;
  if (data.bytes.empty()) return;
  const auto rows = static_cast<Eigen::Index>(data.shape.size());
  data.targets = Eigen::Map<const Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic>>(
                     data.bytes.data(), rows, static_cast<Eigen::Index>(data.size()))
                     .cast<double>() /
                 255.0;
}

}  // namespace

DataSettings DataSettings::of(const Source& source) {
  DataSettings settings;
  settings.source = source;
  std::visit(
      [&](const auto& s) {
        if (s.samples > 0) settings.samples = s.samples;
        settings.test_fraction = s.test_fraction;
      },
      source);
  return settings;
}

void move_paths(DataSettings& settings, const std::filesystem::path& from,
                const std::filesystem::path& to) {
  const auto absolute = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path.empty() ? "." : path).lexically_normal();
  };
  if (absolute(from) == absolute(to)) return;
  std::visit(
      [&](auto& source) {
        source.fields(source, [&]<class V>(const Field& field, V& value) {
          if constexpr (std::is_same_v<V, std::string>)
            if (field.is_path && !value.empty() && std::filesystem::path(value).is_relative())
              value = absolute(from / value).lexically_relative(absolute(to)).string();
        });
      },
      settings.source);
}

DataSet make_data(const DataSettings& settings, const std::filesystem::path& folder) {
  Random random(settings.seed, "samples");
  DataSet data = std::visit(
      [&](const auto& s) {
        auto samples = settings.samples;
        if (!samples && s.samples > 0) samples = s.samples;
        return s.make(Request{samples, settings.noise, random, folder});
      },
      settings.source);
  if (data.size() == 0) throw Problem("data", "there are no samples");
  split(data, settings);
  if (settings.standardise) standardise(data);
  if (settings.shuffle_features) shuffle_features(data, settings.seed);
  if (settings.reconstruct) target_inputs(data);
  return data;
}

}  // namespace crease
