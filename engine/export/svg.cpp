// The SVG writer: one element an item; items in a row that look alike share a group.
#include "export/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "export/png.h"
#include "export/resample.h"
#include "figure/canvas.h"

namespace crease {

namespace {

constexpr double least_stroke = 0.4 / 0.75;  // px: nothing is thinner than 0.4 pt
constexpr double image_scale = 2;            // pixels for each px

std::string number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

/// Text as it may stand in XML: escaped, without what XML forbids.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char32_t c : code_points(text)) {
    if (c == U'&')
      safe += "&amp;";
    else if (c == U'<')
      safe += "&lt;";
    else if (c == U'>')
      safe += "&gt;";
    else if (c == U'"')
      safe += "&quot;";
    else
      safe += c < 0x20 || c == 0xFFFE || c == 0xFFFF ? " " : utf8(c);
  }
  return safe;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= count ? letters[bits >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, value);
}
std::string attribute(std::string_view name, double value) {
  return attribute(name, number(value));
}

std::string paint_attributes(std::string_view name, Colour c) {
  if (c.a == 0) return attribute(name, "none");
  std::string text = attribute(name, fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b));
  if (c.a < 255)
    text += attribute(std::string(name) + "-opacity", fmt::format("{:.3g}", c.a / 255.0));
  return text;
}

std::string stroke_attributes(const Stroke& stroke) {
  std::string text = paint_attributes("stroke", stroke.colour) +
                     attribute("stroke-width", std::max(stroke.width, least_stroke));
  if (stroke.dash.empty()) return text;
  std::string dashes;
  for (const double length : stroke.dash) dashes += (dashes.empty() ? "" : " ") + number(length);
  return text + attribute("stroke-dasharray", dashes);
}

std::string style(Colour fill, const Stroke& edge) {
  std::string text = paint_attributes("fill", fill);
  if (edge.width > 0 && edge.colour.a > 0) text += stroke_attributes(edge);
  return text;
}

std::string points_of(const std::vector<Point>& points) {
  std::string text;
  for (const Point p : points) text += (text.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
  return text;
}

class SvgCanvas final : public Canvas {
 public:
  void paint(const Polyline& p) override {
    if (p.points.size() < 2 || p.stroke.width <= 0 || p.stroke.colour.a == 0) return;
    add(style({0, 0, 0, 0}, p.stroke) + attribute("stroke-linejoin", "round"),
        p.closed ? "polygon" : "polyline", attribute("points", points_of(p.points)));
  }
  void paint(const Polygon& p) override {
    add(style(p.fill, {{}, 0, {}}), "polygon", attribute("points", points_of(p.points)));
  }
  void paint(const RoundRect& r) override {
    add(style(r.fill, r.edge), "rect",
        area(r.at) + (r.radius > 0 ? attribute("rx", r.radius) : ""));
  }
  void paint(const Curve& c) override {
    const auto place = [](Point p) { return number(p.x) + " " + number(p.y); };
    add(style({0, 0, 0, 0}, c.stroke), "path",
        attribute("d", "M" + place(c.from) + "C" + place(c.first) + " " + place(c.second) + " " +
                           place(c.to)));
  }
  void paint(const Disc& d) override {
    add(style(d.fill, d.edge), "circle",
        attribute("cx", d.centre.x) + attribute("cy", d.centre.y) + attribute("r", d.radius));
  }
  void paint(const Mesh& m) override {
    for (std::size_t i = 0; i + 2 < m.triangles.size(); i += 3) {
      std::array<Corner, 3> corners;
      for (std::size_t k = 0; k < 3; ++k)
        corners[k] = {m.points[m.triangles[i + k]], m.colours[m.triangles[i + k]]};
      triangle(corners, 3);
    }
  }
  void paint(const Image& image) override {
    if (!image.raster || !(image.at.width > 0 && image.at.height > 0)) return;
    Raster raster = cropped(*image.raster, image.part);
    if (raster.width < 1 || raster.height < 1) return;
    raster = enlarged(std::move(raster), static_cast<int>(image.at.width * image_scale),
                      static_cast<int>(image.at.height * image_scale), image.smooth);
    add(image.smooth ? "" : attribute("image-rendering", "optimizeSpeed"), "image",
        area(image.at) + attribute("preserveAspectRatio", "none") +
            attribute("xlink:href", "data:image/png;base64," + base64(encode_png(raster))));
  }
  void paint(const Text& t) override {
    std::string look = attribute("font-size", t.size) + paint_attributes("fill", t.colour);
    if (t.face == Face::semibold) look += attribute("font-weight", "600");
    if (t.face == Face::italic) look += attribute("font-style", "italic");
    if (t.face == Face::mathematics)
      look += attribute("font-family", "'Noto Sans Math', Inter, sans-serif");
    std::string place = t.fixed_digits ? attribute("x", starts(t)) : attribute("x", t.baseline.x);
    place += attribute("y", t.baseline.y);
    if (!t.fixed_digits && code_points(t.text).size() > 1)
      place += attribute("textLength", text_width(t.text, t.face, t.size));
    if (t.turn != 0)
      place += attribute("transform", fmt::format("rotate({} {} {})", number(-90 * t.turn),
                                                  number(t.baseline.x), number(t.baseline.y)));
    change_look(look);
    body_ += "<text" + place + ">" + escaped(t.text) + "</text>\n";
  }
  void paint(const Clip& clip) override {
    change_look("");
    ++clips_;
    body_ += fmt::format(
        "<clipPath id=\"clip{}\"><rect{}/></clipPath>\n<g clip-path=\"url(#clip{})\">\n", clips_,
        area(clip.at), clips_);
  }
  void paint(const Unclip&) override {
    change_look("");
    body_ += "</g>\n";
  }

  std::string document(Size pixels, std::string_view title) {
    change_look("");
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {} {}\" "
        "font-family=\"Inter, 'Noto Sans Math', 'Helvetica Neue', Arial, sans-serif\" "
        "xml:space=\"preserve\">\n<title>{}</title>\n{}</svg>\n",
        number(0.75 * pixels.width), number(0.75 * pixels.height), number(pixels.width),
        number(pixels.height), escaped(title), body_);
  }

 private:
  struct Corner {
    Point at;
    Colour colour;
  };

  static std::string area(const Rect& r) {
    return attribute("x", r.x) + attribute("y", r.y) + attribute("width", r.width) +
           attribute("height", r.height);
  }

  /// Where each character starts.
  static std::string starts(const Text& t) {
    std::string list;
    double x = t.baseline.x;
    for (const char32_t c : code_points(t.text)) {
      const Glyph shape = glyph(c, t.face, true);
      list += (list.empty() ? "" : " ") + number(x + shape.shift * t.size);
      x += shape.advance * t.size;
    }
    return list;
  }

  /// SVG has no triangles with a colour at each corner: smaller ones of one colour each.
  void triangle(const std::array<Corner, 3>& c, int depth) {
    const auto apart = [](Colour a, Colour b) {
      return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b) + std::abs(a.a - b.a);
    };
    const int spread = std::max({apart(c[0].colour, c[1].colour), apart(c[1].colour, c[2].colour),
                                 apart(c[2].colour, c[0].colour)});
    const auto half = [](const Corner& a, const Corner& b) {
      return Corner{{(a.at.x + b.at.x) / 2, (a.at.y + b.at.y) / 2}, mix(a.colour, b.colour, 0.5)};
    };
    if (depth > 0 && spread > 24) {
      const Corner ab = half(c[0], c[1]), bc = half(c[1], c[2]), ca = half(c[2], c[0]);
      for (const auto& part : {std::array{c[0], ab, ca}, std::array{ab, c[1], bc},
                               std::array{ca, bc, c[2]}, std::array{ab, bc, ca}})
        triangle(part, depth - 1);
      return;
    }
    const Colour fill = mix(c[0].colour, half(c[1], c[2]).colour, 2.0 / 3);
    // An edge of its own colour covers the seam to its neighbours.
    const Stroke edge = {fill, fill.a == 255 ? least_stroke : 0, {}};
    add(style(fill, edge), "polygon", attribute("points", points_of({c[0].at, c[1].at, c[2].at})));
  }

  void change_look(const std::string& look) {
    if (look == look_) return;
    if (!look_.empty()) body_ += "</g>\n";
    if (!look.empty()) body_ += "<g" + look + ">\n";
    look_ = look;
  }

  void add(const std::string& look, std::string_view element, const std::string& geometry) {
    change_look(look);
    body_ += fmt::format("<{}{}/>\n", element, geometry);
  }

  std::string body_, look_;
  int clips_ = 0;
};

}  // namespace

std::string svg_of(const Scene& scene, Size pixels, std::string_view title) {
  SvgCanvas canvas;
  paint(scene, canvas);
  return canvas.document(pixels, title);
}

}  // namespace crease
