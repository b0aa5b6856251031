#include "layers/global_pool.h"

namespace crease {

namespace {

std::ptrdiff_t pixels(const Shape& in) { return static_cast<std::ptrdiff_t>(in.height) * in.width; }

}  // namespace

namespace global_pool {

template <class T>
void forward_sum(Pass<T>& pass, T share) {
  const std::ptrdiff_t plane = pixels(pass.in[0]);
  const T* x = pass.x[0];
  for (int c = 0; c < pass.in[0].channels; ++c) {
    Lanes<T> total{};
    for (std::ptrdiff_t i = 0; i < plane; ++i, x += lanes) total += load(x);
    store<T>(pass.y + static_cast<std::ptrdiff_t>(c) * lanes, total * share);
  }
}

template <class T>
void backward_sum(Pass<T>& pass, T share) {
  const auto plane = static_cast<std::size_t>(pixels(pass.in[0]));
  pass.give(0, pass.in[0].size(),
            [&](std::size_t f) { return load(pass.dy + f / plane * lanes) * share; });
}

template void forward_sum(Pass<float>&, float);
template void forward_sum(Pass<double>&, double);
template void backward_sum(Pass<float>&, float);
template void backward_sum(Pass<double>&, double);

}  // namespace global_pool

template <class T>
void GlobalMaxPool::forward(Pass<T>& pass) const {
  const std::ptrdiff_t plane = pixels(pass.in[0]);
  const T* x = pass.x[0];
  for (int c = 0; c < pass.in[0].channels; ++c) {
    Lanes<T> best = load(x);
    for (std::ptrdiff_t i = 0; i < plane; ++i, x += lanes) {
      const Lanes<T> value = load(x);
      best = value > best ? value : best;
    }
    store<T>(pass.y + static_cast<std::ptrdiff_t>(c) * lanes, best);
  }
}

template <class T>
void GlobalMaxPool::backward(Pass<T>& pass) const {
  if (!pass.dx[0]) return;
  pass.clear_unless_adding(0);
  const std::ptrdiff_t plane = pixels(pass.in[0]);
  for (std::ptrdiff_t c = 0; c < pass.in[0].channels; ++c) {
    const Lanes<T> best = load(pass.y + c * lanes);
    Lanes<T> left = load(pass.dy + c * lanes);  // what no pixel has taken yet
    for (std::ptrdiff_t i = c * plane; i < (c + 1) * plane; ++i) {
      const auto wins = load(pass.x[0] + i * lanes) == best;
      T* to = pass.dx[0] + i * lanes;
      store<T>(to, load(to) + (wins ? left : Lanes<T>{}));
      left = wins ? Lanes<T>{} : left;
    }
  }
}

template void GlobalMaxPool::forward(Pass<float>&) const;
template void GlobalMaxPool::forward(Pass<double>&) const;
template void GlobalMaxPool::backward(Pass<float>&) const;
template void GlobalMaxPool::backward(Pass<double>&) const;

}  // namespace crease
