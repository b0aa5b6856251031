#include "workspace.h"

#include <algorithm>
#include <array>

#include "region.h"
#include "tile_layout.h"
#include "widgets.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

/// What is shown of a document that says nothing, the first that fit.
constexpr std::array<std::string_view, 5> usual{"decision_boundary", "function_1d", "images",
                                                "feature_maps", "loss"};
constexpr std::size_t most_usual = 3;

std::vector<View> usual_views(const Snapshot& snapshot) {
  std::vector<View> views;
  for (const std::string_view name : usual)
    for (const View& view : fitting_views(snapshot))
      if (name_of(view) == name && views.size() < most_usual) views.push_back(view);
  return views;
}

}  // namespace

void Workspace::open(const Document& document) {
  tiles_.clear();
  next_number_ = 1;
  maximised_ = nullptr;
  chosen_by_hand_ = false;
  fitted_to_ = nullptr;
  const Json kept = Json::parse(document.view, nullptr, false);
  if (!kept.is_object() || !kept.contains("tiles") || !kept.at("tiles").is_array()) return;
  for (const Json& tile : kept.at("tiles")) {
    try {
      View view = view_named(tile.value("view", ""));
      std::vector<std::string> warnings;
      if (tile.contains("settings"))
        set_settings(view, tile.at("settings"), "view.tiles", warnings);
      Tile& added = add(std::move(view), tiles_.size());
      if (tile.contains("share") && tile.at("share").is_number())
        added.share = tile.at("share").get<double>();
      chosen_by_hand_ = true;
    } catch (const std::exception&) {
      // A tile of another version: the others are shown.
    }
    if (tiles_.size() == most_tiles) break;
  }
}

void Workspace::save_in(Document& document) const {
  Json kept = Json::parse(document.view, nullptr, false);
  if (!kept.is_object()) kept = Json::object();
  Json list = Json::array();
  for (const auto& tile : tiles_) {
    Json entry{{"view", std::string(name_of(tile->view))}, {"settings", settings_of(tile->view)}};
    if (tile->share) entry["share"] = *tile->share;
    list.push_back(std::move(entry));
  }
  kept["tiles"] = std::move(list);
  document.view = kept.dump();
}

Tile& Workspace::add(View view, std::size_t at) {
  const auto where = tiles_.begin() + static_cast<std::ptrdiff_t>(std::min(at, tiles_.size()));
  return **tiles_.insert(where, std::make_unique<Tile>(next_number_++, std::move(view)));
}

void Workspace::show(const std::vector<View>& views) {
  tiles_.clear();
  next_number_ = 1;
  maximised_ = nullptr;
  for (const View& view : views) add(view, tiles_.size());
}

void Workspace::make_fit(const Snapshot& snapshot) {
  if (!snapshot.plan || fitted_to_ == snapshot.plan.get()) return;
  fitted_to_ = snapshot.plan.get();
  const auto fits = [&](const std::unique_ptr<Tile>& tile) {
    return refuses(tile->view, snapshot).empty();
  };
  if (!tiles_.empty() && (chosen_by_hand_ || std::all_of(tiles_.begin(), tiles_.end(), fits)))
    return;
  show(usual_views(snapshot));
}

Tile* Workspace::chosen() {
  for (const auto& tile : tiles_)
    if (tile->hovered()) return tile.get();
  return tiles_.empty() ? nullptr : tiles_.front().get();
}

Tile* Workspace::find(const std::string& view) {
  for (const auto& tile : tiles_)
    if (name_of(tile->view) == view || tile->name() == view) return tile.get();
  return nullptr;
}

Workspace::Did Workspace::draw(Gui& gui, Session& session, Rect at) {
  Did did;
  Region region(gui, "tiles", at, {.ground = gui.theme().picture});
  if (const auto& snapshot = session.run().snapshot()) make_fit(*snapshot);
  if (tiles_.empty()) return did;

  std::vector<Tile*> shown;
  if (maximised_) {
    shown.push_back(maximised_);
  } else {
    const auto beside =
        static_cast<std::size_t>(tiles_beside(at.width, static_cast<int>(tiles_.size())));
    for (std::size_t i = 0; i < beside; ++i) shown.push_back(tiles_[i].get());
    if (beside < tiles_.size()) {
      const std::size_t rest = tiles_.size() - beside + 1;  // the last place and those behind it
      tab_ = std::min(tab_, rest - 1);
      shown.back() = tiles_[beside - 1 + tab_].get();
    }
  }
  const bool tabbed = !maximised_ && shown.size() < tiles_.size();
  std::vector<TileWish> wishes;
  for (const Tile* tile : shown)
    wishes.push_back({tile->square(), maximised_ ? std::nullopt : tile->share});
  Rect room = at;
  if (tabbed) {
    tabs_of_the_rest(gui, shown.size(), at);
    room.y += 34;
    room.height -= 34;
  }
  const std::vector<Rect> places = place_tiles(room, wishes);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Tile& tile = *shown[i];
    tile.ask(session.run(), std::min(places[i].width, places[i].height));
    const TileDid what = tile.draw(gui, session, places[i], maximised_ == &tile, tiles_.size() > 1);
    if (what.replace || what.split || what.close || what.maximise || what.export_figure ||
        what.copy_picture || what.copy_numbers)
      did = {&tile, what};
    if (i + 1 < shown.size()) splitter(gui, i, places, shown, at);
  }
  if (!did.tile) return did;
  const auto found = std::find_if(tiles_.begin(), tiles_.end(),
                                  [&](const auto& tile) { return tile.get() == did.tile; });
  const auto index = static_cast<std::size_t>(found - tiles_.begin());
  if (did.what.replace) did.tile->view = *did.what.replace;
  if (did.what.split && tiles_.size() < most_tiles) {
    for (const auto& tile : tiles_) tile->share.reset();
    add(*did.what.split, index + 1);
  }
  if (did.what.maximise) maximised_ = maximised_ ? nullptr : did.tile;
  if (did.what.replace || did.what.split || did.what.close) chosen_by_hand_ = true;
  if (did.what.close) {
    if (maximised_ == did.tile) maximised_ = nullptr;
    for (const auto& tile : tiles_) tile->share.reset();
    tiles_.erase(found);
    did.tile = nullptr;
  }
  return did;
}

void Workspace::show_here(const View& view) {
  Tile* tile = chosen();
  if (!tile) return;
  tile->view = view;
  chosen_by_hand_ = true;
}

void Workspace::tabs_of_the_rest(Gui& gui, std::size_t shown, Rect at) {
  std::vector<std::string> labels;
  for (std::size_t i = shown - 1; i < tiles_.size(); ++i)
    labels.emplace_back(title_of(tiles_[i]->view));
  put_cursor(gui, at.x + 12, at.y + 2);
  int chosen = static_cast<int>(tab_);
  if (tabs(gui, "tile_tabs", labels, chosen)) tab_ = static_cast<std::size_t>(chosen);
}

void Workspace::splitter(Gui& gui, std::size_t left, const std::vector<Rect>& places,
                         const std::vector<Tile*>& tiles, Rect at) {
  const double x = places[left].right();
  const Rect line = in_pixels(gui, {x, places[left].y + 8, 1, places[left].height - 16});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(place({line.x, line.y}), place({line.right(), line.bottom()}),
                     colour(gui.theme().rule));
  put_cursor(gui, x - 4, places[left].y + tile_title);
  const std::string name = "splitter" + std::to_string(left + 1);
  const Press press = press_area(gui, name, {gui.px(8), gui.px(places[left].height - tile_title)});
  gui.named(name);
  if (press.hovered || press.held) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    list.AddRectFilled(place({line.x - 1, line.y}), place({line.right() + 1, line.bottom()}),
                       colour(gui.theme().accent));
  }
  if (!press.held) return;
  const double moved = ImGui::GetIO().MouseDelta.x / gui.scale() / at.width;
  if (moved == 0) return;
  // Each keeps what it has, but these two trade.
  for (std::size_t i = 0; i < tiles.size(); ++i) tiles[i]->share = places[i].width / at.width;
  const double least = 0.12;
  const double by = std::clamp(moved, least - *tiles[left]->share, *tiles[left + 1]->share - least);
  tiles[left]->share = *tiles[left]->share + by;
  tiles[left + 1]->share = *tiles[left + 1]->share - by;
}

}  // namespace crease::app
