/// What stands above the columns, and the line between them.
#include <fmt/format.h>

#include <algorithm>

#include "views/network_view_brush.h"

namespace crease::network_picture {

namespace {

class Headers {
 public:
  explicit Headers(Brush& brush) : brush_(brush) {}

  void paint() {
    for (std::size_t b = 0; b < brush_.layout.places.size(); ++b)
      if (brush_.place(b).header.width > 0) paint(b);
    paint_rail();
  }

 private:
  void paint(std::size_t b) {
    const Block& block = brush_.block(b);
    const Place& place = brush_.place(b);
    const Theme& theme = brush_.theme;
    const double baseline = place.header.y + 12 + 0.36 * title_text;
    const Typeset title = typeset(plain(place.title), {.size = title_text, .face = Face::semibold});
    const Typeset detail = typeset(plain(place.detail), {.size = detail_text});
    const double middle = place.header.centre().x;
    const int count = brush_.tells_at_units(block, place) ? 0 : brush_.problems_of(block);
    const std::string warning = count > 0 ? fmt::format("{} {}", count, first_problem(block)) : "";
    double shift = 0;  // of the detail, for what stands beside it
    if (place.one_line) {
      add_text(brush_.scene, title, {place.header.x, baseline}, theme.ink);
      add_text(brush_.scene, detail, {place.header.x + title.width + 8, baseline}, theme.ink2);
    } else {
      add_text(brush_.scene, title, {middle, baseline}, theme.ink, Align::centre);
      const bool beside = place.controls.width > 0 && place.controls.y < place.header.y + 24;
      if (beside) shift = (place.controls.width + 4) / 2;
    }
    if (count > 0) shift = std::max(shift, warn(b, detail.width, warning));
    if (!place.one_line)
      add_text(brush_.scene, detail, {middle - shift, baseline + 18}, theme.ink2, Align::centre);
    Hot hot = header_tip(brush_, block);
    hot.at = place.header;
    brush_.scene.hot.push_back(std::move(hot));
  }

  std::string first_problem(const Block& block) const {
    for (int unit = 0; unit < block.units; ++unit)
      if (std::string words = brush_.problem_of(block, unit); !words.empty()) return words;
    return {};
  }

  /// Beside the detail where that is alone on its line, else below the header. Returns how far the
  /// detail makes room.
  double warn(std::size_t b, double detail_width, const std::string& words) {
    const Typeset line = typeset(words, {.size = small_text});
    const double icon = 13, width = icon + 4 + line.width;
    const Place& place = brush_.place(b);
    const double room = room_around(b);
    const bool beside = !place.one_line && place.controls.width == 0 && detail_width > 0 &&
                        detail_width + 12 + width < room;
    double y = place.header.bottom() + 7;
    if (place.controls.width > 0) y = std::max(y, place.controls.bottom() + 7);
    double x = place.header.centre().x - (width < room ? width : icon) / 2;
    if (beside) {
      y = place.header.y + 30;
      x = place.header.centre().x - (detail_width + 12 + width) / 2 + detail_width + 12;
    } else if (y + 7 > place.box.y) {  // nothing but the sign, on the rail
      const double from = title_right(place) + 12;
      brush_.scene.add(Disc{{from, brush_.layout.rail}, 9, brush_.theme.picture});
      paint_warning(brush_.scene, {from, brush_.layout.rail}, icon, brush_.theme.warn);
      return 0;
    }
    paint_warning(brush_.scene, {x + icon / 2, y}, icon, brush_.theme.warn);
    if (width < room) add_text(brush_.scene, line, {x + icon + 4, y + 4.5}, brush_.theme.warn);
    return beside ? (width + 12) / 2 : 0;
  }

  /// The width around the middle of a header in which nothing else stands.
  double room_around(std::size_t b) const {
    const double middle = brush_.place(b).header.centre().x;
    double left = 0, right = brush_.size.width, next = 2 * brush_.size.width;
    for (std::size_t other = 0; other < brush_.layout.places.size(); ++other) {
      const Rect& header = brush_.place(other).header;
      if (other == b || header.width == 0) continue;
      // Words of the neighbours' own may stand on the same line.
      next = std::min(next, std::abs(header.centre().x - middle));
      if (header.centre().x < middle) left = std::max(left, header.right());
      if (header.centre().x > middle) right = std::min(right, header.x);
    }
    return std::min(2 * std::min(middle - left, right - middle) - 20, next - 8);
  }

  void paint_rail() {
    const auto& places = brush_.layout.places;
    const Stroke stroke{brush_.theme.rule, 1, {}};
    for (std::size_t c = 0; c < brush_.layout.gaps.size(); ++c) {
      double from = 0, to = brush_.size.width;
      bool both = true;
      for (std::size_t b = 0; b < places.size(); ++b) {
        const Rect& header = places[b].header;
        const bool on_rail =
            header.width > 0 && header.contains({header.centre().x, brush_.layout.rail});
        const auto column = static_cast<std::size_t>(brush_.block(b).column);
        if (column != c && column != c + 1) continue;
        both = both && on_rail;
        if (column == c) from = std::max(from, title_right(places[b]));
        if (column == c + 1) to = std::min(to, title_left(places[b]));
      }
      if (both && to - from > 20)
        brush_.scene.add(
            Polyline{{{from + 9, brush_.layout.rail}, {to - 9, brush_.layout.rail}}, stroke});
    }
  }

  /// The ends of what stands on the rail itself.
  static double title_right(const Place& place) {
    if (place.one_line) return place.header.right();
    const double width = typeset(plain(place.title), {title_text, Face::semibold}).width;
    return place.header.centre().x + width / 2;
  }
  static double title_left(const Place& place) {
    return 2 * place.header.centre().x -
           (place.one_line ? place.header.right() : title_right(place));
  }

  Brush& brush_;
};

}  // namespace

void paint_headers(Brush& brush) { Headers(brush).paint(); }

Picture compose(const Snapshot& snapshot, const NetworkView::Answer& answer, const Theme& theme,
                Size size, const Options& options) {
  Picture picture;
  picture.layout = lay_out(answer.model, answer.importance, size, options);
  Brush brush{snapshot,      answer,        theme,
              size,          options,       picture.layout,
              picture.scene, Shades(theme), Atlas(options.magnified)};
  mark(brush);
  paint_links(brush);
  picture.links = picture.scene.items.size();
  paint_units(brush);
  paint_headers(brush);
  return picture;
}

}  // namespace crease::network_picture
