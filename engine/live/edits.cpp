#include "live/edits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace crease {

std::string describe_edit(const Document& before, const Document& after, const Transplant& kept,
                          std::size_t had, const Plan& plan) {
  std::vector<std::string> parts;
  if (kept.kept < plan.parameter_count)
    parts.push_back(describe(kept, plan));
  else if (before.network != after.network || before.data != after.data)
    parts.push_back(fmt::format("kept {} {} parameters",
                                plan.parameter_count < had ? "the other" : "all",
                                plan.parameter_count));
  if (before.training.optimiser.index() != after.training.optimiser.index())
    parts.push_back(fmt::format("{} starts without the memory of earlier steps",
                                name_of(after.training.optimiser)));
  if (before.training.initialiser != after.training.initialiser ||
      before.training.seed != after.training.seed)
    parts.emplace_back("the new start weights hold from the next reset");
  return fmt::format("{}", fmt::join(parts, "; "));
}

MovedUnits moved_units(const std::vector<UnitEdit>& edits, long done) {
  std::vector<UnitEdit> left;
  for (const UnitEdit& edit : edits) {
    if (edit.number <= done) continue;
    const bool takes_back =
        edit.restored && !left.empty() && !left.back().restored && left.back().unit == edit.unit;
    if (takes_back)
      left.pop_back();
    else
      left.push_back(edit);
  }
  MovedUnits units;
  for (const UnitEdit& edit : left)
    if (edit.restored)
      units.restored.insert(units.restored.begin(), edit.unit);  // the last one removed comes last
    else
      units.removed.push_back(edit.unit);
  return units.removed.empty() || units.restored.empty() ? units : MovedUnits{};
}

}  // namespace crease
