#pragma once
/// Corners of cells, eight side by side: where they lie, and runs around the ring they make. For
/// the files of this folder that cut.
#include <array>
#include <cstdint>
#include <cstring>

#include "core/plane.h"
#include "probe/regions/eight.h"

namespace crease::regions {

/// One corner by itself.
struct Corner {
  double s = 0, t = 0;
  std::uint32_t edge = 0;  ///< half-edge to the next corner
};

/// Eight corners. A cell's corners fill some of these, one after the other; what is left of the
/// last repeats the last corner, so that a loop may run past it.
struct alignas(64) Corners {
  static constexpr std::size_t most = width_of_eight;
  std::array<double, most> s = {}, t = {};
  std::array<std::uint32_t, most> edge = {};

  Eight all_s() const { return load_eight(s.data()); }
  Eight all_t() const { return load_eight(t.data()); }
};

/// How many Corners hold `count` of them.
constexpr std::size_t eights_of(std::size_t count) {
  return (count + Corners::most - 1) / Corners::most;
}

inline Corner corner_at(const Corners* corners, std::size_t i) {
  const Corners& of = corners[i / Corners::most];
  const std::size_t lane = i % Corners::most;
  return {of.s[lane], of.t[lane], of.edge[lane]};
}

inline void put_corner(Corners* corners, std::size_t i, const Corner& corner) {
  Corners& of = corners[i / Corners::most];
  const std::size_t lane = i % Corners::most;
  of.s[lane] = corner.s;
  of.t[lane] = corner.t;
  of.edge[lane] = corner.edge;
}

/// Repeats the last of `count` corners up to the end of its eight.
inline void fill_up(Corners* corners, std::size_t count) {
  const Corner last = corner_at(corners, count - 1);
  for (std::size_t i = count; i % Corners::most != 0; ++i) put_corner(corners, i, last);
}

/// Calls go(s, t) for each place, and for some of them twice.
template <class Go>
void for_each_place(const Corners* corners, std::size_t count, const Go& go) {
  constexpr std::size_t together = 4;  // what most cells have: one round, which is foreseen
  for (std::size_t i = 0; i < count; i += together) {
    const Corners& of = corners[i / Corners::most];
    for (std::size_t k = i % Corners::most; k < i % Corners::most + together; ++k)
      go(of.s[k], of.t[k]);
  }
}

/// Lane 0 of `head`, then `length` of `run`, then `tail`.
inline Eight joined(double head, const Eight& run, double tail, long long length) {
  const EightBits lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  return lanes > length ? Eight{} + tail : lanes == 0 ? Eight{} + head : run;
}
inline EightWords joined(std::uint32_t head, const EightWords& run, std::uint32_t tail,
                         std::uint32_t length) {
  const EightWords lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  return lanes > length ? EightWords{} + tail : lanes == 0 ? EightWords{} + head : run;
}

/// Writes `head`, then `length` corners from `first` on of a ring of `n`, then `tail`.
inline void join(const Corner& head, const Corners* ring, std::size_t n, std::size_t first,
                 std::size_t length, const Corner& tail, Corners* to) {
  if (n > Corners::most || length + 2 > Corners::most) {
    put_corner(to, 0, head);
    for (std::size_t i = 0; i < length; ++i)
      put_corner(to, i + 1, corner_at(ring, first + i < n ? first + i : first + i - n));
    put_corner(to, length + 1, tail);
    return fill_up(to, length + 2);
  }
  // All at once: a loop whose end cannot be foreseen would cost more.
  const EightWords past =
                       EightWords{0, 1, 2, 3, 4, 5, 6, 7} + static_cast<std::uint32_t>(first - 1),
                   wrapped = past - static_cast<std::uint32_t>(n),
                   at = past < wrapped ? past : wrapped;
  const auto lanes = static_cast<std::uint32_t>(length);
  store_eight(to->s.data(), joined(head.s, picked(ring->s.data(), at), tail.s, lanes));
  store_eight(to->t.data(), joined(head.t, picked(ring->t.data(), at), tail.t, lanes));
  store_words(to->edge.data(), joined(head.edge, picked(ring->edge.data(), at), tail.edge, lanes));
}

/// Place by place, and behind each its edge.
inline void store_corners(const Corners& corners, Point* places, std::uint32_t* edges) {
  const Eight s = corners.all_s(), t = corners.all_t();
  const Eight both[] = {__builtin_shufflevector(s, t, 0, 8, 1, 9, 2, 10, 3, 11),
                        __builtin_shufflevector(s, t, 4, 12, 5, 13, 6, 14, 7, 15)};
  std::memcpy(places, both, sizeof both);
  std::memcpy(edges, corners.edge.data(), sizeof corners.edge);
}

/// Of the polygon they make.
inline double area_of(const Corners* corners, std::size_t count) {
  const double s = corners[0].s[0], t = corners[0].t[0];
  if (count <= Corners::most) {
    // Corners that are repeated add nothing but rounding.
    const Eight x = corners[0].all_s() - s, y = corners[0].all_t() - t;
    return sum_of(x * next_of(y) - next_of(x) * y) / 2;
  }
  double twice = 0;
  for (std::size_t i = 2; i < count; ++i) {
    const Corner from = corner_at(corners, i - 1), until = corner_at(corners, i);
    twice += (from.s - s) * (until.t - t) - (until.s - s) * (from.t - t);
  }
  return twice / 2;
}

}  // namespace crease::regions
