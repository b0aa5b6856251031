#include "probe/regions/boundary.h"

#include <optional>

namespace crease::regions {

namespace {

/// A s + B t + C.
struct Affine {
  double a, b, c;
  double at(Point p) const { return a * p.x + b * p.y + c; }
};

Affine map_of(const Cells& cells, std::size_t cell, std::size_t output) {
  const double* map = cells.map(cell, output);
  return {map[0], map[1], map[2]};
}

Affine less(const Affine& x, const Affine& y) { return {x.a - y.a, x.b - y.b, x.c - y.c}; }

/// The part of a cell on which f is 0; nothing where f has one sign there, or is 0 all over.
std::optional<std::array<Point, 2>> zero_in(const Cells& cells, std::size_t cell, const Affine& f) {
  std::array<Point, 2> ends;
  std::size_t found = 0;
  const std::size_t first = cells.starts[cell], past = cells.starts[cell + 1];
  for (std::size_t i = first; i < past; ++i) {
    const Point from = cells.corners[i], to = cells.corners[i + 1 == past ? first : i + 1];
    const double before = f.at(from), beyond = f.at(to);
    // A corner on the line counts as above it: each crossing is met once.
    if ((before >= 0) == (beyond >= 0)) continue;
    const double share = before / (before - beyond);
    if (found < 2)
      ends[found] = {from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    ++found;
  }
  if (found != 2) return {};
  return ends;
}

/// Cuts off the ends of a piece at which f is negative; false where nothing is left.
bool keep_positive(std::array<Point, 2>& piece, const Affine& f) {
  const double from = f.at(piece[0]), to = f.at(piece[1]);
  if (from < 0 && to < 0) return false;
  if (from >= 0 && to >= 0) return true;
  const double share = from / (from - to);
  const Point cut{piece[0].x + share * (piece[1].x - piece[0].x),
                  piece[0].y + share * (piece[1].y - piece[0].y)};
  piece[from < 0 ? 0 : 1] = cut;
  return true;
}

}  // namespace

Segments level_set(const Cells& cells, std::size_t output, double level) {
  Segments segments;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    Affine f = map_of(cells, cell, output);
    f.c -= level;
    if (const auto piece = zero_in(cells, cell, f)) segments.push_back(*piece);
  }
  return segments;
}

Segments ties(const Cells& cells) {
  Segments segments;
  for (std::size_t cell = 0; cell < cells.size(); ++cell)
    for (std::size_t i = 0; i < cells.outputs; ++i)
      for (std::size_t k = i + 1; k < cells.outputs; ++k) {
        const Affine one = map_of(cells, cell, i);
        auto piece = zero_in(cells, cell, less(one, map_of(cells, cell, k)));
        for (std::size_t l = 0; piece && l < cells.outputs; ++l)
          if (l != i && l != k && !keep_positive(*piece, less(one, map_of(cells, cell, l))))
            piece.reset();
        if (piece) segments.push_back(*piece);
      }
  return segments;
}

}  // namespace crease::regions
