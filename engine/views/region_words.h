#pragma once
/// What is said of linear regions: how many, which pattern, which map. All are markup.
#include <array>
#include <string>
#include <vector>

#include "figure/figure.h"
#include "probe/regions/regions.h"

namespace crease {

/// "144 regions, exact", or how far it is from that. `is_costly`: not a setting ended it, but how
/// much work each cell of such a network is.
std::string fact_on(const regions::Regions& found, bool is_costly = false);
/// How certain the count is, for files: "exact", "close calls", "coarser" or "not certain".
std::string_view certainty_of(const regions::Regions& found);
/// What is shown of a network in which a weight is not finite.
Figure no_regions(const std::string& title);
/// One reading a layer: its units' states in order, or how many are on where there are many.
std::vector<Reading> pattern_readings(const regions::Regions& found, const Plan& plan, Point at);
/// The states of a layer's units, "0110"; "12 of 128 on" where they are more than `most`.
std::string code_of(const std::vector<std::uint32_t>& states, std::size_t most,
                    std::string_view between = "");
/// Slopes and constant of a cell's map in the slice's own coordinates (of a line: slope, 0,
/// constant).
std::array<double, 3> map_in_slice(const regions::Regions& found, std::size_t cell,
                                   std::size_t output);
/// "0.41 x_1 - 1.2 x_2 + 0.3".
std::string map_text(const regions::Regions& found, std::size_t cell, std::size_t output,
                     const std::string& across, const std::string& upwards);

}  // namespace crease
