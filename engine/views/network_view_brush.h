#pragma once
/// What the painters of the network's parts share. Each adds to the scene, in this order: links
/// below, then units, then headers; and the hot places of what it paints.
#include <map>
#include <string>

#include "views/class_colours.h"
#include "views/network_view.h"
#include "views/network_view_atlas.h"

namespace crease::network_picture {

/// Colours of signed values.
class Shades {
 public:
  explicit Shades(const Theme& theme) : table_(theme.signed_values), broken_(theme.hover) {}
  /// From -1 to 1; what is not a number has a colour of its own.
  Colour at(double share) const { return share == share ? table_.at((share + 1) / 2) : broken_; }

 private:
  ColourTable table_;
  Colour broken_;
};

struct Brush {
  const Snapshot& snapshot;
  const NetworkView::Answer& answer;
  const Theme& theme;
  Size size;
  const Options& options;
  const Layout& layout;
  Scene& scene;
  Shades shades;
  Atlas atlas;

  const Block& block(std::size_t b) const { return answer.model.blocks[b]; }
  const Place& place(std::size_t b) const { return layout.places[b]; }
  bool stands_out(const std::string& id) const {
    return !id.empty() && (id == options.selected || id == options.hovered);
  }
  /// The largest size of a value in each layer of the answer that was asked for, by its place.
  std::map<const float*, double> largest = {};
  /// Units that stand out: those selected or under the pointer, and those that only pass them on.
  std::set<std::pair<std::size_t, int>> marked = {};
  /// What units are called in tips, worked out once for all the lines that meet there.
  std::map<std::pair<const Block*, int>, std::string> unit_titles = {};
  /// What is wrong with a unit, in two words; empty where nothing is.
  std::string problem_of(const Block& block, int unit) const;
  int problems_of(const Block& block) const;
  /// Whether they stand at the units themselves: a few, large enough to be pictures. Else the
  /// header counts them.
  bool tells_at_units(const Block& block, const Place& place) const;
};

/// Fills `marked`.
void mark(Brush& brush);
void paint_links(Brush& brush);
void paint_units(Brush& brush);
void paint_headers(Brush& brush);

/// The picture of one unit of a block that shows fields or curves.
void paint_field(Brush& brush, const Block& block, const Spot& spot);
void paint_curve(Brush& brush, const Block& block, const Spot& spot);
/// Of one that shows a sample.
void paint_map(Brush& brush, const Block& block, const Spot& spot);
void paint_cell(Brush& brush, const Block& block, const Spot& spot);
/// All cells of a block that touch each other, as one picture.
void paint_strip(Brush& brush, const Block& block, const Place& place);
void paint_bar(Brush& brush, const Block& block, const Place& place, const Spot& spot);

/// A unit's label, cut to the room that was kept for it; a formula is never cut.
Typeset label_in(double room, const std::string& label, const TextStyle& style);

/// The triangle with an exclamation mark, in a box of `size`.
void paint_warning(Scene& scene, Point centre, double size, Colour colour);

/// "h1.unit3", "input1": units count from 1, as in the tip's title.
std::string unit_id(const Block& block, int unit);
/// "h1.weight[2,0]": indices as in the document, from 0.
std::string weight_id(const Block& to, int unit, int unit_from);

/// The bias of a unit in the flat vector; -1 where there is none.
std::ptrdiff_t bias_of(const Brush& brush, const PlanNode& node, int unit);

/// Tips. Their places are set by the painters.
Hot unit_tip(const Brush& brush, const Block& block, int unit);
Hot weight_tip(Brush& brush, const Block& to, const Block& from, int unit, int unit_from,
               const Strength& strength);
Hot header_tip(const Brush& brush, const Block& block);

}  // namespace crease::network_picture
