#include "layers/pool.h"

namespace crease {

// The kept memory holds, for each output and sample, the place of the winner in its channel (exact
// in float up to 2^24 pixels).
template <class T>
void MaxPool::forward(Pass<T>& pass) const {
  const Shape& in = pass.in[0];
  const Window w = window_on(in);
  T* y = pass.y;
  T* winner = pass.kept;
  for (int c = 0; c < in.channels; ++c) {
    const T* x = pass.x[0] + static_cast<std::ptrdiff_t>(c) * in.height * in.width * lanes;
    for (int oy = 0; oy < w.rows.out; ++oy) {
      const Range rows = w.rows.inside(oy);
      for (int ox = 0; ox < w.columns.out; ++ox, y += lanes, winner += lanes) {
        const Range columns = w.columns.inside(ox);
        const int first = rows.from * in.width + columns.from;
        Lanes<T> best = load(x + static_cast<std::ptrdiff_t>(first) * lanes);
        Lanes<T> place = all<Lanes<T>>(first);
        for (int r = rows.from; r < rows.to; ++r)
          for (int q = columns.from; q < columns.to; ++q) {
            const int here = r * in.width + q;
            const Lanes<T> value = load(x + static_cast<std::ptrdiff_t>(here) * lanes);
            const auto wins = value > best;
            best = wins ? value : best;
            place = wins ? all<Lanes<T>>(here) : place;
          }
        store<T>(y, best);
        store<T>(winner, place);
      }
    }
  }
}

template <class T>
void MaxPool::backward(Pass<T>& pass) const {
  if (!pass.dx[0]) return;
  pass.clear_unless_adding(0);
  const Shape& in = pass.in[0];
  const Window w = window_on(in);
  const T* dy = pass.dy;
  const T* winner = pass.kept;
  for (int c = 0; c < in.channels; ++c) {
    T* dx = pass.dx[0] + static_cast<std::ptrdiff_t>(c) * in.height * in.width * lanes;
    for (int oy = 0; oy < w.rows.out; ++oy) {
      const Range rows = w.rows.inside(oy);
      for (int ox = 0; ox < w.columns.out; ++ox, dy += lanes, winner += lanes) {
        const Range columns = w.columns.inside(ox);
        const Lanes<T> slope = load(dy), place = load(winner);
        for (int r = rows.from; r < rows.to; ++r)
          for (int q = columns.from; q < columns.to; ++q) {
            const int here = r * in.width + q;
            T* to = dx + static_cast<std::ptrdiff_t>(here) * lanes;
            store<T>(to, load(to) + (place == all<Lanes<T>>(here) ? slope : Lanes<T>{}));
          }
      }
    }
  }
}

template void MaxPool::forward(Pass<float>&) const;
template void MaxPool::forward(Pass<double>&) const;
template void MaxPool::backward(Pass<float>&) const;
template void MaxPool::backward(Pass<double>&) const;

}  // namespace crease
