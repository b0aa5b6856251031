#pragma once
/// The numbers of a run that are told by their names, in the top bar and in a presentation.
#include <string>
#include <vector>

#include "run.h"

namespace crease::app {

struct ToldNumber {
  const char* name = nullptr;
  const char* label = nullptr;
  std::string value;
  double width = 0;  ///< px at scale 1 in the bar
  bool in_lecture = false;
  bool is_old = false;  ///< measured more than an epoch ago
  std::string tip = {};
};
/// In their order; fewer before the first score.
std::vector<ToldNumber> told_numbers(const Run& run);

}  // namespace crease::app
