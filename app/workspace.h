#pragma once
/// The tiles under the network: which views there are, how they share the room, and how that is
/// kept in a document.
#include <memory>
#include <vector>

#include "tile.h"
#include "tile_layout.h"

namespace crease::app {

class Workspace {
 public:
  /// Takes the tiles that a document keeps in its `view`, or those that suit it. Returns what could
  /// not be taken, in sentences.
  std::vector<std::string> open(const Document& document);
  /// Writes the tiles into the document's `view`.
  void save_in(Document& document) const;

  struct Did {
    Tile* tile = nullptr;  ///< the one that the following is about
    TileDid what;
  };
  /// Draws the tiles in `at` (px at scale 1).
  Did draw(Gui& gui, Session& session, Rect at, bool has_controls = true);
  /// A maximised tile takes the network's room too.
  bool maximised() const { return maximised_ != nullptr; }
  void restore() { maximised_ = nullptr; }
  /// Maximises the tile of that number, from 0.
  void maximise(std::size_t number) {
    maximised_ = number < tiles_.size() ? tiles_[number].get() : nullptr;
  }
  /// Shows a view: in a tile of its own while there is room for one more, else in the last tile.
  /// Where it is shown already nothing changes.
  void show_too(const View& view);
  /// The tile under the pointer, or the first.
  Tile* chosen();
  Tile* find(const std::string& view);
  std::size_t count() const { return tiles_.size(); }
  /// How far the line between two columns goes of what the pointer has moved; all are shares of the
  /// whole width.
  static double splitter_move(double moved, double left, double right);
  /// Every picture shows the newest snapshot.
  void show(const std::vector<View>& views);

 private:
  void make_fit(const Snapshot& snapshot);
  Tile& add(View view, std::size_t at);
  static TileWish wish_of(const Tile& tile) { return {tile.square(), tile.share}; }
  /// The tiles that have room now; the last place is shared by those behind it.
  std::vector<Tile*> tiles_in(Rect at);
  void take(const Did& did);
  void draw_rules(Gui& gui, const std::vector<Rect>& places, const std::vector<Tile*>& tiles,
                  Rect at);
  void splitter(Gui& gui, std::size_t left, const std::vector<std::vector<std::size_t>>& columns,
                const std::vector<Rect>& places, const std::vector<Tile*>& tiles, Rect at);

  std::vector<std::unique_ptr<Tile>> tiles_;
  Tile* maximised_ = nullptr;
  bool chosen_by_hand_ = false;  ///< else tiles follow the kind of data
  const Plan* fitted_to_ = nullptr;
  int next_number_ = 1;
  std::size_t tab_ = 0;  ///< which of those without room is shown
};

}  // namespace crease::app
