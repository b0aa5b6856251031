/// What the pointer does on the network: pointing, selecting, dragging a number, typing one.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "panels/network_canvas.h"

namespace crease::app {

namespace {

constexpr double patience = 0.35;  // seconds before a tip
constexpr double reach = 6;        // px from a line

/// "h1", 3 from "h1.unit3"; the number is -1 where there is none.
std::pair<std::string, int> node_and_unit(const std::string& id) {
  const auto dot = id.find(".unit");
  if (dot == std::string::npos) return {id, -1};
  return {id.substr(0, dot), std::atoi(id.c_str() + dot + 5) - 1};
}

}  // namespace

std::pair<std::string, int> NetworkCanvas::pointed_unit() const {
  const auto pointed = node_and_unit(options_.hovered);
  return pointed.second >= 0 ? pointed : node_and_unit(options_.selected);
}

const Hot* NetworkCanvas::under(Point at) const {
  const Hot* found = nullptr;
  double nearest = reach;
  for (const Hot& hot : picture_.scene.hot) {
    if (hot.along.empty()) {
      if (!hot.at.contains(at)) continue;
      found = &hot;
      nearest = -1;  // what has an area lies above the lines
    } else if (nearest >= 0 && hot.at.inset(-reach).contains(at)) {
      const double distance = hot.distance(at);
      if (distance > nearest) continue;
      nearest = distance;
      found = &hot;
    }
  }
  return found;
}

std::optional<NetworkCanvas::Number> NetworkCanvas::number_at(const std::string& id) const {
  const Plan& plan = *answer_->snapshot->plan;
  const auto segment_of = [&](const std::string& node, bool bias) -> const Segment* {
    const int index = plan.index_of(node);
    if (index < 0) return nullptr;
    for (const std::size_t s : plan.nodes[static_cast<std::size_t>(index)].segments)
      if (plan.segments[s].is_bias == bias) return &plan.segments[s];
    return nullptr;
  };
  if (const auto [node, unit] = node_and_unit(id); unit >= 0) {
    const Segment* bias = segment_of(node, true);
    if (!bias || static_cast<std::size_t>(unit) >= bias->size) return {};
    return Number{bias->name, static_cast<std::size_t>(unit), "$b$"};
  }
  const auto bracket = id.find(".weight[");
  if (bracket == std::string::npos) return {};
  const Block* block = block_of(id.substr(0, bracket));
  const Segment* weight = segment_of(id.substr(0, bracket), false);
  // Where maps are read, a line stands for many weights.
  if (!block || !weight || weight->shape.size() != 2 || block->links.empty() ||
      known_->model.blocks[block->links.front().from].places != 1)
    return {};
  int row = 0, column = 0;
  if (std::sscanf(id.c_str() + bracket, ".weight[%d,%d]", &row, &column) != 2) return {};
  const auto index =
      static_cast<std::size_t>(row) * weight->shape[1] + static_cast<std::size_t>(column);
  if (index >= weight->size) return {};
  return Number{weight->name, index, "$w$"};
}

void NetworkCanvas::follow_pointer(Gui& gui, Session& session, bool over) {
  const ImGuiIO& io = ImGui::GetIO();
  if (drag_) drag(gui, session.run());
  if (const auto [node, unit] = node_and_unit(options_.selected);
      unit >= 0 && ImGui::IsKeyPressed(ImGuiKey_Delete) && !io.WantTextInput)
    remove_unit(session, node, unit);
  const Point at{(io.MousePos.x - at_.x) / scale_, (io.MousePos.y - at_.y) / scale_};
  const Hot* hot = over && !drag_ ? under(at) : nullptr;
  const std::string id = hot ? hot->id : "";
  if (id != pointed_) {
    pointed_ = id;
    rested_ = 0;
    const bool marks = id.find(".unit") != std::string::npos || id.starts_with("input") ||
                       id.find(".weight[") != std::string::npos;
    const std::string hovered = marks && id != "input" ? id : "";
    if (hovered != options_.hovered) {
      options_.hovered = hovered;
      composed_ = false;
      gui.wake();
    }
  } else {
    rested_ += io.DeltaTime;
  }
  const bool menu_open = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
  if (over && !drag_) {
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
      if (hot) {
        press(gui, *hot);
      } else if (!options_.selected.empty()) {
        options_.selected.clear();
        composed_ = false;
      }
    }
    if (hot && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) {
      menu_of_ = hot->id;
      open_menu_at(gui, "network.menu", {io.MousePos.x, io.MousePos.y, 1, 1});
    }
  }
  if (!hot || menu_open || ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
  const bool is_header = block_of(hot->id) != nullptr || hot->id.ends_with(".more");
  if (is_header) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (rested_ < patience)
    gui.wake_in(patience - rested_);
  else
    show_tip_of(gui, *hot);
}

void NetworkCanvas::press(Gui& gui, const Hot& hot) {
  if (hot.id.ends_with(".more")) {
    const std::string node = hot.id.substr(0, hot.id.size() - 5);
    if (!options_.opened.erase(node)) options_.opened.insert(node);
    composed_ = false;
    return;
  }
  if (block_of(hot.id)) {  // a header
    menu_of_ = hot.id;
    open_menu_at(gui, "network.menu", in_window(hot.at));
    return;
  }
  const auto number = number_at(hot.id);
  if (options_.selected != hot.id) {
    options_.selected = hot.id;
    composed_ = false;
  }
  if (!number || !run_) return;
  const double value = run_->weight(number->tensor, number->index);
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    typing_ = hot.id;
    typed_ = value;
    opens_field_ = true;
    return;
  }
  drag_ = Drag{hot.id, *number, value, 0};
}

void NetworkCanvas::drag(Gui& gui, Run& run) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    drag_.reset();
    return;
  }
  constexpr double start_after = 4, per_pixel = 0.02, fine = 0.1;
  const double step = -io.MouseDelta.y / scale_ * (io.KeyShift ? fine : 1);
  drag_->moved += step;
  if (!ImGui::IsMouseDragging(ImGuiMouseButton_Left, static_cast<float>(start_after * scale_)))
    return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  // A hundred px change a number by two, or by twice its own size.
  const double size = std::max(1.0, std::abs(drag_->start));
  const double value = drag_->start + drag_->moved * per_pixel * size;
  if (step != 0) run.edit_weight(drag_->number.tensor, drag_->number.index, value);
  Tip tip;
  tip.readings.push_back({drag_->number.label, number_text(value)});
  if (const Hot* hot = find(drag_->id)) {
    const bool is_line = !hot->along.empty();
    const Point middle = is_line ? hot->along[hot->along.size() / 2] : Point{};
    show_tip(gui, tip, in_window(is_line ? Rect{middle.x, middle.y, 1, 1} : hot->at));
  }
}

void NetworkCanvas::show_tip_of(Gui& gui, const Hot& hot) {
  Tip tip = tip_of(hot);
  if (number_at(hot.id))
    tip.text = "Drag it up or down to change it; double-click to type it.";
  else if (block_of(hot.id))
    tip.text = "Press it for everything that can be changed.";
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool is_unit = node_and_unit(hot.id).second >= 0 || hot.id.starts_with("input");
  show_tip(gui, tip, hot.along.empty() ? in_window(hot.at) : Rect{mouse.x, mouse.y, 1, 1},
           is_unit && hot.id != "input");
}

void NetworkCanvas::draw_value_field(Gui& gui, Run& run) {
  if (typing_.empty()) return;
  if (std::exchange(opens_field_, false))
    if (const Hot* hot = find(typing_)) {
      const bool is_line = !hot->along.empty();
      const Point middle = is_line ? hot->along[hot->along.size() / 2] : Point{};
      open_menu_at(gui, "network.value",
                   in_window(is_line ? Rect{middle.x - 60, middle.y, 120, 4} : hot->at));
    }
  if (!begin_menu(gui, "network.value", 190)) {
    typing_.clear();
    return;
  }
  const auto number = number_at(typing_);
  bool done = !number;
  if (number) {
    begin_menu_controls(gui);
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (number_field(gui, "network.number", number->label, typed_, {.significant = 9},
                     {.label_width = 24, .width = 140})) {
      run.edit_weight(number->tensor, number->index, typed_);
      done = true;
    }
    end_menu_controls(gui);
  }
  if (done) ImGui::CloseCurrentPopup();
  end_menu(gui);
}

}  // namespace crease::app
