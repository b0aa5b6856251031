#pragma once
/// Our own random numbers: the same seed gives the same bits on every machine and in every run.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace crease {

/// A 64-bit hash of a name (FNV-1a): random streams and colours are keyed by stable names.
std::uint64_t hash(std::string_view text, std::uint64_t start = 0xcbf29ce484222325ULL);

/// xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64.
class Random {
 public:
  /// Streams with different names are independent: adding one leaves the others alone.
  Random(std::uint64_t seed, std::string_view stream, std::uint64_t index = 0);

  std::uint64_t bits();
  /// Uniform in [0, 1), 53 bits.
  double uniform();
  double uniform(double from, double to) { return from + (to - from) * uniform(); }
  /// Normal with mean 0 and variance 1 (Box-Muller, both values used).
  double normal();
  /// Uniform in 0 .. n - 1, without bias; n >= 1.
  std::uint64_t below(std::uint64_t n);
  /// Puts `order` in random order (Fisher-Yates).
  template <class T>
  void shuffle(std::vector<T>& order) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(i)]);
  }

 private:
  std::array<std::uint64_t, 4> state_;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace crease
