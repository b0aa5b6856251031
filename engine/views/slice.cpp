#include "views/slice.h"

#include <algorithm>

#include "core/tasks.h"

namespace crease {

namespace {

std::vector<double> values_of(const DataSet& data, std::size_t sample) {
  const std::size_t features = data.bytes.empty() ? static_cast<std::size_t>(data.values.rows())
                                                  : data.bytes.size() / data.size();
  std::vector<double> values(features);
  for (std::size_t f = 0; f < features; ++f)
    values[f] = data.bytes.empty()
                    ? static_cast<double>(data.values(static_cast<Eigen::Index>(f),
                                                      static_cast<Eigen::Index>(sample)))
                    : data.bytes[sample * features + f] / 255.0;
  return values;
}

}  // namespace

HomeSlice home_slice(std::size_t inputs, const DataSet* data) {
  HomeSlice home;
  if (inputs == 1) {
    std::vector<double> places;
    for (std::size_t i = 0; data && i < data->size(); ++i) places.push_back(values_of(*data, i)[0]);
    const Extremes across = extremes(places, 0.06);
    home.slice = regions::Slice::of_inputs(1, {across.low, across.high, -1, 1});
    return home;
  }
  HomeDomain domain;
  if (inputs == 2) domain = home_domain(data);
  home.equal = domain.equal;
  home.slice = regions::Slice::of_inputs(inputs, domain.domain);
  return home;
}

int spare_threads() { return std::clamp(hardware_threads() - 2, 1, 4); }

regions::Slice plane_through(const DataSet& data, const std::array<std::size_t, 3>& samples) {
  return plane_through(
      {values_of(data, samples[0]), values_of(data, samples[1]), values_of(data, samples[2])});
}

regions::Slice plane_through(const std::array<std::vector<double>, 3>& points) {
  regions::Slice slice;
  slice.origin = points[0];
  slice.u = points[1];
  slice.v = points[2];
  for (std::size_t f = 0; f < slice.origin.size(); ++f) {
    slice.u[f] -= slice.origin[f];
    slice.v[f] -= slice.origin[f];
  }
  slice.window = {-0.5, 1.5, -0.5, 1.5};
  return slice;
}

}  // namespace crease
