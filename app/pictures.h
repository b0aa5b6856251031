#pragma once
/// Rasters as textures of Dear ImGui's, made when they are first painted and dropped when they are
/// gone.
#include <imgui.h>

#include <memory>
#include <vector>

#include "figure/colour.h"

namespace crease::app {

class Pictures {
 public:
  Pictures();
  ~Pictures();
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

  /// The texture of a raster; each of its pixels fills `times` by `times` of the texture's, so that
  /// smooth sampling shows them unsmoothed. `times` is lowered where the texture would be huge.
  ImTextureRef of(const std::shared_ptr<const Raster>& raster, int times = 1);

  /// Once a frame: lets go of textures whose rasters are gone.
  void next_frame();
  /// How many textures there are, also those kept for another raster of their size.
  std::size_t size() const { return kept_.size(); }

 private:
  struct Kept;
  std::vector<std::unique_ptr<Kept>> kept_;
  int frame_ = 0;
};

}  // namespace crease::app
