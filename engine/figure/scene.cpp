// Scenes put into scenes, and text put into them.
#include "figure/scene.h"

namespace crease {

namespace {

void move(Point& p, Point by) { p = {p.x + by.x, p.y + by.y}; }
void move(Rect& r, Point by) {
  r.x += by.x;
  r.y += by.y;
}
void move(std::vector<Point>& points, Point by) {
  for (Point& p : points) move(p, by);
}
void move(Polyline& p, Point by) { move(p.points, by); }
void move(Polygon& p, Point by) { move(p.points, by); }
void move(RoundRect& r, Point by) { move(r.at, by); }
void move(Curve& c, Point by) {
  for (Point* p : {&c.from, &c.first, &c.second, &c.to}) move(*p, by);
}
void move(Disc& d, Point by) { move(d.centre, by); }
void move(Stamps& s, Point by) { move(s.centres, by); }
void move(Mesh& m, Point by) { move(m.points, by); }
void move(Image& i, Point by) { move(i.at, by); }
void move(Text& t, Point by) { move(t.baseline, by); }
void move(Clip& c, Point by) { move(c.at, by); }
void move(Unclip&, Point) {}

}  // namespace

void Scene::add(const Scene& other, Point by) {
  items.reserve(items.size() + other.items.size());
  for (Item item : other.items) {
    std::visit([by](auto& each) { move(each, by); }, item);
    items.push_back(std::move(item));
  }
  for (Hot place : other.hot) {
    move(place.at, by);
    hot.push_back(std::move(place));
  }
}

void add_text(Scene& scene, const Typeset& line, Point at, Colour colour, Align align) {
  if (align == Align::centre) at.x -= line.width / 2;
  if (align == Align::right) at.x -= line.width;
  for (const TextRun& run : line.runs)
    scene.add(Text{.baseline = {at.x + run.offset.x, at.y + run.offset.y},
                   .text = run.text,
                   .face = run.face,
                   .size = run.size,
                   .colour = colour,
                   .fixed_digits = run.fixed_digits});
  for (const TextBar& bar : line.bars) {
    const Point from = {at.x + bar.from.x, at.y + bar.from.y};
    scene.add(Polyline{{from, {from.x + bar.width, from.y}}, {colour, text_bar_thickness, {}}});
  }
}

}  // namespace crease
