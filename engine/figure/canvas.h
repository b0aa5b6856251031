#pragma once
/// What a Scene can be painted on.
#include "figure/scene.h"

namespace crease {

class Canvas {
 public:
  virtual ~Canvas() = default;
  virtual void paint(const Polyline&) = 0;
  virtual void paint(const Polygon&) = 0;
  virtual void paint(const RoundRect&) = 0;
  virtual void paint(const Curve&) = 0;
  virtual void paint(const Disc&) = 0;
  /// One after the other, unless a canvas knows a quicker way.
  virtual void paint(const Stamps&);
  virtual void paint(const Mesh&) = 0;
  virtual void paint(const Image&) = 0;
  virtual void paint(const Text&) = 0;
  virtual void paint(const Clip&) = 0;
  virtual void paint(const Unclip&) = 0;
};

/// Everything in `scene`, in order.
void paint(const Scene& scene, Canvas& canvas);

/// The scene as text, one line an item, numbers to a hundredth: for tests.
std::string describe(const Scene& scene);

}  // namespace crease
