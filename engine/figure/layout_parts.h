#pragma once
/// What the files of the layout share. For layout*.cpp only.
#include <functional>
#include <string>
#include <vector>

#include "figure/layout.h"

namespace crease::laying {

constexpr double tick_text = 12, title_text = 14, fact_text = 13;
constexpr double tick_length = 4, tick_gap = 5;        ///< from the tick to its label
constexpr double margin_left = 16, margin_right = 12;  ///< of the whole picture
constexpr double margin_top = 6, margin_bottom = 8;
constexpr double title_row = 30, panel_title_row = 20, x_row = 21, x_name_row = 17;
constexpr double legend_row = 24, legend_gap = 6, legend_item_gap = 12;
constexpr double end_label_pitch = 15, end_label_gap = 8;

/// A label at the end of a line.
struct EndLabel {
  Typeset text;
  Colour colour;
  double at = 0;  ///< y in the data
};

/// A panel on its way to its place.
struct Plan {
  const Panel* panel = nullptr;
  PlacedPanel placed;
  bool labels = true;    ///< false where there is no room for any text
  bool x_labels = true;  ///< false where a panel below has the same axis
  bool x_name_below = false;
  bool y_name_above = false;
  std::vector<Tick> x_ticks, y_ticks;
  std::vector<EndLabel> ends;

  double title_height() const {
    return labels && (!panel->title.empty() || y_name_above) ? panel_title_row : 0;
  }
  double x_height() const { return x_labels ? x_row + (x_name_below ? x_name_row : 0) : 0; }
  /// The axes as they are shown.
  Axis x_axis() const {
    return {panel->x.label, placed.domain.x0, placed.domain.x1,
            placed.x_scale, panel->x.format,  panel->x.named};
  }
  Axis y_axis() const {
    return {panel->y.label, placed.domain.y0, placed.domain.y1,
            placed.y_scale, panel->y.format,  panel->y.named};
  }
};

/// What may go where room is short, one after the other.
struct Thrift {
  bool end_labels = true, legend = true, labels = true;
};

/// Where text of that size stands so that its capitals are centred at `middle`.
double baseline_at(double middle, double size);
Typeset tick_label(const std::string& text);
/// A name in that width: shortened where it is too long; nothing where a formula in it is.
Typeset fitted(const std::string& markup, double width);

/// The title row; gives nothing back where there is no room for it.
void lay_title(const Figure& figure, double width, const Theme& theme, Scene& scene);

// Places (layout_place.cpp).
/// How the panels have come to lie.
struct Arrangement {
  double from = 0, to = 0;  ///< text of theirs may stand between
  double right = 0;         ///< of the panels
  double bottom = 0;        ///< of the tick labels
  double side = 0;          ///< the shortest of any panel
  bool roomy = false;       ///< no panel is too small to be read
};
/// Of the panels' height, by their shares.
double share_of(const std::vector<Plan>& plans, const Plan& plan);
/// The room to the right of the panels that labels of line ends need.
double ends_room(const std::vector<Plan>& plans);
/// All below each other, with the same left and right end.
Arrangement place_stack(std::vector<Plan>& plans, const Rect& area);
/// Squares in as many columns as make them largest, in the middle of the width.
Arrangement place_squares(std::vector<Plan>& plans, const Rect& area);

/// A panel without a place yet: what it shows after zooming, made fit to be drawn.
PlacedPanel placed_of(const Panel& panel, std::size_t number, const LayoutOptions& options);

// Axes (layout_axes.cpp).
/// Finds ticks for a panel of that size: as many as have room, at most five on planes, and the same
/// step on both axes where one unit is as long upwards as sideways.
void find_ticks(Plan& plan, Size size);
/// The room that tick labels (and the name among them) need to the left of a panel.
double left_room(const Plan& plan);
/// Grid under the marks; frame, ticks, labels, names over them. Text stays left of `right`.
void draw_grid(const Plan& plan, const Theme& theme, Scene& scene);
void draw_axes(const Plan& plan, double left, double right, const Theme& theme, Scene& scene);
void draw_end_labels(const Plan& plan, Scene& scene);

// Marks (layout_marks.cpp).
void draw_marks(const Plan& plan, const Theme& theme, const std::set<std::string>& hidden,
                Scene& scene);

// Legend (layout_legend.cpp).
struct LegendItem {
  double width = 0, height = legend_row;
  std::string key;
  std::function<void(Scene&, Point)> draw;  ///< from its left end, at the middle of its line
};
struct LegendRow {
  std::vector<LegendItem> items;
  double height = 0;
};
struct Legend {
  std::vector<LegendRow> rows;
  double width() const;
  double height() const;
};
/// In rows of that width, or with `column` one item a row.
Legend make_legend(const std::vector<LegendEntry>& entries, const std::vector<ColourBar>& bars,
                   double width, bool column, const Theme& theme,
                   const std::set<std::string>& hidden);
void draw_legend(const Legend& legend, Point from, Laid& laid);
/// A panel's notes, above each other in its lower left corner. One that is too wide is left out.
void draw_notes(const Panel& panel, const Rect& at, const Theme& theme, Scene& scene);

}  // namespace crease::laying
