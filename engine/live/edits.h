#pragma once
/// What the edits of a document mean for the run in training.
#include <string>
#include <vector>

#include "live/order.h"
#include "net/transplant.h"
#include "train/document.h"

namespace crease {

/// What an edit has left of what was learned, in words; empty where nothing need be said. There
/// were `had` parameters before.
std::string describe_edit(const Document& before, const Document& after, const Transplant& kept,
                          std::size_t had, const Plan& plan);

struct MovedUnits {
  std::vector<RemovedUnit> removed, restored;
};

/// What the edits that are still to be done come to: an undo takes back the removal before it.
/// Where removals and undoes remain side by side, units keep their numbers.
MovedUnits moved_units(const std::vector<UnitEdit>& edits, long done);

}  // namespace crease
