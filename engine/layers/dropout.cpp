#include "layers/dropout.h"

#include <string_view>

#include "core/random.h"

namespace crease {

// Kept: what each value was multiplied by.
template <class T>
void Dropout::forward(Pass<T>& pass) const {
  const std::size_t n = pass.out.size();
  if (!pass.training) {
    std::copy_n(pass.x[0], n * lanes, pass.y);
    std::fill_n(pass.kept, n * lanes, T{1});
    return;
  }
  const auto block = static_cast<std::uint64_t>(pass.occasion.block);
  Random random(pass.occasion.seed ^ pass.stream, "dropout",
                (static_cast<std::uint64_t>(pass.occasion.step) << 24U) + block);
  constexpr double whole = 4294967296.0;  // 2^32: each draw of 64 bits decides on two values
  const auto limit = static_cast<std::uint64_t>(rate * whole);
  const T kept = static_cast<T>(1 / (1 - rate));
  for (std::size_t i = 0; i < n * lanes; i += 2) {
    const std::uint64_t bits = random.bits();
    pass.kept[i] = (bits & 0xffffffffU) < limit ? T{0} : kept;
    pass.kept[i + 1] = (bits >> 32U) < limit ? T{0} : kept;
  }
  for (std::size_t f = 0; f < n; ++f)
    store<T>(pass.y + f * lanes, load(pass.x[0] + f * lanes) * load(pass.kept + f * lanes));
}

template <class T>
void Dropout::backward(Pass<T>& pass) const {
  pass.give(0, pass.out.size(), [&](std::size_t f) {
    return Lanes<T>(load(pass.dy + f * lanes) * load(pass.kept + f * lanes));
  });
}

template void Dropout::forward(Pass<float>&) const;
template void Dropout::forward(Pass<double>&) const;
template void Dropout::backward(Pass<float>&) const;
template void Dropout::backward(Pass<double>&) const;

}  // namespace crease
