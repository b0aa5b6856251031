#include "places.h"

namespace crease {

std::string source_folder() { return CREASE_SOURCE_DIR; }
std::string tests_folder() { return CREASE_TESTS_DIR; }
std::string crease_binary() { return CREASE_BINARY; }

}  // namespace crease
