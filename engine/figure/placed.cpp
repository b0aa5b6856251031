// Between a panel's plane and the place where it is seen; zooming and dragging.
#include <cmath>

#include "figure/layout.h"

namespace crease {

namespace {

/// The number that is even along an axis.
double along(double value, Scale scale) {
  return scale == Scale::logarithmic ? std::log10(value) : value;
}
double from_along(double value, Scale scale) {
  return scale == Scale::logarithmic ? std::pow(10, value) : value;
}

double share_of(double value, double from, double to, Scale scale) {
  const double a = along(from, scale), b = along(to, scale);
  return (along(value, scale) - a) / (b - a);
}
double value_at(double share, double from, double to, Scale scale) {
  const double a = along(from, scale), b = along(to, scale);
  return from_along(a + share * (b - a), scale);
}

/// Where doubles and pixels still tell two values apart.
bool sound(double from, double to, Scale scale) {
  const double a = along(from, scale), b = along(to, scale);
  const double span = std::abs(b - a), far = std::max(std::abs(a), std::abs(b));
  return std::isfinite(span) && span > 1e-10 * far && span > 1e-200 && span < 1e200;
}

void zoom_axis(double& from, double& to, Scale scale, double around, double factor) {
  const double middle = along(around, scale);
  if (!std::isfinite(middle)) return;
  const double a = from_along(middle + (along(from, scale) - middle) / factor, scale);
  const double b = from_along(middle + (along(to, scale) - middle) / factor, scale);
  if (!sound(a, b, scale)) return;
  from = a;
  to = b;
}

void pan_axis(double& from, double& to, Scale scale, double start, double end) {
  const double by = along(start, scale) - along(end, scale);
  if (!std::isfinite(by)) return;
  const double a = from_along(along(from, scale) + by, scale);
  const double b = from_along(along(to, scale) + by, scale);
  if (!sound(a, b, scale)) return;
  from = a;
  to = b;
}

}  // namespace

Point PlacedPanel::to_scene(Point data) const {
  return {at.x + at.width * share_of(data.x, domain.x0, domain.x1, x_scale),
          at.y + at.height * (1 - share_of(data.y, domain.y0, domain.y1, y_scale))};
}

Point PlacedPanel::to_data(Point scene) const {
  return {value_at((scene.x - at.x) / at.width, domain.x0, domain.x1, x_scale),
          value_at(1 - (scene.y - at.y) / at.height, domain.y0, domain.y1, y_scale)};
}

Domain zoomed(const PlacedPanel& panel, Point around, double factor) {
  Domain domain = panel.domain;
  if (!(factor > 0)) return domain;
  zoom_axis(domain.x0, domain.x1, panel.x_scale, around.x, factor);
  zoom_axis(domain.y0, domain.y1, panel.y_scale, around.y, factor);
  return domain;
}

Domain panned(const PlacedPanel& panel, Point from, Point to) {
  Domain domain = panel.domain;
  pan_axis(domain.x0, domain.x1, panel.x_scale, from.x, to.x);
  pan_axis(domain.y0, domain.y1, panel.y_scale, from.y, to.y);
  return domain;
}

}  // namespace crease
