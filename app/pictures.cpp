#include "pictures.h"

#include <imgui_internal.h>

#include <algorithm>

namespace crease::app {

namespace {
constexpr int largest_side = 4096;
constexpr int frames_in_reserve = 120;  // how long a texture waits for another raster of its size

void fill(ImTextureData& texture, const Raster& raster, int times) {
  auto* out = reinterpret_cast<Colour*>(texture.GetPixels());
  for (int row = 0; row < raster.height; ++row) {
    const Colour* first = out;
    for (int column = 0; column < raster.width; ++column)
      out = std::fill_n(out, times, raster.at(column, row));
    for (int again = 1; again < times; ++again) out = std::copy_n(first, texture.Width, out);
  }
}
static_assert(sizeof(Colour) == 4);

/// Before a texture is freed. The list for the renderer is made anew only in the next frame.
void forget(ImTextureData& texture) {
  ImGui::UnregisterUserTexture(&texture);
  ImGui::GetPlatformIO().Textures.find_erase(&texture);
}
}  // namespace

struct Pictures::Kept {
  const Raster* raster = nullptr;
  std::weak_ptr<const Raster> alive;
  int times = 1;
  int last_frame = 0;
  bool removed = false;
  ImTextureData texture;

  bool shows(const std::shared_ptr<const Raster>& other, int factor) const {
    // The same address may be another raster's by now; the owner tells.
    return raster == other.get() && times == factor && !alive.owner_before(other) &&
           !other.owner_before(alive);
  }
};

Pictures::Pictures() = default;

Pictures::~Pictures() {
  for (auto& kept : kept_) forget(kept->texture);
}

ImTextureRef Pictures::of(const std::shared_ptr<const Raster>& raster, int times) {
  times = std::clamp(std::min(times, largest_side / std::max({1, raster->width, raster->height})),
                     1, 64);
  const int width = raster->width * times;
  const int height = raster->height * times;
  Kept* spare = nullptr;
  for (auto& kept : kept_) {
    if (kept->removed) continue;
    if (kept->shows(raster, times)) {
      kept->last_frame = frame_;
      return kept->texture.GetTexRef();
    }
    // What was painted in this frame must stay as it is until the frame is drawn.
    if (kept->alive.expired() && kept->last_frame < frame_ && kept->texture.Width == width &&
        kept->texture.Height == height && kept->texture.Status == ImTextureStatus_OK)
      spare = kept.get();
  }
  if (spare == nullptr) {
    kept_.push_back(std::make_unique<Kept>());
    spare = kept_.back().get();
    spare->texture.Create(ImTextureFormat_RGBA32, width, height);
    spare->texture.UseColors = true;
    ImGui::RegisterUserTexture(&spare->texture);
  } else {
    const ImTextureRect all{0, 0, static_cast<unsigned short>(width),
                            static_cast<unsigned short>(height)};
    // The one of its last raster is done, and nobody else drops it.
    spare->texture.Updates.resize(0);
    spare->texture.Updates.push_back(all);
    spare->texture.UpdateRect = all;
    spare->texture.SetStatus(ImTextureStatus_WantUpdates);
  }
  fill(spare->texture, *raster, times);
  spare->raster = raster.get();
  spare->alive = raster;
  spare->times = times;
  spare->last_frame = frame_;
  return spare->texture.GetTexRef();
}

void Pictures::next_frame() {
  ++frame_;
  for (auto& kept : kept_) {
    if (!kept->removed && kept->alive.expired() && frame_ - kept->last_frame > frames_in_reserve) {
      kept->texture.UnusedFrames = 1;
      kept->texture.SetStatus(ImTextureStatus_WantDestroy);
      kept->removed = true;
    }
  }
  std::erase_if(kept_, [](auto& kept) {
    if (!kept->removed || kept->texture.Status != ImTextureStatus_Destroyed) return false;
    forget(kept->texture);
    return true;
  });
}

}  // namespace crease::app
