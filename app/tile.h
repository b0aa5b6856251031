#pragma once
/// One tile: a view, its title, its menu, its picture.
#include <optional>
#include <string>

#include "figure_window.h"
#include "point_editor.h"
#include "session.h"
#include "views/views.h"

namespace crease::app {

/// What a person has asked of a tile; the workspace or the shell does it.
struct TileDid {
  std::optional<View> replace;  ///< another view in its place
  std::optional<View> split;    ///< another view beside it
  bool close = false;
  bool maximise = false;  ///< or back
  bool export_figure = false;
  bool copy_picture = false;
  bool copy_numbers = false;
  std::optional<std::size_t> tab;  ///< that of its tabs which was pressed
};

/// How a tile stands among the others.
struct TileLook {
  bool maximised = false;
  bool can_close = true;
  bool can_split = true;     ///< there is room for one more
  bool has_controls = true;  ///< else its name and its picture alone
  /// Titles of the tiles that share its place, itself among them at `tab`; empty: none do.
  std::vector<std::string> tabs = {};
  std::size_t tab = 0;
};

class Tile {
 public:
  Tile(int number, View shown) : view(std::move(shown)), name_("tile" + std::to_string(number)) {}

  View view;
  std::optional<double> share;  ///< of the width, once a splitter has been dragged

  const std::string& name() const { return name_; }
  /// Asks the analyst for what it shows. `pixels`: how large the picture is.
  void ask(Session& session, double pixels);
  /// Draws title and picture in `at` (px at scale 1).
  TileDid draw(Gui& gui, Session& session, Rect at, const TileLook& look);
  /// The figure as it stands, with its zoom and switches; null before the first answer.
  const Figure* figure() const { return figure_ ? &*figure_ : nullptr; }
  /// The same in either theme, for an export; nothing before the first answer.
  std::optional<Figure> figure_in(const Theme& theme) const;
  const FigureWindow& window() const { return window_; }
  bool square() const { return figure_ && !figure_->panels.empty() && figure_->panels[0].equal; }
  bool hovered() const { return hovered_; }

 private:
  void refresh(const Run& run, const Pointed& pointed, const Theme& theme);
  /// Adds to the figure what stands out in it.
  void emphasise(Figure& figure, const Theme& theme) const;
  /// Chooses the place that was clicked, or lets go of the one chosen before.
  void choose(Session& session, Point place) const;
  TileDid title(Gui& gui, Session& session, Rect at, const TileLook& look);
  void views_menu(Gui& gui, const Session& session, const TileLook& look, TileDid& did);
  /// Whether samples can be drawn by hand in it.
  bool takes_points(const Run& run) const;
  void draw_points(bool on);
  void menu(Gui& gui, Session& session, const TileLook& look, TileDid& did);

  std::string name_;
  FigureWindow window_;
  PointEditor points_;
  std::optional<Figure> figure_;
  std::uint64_t version_ = 0;
  std::shared_ptr<const Answer> drawn_;
  bool drawn_dark_ = false, hovered_ = false;
  std::string refusal_;
  Pointed pointed_;  // what the figure was made with
};

/// Views in the order of the menu that fit a snapshot.
std::vector<View> fitting_views(const Snapshot& snapshot);

}  // namespace crease::app
