#include "panels/network_canvas.h"

#include <fmt/format.h>

#include <algorithm>

#include "imgui_canvas.h"
#include "net/edit.h"
#include "region.h"
#include "train/json_fields.h"

namespace crease::app {

namespace {

/// More lines than these have no name of their own: a script names those of small networks.
constexpr std::size_t most_named_lines = 400;

std::string settings_text(const NetworkView& view) {
  return fmt::format("{} {}", view.sample, static_cast<int>(view.part));
}

}  // namespace

void NetworkCanvas::draw(Gui& gui, Session& session, Rect at, bool has_controls) {
  Run& run = session.run();
  at_ = in_pixels(gui, at);
  scale_ = gui.scale();
  if (run_ != &run) {
    *this = NetworkCanvas{};
    at_ = in_pixels(gui, at);
    scale_ = gui.scale();
    run_ = &run;
  }
  for (const Node& node : run.document().network.nodes) taken_.insert(node.id);
  if (session.sample) {
    view_.part =
        session.sample->part == Part::test ? NetworkView::Part::test : NetworkView::Part::training;
    view_.sample = session.sample->number;
  }
  ask(run);
  refresh(run);
  if (!known_) return;
  if (options_.controls != has_controls) composed_ = false;
  options_.controls = has_controls;
  compose(gui, at.size());

  ImGui::SetCursorScreenPos(place({at_.x, at_.y}));
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton("network", {static_cast<float>(at_.width), static_cast<float>(at_.height)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  const bool over = ImGui::IsItemHovered();
  gui.named("network", "Network",
            fmt::format("{} parameters", answer_->snapshot->plan->parameter_count));

  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(place({at_.x, at_.y}), place({at_.right(), at_.bottom()}), true);
  ImGuiCanvas canvas(gui, list, {at_.x, at_.y});
  paint(picture_.scene, canvas);
  pulse_.follow(gui, run.steps_asked());
  pulse_.draw(gui, list, std::span(picture_.scene.items).first(picture_.links), {at_.x, at_.y});
  list.PopClipRect();
  name_places(gui);

  follow_pointer(gui, session, over);
  if (has_controls) {
    draw_controls(gui, session);
    draw_sample_controls(gui, session);
  }
  draw_problems(gui, run);
  draw_value_field(gui, run);
  draw_menus(gui, session);
  tell_what_was_kept(session);
}

std::optional<Figure> NetworkCanvas::figure_in(const Theme& theme) const {
  if (!known_) return {};
  return view_.draw(*answer_->snapshot, *known_, theme);
}

void NetworkCanvas::ask(Run& run) {
  const auto& snapshot = run.snapshot();
  if (!snapshot || !snapshot->plan) return;
  run.ask("network", Analysis{settings_text(view_),
                              [view = view_](const Snapshot& seen, const Cancelled& cancelled) {
                                return std::any(view.compute(seen, {}, cancelled));
                              }});
}

void NetworkCanvas::refresh(Run& run) {
  const auto answer = run.answer("network");
  if (!answer || answer == answer_) return;
  const auto* value = std::any_cast<NetworkView::Answer>(&answer->value);
  if (!value) return;
  answer_ = answer;
  known_ = value;
  composed_ = false;
}

void NetworkCanvas::compose(Gui& gui, Size size) {
  if (composed_ && size == size_ && dark_ == gui.theme().dark) return;
  picture_ = network_picture::compose(*answer_->snapshot, *known_, gui.theme(), size, options_);
  size_ = size;
  dark_ = gui.theme().dark;
  composed_ = true;
}

Rect NetworkCanvas::in_window(const Rect& scene) const {
  return {at_.x + scene.x * scale_, at_.y + scene.y * scale_, scene.width * scale_,
          scene.height * scale_};
}

const NetworkCanvas::Block* NetworkCanvas::block_of(const std::string& id) const {
  for (const Block& block : known_->model.blocks)
    if (block.id == id) return &block;
  return nullptr;
}

const Hot* NetworkCanvas::find(const std::string& id) const {
  for (const Hot& hot : picture_.scene.hot)
    if (hot.id == id) return &hot;
  return nullptr;
}

void NetworkCanvas::name_places(Gui& gui) const {
  std::size_t lines = 0;
  for (const Hot& hot : picture_.scene.hot) lines += hot.along.empty() ? 0 : 1;
  for (const Hot& hot : picture_.scene.hot) {
    const std::string value = hot.readings.empty() ? hot.fact : hot.readings.front().value;
    if (hot.along.empty()) {
      gui.named_at(in_window(hot.at), hot.id, hot.title, value);
    } else if (lines <= most_named_lines) {
      const Point middle = hot.along[hot.along.size() / 2];
      gui.named_at(in_window({middle.x - 2, middle.y - 2, 4, 4}), hot.id, hot.title, value);
    }
  }
}

void NetworkCanvas::draw_controls(Gui& gui, Session& session) {
  const auto& places = picture_.layout.places;
  const double size = network_picture::control_size;
  const auto put = [&](double x, double y) {
    ImGui::SetCursorScreenPos(place({at_.x + x * scale_, at_.y + y * scale_}));
  };
  for (std::size_t b = 0; b < places.size(); ++b) {
    const Rect& at = places[b].controls;
    if (at.width <= 0) continue;
    const Block& block = known_->model.blocks[b];
    const char* what = block.shape.is_image ? "channel" : "unit";
    put(at.x, at.y);
    ImGui::BeginDisabled(block.units <= 1);
    if (icon_button(gui, block.id + ".remove_unit", Icon::minus, fmt::format("One {} fewer", what),
                    {.size = size}))
      resize(session, block.id, -1);
    ImGui::EndDisabled();
    put(at.x + size, at.y);
    ImGui::BeginDisabled(block.units >= edit::most_units);
    if (icon_button(gui, block.id + ".add_unit", Icon::plus, fmt::format("One {} more", what),
                    {.size = size}))
      resize(session, block.id, 1);
    ImGui::EndDisabled();
  }
  // The column in which a layer is put in must have room for the sign.
  constexpr double sign = 24;
  for (std::size_t g = 0; g < picture_.layout.gaps.size(); ++g) {
    const auto& gap = picture_.layout.gaps[g];
    if (picture_.layout.rail <= 0 || picture_.layout.free < 28) break;
    const bool crowded = std::any_of(places.begin(), places.end(), [&](const auto& other) {
      const Rect& header = other.header;
      return header.width > 0 && header.x < gap.at.x + sign / 2 &&
             header.right() > gap.at.x - sign / 2 && header.y < gap.at.y + sign / 2;
    });
    if (crowded) continue;
    const std::string& id = known_->model.blocks[gap.block].id;
    put(gap.at.x - sign / 2, gap.at.y - sign / 2);
    if (icon_button(gui, "insert_after_" + id, Icon::plus, "A new layer here",
                    {.size = sign, .round = true}))
      insert(session, id);
  }
  // A selected unit can be removed.
  for (std::size_t b = 0; b < places.size(); ++b) {
    const Block& block = known_->model.blocks[b];
    if (!block.resizable || block.is_output || block.units <= 1 || places[b].is_grid) continue;
    for (const auto& spot : places[b].spots) {
      const std::string id = fmt::format("{}.unit{}", block.id, spot.unit + 1);
      if (id != options_.selected || spot.at.width < 14) continue;
      const double left = spot.kernel.width > 0 ? spot.kernel.x : spot.at.x;
      put(left - sign - 8, spot.at.centre().y - sign / 2);
      if (icon_button(gui, id + ".remove", Icon::minus, "Remove this unit",
                      {.size = sign, .round = true}, "Delete"))
        remove_unit(session, block.id, spot.unit);
    }
  }
}

void NetworkCanvas::draw_sample_controls(Gui& gui, Session& session) {
  if (known_->number == 0 || picture_.layout.places.empty()) return;
  const Rect& box = picture_.layout.places.front().box;
  constexpr double side = 24;
  if (box.width < 96 || box.bottom() + side > size_.height) return;
  const auto button = [&](const char* name, Icon icon, const char* label, double x, int by) {
    ImGui::SetCursorScreenPos(place({at_.x + x * scale_, at_.y + (box.bottom() + 1) * scale_}));
    if (icon_button(gui, name, icon, label, {.size = side, .quiet = true}))
      session.sample =
          ChosenSample{view_.part == NetworkView::Part::test ? Part::test : Part::train,
                       std::max(1, known_->number + by)};
  };
  ImGui::BeginDisabled(known_->number <= 1);
  button("sample.previous", Icon::chevron_left, "The sample before", box.x - 8, -1);
  ImGui::EndDisabled();
  button("sample.next", Icon::chevron_right, "The next sample", box.right() - side + 8, 1);
}

void NetworkCanvas::draw_problems(Gui& gui, const Run& run) {
  if (!run.snapshot() || run.snapshot()->problem.empty()) return;
  const auto compiled = compile(run.document().network);
  const auto* problems = std::get_if<std::vector<NodeProblem>>(&compiled);
  if (!problems) return;
  for (const NodeProblem& wrong : *problems) {
    for (std::size_t b = 0; b < known_->model.blocks.size(); ++b) {
      if (known_->model.blocks[b].id != wrong.node) continue;
      const auto& header = picture_.layout.places[b].header;
      const Rect sign = in_window({header.x - 20, header.y + 3, 18, 18});
      draw_icon(gui, *ImGui::GetWindowDrawList(), Icon::warning, sign.centre(), gui.theme().error);
      gui.named_at(sign, wrong.node + ".problem", wrong.problem.sentence());
      const ImVec2 mouse = ImGui::GetIO().MousePos;
      if (sign.contains({mouse.x, mouse.y}))
        show_tip(gui,
                 {.title = plain(wrong.node),
                  .fact = "does not train",
                  .formulas = {},
                  .readings = {},
                  .text = plain(wrong.problem.sentence()),
                  .keys = {}},
                 sign);
    }
  }
}

void NetworkCanvas::tell_what_was_kept(Session& session) {
  Run& run = session.run();
  if (!tells_kept_ || !run.snapshot() || run.snapshot()->document.get() != &run.document()) return;
  tells_kept_ = false;
  std::string kept = run.snapshot()->kept;
  if (kept.empty()) return;
  kept.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(kept.front())));
  session.say({.text = kept, .edit = edited_});
}

}  // namespace crease::app
