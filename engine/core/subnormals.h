#pragma once
/// Numbers too small for full precision (subnormal), which processors compute with a hundred times
/// slower than with others.
#include <cstdint>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace crease {

/// While it lives, this thread's results below the smallest normal number (1.2e-38 in float) become
/// 0, and such operands count as 0. For sums that fade for ever, as an optimiser's moments do where
/// the gradient has become 0.
class WithoutSubnormals {
 public:
  WithoutSubnormals() : before_(mode()) { set_mode(before_ | flush); }
  ~WithoutSubnormals() { set_mode(before_); }
  WithoutSubnormals(const WithoutSubnormals&) = delete;
  WithoutSubnormals& operator=(const WithoutSubnormals&) = delete;

 private:
#if defined(__SSE2__)
  using Mode = unsigned;
  static constexpr Mode flush = 0x8040;  // results (bit 15) and operands (bit 6) of MXCSR
  static Mode mode() { return _mm_getcsr(); }
  static void set_mode(Mode mode) { _mm_setcsr(mode); }
#elif defined(__aarch64__)
  using Mode = std::uint64_t;
  static constexpr Mode flush = Mode{1} << 24;  // FZ of FPCR
  static Mode mode() {
    Mode mode;
    asm volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
  }
  static void set_mode(Mode mode) { asm volatile("msr fpcr, %0" : : "r"(mode)); }
#else
  using Mode = unsigned;
  static constexpr Mode flush = 0;
  static Mode mode() { return 0; }
  static void set_mode(Mode) {}
#endif

  Mode before_;
};

}  // namespace crease
