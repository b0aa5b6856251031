#pragma once
/// The network in the window: its picture (views/network_view.h), and everything that can be done
/// to it there. Units and weights are pointed at, selected, dragged and typed; layers are inserted,
/// changed, moved and removed.
#include <optional>
#include <set>
#include <string>

#include "panels/pulse.h"
#include "session.h"
#include "views/network_view.h"
#include "widgets.h"

namespace crease::app {

class NetworkCanvas {
 public:
  NetworkCanvas() {
    options_.controls = true;
    options_.magnified = true;
  }

  /// In `at` (px at scale 1), inside a region of the window.
  void draw(Gui& gui, Session& session, Rect at, bool has_controls = true);

  /// The picture as a figure, for an export; nothing before the first answer.
  std::optional<Figure> figure_in(const Theme& theme) const;
  /// Puts a layer in front of the output.
  void add_layer(Session& session);
  /// The id of the unit or weight that is selected; empty where none is.
  const std::string& selected() const { return options_.selected; }
  /// The node and number of the unit that is under the pointer, else of the one that is selected.
  std::pair<std::string, int> pointed_unit() const;
  void select(const std::string& id) { options_.selected = id; }

 private:
  using Picture = network_picture::Picture;
  using Block = network_picture::Block;

  /// A number of the network that can be changed by hand: a bias or a weight.
  struct Number {
    std::string tensor;
    std::size_t index = 0;
    std::string label;  ///< markup: "$b$"
  };

  // network_canvas.cpp: what is shown
  void ask(Run& run);
  void refresh(Run& run);
  void compose(Gui& gui, Size size);
  void name_places(Gui& gui) const;
  void draw_controls(Gui& gui, Session& session);
  void draw_sample_controls(Gui& gui, Session& session);
  void draw_problems(Gui& gui, const Run& run);
  void tell_what_was_kept(Session& session);

  // network_canvas_pointer.cpp: pointing, dragging, typing
  void follow_pointer(Gui& gui, Session& session, bool over);
  const Hot* under(Point at) const;
  void press(Gui& gui, const Hot& hot);
  void drag(Gui& gui, Run& run);
  void show_tip_of(Gui& gui, const Hot& hot);
  void draw_value_field(Gui& gui, Run& run);
  std::optional<Number> number_at(const std::string& id) const;
  const Hot* find(const std::string& id) const;

  // network_canvas_menus.cpp
  void draw_menus(Gui& gui, Session& session);
  void layer_menu(Gui& gui, Session& session, const Node& node);
  void shape_entries(Gui& gui, Session& session, const Node& node);
  void place_menu(Gui& gui, Session& session);
  void edit(Session& session, const std::string& what,
            const std::function<Network(const Network&)>& change, bool tells = true);
  void insert(Session& session, const std::string& after, std::optional<Layer> layer = {});
  void remove_unit(Session& session, const std::string& node, int unit);
  void resize(Session& session, const std::string& node, int by);

  Rect in_window(const Rect& scene) const;
  const Block* block_of(const std::string& id) const;

  NetworkView view_;
  network_picture::Options options_;
  const Run* run_ = nullptr;                    // whose ids are `taken_`
  std::set<std::string> taken_;                 // ids that have been in use
  std::shared_ptr<const Answer> answer_;        // the one that is drawn
  const NetworkView::Answer* known_ = nullptr;  // its value
  Picture picture_;
  Pulse pulse_;
  Size size_;
  bool dark_ = false, composed_ = false;
  Rect at_;           // in pixels
  double scale_ = 1;  // pixels for each px

  std::string pointed_;  // the id under the pointer
  double rested_ = 0;    // seconds it has been there
  std::string menu_of_;  // what the open menu is about
  std::string typing_;   // the id whose number is being typed
  double typed_ = 0;
  bool opens_field_ = false;
  long edited_ = 0;          // number of the last edit made here
  bool tells_kept_ = false;  // once the edit is in training, what was kept is said
  struct Drag {
    std::string id;
    Number number;
    double start = 0, moved = 0;
  };
  std::optional<Drag> drag_;
};

}  // namespace crease::app
