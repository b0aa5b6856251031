#pragma once
/// Which columns of a table are inputs and which is the target, chosen by their names.
#include <string>
#include <vector>

#include "data/csv.h"
#include "gui.h"

namespace crease::app {

/// With more columns their names are typed.
inline constexpr std::size_t most_columns_listed = 24;

/// True where the choice has changed; at least one column stays an input.
bool choose_columns(Gui& gui, Csv& table, const std::vector<std::string>& columns);

}  // namespace crease::app
