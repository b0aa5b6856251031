#pragma once
/// The exact pieces of a network with one input, and how they are shown on its function.
#include "views/function_1d.h"

namespace crease {

/// Null where the network is not piecewise linear, or a weight is not finite.
std::shared_ptr<const regions::Regions> pieces_of(const Snapshot& snapshot, Extremes across,
                                                  const Cancelled& cancelled);
/// A joint where the slope changes, in the colour of the layer whose unit bends there.
void add_joints(const Snapshot& snapshot, const Function1d::Answer& answer, const Theme& theme,
                Panel& panel, Figure& figure);
/// A row for each joint: its place, the heights of the lines, and the unit that bends there.
void add_joints(const Function1d::Answer& answer, Table& table);
/// "7 pieces, exact".
void add_piece_count(const Function1d::Answer& answer, std::string& fact);
/// Slope and number of the piece at x.
void read_piece(const regions::Regions& found, const Plan& plan, double x,
                std::vector<Reading>& readings);

}  // namespace crease
