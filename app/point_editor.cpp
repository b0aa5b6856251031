#include "point_editor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "imgui_canvas.h"
#include "probe/predictions.h"
#include "region.h"
#include "views/class_colours.h"
#include "views/words.h"
#include "widgets.h"
#include "widgets/base.h"

namespace crease::app {

namespace {

constexpr double reach = 9;  ///< px around a sample that belong to it
constexpr int most_classes = 10;

/// The samples as points of one's own, all of them to train on; none where they cannot be.
std::optional<DataSettings> as_points(const Session& session) {
  const DataSettings* data = session.data_shown();
  if (!data) return {};
  if (const auto* own = std::get_if<Points>(&data->source)) {
    const bool plane = own->inputs.shape.size() == 2 && own->inputs.shape[1] == 2 &&
                       own->targets.data.size() == own->inputs.shape[0];
    return plane ? std::optional(*data) : std::nullopt;
  }
  const auto& snapshot = session.run().snapshot();
  if (!snapshot || !snapshot->data || !snapshot->data->is_classification()) return {};
  const DataSet& made = *snapshot->data;
  Points points;
  points.inputs.shape = {made.size(), 2};
  points.inputs.data.assign(made.values.data(), made.values.data() + made.values.size());
  points.targets.shape = {made.size()};
  points.targets.data.assign(made.classes.begin(), made.classes.end());
  DataSettings settings = DataSettings::of(points);
  settings.seed = data->seed;
  return settings;
}

/// Points stand in a document with class numbers as their targets: whether a loss reads these as it
/// reads the classes of a source (a hinge wants -1 and 1, a squared error takes them for values).
bool takes_class_numbers(const Snapshot& snapshot) {
  const int classes = meaning_of(snapshot).classes();
  std::vector<int> numbers(static_cast<std::size_t>(classes));
  std::iota(numbers.begin(), numbers.end(), 0);
  const Eigen::MatrixXd values = Eigen::RowVectorXd::LinSpaced(classes, 0, classes - 1);
  try {
    const Objective objective(snapshot.document->training, *snapshot.plan);
    const Targets wanted = objective.code_classes(numbers, classes);
    const Targets given = objective.code_values(values, true);
    return given.decision == wanted.decision && given.coded.rows() == wanted.coded.rows() &&
           given.coded == wanted.coded;
  } catch (const Problem&) {
    return false;
  }
}

template <class Change>
void change_points(Session& session, const std::string& what, const Change& change) {
  auto settings = as_points(session);
  if (!settings) return;
  Points& points = std::get<Points>(settings->source);
  change(points);
  points.inputs.shape[0] = points.inputs.data.size() / 2;
  points.targets.shape[0] = points.targets.data.size();
  settings->samples.reset();
  if (!points.targets.data.empty()) session.use_data(*settings, what);
}

}  // namespace

bool PointEditor::serves(const Run& run) {
  const auto& snapshot = run.snapshot();
  if (!snapshot || !snapshot->plan || !snapshot->data) return false;
  return !snapshot->plan->input.is_image && snapshot->plan->input.size() == 2 &&
         snapshot->data->bytes.empty() && meaning_of(*snapshot).decides() &&
         (snapshot->data->is_classification() || snapshot->data->targets.rows() == 1) &&
         takes_class_numbers(*snapshot);
}

void PointEditor::set_on(bool on) {
  on_ = on;
  held_.reset();
}

bool PointEditor::follow(Gui& gui, Session& session, const PlacedPanel& panel, Rect at,
                         bool hovered) {
  if (!serves(session.run())) set_on(false);
  if (!on_) return false;
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) held_.reset();
  const auto settings = as_points(session);
  if (!settings) return false;
  const Points& points = std::get<Points>(settings->source);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point scene{(mouse.x - at.x) / gui.scale(), (mouse.y - at.y) / gui.scale()};
  if (held_ && *held_ < points.targets.data.size()) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    if (moved.x == 0 && moved.y == 0) return true;
    const Point to = panel.to_data(scene);
    change_points(session, "moved sample", [&](Points& p) {
      p.inputs.data[2 * *held_] = to.x;
      p.inputs.data[2 * *held_ + 1] = to.y;
    });
    return true;
  }
  if (!hovered || !panel.at.contains(scene)) return false;
  std::optional<std::size_t> near;
  double least = reach;
  for (std::size_t i = 0; i < points.targets.data.size(); ++i) {
    const Point there = panel.to_scene({points.inputs.data[2 * i], points.inputs.data[2 * i + 1]});
    const double away = std::hypot(there.x - scene.x, there.y - scene.y);
    if (away > least) continue;
    least = away;
    near = i;
  }
  ImGui::SetMouseCursor(near ? ImGuiMouseCursor_Hand : ImGuiMouseCursor_Arrow);
  if (!near) return false;
  if (ImGui::IsKeyPressed(ImGuiKey_Delete, false) && !ImGui::GetIO().WantTextInput &&
      points.targets.data.size() > 1)
    change_points(session, "removed sample", [&](Points& p) {
      const auto first = p.inputs.data.begin() + static_cast<std::ptrdiff_t>(2 * *near);
      p.inputs.data.erase(first, first + 2);
      p.targets.data.erase(p.targets.data.begin() + static_cast<std::ptrdiff_t>(*near));
    });
  else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    held_ = near;
  return true;
}

void PointEditor::add(Session& session, Point place) const {
  change_points(session, "new sample", [&](Points& p) {
    p.inputs.data.insert(p.inputs.data.end(), {place.x, place.y});
    p.targets.data.push_back(class_);
  });
}

bool PointEditor::draw_classes(Gui& gui, const std::string& name, const Run& run, double x,
                               double y, double width) {
  constexpr double side = 26;
  const int classes = std::min(most_classes, meaning_of(*run.snapshot()).classes());
  class_ = std::min(class_, std::max(0, classes - 1));
  const double first = x;
  for (int k = 0; k < classes && x + side <= first + width; ++k, x += side) {
    put_cursor(gui, x, y);
    const std::string item = name + ".draw.class" + std::to_string(k);
    const Press press = press_area(gui, item, {gui.px(side), gui.px(side)});
    gui.named(item, class_label(*run.snapshot(), k), class_ == k ? "on" : "");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (press.hovered || class_ == k)
      ground(gui, list, press.box, measure::check_radius,
             class_ == k ? gui.theme().press : gui.theme().hover);
    if (press.focused) focus_ring(gui, press.box, measure::check_radius);
    Scene scene;
    const ClassStyle style = class_style(gui.theme(), k);
    add_marker(scene, style.marker, {side / 2, side / 2}, 4.5, style.colour, {});
    ImGuiCanvas canvas(gui, list, {press.box.Min.x, press.box.Min.y});
    paint(scene, canvas);
    tip(gui, Tip{.title = plain("Draw " + class_label(*run.snapshot(), k)),
                 .fact = {},
                 .formulas = {},
                 .readings = {},
                 .text = "A click adds a sample, dragging moves one, Delete removes it.",
                 .keys = {}});
    if (press.pressed) class_ = k;
  }
  if (x + 56 > first + width) return false;
  put_cursor(gui, x + 6, y);
  return button(gui, name + ".draw.done", "Done", {.small = true, .plain = true});
}

}  // namespace crease::app
