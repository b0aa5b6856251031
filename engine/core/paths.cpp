#include "core/paths.h"

#include <cstdlib>

#ifndef CREASE_ASSETS_DIR
#define CREASE_ASSETS_DIR "assets"
#endif

namespace crease {

namespace {

/// A folder an environment variable names; empty where it is not set.
std::filesystem::path named(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr ? value : "";
}

}  // namespace

std::filesystem::path assets_folder() {
  if (auto folder = named("CREASE_ASSETS"); !folder.empty()) return folder;
  return CREASE_ASSETS_DIR;
}

std::filesystem::path data_folder() {
  if (auto folder = named("CREASE_DATA"); !folder.empty()) return folder;
  if (const auto folder = named("XDG_DATA_HOME"); !folder.empty()) return folder / "crease";
  return std::filesystem::path("/") / named("HOME") / ".local/share/crease";
}

}  // namespace crease
