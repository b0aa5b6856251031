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

/// A tile's share of the width. Throws Problem.
double share_of(const Json& share) {
  const double value = share.is_number() ? share.get<double>() : 0;
  if (value > 0 && value <= 1) return value;
  throw Problem("share must be a number above 0 and up to 1, not " + describe(share));
}

}  // namespace

std::vector<std::string> Workspace::open(const Document& document) {
  std::vector<std::string> warnings;
  tiles_.clear();
  next_number_ = 1;
  maximised_ = nullptr;
  chosen_by_hand_ = false;
  fitted_to_ = nullptr;
  const Json kept = Json::parse(document.view, nullptr, false);
  if (!kept.is_object() || !kept.contains("tiles")) return warnings;
  if (!kept.at("tiles").is_array()) {
    warnings.push_back("view.tiles: must be a list of tiles, not " + describe(kept.at("tiles")));
    return warnings;
  }
  for (const Json& tile : kept.at("tiles")) {
    try {
      if (!tile.is_object() || !tile.contains("view") || !tile.at("view").is_string())
        throw Problem("each tile names its view, as in {\"view\": \"loss\"}");
      View view = view_named(tile.at("view").get<std::string>());
      if (tile.contains("settings"))
        set_settings(view, tile.at("settings"), "view.tiles", warnings);
      Tile& added = add(std::move(view), tiles_.size());
      chosen_by_hand_ = true;
      if (tile.contains("share")) added.share = share_of(tile.at("share"));
    } catch (const std::exception& wrong) {
      // A tile of another version: the others are shown.
      warnings.push_back(std::string("view.tiles: ") + wrong.what());
    }
    if (tiles_.size() == most_tiles) break;
  }
  return warnings;
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

std::vector<Tile*> Workspace::tiles_in(Rect at) {
  if (maximised_) return {maximised_};
  std::vector<TileWish> wishes;
  for (const auto& tile : tiles_) wishes.push_back(wish_of(*tile));
  const std::size_t fit = tiles_that_fit(at, wishes);
  std::vector<Tile*> shown;
  for (std::size_t i = 0; i < fit; ++i) shown.push_back(tiles_[i].get());
  tab_ = std::min(tab_, tiles_.size() - fit);
  shown.back() = tiles_[fit - 1 + tab_].get();
  return shown;
}

Workspace::Did Workspace::draw(Gui& gui, Session& session, Rect at, bool has_controls) {
  Did did;
  Region region(gui, "tiles", at, {.ground = gui.theme().picture});
  if (const auto& snapshot = session.run().snapshot()) make_fit(*snapshot);
  if (tiles_.empty()) return did;
  const std::vector<Tile*> shown = tiles_in(at);
  std::vector<TileWish> wishes;
  for (const Tile* tile : shown)
    wishes.push_back(maximised_ ? TileWish{tile->square(), {}} : wish_of(*tile));
  const std::vector<Rect> places = place_tiles(at, wishes);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Tile& tile = *shown[i];
    TileLook look{.maximised = maximised_ == &tile,
                  .can_close = tiles_.size() > 1,
                  .can_split = tiles_.size() < most_tiles,
                  .has_controls = has_controls};
    if (!maximised_ && i + 1 == shown.size() && shown.size() < tiles_.size()) {
      for (std::size_t k = i; k < tiles_.size(); ++k)
        look.tabs.emplace_back(title_of(tiles_[k]->view));
      look.tab = tab_;
    }
    tile.ask(session, std::min(places[i].width, places[i].height));
    const TileDid what = tile.draw(gui, session, places[i], look);
    if (what.tab) tab_ = *what.tab;
    if (what.replace || what.split || what.close || what.maximise || what.export_figure ||
        what.copy_picture || what.copy_numbers)
      did = {&tile, what};
  }
  if (!maximised_) draw_rules(gui, places, shown, at);
  if (!did.tile) return did;
  take(did);
  if (did.what.close) did.tile = nullptr;
  return did;
}

void Workspace::take(const Did& did) {
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
  }
}

void Workspace::show_too(const View& view) {
  maximised_ = nullptr;
  if (find(std::string(name_of(view)))) return;
  chosen_by_hand_ = true;
  if (tiles_.size() == most_tiles) {
    tiles_.back()->view = view;
    return;
  }
  for (const auto& tile : tiles_) tile->share.reset();
  add(view, tiles_.size());
}

void Workspace::draw_rules(Gui& gui, const std::vector<Rect>& places,
                           const std::vector<Tile*>& tiles, Rect at) {
  std::vector<TileWish> wishes;
  for (const Tile* tile : tiles) wishes.push_back(wish_of(*tile));
  const auto columns = tile_columns(at, wishes);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t k = 1; k < columns[c].size(); ++k) {
      const Rect& lower = places[columns[c][k]];
      const Rect line = in_pixels(gui, {lower.x + 12, lower.y, lower.width - 24, 1});
      list.AddRectFilled(place({line.x, line.y}), place({line.right(), line.bottom()}),
                         colour(gui.theme().rule));
    }
    if (c + 1 < columns.size()) splitter(gui, c, columns, places, tiles, at);
  }
}

double Workspace::splitter_move(double moved, double left, double right) {
  constexpr double least = 0.12;
  // A column that is too narrow already does not shrink, and need not grow.
  return std::clamp(moved, std::min(least - left, 0.0), std::max(right - least, 0.0));
}

void Workspace::splitter(Gui& gui, std::size_t left,
                         const std::vector<std::vector<std::size_t>>& columns,
                         const std::vector<Rect>& places, const std::vector<Tile*>& tiles,
                         Rect at) {
  const double x = places[columns[left][0]].right();
  const Rect line = in_pixels(gui, {x, at.y + 8, 1, at.height - 16});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(place({line.x, line.y}), place({line.right(), line.bottom()}),
                     colour(gui.theme().rule));
  put_cursor(gui, x - 4, at.y + tile_title);
  const std::string name = "splitter" + std::to_string(left + 1);
  const Press press = press_area(gui, name, {gui.px(8), gui.px(at.height - tile_title)});
  gui.named(name);
  if (press.hovered || press.held) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    list.AddRectFilled(place({line.x - 1, line.y}), place({line.right() + 1, line.bottom()}),
                       colour(gui.theme().accent));
  }
  if (!press.held) return;
  const double moved = ImGui::GetIO().MouseDelta.x / gui.scale() / at.width;
  if (moved == 0) return;
  // Each column keeps what it has, but these two trade.
  const auto width = [&](std::size_t c) { return places[columns[c][0]].width / at.width; };
  const double by = splitter_move(moved, width(left), width(left + 1));
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (const std::size_t i : columns[c])
      tiles[i]->share = width(c) + (c == left ? by : c == left + 1 ? -by : 0);
}

}  // namespace crease::app
