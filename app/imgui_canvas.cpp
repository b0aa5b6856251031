#include "imgui_canvas.h"

#include <imgui_internal.h>

#include <cmath>

#include "draw_text.h"
#include "pictures.h"
#include "stamp_pictures.h"
#include "stroke.h"

namespace crease::app {

namespace {

// Twice the signed area; positive when clockwise on screen.
double area(const std::vector<ImVec2>& path) {
  double sum = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const ImVec2 a = path[i];
    const ImVec2 b = path[(i + 1) % path.size()];
    sum += double(a.x) * b.y - double(b.x) * a.y;
  }
  return sum;
}

// Of a clockwise polygon.
bool convex(const std::vector<ImVec2>& path) {
  const std::size_t n = path.size();
  for (std::size_t i = 0; i < n; ++i) {
    const ImVec2 a = path[i], b = path[(i + 1) % n], c = path[(i + 2) % n];
    const double turn = double(b.x - a.x) * (c.y - b.y) - double(b.y - a.y) * (c.x - b.x);
    if (turn < -1e-3) return false;
  }
  return true;
}

bool finite(ImVec2 p) { return std::isfinite(p.x) && std::isfinite(p.y); }

}  // namespace

ImGuiCanvas::ImGuiCanvas(Gui& gui, ImDrawList& list, Point origin, double scale)
    : gui_(gui), list_(list), origin_(origin), scale_(scale) {}

ImGuiCanvas::~ImGuiCanvas() {
  for (; clips_ > 0; --clips_) list_.PopClipRect();
}

void ImGuiCanvas::stroke(const std::vector<ImVec2>& path, const Stroke& stroke, bool closed) {
  std::vector<double> dash = stroke.dash;
  for (double& each : dash) each *= scale_;
  draw_stroke(list_, path, stroke.colour, stroke.width * scale_, dash, closed);
}

void ImGuiCanvas::paint(const Polyline& line) {
  if (line.points.size() == 2 && paint_upright(line)) return;
  path_.clear();
  for (const Point& p : line.points) path_.push_back(at(p));
  stroke(path_, line.stroke, line.closed);
}

// Level and upright lines fill whole pixels: axes and grids are sharp at every scale.
bool ImGuiCanvas::paint_upright(const Polyline& line) {
  ImVec2 from = at(line.points[0]), to = at(line.points[1]);
  const bool level = line.points[0].y == line.points[1].y;
  if (!level && line.points[0].x != line.points[1].x) return false;
  Stroke sharp = line.stroke;
  const double width = sharp.width * scale_;
  if (width > 1 && width < 2.5) sharp.width = std::round(width) / scale_;
  const auto half = static_cast<float>(std::max(1.0, sharp.width * scale_) / 2);
  float& a = level ? from.y : from.x;
  float& b = level ? to.y : to.x;
  a = b = std::round(a - half) + half;
  path_ = {from, to};
  stroke(path_, sharp, false);
  return true;
}

void ImGuiCanvas::paint(const Polygon& polygon) {
  path_.clear();
  for (const Point& p : polygon.points) {
    path_.push_back(at(p));
    if (!finite(path_.back())) return;
  }
  if (path_.size() < 3 || polygon.fill.a == 0) return;
  // Dear ImGui's smooth edge lies outside of a clockwise polygon only.
  if (area(path_) < 0) std::reverse(path_.begin(), path_.end());
  const int count = static_cast<int>(path_.size());
  if (convex(path_))
    list_.AddConvexPolyFilled(path_.data(), count, colour(polygon.fill));
  else
    list_.AddConcavePolyFilled(path_.data(), count, colour(polygon.fill));
}

void ImGuiCanvas::paint(const RoundRect& box) {
  const ImVec2 from = at({box.at.x, box.at.y});
  const ImVec2 to = at({box.at.right(), box.at.bottom()});
  if (!finite(from) || !finite(to)) return;
  const float radius = length(box.radius);
  if (box.fill.a > 0) list_.AddRectFilled(from, to, colour(box.fill), radius);
  if (box.edge.width <= 0 || box.edge.colour.a == 0) return;
  const auto half = static_cast<float>(std::max(1.0, std::round(box.edge.width * scale_)) / 2);
  const auto sharp = [&](float x) { return std::round(x - half) + half; };
  const ImVec2 low{sharp(from.x), sharp(from.y)}, high{sharp(to.x), sharp(to.y)};
  path_.clear();
  if (radius <= 0) {
    path_ = {low, {high.x, low.y}, high, {low.x, high.y}};
  } else {
    list_.PathRect(low, high, radius);
    path_.assign(list_._Path.begin(), list_._Path.end());
    list_.PathClear();
  }
  stroke(path_, box.edge, true);
}

void ImGuiCanvas::paint(const Curve& curve) {
  const ImVec2 from = at(curve.from), to = at(curve.to);
  const ImVec2 first = at(curve.first), second = at(curve.second);
  if (!finite(from) || !finite(to) || !finite(first) || !finite(second)) return;
  list_.PathLineTo(from);
  list_.PathBezierCubicCurveTo(first, second, to);
  path_.assign(list_._Path.begin(), list_._Path.end());
  list_.PathClear();
  stroke(path_, curve.stroke, false);
}

void ImGuiCanvas::paint(const Disc& disc) {
  const ImVec2 centre = at(disc.centre);
  const float radius = length(disc.radius);
  if (!finite(centre) || !(radius > 0)) return;
  if (disc.fill.a > 0) list_.AddCircleFilled(centre, radius, colour(disc.fill));
  if (disc.edge.width <= 0 || disc.edge.colour.a == 0) return;
  list_.PathArcTo(centre, radius, 0, 2 * IM_PI);
  path_.assign(list_._Path.begin(), list_._Path.end());
  list_.PathClear();
  if (path_.size() > 2) path_.pop_back();  // the first point again
  stroke(path_, disc.edge, true);
}

void ImGuiCanvas::paint(const Stamps& stamps) {
  constexpr std::size_t few = 8, most_at_once = 10000;  // of one piece, as indices have 16 bits
  if (stamps.centres.size() < few) return Canvas::paint(stamps);
  const StampPictures::Stamp stamp = gui_.stamps().of(stamps, scale_);
  list_.PushTexture(gui_.pictures().of(stamp.raster));
  const float half = length(stamp.side) / 2;
  for (std::size_t from = 0; from < stamps.centres.size(); from += most_at_once) {
    const std::size_t to = std::min(stamps.centres.size(), from + most_at_once);
    const auto count = static_cast<int>(to - from);
    list_.PrimReserve(6 * count, 4 * count);
    for (std::size_t i = from; i < to; ++i) {
      const ImVec2 centre = at(stamps.centres[i]);
      list_.PrimRectUV({centre.x - half, centre.y - half}, {centre.x + half, centre.y + half},
                       {0, 0}, {1, 1}, IM_COL32_WHITE);
    }
  }
  list_.PopTexture();
}

void ImGuiCanvas::paint(const Mesh& mesh) {
  const ImVec2 white = list_._Data->TexUvWhitePixel;
  constexpr std::size_t most_vertices = 60000;  // of one piece, as indices have 16 bits
  if (mesh.points.size() <= most_vertices) {
    list_.PrimReserve(static_cast<int>(mesh.triangles.size()),
                      static_cast<int>(mesh.points.size()));
    const auto first = list_._VtxCurrentIdx;
    for (const std::uint32_t corner : mesh.triangles)
      list_.PrimWriteIdx(static_cast<ImDrawIdx>(first + corner));
    for (std::size_t i = 0; i < mesh.points.size(); ++i)
      list_.PrimWriteVtx(at(mesh.points[i]), white, colour(mesh.colours[i]));
    return;
  }
  const std::size_t corners = mesh.triangles.size() / 3 * 3;
  for (std::size_t from = 0; from < corners; from += most_vertices) {
    const std::size_t to = std::min(corners, from + most_vertices);
    list_.PrimReserve(static_cast<int>(to - from), static_cast<int>(to - from));
    for (std::size_t i = from; i < to; ++i)
      list_.PrimVtx(at(mesh.points[mesh.triangles[i]]), white,
                    colour(mesh.colours[mesh.triangles[i]]));
  }
}

void ImGuiCanvas::paint(const Image& image) {
  if (!image.raster || image.raster->width < 1 || image.raster->height < 1) return;
  const double width = image.raster->width, height = image.raster->height;
  Rect part = image.part;
  if (part.width <= 0 || part.height <= 0) part = {0, 0, width, height};
  const ImVec2 from = at({image.at.x, image.at.y});
  const ImVec2 to = at({image.at.right(), image.at.bottom()});
  if (!finite(from) || !finite(to)) return;
  int times = 1;
  if (!image.smooth) {
    // Enlarged to at least the size on screen, in powers of two so that zooming seldom makes it
    // anew.
    const double wanted = std::max((to.x - from.x) / part.width, (to.y - from.y) / part.height);
    while (times < wanted && times < 64) times *= 2;
  }
  const auto u = [&](double x) { return static_cast<float>(x / width); };
  const auto v = [&](double y) { return static_cast<float>(y / height); };
  list_.AddImage(gui_.pictures().of(image.raster, times), from, to, {u(part.x), v(part.y)},
                 {u(part.right()), v(part.bottom())});
}

void ImGuiCanvas::paint(const Text& text) {
  const Point start{origin_.x + text.baseline.x * scale_, origin_.y + text.baseline.y * scale_};
  if (!std::isfinite(start.x) || !std::isfinite(start.y)) return;
  draw_glyphs(gui_, list_, start, text.text, text.face, text.size * scale_, text.colour,
              text.fixed_digits, text.turn > 0.5 ? 1 : 0);
}

void ImGuiCanvas::paint(const Clip& clip) {
  // To whole pixels: a renderer cuts off the rest, and a gap would show beside the frame.
  const auto whole = [](ImVec2 p) { return ImVec2{std::round(p.x), std::round(p.y)}; };
  list_.PushClipRect(whole(at({clip.at.x, clip.at.y})),
                     whole(at({clip.at.right(), clip.at.bottom()})), true);
  ++clips_;
}

void ImGuiCanvas::paint(const Unclip&) {
  if (clips_ == 0) return;
  list_.PopClipRect();
  --clips_;
}

}  // namespace crease::app
