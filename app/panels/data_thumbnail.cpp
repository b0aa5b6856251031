#include "panels/data_thumbnail.h"

#include <algorithm>
#include <limits>

namespace crease::app {

namespace {

constexpr int dots = 120;

struct Range {
  double least = std::numeric_limits<double>::infinity(), most = -least;
  void take(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  double share(double value) const { return most > least ? (value - least) / (most - least) : 0.5; }
};

Scene image(const DataSet& data, double side, const Theme& theme) {
  const int width = data.shape.width, height = data.shape.height;
  auto raster = std::make_shared<Raster>(width, height);
  for (int i = 0; i < width * height; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double value = data.bytes.empty() ? data.values(i, 0) : data.bytes[at] / 255.0;
    raster->pixels[at] = mix(theme.picture, theme.ink, std::clamp(value, 0.0, 1.0));
  }
  Scene scene;
  const double margin = side * 0.08;
  scene.add(Image{Rect{0, 0, side, side}.inset(margin), std::move(raster), {}, true});
  return scene;
}

Scene points(const DataSet& data, double side, const Theme& theme) {
  const bool line = data.shape.size() == 1;  // input sideways, target upwards
  Range across, up;
  const auto x_of = [&](Eigen::Index i) { return data.values(0, i); };
  const auto y_of = [&](Eigen::Index i) { return line ? data.targets(0, i) : data.values(1, i); };
  for (Eigen::Index i = 0; i < data.values.cols(); ++i) {
    across.take(x_of(i));
    up.take(y_of(i));
  }
  Scene scene;
  const double margin = side * 0.14, inner = side - 2 * margin;
  const double radius = data.size() <= 8 ? side * 0.09 : side * 0.03;
  std::vector<Stamps> classes(static_cast<std::size_t>(std::max(1, data.class_count)));
  for (std::size_t k = 0; k < classes.size(); ++k)
    classes[k].layers = {{.radius = radius,
                          .fill = data.is_classification()
                                      ? theme.of_class(static_cast<int>(k)).colour
                                      : theme.positive}};
  for (Eigen::Index i = 0; i < data.values.cols(); ++i) {
    const Point at{margin + inner * across.share(x_of(i)),
                   margin + inner * (1 - up.share(y_of(i)))};
    const int k = data.is_classification() ? data.classes[static_cast<std::size_t>(i)] : 0;
    classes[static_cast<std::size_t>(k)].centres.push_back(at);
  }
  for (Stamps& each : classes) scene.add(std::move(each));
  return scene;
}

}  // namespace

std::optional<Scene> data_thumbnail(const Source& source, double side, const Theme& theme) {
  DataSettings settings = DataSettings::of(source);
  settings.test_fraction = 0;
  if (settings.samples) settings.samples = std::min(*settings.samples, dots);
  const bool needs_more = std::holds_alternative<Csv>(source) ||
                          std::holds_alternative<Idx>(source) ||
                          std::holds_alternative<Points>(source);
  if (needs_more) return {};
  try {
    if (!settings.samples) settings.samples = 1;
    const DataSet data = make_data(settings, {});
    if (data.shape.is_image) return image(data, side, theme);
    const bool plane = data.shape.size() == 2 && data.is_classification();
    if (!plane && data.shape.size() != 1) return {};
    return points(data, side, theme);
  } catch (const Problem&) {
    return {};
  }
}

}  // namespace crease::app
