#pragma once
/// Markers as small pictures: hundreds of samples become two triangles each instead of a hundred.
#include <memory>
#include <vector>

#include "figure/scene.h"

namespace crease::app {

class StampPictures {
 public:
  struct Stamp {
    std::shared_ptr<const Raster> raster;
    double side = 0;  ///< px of the scene; the marker's centre is the picture's
  };
  /// The marker of some stamps, for a canvas whose unit is `scale` pixels long. Kept, so that each
  /// look is drawn once.
  Stamp of(const Stamps& stamps, double scale);

 private:
  struct Kept {
    Marker marker;
    std::vector<Stamps::Layer> layers;
    double scale;
    Stamp stamp;
  };
  std::vector<Kept> kept_;
};

}  // namespace crease::app
