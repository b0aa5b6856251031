#pragma once
/// The light that runs along a network's lines when a single step is taken: forwards as its samples
/// do, then back as the gradient does.
#include <optional>
#include <span>

#include "figure/canvas.h"
#include "gui.h"

namespace crease::app {

class Pulse {
 public:
  /// Begins where more single steps have been asked for than the last time.
  void follow(const Gui& gui, long steps_asked);
  /// Paints it over `lines`, the curves of a scene that lies at `origin`, both in the units of that
  /// scene; keeps the window awake as long as it runs.
  void draw(Gui& gui, ImDrawList& list, std::span<const Item> lines, Point origin);

 private:
  std::optional<long> asked_;
  std::optional<double> seconds_;  // since it began
};

}  // namespace crease::app
