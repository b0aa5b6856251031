#pragma once
/// Where this clone and its program lie.
#include <string>

namespace crease {

std::string source_folder();  ///< of the repository
std::string tests_folder();
std::string crease_binary();  ///< the program; empty in builds without a window

}  // namespace crease
