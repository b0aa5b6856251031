#include "stamp_pictures.h"

#include <algorithm>
#include <cmath>

#include "export/pages.h"

namespace crease::app {

namespace {

constexpr std::size_t most_kept = 64;
/// Pixels of a picture for each on screen: a marker may lie between the pixels.
constexpr double finer = 2;

/// How far a marker reaches from its centre, spikes of its outline included.
double reach_of(const Stamps& stamps) {
  double reach = 0;
  for (const Stamps::Layer& layer : stamps.layers)
    reach = std::max(reach, 1.8 * layer.radius + 3 * layer.edge.width);
  return reach;
}

/// Where nothing is painted the outermost colour, unseen: sampling mixes it in at the outline.
void bleed(Raster& raster, const Stamps::Layer& outermost) {
  const bool edged = outermost.edge.width > 0 && outermost.edge.colour.a > 0;
  Colour unseen = edged ? outermost.edge.colour : outermost.fill;
  unseen.a = 0;
  for (Colour& pixel : raster.pixels)
    if (pixel.a == 0) pixel = unseen;
}

}  // namespace

StampPictures::Stamp StampPictures::of(const Stamps& stamps, double scale) {
  for (const Kept& kept : kept_)
    if (kept.marker == stamps.marker && kept.scale == scale && kept.layers == stamps.layers)
      return kept.stamp;
  const double side = 2 * std::ceil(reach_of(stamps) + 1);
  Scene scene;
  add_stamp(scene, stamps, {side / 2, side / 2});
  Raster raster = raster_of(scene, {side, side}, finer * scale);
  if (!stamps.layers.empty()) bleed(raster, stamps.layers.front());
  if (kept_.size() >= most_kept) kept_.clear();
  kept_.push_back({stamps.marker,
                   stamps.layers,
                   scale,
                   {std::make_shared<const Raster>(std::move(raster)), side}});
  return kept_.back().stamp;
}

}  // namespace crease::app
