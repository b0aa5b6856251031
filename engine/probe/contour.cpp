#include "probe/contour.h"

#include <cmath>
#include <map>
#include <utility>

namespace crease {

namespace {

/// Where lines can have a corner: on an edge of a cell, or in its middle.
using Knot = std::size_t;

/// Pieces of lines between knots, joined into long ones.
class Pieces {
 public:
  void set(Knot knot, Point at) { places_[knot].at = at; }
  void join(Knot a, Knot b) {
    places_[a].pieces.push_back(ends_.size());
    places_[b].pieces.push_back(ends_.size());
    ends_.emplace_back(a, b);
  }
  Lines lines() const {
    Lines lines;
    std::vector<char> used(ends_.size(), 0);
    const auto follow = [&](Knot from, std::size_t piece) {
      std::vector<Point> line{places_.at(from).at};
      for (;;) {
        used[piece] = 1;
        from = ends_[piece].first == from ? ends_[piece].second : ends_[piece].first;
        const Place& place = places_.at(from);
        if (line.back() != place.at) line.push_back(place.at);
        if (place.pieces.size() != 2) break;
        piece = place.pieces[0] == piece ? place.pieces[1] : place.pieces[0];
        if (used[piece]) break;
      }
      if (line.size() > 1) lines.push_back(std::move(line));
    };
    // Lines with ends first: what is left then is closed.
    for (const auto& [knot, place] : places_)
      if (place.pieces.size() != 2)
        for (const std::size_t piece : place.pieces)
          if (!used[piece]) follow(knot, piece);
    for (std::size_t piece = 0; piece < ends_.size(); ++piece)
      if (!used[piece]) follow(ends_[piece].first, piece);
    return lines;
  }

 private:
  struct Place {
    Point at;
    std::vector<std::size_t> pieces;
  };
  std::map<Knot, Place> places_;  // in order, so that the lines are the same in every run
  std::vector<std::pair<Knot, Knot>> ends_;
};

/// A corner of a cell, clockwise from the upper left.
constexpr int corner_row[] = {0, 0, 1, 1};
constexpr int corner_column[] = {0, 1, 1, 0};

/// `label(i)` is the area to which place i belongs (-1: none), `lead(i, a, b)` by how much area a
/// is ahead of b there: at least 0 in a, at most 0 in b.
template <class Label, class Lead>
Lines trace(const Grid& grid, const Label& label, const Lead& lead) {
  Pieces pieces;
  const std::size_t places = grid.size();
  for (int row = 0; row + 1 < grid.rows; ++row)
    for (int column = 0; column + 1 < grid.columns; ++column) {
      std::size_t corner[4];
      int area[4];
      for (int i = 0; i < 4; ++i) {
        corner[i] = grid.index(row + corner_row[i], column + corner_column[i]);
        area[i] = label(corner[i]);
      }
      if (area[0] == area[1] && area[1] == area[2] && area[2] == area[3]) continue;
      if (area[0] < 0 || area[1] < 0 || area[2] < 0 || area[3] < 0) continue;

      // Edge i runs from corner i to the next: upper, right, lower, left.
      const Knot edge[4] = {corner[0], places + corner[1], corner[3], places + corner[0]};
      std::vector<int> crossed;
      Point middle{};
      for (int i = 0; i < 4; ++i) {
        const int j = (i + 1) % 4;
        if (area[i] == area[j]) continue;
        // From the left or upper end, so that both cells at an edge find the same bits.
        const int from = i < 2 ? i : j, to = i < 2 ? j : i;
        const double ahead = lead(corner[from], area[from], area[to]);
        const double behind = lead(corner[to], area[from], area[to]);
        const double share = ahead > behind ? ahead / (ahead - behind) : 0.5;
        const Point at = grid.place(
            row + corner_row[from] + share * (corner_row[to] - corner_row[from]),
            column + corner_column[from] + share * (corner_column[to] - corner_column[from]));
        pieces.set(edge[i], at);
        middle.x += at.x;
        middle.y += at.y;
        crossed.push_back(i);
      }
      if (crossed.size() == 2) {
        pieces.join(edge[crossed[0]], edge[crossed[1]]);
        continue;
      }
      const bool falling = area[0] == area[2], rising = area[1] == area[3];
      if (crossed.size() == 4 && (falling || rising)) {
        bool falling_joined = falling;
        if (falling && rising) {
          const auto ahead = [&](int i) { return lead(corner[i], area[0], area[1]); };
          // The sign of the bilinear surface at its saddle point.
          falling_joined = ahead(0) * ahead(2) > ahead(1) * ahead(3);
        }
        pieces.join(edge[0], edge[falling_joined ? 1 : 3]);
        pieces.join(edge[2], edge[falling_joined ? 3 : 1]);
        continue;
      }
      const auto count = static_cast<double>(crossed.size());
      const Knot centre = 2 * places + corner[0];
      pieces.set(centre, {middle.x / count, middle.y / count});
      for (const int i : crossed) pieces.join(edge[i], centre);
    }
  return pieces.lines();
}

}  // namespace

Lines contour(const Grid& grid, std::span<const float> values, double level) {
  const auto label = [&](std::size_t i) {
    return !std::isfinite(values[i]) ? -1 : static_cast<double>(values[i]) > level ? 1 : 0;
  };
  const auto lead = [&](std::size_t i, int a, int) {
    const double above = static_cast<double>(values[i]) - level;
    return a == 1 ? above : -above;
  };
  return trace(grid, label, lead);
}

Lines borders(const OutputField& field) {
  const std::size_t places = field.grid.size();
  const auto value = [&](int k, std::size_t i) {
    return static_cast<double>(field.values[static_cast<std::size_t>(k) * places + i]);
  };
  std::vector<int> largest(places, 0);
  for (std::size_t i = 0; i < places; ++i)
    for (int k = 0; k < field.outputs; ++k) {
      if (!std::isfinite(value(k, i))) {
        largest[i] = -1;
        break;
      }
      if (value(k, i) > value(largest[i], i)) largest[i] = k;
    }
  return trace(
      field.grid, [&](std::size_t i) { return largest[i]; },
      [&](std::size_t i, int a, int b) { return value(a, i) - value(b, i); });
}

}  // namespace crease
