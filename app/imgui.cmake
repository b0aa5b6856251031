# Dear ImGui, one exact version, compiled here: no distribution's older library serves. `imgui` is the library alone;
# `imgui_backends` joins it to GLFW and OpenGL, where the window is built. Its test engine's hooks are switched on.
#
# Where it comes from, in this order: the folder IMGUI_DIR, the user's cache folder, GitHub, the Debian mirrors that
# apt uses on this machine.

set(IMGUI_VERSION 1.92.2b)
set(IMGUI_DIR "" CACHE PATH "Folder of an unpacked Dear ImGui ${IMGUI_VERSION} (empty: fetch it)")

set(imgui_release imgui-${IMGUI_VERSION}.tar.gz)
set(imgui_release_sha256 da3d453cce74e0fb3d67f8d798a2a8d04fcaf0b33ce0e0131d0695dfc4f64191)
set(imgui_debian imgui_${IMGUI_VERSION}+ds.orig.tar.xz)
set(imgui_debian_sha256 e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48)

# The folder where archives are kept between builds: the user's cache, or the build folder where that cannot be written.
function(crease_cache_folder result)
  set(folder "$ENV{XDG_CACHE_HOME}")
  if(NOT folder AND NOT "$ENV{HOME}" STREQUAL "")
    set(folder "$ENV{HOME}/.cache")
  endif()
  if(folder)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/crease/.writable"
      RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(failed)
      execute_process(COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}/crease" OUTPUT_QUIET ERROR_QUIET)
      execute_process(COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/crease/.writable"
        RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    endif()
    if(NOT failed)
      file(REMOVE "${folder}/crease/.writable")
      set(${result} "${folder}/crease" PARENT_SCOPE)
      return()
    endif()
  endif()
  set(${result} "${CMAKE_BINARY_DIR}/cache" PARENT_SCOPE)
endfunction()

# Sets result to archive if that is a file with this checksum; a file with another one is removed.
function(crease_checked archive sha256 result)
  set(${result} "" PARENT_SCOPE)
  if(EXISTS "${archive}")
    file(SHA256 "${archive}" actual)
    if(actual STREQUAL sha256)
      set(${result} "${archive}" PARENT_SCOPE)
    else()
      message(STATUS "Dear ImGui: ${archive} has a wrong checksum, discarded")
      file(REMOVE "${archive}")
    endif()
  endif()
endfunction()

# file(DOWNLOAD) knows no time-out for connecting alone. So the first try ends after 10 s; if data had begun to
# arrive by then the line is only slow, and a second try gets as long as data keeps coming.
function(crease_download address archive sha256 result)
  set(partial "${archive}.part")
  file(DOWNLOAD "${address}" "${partial}" STATUS status TIMEOUT 10)
  list(GET status 0 failed)
  if(failed AND EXISTS "${partial}")
    file(SIZE "${partial}" size)
    if(size GREATER 0 AND failed EQUAL 28)
      file(DOWNLOAD "${address}" "${partial}" STATUS status TIMEOUT 600 INACTIVITY_TIMEOUT 10)
      list(GET status 0 failed)
    endif()
  endif()
  set(${result} "" PARENT_SCOPE)
  if(failed)
    file(REMOVE "${partial}")
  else()
    crease_checked("${partial}" ${sha256} checked)
    if(checked)
      file(RENAME "${partial}" "${archive}")
      set(${result} "${archive}" PARENT_SCOPE)
    endif()
  endif()
endfunction()

# The addresses of the machine's own Debian mirrors, as apt has them.
function(crease_debian_mirrors result)
  find_program(APT_GET apt-get)
  set(mirrors "")
  if(APT_GET)
    execute_process(COMMAND "${APT_GET}" indextargets --format "$(REPO_URI)" "Created-By: Packages"
      OUTPUT_VARIABLE mirrors ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    string(REPLACE "\n" ";" mirrors "${mirrors}")
    list(REMOVE_DUPLICATES mirrors)
    list(FILTER mirrors INCLUDE REGEX "^https?://")
  endif()
  set(${result} "${mirrors}" PARENT_SCOPE)
endfunction()

function(crease_find_imgui_archive result)
  crease_cache_folder(cache)
  foreach(kind release debian)
    crease_checked("${cache}/${imgui_${kind}}" ${imgui_${kind}_sha256} archive)
    if(archive)
      set(${result} "${archive}" PARENT_SCOPE)
      return()
    endif()
  endforeach()

  file(MAKE_DIRECTORY "${cache}")
  message(STATUS "Dear ImGui ${IMGUI_VERSION}: trying GitHub")
  crease_download("https://github.com/ocornut/imgui/archive/refs/tags/v${IMGUI_VERSION}.tar.gz"
    "${cache}/${imgui_release}" ${imgui_release_sha256} archive)
  if(NOT archive)
    message(STATUS "Dear ImGui ${IMGUI_VERSION}: trying this machine's Debian mirrors")
    crease_debian_mirrors(mirrors)
    foreach(mirror IN LISTS mirrors)
      string(REGEX REPLACE "/+$" "" mirror "${mirror}")
      crease_download("${mirror}/pool/main/i/imgui/${imgui_debian}"
        "${cache}/${imgui_debian}" ${imgui_debian_sha256} archive)
      if(archive)
        break()
      endif()
    endforeach()
  endif()
  set(${result} "${archive}" PARENT_SCOPE)
endfunction()

if(IMGUI_DIR)
  set(imgui_folder "${IMGUI_DIR}")
else()
  set(imgui_folder "${CMAKE_BINARY_DIR}/imgui-${IMGUI_VERSION}")
  if(NOT EXISTS "${imgui_folder}/imgui.h")
    crease_find_imgui_archive(imgui_archive)
    if(NOT imgui_archive)
      message(FATAL_ERROR "Dear ImGui ${IMGUI_VERSION} could not be fetched from GitHub or from this machine's Debian "
        "mirrors: download https://github.com/ocornut/imgui/archive/refs/tags/v${IMGUI_VERSION}.tar.gz elsewhere, "
        "unpack it and configure again with -DIMGUI_DIR=<its folder>.")
    endif()
    message(STATUS "Dear ImGui ${IMGUI_VERSION}: unpacking ${imgui_archive}")
    set(imgui_unpacked "${CMAKE_BINARY_DIR}/imgui-unpacked")
    file(REMOVE_RECURSE "${imgui_unpacked}" "${imgui_folder}")
    file(ARCHIVE_EXTRACT INPUT "${imgui_archive}" DESTINATION "${imgui_unpacked}")
    file(GLOB imgui_header "${imgui_unpacked}/imgui.h" "${imgui_unpacked}/*/imgui.h")
    get_filename_component(imgui_top "${imgui_header}" DIRECTORY)
    file(RENAME "${imgui_top}" "${imgui_folder}")
    file(REMOVE_RECURSE "${imgui_unpacked}")
  endif()
endif()

set(imgui_line "")
if(EXISTS "${imgui_folder}/imgui.h")
  file(STRINGS "${imgui_folder}/imgui.h" imgui_line REGEX "define IMGUI_VERSION ")
endif()
if(NOT imgui_line MATCHES "\"${IMGUI_VERSION}\"")
  message(FATAL_ERROR "${imgui_folder} does not hold Dear ImGui ${IMGUI_VERSION}: set IMGUI_DIR to a folder that does, "
    "or leave it empty to have it fetched.")
endif()

# The library itself draws nothing and opens nothing. Its hooks are in the library: an executable that defines them
# itself takes its own.
add_library(imgui STATIC
  "${imgui_folder}/imgui.cpp"
  "${imgui_folder}/imgui_demo.cpp"
  "${imgui_folder}/imgui_draw.cpp"
  "${imgui_folder}/imgui_tables.cpp"
  "${imgui_folder}/imgui_widgets.cpp"
  imgui/hooks.cpp)
target_include_directories(imgui SYSTEM PUBLIC "${imgui_folder}" "${imgui_folder}/backends")
target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DEFINE_MATH_OPERATORS)

if(CREASE_WINDOW)
  add_library(imgui_backends STATIC
    "${imgui_folder}/backends/imgui_impl_glfw.cpp"
    "${imgui_folder}/backends/imgui_impl_opengl3.cpp")
  target_link_libraries(imgui_backends PUBLIC imgui glfw PkgConfig::WINDOW ${CMAKE_DL_LIBS})
endif()
