#pragma once
/// Lines on a Dear ImGui draw list as print draws them: any width, dashes, no spikes at sharp
/// corners.
#include <imgui.h>

#include <span>
#include <vector>

#include "figure/colour.h"

namespace crease::app {

/// Lines thinner than a pixel are drawn one pixel wide, less opaque. `dash`: lengths on, off, in
/// pixels. Points that are not finite break the line.
void draw_stroke(ImDrawList& list, std::span<const ImVec2> path, Colour colour, double width,
                 std::span<const double> dash = {}, bool closed = false);

}  // namespace crease::app
