#pragma once
/// Paints a Scene on a Dear ImGui draw list.
#include "figure/canvas.h"
#include "gui.h"

namespace crease::app {

class ImGuiCanvas : public Canvas {
 public:
  /// The scene's (0, 0) lies at `origin` (in pixels of the window); its unit is `scale` pixels
  /// long.
  ImGuiCanvas(Gui& gui, ImDrawList& list, Point origin, double scale);
  ImGuiCanvas(Gui& gui, ImDrawList& list, Point origin)
      : ImGuiCanvas(gui, list, origin, gui.scale()) {}
  ~ImGuiCanvas() override;

  void paint(const Polyline&) override;
  void paint(const Polygon&) override;
  void paint(const RoundRect&) override;
  void paint(const Curve&) override;
  void paint(const Disc&) override;
  void paint(const Stamps&) override;
  void paint(const Mesh&) override;
  void paint(const Image&) override;
  void paint(const Text&) override;
  void paint(const Clip&) override;
  void paint(const Unclip&) override;

 private:
  ImVec2 at(Point p) const {
    return {static_cast<float>(origin_.x + p.x * scale_),
            static_cast<float>(origin_.y + p.y * scale_)};
  }
  float length(double l) const { return static_cast<float>(l * scale_); }
  bool paint_upright(const Polyline& line);
  void stroke(const std::vector<ImVec2>& path, const Stroke& stroke, bool closed);

  Gui& gui_;
  ImDrawList& list_;
  Point origin_;
  double scale_;
  int clips_ = 0;
  std::vector<ImVec2> path_;  // kept for its memory
};

}  // namespace crease::app
