#include "core/memory.h"

#if defined(__GLIBC__) || __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace crease {

void keep_freed_memory() {
#if defined(M_TRIM_THRESHOLD) && defined(M_MMAP_THRESHOLD)
  constexpr int megabyte = 1 << 20;
  mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
  mallopt(M_MMAP_THRESHOLD, 16 * megabyte);
#endif
}

}  // namespace crease
