// Painting a scene item by item, and writing it down as text.
#include "figure/canvas.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace crease {

namespace {

std::string number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string colour(Colour c) {
  std::string text = fmt::format("#{:02X}{:02X}{:02X}", c.r, c.g, c.b);
  return c.a == 255 ? text : text + fmt::format("{:02X}", c.a);
}

std::string place(Point p) { return number(p.x) + "," + number(p.y); }

std::string places(const std::vector<Point>& points) {
  std::string text;
  for (const Point p : points) text += " " + place(p);
  return text;
}

std::string area(const Rect& r) {
  return place({r.x, r.y}) + " " + number(r.width) + "x" + number(r.height);
}

std::string stroke(const Stroke& s) {
  std::string text = colour(s.colour) + " " + number(s.width);
  if (!s.dash.empty()) text += " dash";
  for (const double length : s.dash) text += " " + number(length);
  return text;
}

std::string edge(const Stroke& s) { return s.width > 0 ? " edge " + stroke(s) : ""; }

/// Writes down what it is told to paint.
class Recorder final : public Canvas {
 public:
  std::string text;

  using Canvas::paint;
  void paint(const Polyline& p) override {
    line(p.closed ? "loop" : "line", stroke(p.stroke) + ":" + places(p.points));
  }
  void paint(const Polygon& p) override {
    line("polygon", colour(p.fill) + ":" + places(p.points));
  }
  void paint(const RoundRect& r) override {
    line("rect", area(r.at) + " radius " + number(r.radius) + " " + colour(r.fill) + edge(r.edge));
  }
  void paint(const Curve& c) override {
    line("curve", stroke(c.stroke) + ":" + places({c.from, c.first, c.second, c.to}));
  }
  void paint(const Disc& d) override {
    line("disc",
         place(d.centre) + " radius " + number(d.radius) + " " + colour(d.fill) + edge(d.edge));
  }
  void paint(const Mesh& m) override {
    line("mesh", fmt::format("{} triangles:{}", m.triangles.size() / 3, places(m.points)));
  }
  void paint(const Image& i) override {
    std::string what = area(i.at) + (i.smooth ? " smooth" : "");
    if (i.raster) what += fmt::format(" of {}x{}", i.raster->width, i.raster->height);
    if (i.part != Rect{}) what += " part " + area(i.part);
    line("image", what);
  }
  void paint(const Text& t) override {
    constexpr std::array faces = {"", " semibold", " italic", " mathematics"};
    line("text", place(t.baseline) + " " + number(t.size) +
                     faces[static_cast<std::size_t>(t.face)] + " " + colour(t.colour) +
                     (t.fixed_digits ? " fixed" : "") + (t.turn != 0 ? " turned" : "") + ": " +
                     t.text);
  }
  void paint(const Clip& c) override { line("clip", area(c.at)); }
  void paint(const Unclip&) override { line("unclip", ""); }

 private:
  void line(std::string_view kind, const std::string& rest) {
    text += kind;
    if (!rest.empty()) text += " " + rest;
    text += "\n";
  }
};

}  // namespace

void Canvas::paint(const Stamps& stamps) {
  Scene one;
  for (const Point centre : stamps.centres) {
    one.items.clear();
    add_stamp(one, stamps, centre);
    crease::paint(one, *this);
  }
}

void paint(const Scene& scene, Canvas& canvas) {
  for (const Item& item : scene.items)
    std::visit([&canvas](const auto& each) { canvas.paint(each); }, item);
}

std::string describe(const Scene& scene) {
  Recorder recorder;
  paint(scene, recorder);
  return recorder.text;
}

}  // namespace crease
