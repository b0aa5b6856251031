#pragma once
/// One figure on screen: zoom, pan, the numbers under the pointer, the legend's switches. What may
/// be done with the figure besides (copy, export) is the tile's menu.
#include <optional>

#include "figure/layout.h"
#include "gui.h"

namespace crease::app {

class FigureWindow {
 public:
  /// What the person did with it in this frame.
  struct Did {
    bool menu = false;               ///< asked for its menu (right click)
    bool reset = false;              ///< went back to the whole picture (double click)
    std::optional<Point> clicked;    ///< a place of the data in the first panel
    std::optional<std::string> hot;  ///< a hot place that was clicked
  };

  /// Draws in `at` (pixels of the window). `version` says when the figure is another one;
  /// `selected` is the id of a hot place that is framed.
  Did draw(Gui& gui, const std::string& name, const Figure& figure, std::uint64_t version, Rect at,
           const std::string& selected = {});

  /// Where the person has zoomed, by number of the panel.
  const std::map<std::size_t, Domain>& zoom() const { return options_.zoom; }
  void reset_zoom() { options_.zoom.clear(); }
  /// Shows this part of the first panel whatever the data become.
  void keep_place() {
    if (const PlacedPanel* panel = first_panel())
      options_.zoom.try_emplace(panel->number, panel->domain);
  }
  const std::set<std::string>& hidden() const { return options_.hidden; }
  /// Where its first panel lies, px at scale 1 within what was drawn; null before.
  const PlacedPanel* first_panel() const {
    return shown_.valid && !shown_.laid.panels.empty() ? &shown_.laid.panels.front() : nullptr;
  }
  /// While something in the picture is held, dragging does not move the picture.
  void hold(bool held) { held_ = held; }
  /// What an export must show to look the same.
  const LayoutOptions& options() const { return options_; }

 private:
  struct Shown {
    std::uint64_t version = 0;
    Size size;
    bool dark = false;
    LayoutOptions options;
    Laid laid;
    bool valid = false;
  };
  const PlacedPanel* panel_at(Point scene) const;
  void point_at(Gui& gui, const std::string& name, const Figure& figure, Point scene, Rect at,
                Did& did);
  void tell(Gui& gui, const Figure& figure, const PlacedEntry& placed, Rect at) const;
  void read_out(Gui& gui, const Figure& figure, Point scene, Rect at);
  void draw_cursor(Gui& gui, Rect at) const;

  LayoutOptions options_{.title = false, .ground = false, .zoom = {}, .hidden = {}};
  Shown shown_;
  std::vector<Point> on_curves_;  // places of the scene that are marked
  bool held_ = false;
  std::optional<std::size_t> dragged_;  // the panel that is being moved
};

}  // namespace crease::app
