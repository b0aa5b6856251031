#include "stroke.h"

#include <algorithm>
#include <cmath>

#include "gui.h"

namespace crease::app {

namespace {

bool finite(ImVec2 p) { return std::isfinite(p.x) && std::isfinite(p.y); }
ImVec2 between(ImVec2 a, ImVec2 b, float share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}
float distance(ImVec2 a, ImVec2 b) { return std::hypot(b.x - a.x, b.y - a.y); }

// Do the directions a-b and b-c differ so much that a mitre would be a spike?
bool sharp(ImVec2 a, ImVec2 b, ImVec2 c) {
  const float ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
  return ux * vx + uy * vy < 0;  // more than a right angle
}

// A line without breaks, cut where it turns sharply.
void solid(ImDrawList& list, std::span<const ImVec2> path, ImU32 tint, float width, bool closed) {
  if (closed) {
    const std::size_t n = path.size();
    bool spiky = false;
    for (std::size_t i = 0; i < n && !spiky; ++i)
      spiky = sharp(path[i], path[(i + 1) % n], path[(i + 2) % n]);
    if (!spiky) {
      list.AddPolyline(path.data(), static_cast<int>(n), tint, ImDrawFlags_Closed, width);
      return;
    }
    std::vector<ImVec2> open(path.begin(), path.end());
    open.push_back(path.front());
    solid(list, open, tint, width, false);
    return;
  }
  std::size_t from = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const bool last = i + 1 == path.size();
    if (!last && !sharp(path[i - 1], path[i], path[i + 1])) continue;
    list.AddPolyline(&path[from], static_cast<int>(i - from + 1), tint, 0, width);
    if (!last && width >= 2.5F) list.AddCircleFilled(path[i], width / 2, tint);
    from = i;
  }
}

void dashed(ImDrawList& list, std::span<const ImVec2> path, ImU32 tint, float width, bool closed,
            std::span<const double> dash) {
  std::vector<ImVec2> piece{path.front()};
  std::size_t entry = 0;
  auto left = static_cast<float>(dash[0]);
  const std::size_t segments = closed ? path.size() : path.size() - 1;
  for (std::size_t i = 0; i < segments; ++i) {
    ImVec2 from = path[i];
    const ImVec2 to = path[(i + 1) % path.size()];
    float length = distance(from, to);
    while (length > left) {
      from = between(from, to, left / length);
      length -= left;
      if (entry % 2 == 0) {
        piece.push_back(from);
        solid(list, piece, tint, width, false);
      }
      entry = (entry + 1) % dash.size();
      left = std::max(0.25F, static_cast<float>(dash[entry]));
      piece.assign(1, from);
    }
    left -= length;
    piece.push_back(to);
  }
  if (entry % 2 == 0 && piece.size() > 1) solid(list, piece, tint, width, false);
}

}  // namespace

void draw_stroke(ImDrawList& list, std::span<const ImVec2> path, Colour ink, double width,
                 std::span<const double> dash, bool closed) {
  if (width <= 0 || ink.a == 0) return;
  // Dear ImGui draws whole widths with a third of the triangles. What the ground shines through
  // anyway takes the next one, and covers as much by its opacity.
  constexpr int opaque = 205;
  const double whole = std::max(1.0, std::round(width));
  const bool rounds = width < 1 || (ink.a < opaque && ink.a * width / whole <= 255);
  if (rounds) ink.a = nearest_byte(ink.a * width / whole);
  const ImU32 tint = colour(ink);
  const auto pixels = static_cast<float>(rounds ? whole : width);
  const auto piece = [&](std::span<const ImVec2> points, bool round) {
    if (points.size() < 2) return;
    if (dash.size() < 2)
      solid(list, points, tint, pixels, round);
    else
      dashed(list, points, tint, pixels, round, dash);
  };
  const auto bad = [](ImVec2 p) { return !finite(p); };
  if (std::none_of(path.begin(), path.end(), bad)) {
    piece(path, closed);
    return;
  }
  auto from = path.begin();
  while (from != path.end()) {
    from = std::find_if(from, path.end(), finite);
    const auto to = std::find_if(from, path.end(), bad);
    piece({from, to}, false);
    from = to;
  }
}

}  // namespace crease::app
