# Flags for every target, and crease_warnings for our own sources only (third-party code is not ours to warn about).

add_library(crease_warnings INTERFACE)
target_compile_options(crease_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 takes its own AVX-512 intrinsics for reads of uninitialised values; Clang still looks.
  target_compile_options(crease_warnings INTERFACE -Wno-uninitialized -Wno-maybe-uninitialized)
endif()
if(CREASE_WERROR)
  target_compile_options(crease_warnings INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms of GCC 12 inside Eigen and the standard library.
    target_compile_options(crease_warnings INTERFACE
      -Wno-error=maybe-uninitialized -Wno-error=array-bounds
      -Wno-error=stringop-overflow -Wno-error=stringop-overread)
  endif()
endif()

# The same numbers from both compilers: GCC fuses a*b+c by default, Clang only when told. Vectors of 64 bytes are
# passed between our own functions only, so the note on their calling convention (psabi) says nothing to us.
add_compile_options(-ffp-contract=fast -Wno-psabi)
if(NOT CREASE_PORTABLE)
  add_compile_options(-march=native)
endif()

# Eigen's sums change with alignment, so every target must agree on it; and the threads are ours.
add_compile_definitions(EIGEN_MAX_ALIGN_BYTES=64 EIGEN_DONT_PARALLELIZE EIGEN_MPL2_ONLY)

if(CREASE_SANITIZE)
  if(CREASE_SANITIZE STREQUAL "address")
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  elseif(CREASE_SANITIZE STREQUAL "thread")
    set(sanitizers -fsanitize=thread)
  else()
    message(FATAL_ERROR "CREASE_SANITIZE is '${CREASE_SANITIZE}', but may only be address, thread or empty.")
  endif()
  add_compile_options(${sanitizers} -O1 -g1 -fno-omit-frame-pointer)
  add_link_options(${sanitizers})
endif()
