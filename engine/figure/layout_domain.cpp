// Which part of its plane a panel shows.
#include <algorithm>
#include <cmath>

#include "figure/layout_parts.h"

namespace crease::laying {

namespace {

/// A range that can be drawn, whatever it was.
void mend(double& from, double& to, Scale scale) {
  if (!std::isfinite(from) || !std::isfinite(to)) {
    from = scale == Scale::logarithmic ? 0.1 : 0;
    to = 1;
  }
  if (scale == Scale::logarithmic) {
    if (!(to > 0)) to = 1;
    if (!(from > 0)) from = to * 1e-4;
    if (std::abs(std::log10(to / from)) < 1e-9) {
      from /= 2;
      to *= 2;
    }
  } else if (std::abs(to - from) <= 1e-12 * std::max(std::abs(from), std::abs(to)) ||
             std::abs(to - from) < 1e-280) {
    const double half = from == 0 ? 0.5 : std::abs(from) / 2;
    from -= half;
    to += half;
  }
}

void make_equal(Domain& d) {
  const double half = std::max(std::abs(d.x1 - d.x0), std::abs(d.y1 - d.y0)) / 2;
  const auto widen = [half](double& from, double& to) {
    const double middle = (from + to) / 2, way = to < from ? -1 : 1;
    from = middle - way * half;
    to = middle + way * half;
  };
  widen(d.x0, d.x1);
  widen(d.y0, d.y1);
}

}  // namespace

PlacedPanel placed_of(const Panel& panel, std::size_t number, const LayoutOptions& options) {
  PlacedPanel placed{number,
                     {},
                     {panel.x.from, panel.x.to, panel.y.from, panel.y.to},
                     panel.x.scale,
                     panel.y.scale};
  const auto zoom = options.zoom.find(number);
  if (zoom != options.zoom.end()) placed.domain = zoom->second;
  Domain& d = placed.domain;
  mend(d.x0, d.x1, panel.x.scale);
  mend(d.y0, d.y1, panel.y.scale);
  const bool linear = panel.x.scale == Scale::linear && panel.y.scale == Scale::linear;
  if (panel.equal && linear) make_equal(d);
  return placed;
}

}  // namespace crease::laying
