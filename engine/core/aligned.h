#pragma once
/// Vectors that start on a 64-byte boundary, so that vectorised sums have the same order in every
/// run.
#include <cstddef>
#include <new>
#include <vector>

namespace crease {

inline constexpr std::size_t alignment = 64;

template <class T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}  // NOLINT: the allocator has no state

  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{alignment}));
  }
  void deallocate(T* memory, std::size_t) {
    ::operator delete (memory, std::align_val_t{alignment});
  }
  bool operator==(const AlignedAllocator&) const { return true; }
};

/// Parameters, gradients, optimiser moments and activations are all one of these.
template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

/// `n` rounded up to whole lanes, so that the next segment of a flat vector is aligned again.
inline std::size_t round_up_to_lanes(std::size_t n) { return (n + 15) / 16 * 16; }

}  // namespace crease
