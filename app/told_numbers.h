#pragma once
/// The numbers of a run that are told by their names, in the top bar and in a presentation.
#include <memory>
#include <string>
#include <vector>

#include "train/snapshot.h"

namespace crease::app {

struct ToldNumber {
  const char* name = nullptr;
  const char* label = nullptr;
  std::string value;
  double width = 0;  ///< px at scale 1 in the bar
  bool in_lecture = false;
  bool is_old = false;  ///< measured more than an epoch ago
  std::string tip = {};
  bool is_main = false;  ///< the one score that is told where there is no room for others
};
/// In their order; fewer before the first score, none before the first snapshot.
std::vector<ToldNumber> told_numbers(const std::shared_ptr<const Snapshot>& snapshot);

}  // namespace crease::app
