#include "panels/pulse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "imgui_canvas.h"

namespace crease::app {

namespace {

constexpr double seconds_one_way = 0.45;

/// A band of light, as wide as this (px at scale 1) and as strong: pale ones around a bright one.
struct Band {
  double width, opacity;
};
constexpr Band bands[] = {{120, 0.25}, {76, 0.4}, {36, 0.9}};

}  // namespace

void Pulse::follow(const Gui& gui, long steps_asked) {
  const bool begins = asked_ && steps_asked > *asked_ && !gui.less_motion();
  asked_ = steps_asked;
  if (begins && !seconds_) seconds_ = 0;
}

void Pulse::draw(Gui& gui, ImDrawList& list, std::span<const Item> lines, Point origin) {
  if (!seconds_) return;
  double left = std::numeric_limits<double>::infinity(), right = -left;
  for (const Item& item : lines)
    if (const auto* curve = std::get_if<Curve>(&item)) {
      left = std::min(left, curve->from.x);
      right = std::max(right, curve->to.x);
    }
  const double way = *seconds_ / seconds_one_way;
  if (way >= 2 || !(left < right)) {
    seconds_.reset();
    return;
  }
  const double reach = bands[0].width / 2;
  const double share = way < 1 ? way : 2 - way;
  const double middle = left - reach + share * (right - left + 2 * reach);
  for (const Band& band : bands) {
    ImGuiCanvas canvas(gui, list, origin);
    canvas.paint(Clip{{middle - band.width / 2, 0, band.width, 1e5}});
    for (const Item& item : lines) {
      const auto* curve = std::get_if<Curve>(&item);
      if (!curve) continue;
      Curve lit = *curve;
      // What weighs little passes little on: pale lines stay paler.
      const double strength = std::sqrt(curve->stroke.colour.a / 255.0);
      lit.stroke = {
          gui.theme().accent.faded(band.opacity * strength), curve->stroke.width + 0.8, {}};
      canvas.paint(lit);
    }
    canvas.paint(Unclip{});
  }
  // The first frame after a sleep lasts as long as the sleep.
  constexpr double longest_frame = 1.0 / 30;
  *seconds_ += std::min(static_cast<double>(ImGui::GetIO().DeltaTime), longest_frame);
  gui.wake();
}

}  // namespace crease::app
