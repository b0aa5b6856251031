#pragma once
/// Eight numbers side by side: which side of a limit each lies on as bits, and picking by index.
/// The inner loops of cutting; one register each where the machine has AVX-512. Constant orders are
/// `__builtin_shufflevector`'s, which GCC has since 12.
#include <cstddef>
#include <cstdint>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace crease::regions {

using Eight = double __attribute__((vector_size(64), may_alias));
/// What a comparison of eight doubles gives, and the bits they are made of.
using EightBits = long long __attribute__((vector_size(64), may_alias));
/// Places among eight, and the numbers of edges.
using EightWords = std::uint32_t __attribute__((vector_size(32), may_alias));

inline constexpr std::size_t width_of_eight = 8;

/// `n` rounded up to whole runs of eight.
constexpr std::size_t round_up_to_eight(std::size_t n) { return (n + 7) / 8 * 8; }

inline Eight load_eight(const double* from) { return *reinterpret_cast<const Eight*>(from); }
inline void store_eight(double* to, const Eight& value) { *reinterpret_cast<Eight*>(to) = value; }

inline Eight magnitude(const Eight& x) {
  return reinterpret_cast<Eight>(reinterpret_cast<EightBits>(x) & 0x7fffffffffffffffLL);
}

inline EightWords load_words(const std::uint32_t* from) {
  return *reinterpret_cast<const EightWords*>(from);
}
inline void store_words(std::uint32_t* to, const EightWords& value) {
  *reinterpret_cast<EightWords*>(to) = value;
}

/// from[at[i] % 8], each of the eight.
inline Eight picked(const double* from, const EightWords& at) {
#if defined(__AVX512F__)
  return reinterpret_cast<Eight>(_mm512_permutexvar_pd(
      _mm512_cvtepu32_epi64(reinterpret_cast<__m256i>(at)), _mm512_load_pd(from)));
#else
  Eight values;
  for (unsigned i = 0; i < 8; ++i) values[i] = from[at[i] % 8];
  return values;
#endif
}
inline EightWords picked(const std::uint32_t* from, const EightWords& at) {
#if defined(__AVX2__)
  return reinterpret_cast<EightWords>(_mm256_permutevar8x32_epi32(
      reinterpret_cast<__m256i>(load_words(from)), reinterpret_cast<__m256i>(at)));
#else
  EightWords values;
  for (unsigned i = 0; i < 8; ++i) values[i] = from[at[i] % 8];
  return values;
#endif
}

/// x[1], x[2], .., x[0].
inline Eight next_of(const Eight& x) {
  return __builtin_shufflevector(x, x, 1, 2, 3, 4, 5, 6, 7, 0);
}

inline double sum_of(const Eight& x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

/// The smaller and the larger of both, each of the eight.
inline Eight smaller(const Eight& x, const Eight& y) {
#if defined(__AVX512F__)
  return reinterpret_cast<Eight>(
      _mm512_min_pd(reinterpret_cast<__m512d>(x), reinterpret_cast<__m512d>(y)));
#else
  return x < y ? x : y;
#endif
}
inline Eight larger(const Eight& x, const Eight& y) {
#if defined(__AVX512F__)
  return reinterpret_cast<Eight>(
      _mm512_max_pd(reinterpret_cast<__m512d>(x), reinterpret_cast<__m512d>(y)));
#else
  return x > y ? x : y;
#endif
}

/// Moves both bounds outwards to hold z.
inline void widen(Eight& low, Eight& high, const Eight& z) {
  low = smaller(low, z);
  high = larger(high, z);
}

/// Bit i: x[i] > y[i].
inline std::uint64_t bits_above(const Eight& x, const Eight& y) {
#if defined(__AVX512F__)
  return _mm512_cmp_pd_mask(reinterpret_cast<__m512d>(x), reinterpret_cast<__m512d>(y), _CMP_GT_OQ);
#elif defined(__AVX__)
  const auto* a = reinterpret_cast<const double*>(&x);
  const auto* b = reinterpret_cast<const double*>(&y);
  std::uint64_t bits = 0;
  for (unsigned i = 0; i < 8; i += 4)
    bits |= std::uint64_t(_mm256_movemask_pd(
                _mm256_cmp_pd(_mm256_load_pd(a + i), _mm256_load_pd(b + i), _CMP_GT_OQ)))
            << i;
  return bits;
#elif defined(__SSE2__)
  const auto* a = reinterpret_cast<const double*>(&x);
  const auto* b = reinterpret_cast<const double*>(&y);
  std::uint64_t bits = 0;
  for (unsigned i = 0; i < 8; i += 2)
    bits |= std::uint64_t(_mm_movemask_pd(_mm_cmpgt_pd(_mm_load_pd(a + i), _mm_load_pd(b + i))))
            << i;
  return bits;
#else
  std::uint64_t bits = 0;
  for (unsigned i = 0; i < 8; ++i) bits |= std::uint64_t{x[i] > y[i]} << i;
  return bits;
#endif
}

}  // namespace crease::regions
