# Compile through ccache where it is installed; clones in different folders share what they compiled. A precompiled
# header is cached only with this sloppiness (and, for GCC, -fpch-preprocess; for Clang, no time stamps in it).
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # With -march=native the same command gives another result on another processor: a cache of its own for each.
  set(processor portable)
  if(NOT CREASE_PORTABLE AND EXISTS /proc/cpuinfo)
    file(STRINGS /proc/cpuinfo processor REGEX "^(model name|flags|Features)" LIMIT_INPUT 16384)
    list(REMOVE_DUPLICATES processor)
  endif()
  string(SHA1 processor "${processor}")
  string(SUBSTRING "${processor}" 0 12 processor)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "CCACHE_NAMESPACE=crease-${processor}"
    "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CCACHE_PROGRAM}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
