#include "figure_window.h"

#include <cmath>

#include "imgui_canvas.h"
#include "widgets.h"

namespace crease::app {

namespace {

constexpr double wheel_step = 1.2;  ///< factor of one notch

bool same(const LayoutOptions& a, const LayoutOptions& b) {
  return a.title == b.title && a.ground == b.ground && a.zoom == b.zoom && a.hidden == b.hidden;
}

}  // namespace

FigureWindow::Did FigureWindow::draw(Gui& gui, const std::string& name, const Figure& figure,
                                     std::uint64_t version, Rect at, const std::string& selected) {
  Did did;
  on_curves_.clear();
  const double scale = gui.scale();
  const Size size{at.width / scale, at.height / scale};
  if (size.width < 40 || size.height < 40) return did;

  ImGui::SetCursorScreenPos(place({at.x, at.y}));
  ImGui::InvisibleButton(name.c_str(),
                         {static_cast<float>(at.width), static_cast<float>(at.height)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  gui.named(name, figure.name, figure.fact);

  const bool same_picture = shown_.valid && shown_.version == version && shown_.size == size &&
                            shown_.dark == gui.theme().dark && same(shown_.options, options_);
  if (!same_picture)
    shown_ = {
        version, size, gui.theme().dark, options_, layout(figure, size, gui.theme(), options_),
        true};

  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    point_at(gui, name, figure, {(mouse.x - at.x) / scale, (mouse.y - at.y) / scale}, at, did);
  }
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) dragged_.reset();

  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(place({at.x, at.y}), place({at.right(), at.bottom()}), true);
  ImGuiCanvas canvas(gui, *list, {at.x, at.y});
  paint(shown_.laid.scene, canvas);
  draw_cursor(gui, at);
  for (const Hot& hot : shown_.laid.scene.hot) {
    if (selected.empty() || hot.id != selected) continue;
    constexpr double outside = 3;
    const Rect ring = hot.at.inset(-outside);
    list->AddRect(place({at.x + ring.x * scale, at.y + ring.y * scale}),
                  place({at.x + ring.right() * scale, at.y + ring.bottom() * scale}),
                  colour(gui.theme().accent), gui.exact(measure::check_radius), 0, gui.exact(2));
  }
  list->PopClipRect();
  constexpr std::size_t most_named = 100;
  if (shown_.laid.scene.hot.size() <= most_named)
    for (const Hot& hot : shown_.laid.scene.hot)
      gui.named_at({at.x + hot.at.x * scale, at.y + hot.at.y * scale, hot.at.width * scale,
                    hot.at.height * scale},
                   name + "." + hot.id, hot.title, hot.fact);
  for (const PlacedEntry& entry : shown_.laid.legend)
    gui.named_at({at.x + entry.at.x * scale, at.y + entry.at.y * scale, entry.at.width * scale,
                  entry.at.height * scale},
                 name + ".legend." + entry.key, entry.key,
                 options_.hidden.contains(entry.key) ? "hidden" : "shown");
  return did;
}

namespace {

/// Whether a place in a panel means what it means in the first: both show the same across, and
/// upwards what has the same name.
bool is_of_first(const Figure& figure, std::size_t number) {
  if (number == 0) return true;
  if (number >= figure.panels.size()) return false;
  const Panel &first = figure.panels[0], &it = figure.panels[number];
  return it.x.from == first.x.from && it.x.to == first.x.to && it.y.label == first.y.label;
}

}  // namespace

const PlacedPanel* FigureWindow::panel_at(Point scene) const {
  for (const PlacedPanel& panel : shown_.laid.panels)
    if (panel.at.contains(scene)) return &panel;
  return nullptr;
}

void FigureWindow::point_at(Gui& gui, const std::string&, const Figure& figure, Point scene,
                            Rect at, Did& did) {
  const ImGuiIO& io = ImGui::GetIO();
  did.menu = ImGui::IsItemHovered() && ImGui::IsMouseReleased(ImGuiMouseButton_Right);
  for (const PlacedEntry& entry : shown_.laid.legend) {
    if (!entry.at.contains(scene)) continue;
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !options_.hidden.erase(entry.key))
      options_.hidden.insert(entry.key);
    tell(gui, figure, entry, at);
    return;
  }
  const Hot* pointed = nullptr;
  for (const Hot& hot : shown_.laid.scene.hot) {
    if (hot.contains(scene)) pointed = &hot;  // the last one lies on top
  }
  if (pointed) {
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) did.hot = pointed->id;
    const Rect pixels{at.x + pointed->at.x * gui.scale(), at.y + pointed->at.y * gui.scale(),
                      pointed->at.width * gui.scale(), pointed->at.height * gui.scale()};
    show_tip(gui, tip_of(*pointed), pixels);
    return;
  }
  const PlacedPanel* panel = panel_at(scene);
  if (dragged_)
    for (const PlacedPanel& candidate : shown_.laid.panels)
      if (candidate.number == *dragged_) panel = &candidate;
  if (!panel) return;
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && !held_) {
    options_.zoom.erase(panel->number);
    dragged_.reset();
    did.reset = true;
    return;
  }
  const Point data = panel->to_data(scene);
  if (io.MouseWheel != 0 && ImGui::IsItemHovered())
    options_.zoom[panel->number] = zoomed(*panel, data, std::pow(wheel_step, io.MouseWheel));
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !held_) dragged_ = panel->number;
  // A press that moves pans; only one that stays where it is chooses.
  if (dragged_ == panel->number && is_of_first(figure, panel->number) &&
      ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
      io.MouseDragMaxDistanceSqr[0] < io.MouseDragThreshold * io.MouseDragThreshold)
    did.clicked = data;
  const bool moved = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  if (dragged_ && moved && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
    const Point before = panel->to_data(
        {scene.x - io.MouseDelta.x / gui.scale(), scene.y - io.MouseDelta.y / gui.scale()});
    options_.zoom[panel->number] = panned(*panel, before, data);
  } else if (!dragged_ || !ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
    read_out(gui, figure, scene, at);
  }
}

void FigureWindow::tell(Gui& gui, const Figure& figure, const PlacedEntry& placed, Rect at) const {
  for (const LegendEntry& entry : figure.legend)
    if (entry.key == placed.key && !entry.told.empty()) {
      Tip tip;
      tip.readings = entry.told;
      show_tip(gui, tip,
               {at.x + placed.at.x * gui.scale(), at.y + placed.at.y * gui.scale(),
                placed.at.width * gui.scale(), placed.at.height * gui.scale()});
    }
}

void FigureWindow::read_out(Gui& gui, const Figure& figure, Point scene, Rect at) {
  const PlacedPanel* panel = panel_at(scene);
  if (!panel || panel->number >= figure.panels.size()) return;
  const Point data = panel->to_data(scene);
  for (const PlacedPanel& each : shown_.laid.panels) {
    const auto& on_curves = figure.panels[each.number].on_curves;
    if (!on_curves) continue;
    for (const Point& point : on_curves(data))
      if (const Point found = each.to_scene(point); each.at.inset(-1).contains(found))
        on_curves_.push_back(found);
  }
  const auto& readout = figure.panels[panel->number].readout;
  if (!readout) return;
  Tip tip;
  tip.readings = readout(data);
  if (tip.readings.empty()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  Rect beside{mouse.x, mouse.y, 1, 1};
  if (!on_curves_.empty()) {
    // Above or below the panel: its curves stay in sight.
    beside = {at.x + on_curves_.front().x * gui.scale(), at.y + panel->at.y * gui.scale(), 1,
              panel->at.height * gui.scale()};
  }
  show_tip(gui, tip, beside);
}

void FigureWindow::draw_cursor(Gui& gui, Rect at) const {
  if (on_curves_.empty()) return;
  const double scale = gui.scale();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 accent = colour(gui.theme().accent);
  const double x = at.x + on_curves_.front().x * scale;
  for (const PlacedPanel& panel : shown_.laid.panels)
    list.AddLine(place({x, at.y + panel.at.y * scale}),
                 place({x, at.y + panel.at.bottom() * scale}), accent, gui.exact(1));
  for (const Point& point : on_curves_) {
    const ImVec2 centre = place({at.x + point.x * scale, at.y + point.y * scale});
    list.AddCircleFilled(centre, gui.exact(3.6), colour(gui.theme().picture));
    list.AddCircle(centre, gui.exact(3.6), accent, 0, gui.exact(1.6));
  }
}

}  // namespace crease::app
